"""What both models are asked for at birth, and all their draws."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from creditrisk.models.effects import Grouping, Hinges, Steps
from creditrisk.models.inference.engines import Engine, Map
from creditrisk.models.priors import Priors


class LinearEstimator(BaseEstimator):  # type: ignore[misc]
    """A scikit-learn estimator whose predictor is a sum of steps and group effects.

    Parameters
    ----------
    groups : sequence of str or CodeTree, default ()
        Columns whose levels are partially pooled; of a code tree, at each of its depths.
    directions : mapping of str to {"raises", "lowers", "either"}, optional
        How a column moves what is predicted.
    effect : Steps or Hinges, optional
        How numbers enter.
    priors : Priors, optional
        Prior scales.
    inference : Auto, Nuts, Surrogate or Map, optional
        How the posterior is computed.
    random_state : int or numpy.random.Generator, optional
        Seed of all draws; None is seed 0.
    """

    def __init__(
        self,
        *,
        groups: Sequence[Grouping] = (),
        directions: Mapping[str, str] | None = None,
        effect: Steps | Hinges | None = None,
        priors: Priors | None = None,
        inference: Engine | Map | None = None,
        random_state: int | np.random.Generator | None = None,
    ) -> None:
        self.groups = groups
        self.directions = directions
        self.effect = effect
        self.priors = priors
        self.inference = inference
        self.random_state = random_state

    def __sklearn_tags__(self) -> Any:
        """Say that missing values and texts are input like any other."""
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.string = True
        tags.input_tags.categorical = True
        return tags

    def to_datatree(self) -> Any:
        """Return all draws as ArviZ has them; only on the fitted object, not after loading a file.

        Returns
        -------
        DataTree
            Groups ``posterior`` and ``sample_stats``; of a surrogate, before the correction by PSIS.
        """
        check_is_fitted(self, "tree_")
        return self.tree_
