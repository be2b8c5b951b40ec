"""What a set of classes costs and finds: inspections, violations and loss, with intervals over draws."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.grading.risk_class import RiskClass

Floats = NDArray[np.float64]
Float32s = NDArray[np.float32]
Ranks = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of the entities that two policies grade.

    Parameters
    ----------
    p, loss : ndarray of float, (entities,)
        Posterior means of probability and of expected loss.
    p_draws, loss_draws : ndarray of float32, (draws, entities), optional
        Their draws, where they are at hand.
    """

    p: Floats
    loss: Floats
    p_draws: Float32s | None = None
    loss_draws: Float32s | None = None


def effects(
    before: Ranks, after: Ranks, known: Known, rates: Mapping[RiskClass, float], *, interval: float
) -> pd.DataFrame:
    """Return what both sets of classes cost and find.

    Parameters
    ----------
    before, after : ndarray of int8, (entities,)
        Final classes, 0 for A to 3 for D.
    known : Known
        Probabilities and losses.
    rates : mapping of RiskClass to float
        The chance of an inspection by class.
    interval : float
        The probability of the intervals.

    Returns
    -------
    DataFrame
        Rows `inspections`, `violations_found`, `loss_found`, `precision_d` (expected violation rate in D);
        columns `before`, `after`, `change`, `lower`, `upper`, the last two of the change over draws, NaN
        where there are none.
    """
    rate = np.array([rates[risk_class] for risk_class in RiskClass])
    weights = {"before": rate[before], "after": rate[after]}
    rows = {"inspections": {name: float(one.sum()) for name, one in weights.items()}}
    changes: dict[str, Floats | None] = {"inspections": np.zeros(1)}
    for row, mean, draws in (
        ("violations_found", known.p, known.p_draws),
        ("loss_found", known.loss, known.loss_draws),
    ):
        rows[row] = {name: float(one @ mean) for name, one in weights.items()}
        changes[row] = None if draws is None else _sums(draws, weights["after"] - weights["before"])
    in_d = {"before": before == 3, "after": after == 3}
    rows["precision_d"] = {
        name: float(known.p[one].mean()) if one.any() else np.nan for name, one in in_d.items()
    }
    changes["precision_d"] = _precision_changes(in_d, known.p_draws)
    table = pd.DataFrame.from_dict(rows, orient="index")
    table["change"] = table["after"] - table["before"]
    tails = [(1 - interval) / 2, (1 + interval) / 2]
    for row, change in changes.items():
        spread = np.full(2, np.nan) if change is None else np.quantile(change, tails)
        if row == "inspections":
            spread = np.full(2, table.loc[row, "change"])
        table.loc[row, ["lower", "upper"]] = spread
    return table.rename_axis("effect")


def _precision_changes(in_d: Mapping[str, NDArray[np.bool_]], draws: Float32s | None) -> Floats | None:
    if draws is None or not all(one.any() for one in in_d.values()):
        return None
    rates = {name: _sums(draws, one / one.sum()) for name, one in in_d.items()}
    return rates["after"] - rates["before"]


def _sums(draws: Float32s, weights: Floats) -> Floats:
    """Return the weighted sum of every draw; entities of weight 0 are not read."""
    chosen = np.flatnonzero(weights)
    found = np.zeros(len(draws))
    for start in range(0, len(chosen), 65_536):
        part = chosen[start : start + 65_536]
        found += draws[:, part].astype(np.float64) @ weights[part]
    return found
