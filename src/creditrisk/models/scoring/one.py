"""One entity at a time, for services: a few dictionaries and one row of draws, no DataFrame, no compiler."""

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SchemaError, hint, shown
from creditrisk.models.effects.group import level_names
from creditrisk.models.scoring.lookup import columns_of, names_of, readers_of
from creditrisk.models.scoring.scorer import Predictors, Question

CLASSES = ("A", "B", "C", "D")


@dataclass(frozen=True, slots=True, kw_only=True)
class OneRisk:
    """What is said of one entity.

    Attributes
    ----------
    risk_class : str
        By the posterior mean of what is cut, before any rule.
    probabilities : dict of str to float
        Of A to D, by the draws.
    p, p_lower, p_upper : float
        Probability of a violation, and the equal-tailed interval.
    expected_loss, expected_loss_lower, expected_loss_upper : float
        Money over the horizon.
    """

    risk_class: str
    probabilities: dict[str, float]
    p: float
    p_lower: float
    p_upper: float
    expected_loss: float
    expected_loss_lower: float
    expected_loss_upper: float


class OneByOne:
    """A model made ready to score single entities.

    Parameters
    ----------
    predictors : Predictors
        Draws of both linear predictors.
    """

    def __init__(self, predictors: Predictors) -> None:
        lookup, designs = predictors.lookup(np.float64), predictors.designs
        self._lookup, self._tables = lookup, predictors.draw_tables()
        self.numbers, self.texts = columns_of(designs)
        self._readers = [readers_of(designs)[text] for text in self.texts]
        width = len(lookup.edges) // max(len(self.numbers), 1)
        rows = lookup.edges.reshape(-1, width) if self.numbers else lookup.edges.reshape(0, 1)
        self._edges = [row[~np.isnan(row)].tolist() for row in rows]
        self._codes = [{name: i for i, name in enumerate(names_of(designs, text))} for text in self.texts]

    def answer(self, values: Mapping[str, object], question: Question) -> OneRisk:
        """Return what is said of an entity with these values; see `RiskModel.grade_one`."""
        cells, logs = self._cells(values)
        eta, mu = (self._predictor(part, cells, logs) for part in (0, 1))
        p = 1 / (1 + np.exp(-eta.astype(np.float64)))
        loss = p * np.exp(mu.astype(np.float64))
        graded = p if question.on_p else loss
        above = [1.0, *(float(np.mean(graded >= cut)) for cut in question.cuts), 0.0]
        outer = question.levels[[0, 2]]
        (p_lower, p_upper), (lower, upper) = np.quantile(p, outer), np.quantile(loss, outer)
        return OneRisk(
            risk_class=CLASSES[bisect_right(list(question.cuts), float(graded.mean()))],
            probabilities={name: above[k] - above[k + 1] for k, name in enumerate(CLASSES)},
            p=float(p.mean()),
            p_lower=float(p_lower),
            p_upper=float(p_upper),
            expected_loss=float(loss.mean()),
            expected_loss_lower=float(lower),
            expected_loss_upper=float(upper),
        )

    def _cells(self, values: Mapping[str, object]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        lookup, found, logs = self._lookup, [], []
        for k, name in enumerate(self.numbers):
            x = _number(name, _given(values, name))
            missing = math.isnan(x)
            cell = lookup.missing[k] if missing else lookup.first[k] + bisect_right(self._edges[k], x)
            found.append(int(cell))
            logs.append(0.0 if missing else math.copysign(math.log1p(min(abs(x), 1e37)), x))
        for g, (name, read) in enumerate(self._readers):
            codes = self._codes[g]
            text = level_names(read(np.array([_given(values, name)], dtype=object)))[0]
            found.append(int(lookup.first[len(self.numbers) + g]) + codes.get(text, len(codes) - 1))
        for q, (first, second) in enumerate(lookup.pair_columns):
            bands = lookup.pair_band[q, 0, found[first]] + lookup.pair_band[q, 1, found[second]]
            found.append(int(lookup.pair_cell[q, bands]))
        logs += [0.0] * (len(found) - len(logs))
        return np.array(found, dtype=np.intp), np.array(logs)

    def _predictor(
        self, part: int, cells: NDArray[np.intp], logs: NDArray[np.float64]
    ) -> NDArray[np.float32]:
        lookup, table = self._lookup, self._tables[part]
        share = np.clip((logs - lookup.low[part, cells]) * lookup.scale[part, cells], 0.0, 1.0)
        at = lookup.level[part, cells]
        weights = np.concatenate([1 - share, share]).astype(np.float32)
        rows = table.level[np.concatenate([at, at + 1])]
        draws: NDArray[np.float32] = table.base + np.einsum("i,ij->j", weights, rows)  # no threads of BLAS
        return draws


def _given(values: Mapping[str, object], name: str) -> object:
    if name not in values:
        raise SchemaError(
            f"Every column of the fit is needed, None for a missing value; {name!r} is not given."
            f"{hint(name, map(str, values))}"
        )
    return values[name]


def _number(name: str, value: Any) -> float:
    if value is None:
        return math.nan
    if isinstance(value, int | float | np.number | np.bool_) and not isinstance(value, complex):
        return float(value)
    raise SchemaError(f"Column {name!r} holds numbers, or None where missing; got {shown(value)}.")
