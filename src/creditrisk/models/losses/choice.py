"""Which families the draws have: one, or several stacked by how well each predicts losses left out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creditrisk.models.inference.draws import Fit
from creditrisk.models.inference.engines import Engine, Map
from creditrisk.models.losses.build import fit_family
from creditrisk.models.losses.data import LossData
from creditrisk.models.losses.families import LossFamily
from creditrisk.models.losses.part import LossPart
from creditrisk.models.losses.priors import LossPriors
from creditrisk.models.losses.stacking import draws_of_each, stacking_weights

Floats = NDArray[np.float64]
JUDGED_LOSSES = 2000


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """The families that are left, and the fit of the one with the most draws.

    Attributes
    ----------
    parts : tuple of LossPart
        As many draws together as the engine keeps.
    fit : Fit
        For its status and tree.
    """

    parts: tuple[LossPart, ...]
    fit: Fit


def chosen_families(
    families: Sequence[LossFamily], data: LossData, priors: LossPriors, engine: Engine | Map, seed: int
) -> Chosen:
    """Fit every family, and take of each as many draws as its stacking weight says.

    Parameters
    ----------
    families : sequence of LossFamily
        One or several.
    data : LossData
        Training losses.
    priors : LossPriors
        Prior scales.
    engine : Engine or Map
        How to compute; of the mode alone the best family is taken, since there is one draw.
    seed : int
        Seed of every random number used.

    Returns
    -------
    Chosen
        The families that got draws.
    """
    fitted = [fit_family(family, data, priors, engine, seed) for family in families]
    if len(fitted) == 1:
        return Chosen(parts=(fitted[0][0],), fit=fitted[0][1])
    judged = np.random.default_rng([seed, 5]).permutation(len(data.loss))[:JUDGED_LOSSES]
    scores = np.column_stack([_left_out(part, data, judged) for part, _ in fitted])
    keep = fitted[0][0].n_draws
    if keep == 1:
        best = int(np.argmax(data.weight[judged] @ scores))
        return Chosen(parts=(fitted[best][0],), fit=fitted[best][1])
    counts = draws_of_each(stacking_weights(scores, data.weight[judged]), keep)
    spaced = [np.linspace(0, keep - 1, count).round().astype(np.intp) for count in counts]
    parts = [part.chosen(draws) for (part, _), draws in zip(fitted, spaced, strict=True) if len(draws)]
    return Chosen(parts=tuple(parts), fit=fitted[int(np.argmax(counts))][1])


def _left_out(part: LossPart, data: LossData, rows: NDArray[np.intp]) -> Floats:
    from creditrisk.models._pymc.loo import leave_one_out

    log_density = part.table(data.frame.iloc[rows]).log_density(data.loss[rows])
    return leave_one_out(log_density)[0]
