"""What ArviZ and PyMC see of a fitted violation model."""

from typing import Any

import numpy as np
import pandas as pd

from creditrisk.errors import FitError
from creditrisk.models import frames
from creditrisk.models.base import LinearEstimator
from creditrisk.models.datatree import MOST_ROWS, log_prior, prior_groups, standard_groups
from creditrisk.models.inference.design_effects import StretchedRows
from creditrisk.models.inference.mode import find_mode
from creditrisk.models.priors import Priors
from creditrisk.models.training_sample import TrainingSample

PRIOR_DRAWS = 500


class Explored(LinearEstimator):
    """A model of violations whose fit can be looked at with ArviZ; only after `fit`, not after loading."""

    def to_datatree(
        self, *, prior: bool = False, random_state: int | np.random.Generator | None = None
    ) -> Any:
        """Return the fit with ArviZ's standard groups.

        Parameters
        ----------
        prior : bool, default False
            Whether draws from the prior are added.
        random_state : int or numpy.random.Generator, optional
            Seed of the predictive labels and of the prior; None is seed 0.

        Returns
        -------
        DataTree
            Groups ``posterior``, ``sample_stats``, ``observed_data``, ``constant_data``, ``log_likelihood``
            and ``posterior_predictive``; with `prior`, ``prior`` and ``prior_predictive``. The draws are
            those of the chains: of a surrogate, before the correction by PSIS. Of many rows every k-th is
            taken, at most 2000; ``attrs`` say which share of all.

        Raises
        ------
        FitError
            If there are no draws: the mode alone was computed, or the model comes from a file.
        """
        tree, sample = self._draws_and_rows()
        rng = np.random.default_rng(frames.seed_of(random_state))
        design = self.posterior_.design
        found = standard_groups(tree, design, sample, rng)
        if prior:
            import xarray as xr

            from creditrisk.models._pymc.prior import prior_draws

            theta = prior_draws(design, self.priors or Priors(), PRIOR_DRAWS, int(rng.integers(2**31)))
            for name, group in prior_groups(theta, design, sample, rng).items():
                found[name] = xr.DataTree(group)
        return found

    def loo(self) -> Any:
        """Return the expected log predictive density of rows left out one by one, by PSIS.

        Uses the draws that the model keeps, those of a surrogate after their correction, and at most 2000
        training rows; weighted rows count with their weight.

        Returns
        -------
        ELPDData
            ArviZ's, with pointwise values and Pareto k.

        Raises
        ------
        FitError
            If there are no draws.
        """
        from creditrisk.models._pymc.arviz_checks import leave_one_out

        _, sample = self._draws_and_rows()
        some = sample.thinned(MOST_ROWS)
        posterior = self.posterior_
        eta = some.predictors(posterior.intercept, posterior.levels)
        independent = (self.status_.ess or 1.0) / len(posterior.intercept) * (self.status_.weight_ess or 1.0)
        return leave_one_out(posterior.intercept, some.log_likelihood(eta), min(independent, 1.0))

    def prior_sensitivity(self) -> pd.DataFrame:
        """Return how much intercept and scales move when prior or likelihood are scaled a little.

        Power-scaling (Kallioinen et al. 2024) of the priors at the top: intercept, scales of steps and
        groups, missing values, channels. Of many training rows some stand for all.

        Returns
        -------
        DataFrame
            ArviZ's columns ``prior``, ``likelihood`` and ``diagnosis``, one row a parameter.

        Raises
        ------
        FitError
            If there are no draws.
        """
        from creditrisk.models._pymc.arviz_checks import prior_sensitivity

        tree, sample = self._draws_and_rows()
        posterior = tree["posterior"].to_dataset()
        theta = posterior["theta"].values
        total = sample.rows.values(theta.reshape(-1, theta.shape[-1])) / sample.share
        own = log_prior(posterior, self.priors or Priors())
        return prior_sensitivity(posterior, own, total.reshape(theta.shape[:2]))

    def pymc_model(self) -> Any:
        """Return the graph that was sampled and the exact one.

        Both stand on the training rows that the model keeps, at most 20 000, each of them for as many as
        were left out. A surrogate is expanded anew, at their mode.

        Returns
        -------
        Graphs
            PyMC models ``sampled`` and ``exact``.

        Raises
        ------
        FitError
            If there are no draws.
        """
        from creditrisk.models._pymc.graph import exact_graph
        from creditrisk.models._pymc.graphs import Graphs, graphs

        _, sample = self._draws_and_rows()
        priors, rows = self.priors or Priors(), sample.for_all()
        mode = find_mode(rows, priors)
        effects = self.design_effects_.to_numpy(dtype=np.float64)
        stretched = StretchedRows(rows=rows, mode=mode, effects=effects)
        if self.status_.k_hat is None:
            exact = exact_graph(stretched, priors)
            return Graphs(sampled=exact, exact=exact)
        return graphs(stretched, stretched.expand(mode.at), priors)

    def _draws_and_rows(self) -> tuple[Any, TrainingSample]:
        if getattr(self, "tree_", None) is None or not hasattr(self, "sample_"):
            raise FitError(
                "There are no draws to look at: fit with Auto(), Surrogate() or Nuts(); Map() has only the "
                "mode, and model files keep no chains."
            )
        return self.tree_, self.sample_
