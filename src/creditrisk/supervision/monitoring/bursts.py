"""Entities with more complaints than their peers and their own past explain (高频投诉举报).

Complaints of an entity are Poisson with a rate of its own; the rates of the entities of one cell (sector
and region, say) are gamma with a mean of the cell, which is shrunk towards that of everybody, and a shape
that all cells have in common. What an entity had before is added to its gamma; the predictive distribution of
its count now is negative binomial, and its tail the p-value.
"""

from collections.abc import Hashable

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field
from scipy.optimize import minimize_scalar
from scipy.special import gammaln
from scipy.stats import nbinom

from creditrisk.errors import SchemaError, SpecError, shown
from creditrisk.supervision.monitoring.false_discoveries import q_values
from creditrisk.supervision.settings import Settings

type Numbers = NDArray[np.float64]

_LOG_SHAPES = (-4.0, 6.0)


class BurstRule(Settings):
    """Which entities are alarms.

    Parameters
    ----------
    false_discoveries : float, default 0.05
        The bound of the share of false alarms.
    smallest : int, default 3
        How many complaints an entity needs.
    months, months_before : int, default 3, 24
        How long the counts now and before were taken.
    peers_worth : float, default 50
        How many entities the mean of everybody is worth for the mean of a cell.

    Examples
    --------
    >>> BurstRule(months=1).months_before
    24
    """

    false_discoveries: float = Field(default=0.05, gt=0, lt=1)
    smallest: int = Field(default=3, ge=1)
    months: int = Field(default=3, ge=1)
    months_before: int = Field(default=24, ge=1)
    peers_worth: float = Field(default=50.0, gt=0)


def find_bursts(entities: pd.DataFrame, rule: BurstRule | None = None) -> pd.DataFrame:
    """Return the entities by how little their peers and their past explain the complaints of now.

    Parameters
    ----------
    entities : DataFrame
        One row an entity, with `now` and `before` (counts of the two windows, which do not overlap) and
        `cell` (its peers).
    rule : BurstRule, optional
        ``BurstRule()`` if not given.

    Returns
    -------
    DataFrame
        Indexed as `entities`, the smallest chance first: `now`, `before`, `expected`, `excess` (shrunken
        rate now against the expected one), `p_value`, `q_value` and `alarm`.

    Raises
    ------
    SchemaError
        If a column is missing.
    SpecError
        If a count is no whole number of 0 or more, or there is no entity.

    Examples
    --------
    >>> frame = pd.DataFrame({"now": [9, 0, 1, 0] + [0, 1] * 98, "before": [1, 0, 6, 0] + [2, 3] * 98,
    ...                       "cell": "H 510104"})
    >>> bursts = find_bursts(frame)
    >>> bursts.index[bursts["alarm"]].tolist()
    [0]
    """
    rule = rule or BurstRule()
    now, before, cell = _checked(entities)
    mean = _cell_means(before, cell, rule)
    shape = _common_shape(before, mean * rule.months_before)
    a, b = shape + before, shape / mean + rule.months_before
    expected = a / b * rule.months
    table = pd.DataFrame({"now": now, "before": before, "expected": expected}, index=entities.index)
    table["excess"] = (a + now) / (b + rule.months) / (a / b)
    table["p_value"] = nbinom.sf(now - 1, a, b / (b + rule.months))
    table["q_value"] = q_values(table["p_value"])
    table["alarm"] = (table["q_value"] <= rule.false_discoveries) & (table["now"] >= rule.smallest)
    return table.sort_values(["p_value", "now"], ascending=[True, False], kind="stable")


def _checked(entities: pd.DataFrame) -> tuple[Numbers, Numbers, NDArray[np.int64]]:
    for name in ("now", "before", "cell"):
        if name not in entities:
            raise SchemaError(
                f"Bursts are found from now, before and cell; {name} is missing: add the column."
            )
    if entities.empty:
        raise SpecError("Bursts are found among entities; there is none: give at least one row.")
    counts = []
    for name in ("now", "before"):
        column = pd.to_numeric(entities[name], errors="coerce")
        wrong = ~(column >= 0) | (column % 1 != 0)
        if wrong.any():
            got = shown(entities[name][wrong].tolist()[0])
            raise SpecError(f"A count is a whole number of 0 or more; got {name}={got}: correct it.")
        counts.append(column.to_numpy(np.float64))
    cells = pd.factorize(entities["cell"], use_na_sentinel=False)[0]
    return counts[0], counts[1], np.asarray(cells, dtype=np.int64)


def _cell_means(before: Numbers, cell: NDArray[np.int64], rule: BurstRule) -> Numbers:
    """Return for each entity the mean rate a month of its cell, shrunk towards that of everybody."""
    overall = (before.sum() + 0.5) / (len(before) * rule.months_before)
    sums, sizes = np.bincount(cell, before), np.bincount(cell)
    means = (sums + rule.peers_worth * overall * rule.months_before) / (
        (sizes + rule.peers_worth) * rule.months_before
    )
    return np.asarray(means[cell])


def _common_shape(counts: Numbers, expected: Numbers) -> float:
    """Return the shape of the gamma that explains how counts scatter about their expectations."""
    merged = pd.DataFrame({"k": counts, "e": expected.round(9)}).value_counts()
    keys: list[tuple[Hashable, ...]] = list(merged.index)
    k, e = np.array(keys, dtype=np.float64).T
    weight = merged.to_numpy(np.float64)

    def loss(log_shape: float) -> float:
        a = np.exp(log_shape)
        density = gammaln(k + a) - gammaln(a) + a * np.log(a / (a + e)) + k * np.log(e / (a + e))
        return -float(weight @ density)

    return float(np.exp(minimize_scalar(loss, bounds=_LOG_SHAPES, method="bounded").x))
