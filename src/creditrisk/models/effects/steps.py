r"""Ordered bins of a number: the spec (`Steps`) and what it becomes on data (`StepTerm`)."""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.models.effects.ordered import check_direction, increments_basis

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    r"""A monotone step function of a number: ordered bins, a level of its own for zero and for missing.

    Parameters
    ----------
    bins : int, default 10
        The largest number of ordered bins, zero's own included.
    min_rows : float, default 20
        Bins with less training weight than this are merged with their lower neighbour.

    Notes
    -----
    With the bins :math:`b = 0 … B-1` in increasing order of x and the sign :math:`\sigma = +1` (raises) or
    :math:`-1` (lowers), :math:`f(x) = \sigma \sum_{k=1}^{b(x)} \delta_k`, all :math:`\delta_k \ge 0`;
    for the direction ``either`` the :math:`\delta_k` have any sign.

    Examples
    --------
    >>> values = np.array([0.0, 0.0, 1.0, 2.0, 3.0, 9.0])
    >>> Steps(bins=4, min_rows=1).term("penalty_n", values, direction="raises").edges
    array([0.5, 2.5, 6. ])
    """

    bins: int = 10
    min_rows: float = 20.0

    def __post_init__(self) -> None:
        if self.bins < 2:
            raise SpecError(f"Steps needs at least 2 bins; got bins={self.bins}; give 8 or more.")

    def term(
        self,
        name: str,
        values: Floats,
        *,
        direction: str = "either",
        weight: Floats | None = None,
    ) -> "StepTerm":
        """Choose the bins for these training values.

        Parameters
        ----------
        name : str
            Name of the column.
        values : ndarray of shape (n_rows,)
            Training values; NaN = missing.
        direction : {"raises", "lowers", "either"}, default "either"
            How larger values move the risk.
        weight : ndarray of shape (n_rows,), optional
            Training weight of each row; 1 if not given.

        Returns
        -------
        StepTerm
            The fitted term.

        Raises
        ------
        SpecError
            If the direction is unknown.
        """
        check_direction(name, direction)
        weights = np.ones(len(values)) if weight is None else weight
        known = np.isfinite(values)
        edges = _edges(values[known], weights[known], self.bins, self.min_rows)
        term = StepTerm(name=name, edges=edges, direction=direction, missing_seen=bool((~known).any()))
        return term.with_frequencies(values, weights)


@dataclass(frozen=True, kw_only=True)
class StepTerm:
    """The bins of one column, with the training weight of each level; the last level is *missing*.

    Where `silent`, a missing value is exactly nothing.
    """

    name: str
    edges: Floats
    direction: str
    missing_seen: bool
    frequencies: Floats | None = None
    silent: bool = False

    kind = "steps"

    def with_frequencies(self, values: Floats, weights: Floats) -> "StepTerm":
        """Return the same term with the share of the training weight in each level."""
        counts = np.bincount(self.encode(values), weights=weights, minlength=self.n_levels)
        return replace(self, frequencies=counts / counts.sum())

    @property
    def columns(self) -> tuple[str, ...]:
        """The column that it reads."""
        return (self.name,)

    @property
    def n_steps(self) -> int:
        """Number of increments: bins less one."""
        return len(self.edges)

    @property
    def all_missing(self) -> bool:
        """Whether no training row had a value."""
        return self.frequencies is not None and bool(self.frequencies[-1] == 1.0)

    @property
    def n_levels(self) -> int:
        """Number of levels: the bins and one for missing."""
        return len(self.edges) + 2

    @property
    def n_coefficients(self) -> int:
        """Increments, and a coefficient for missing if training rows had it."""
        return self.n_steps + int(self.missing_seen)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What each level is called, in order."""
        bounds = [f"{edge:.4g}" for edge in self.edges]
        if not bounds:
            return ("any", "missing")
        middle = [f"{low} – {high}" for low, high in pairwise(bounds)]
        return (f"below {bounds[0]}", *middle, f"{bounds[-1]} or more", "missing")

    def encode(self, values: Floats) -> Codes:
        """Return the level of each value; NaN is the last level."""
        codes = np.searchsorted(self.edges, values, side="right")
        codes[~np.isfinite(values)] = self.n_levels - 1
        codes[values == np.inf] = self.n_steps
        codes[values == -np.inf] = 0
        return codes.astype(np.int32)

    def basis(self) -> Floats:
        """Return the (levels, coefficients) matrix, centred on the training rows."""
        return increments_basis(
            self.n_steps,
            self.direction,
            missing=self.missing_seen,
            frequencies=self.frequencies,
            silent=self.silent,
        )


def _edges(values: Floats, weights: Floats, bins: int, min_rows: float) -> Floats:
    """Half-way points between neighbouring bins; zero, where it is common, has its own bin."""
    if len(values) == 0:
        return np.zeros(0)
    distinct, inverse = np.unique(values, return_inverse=True)
    mass = np.bincount(inverse, weights=weights)
    few = len(distinct) <= bins
    starts = np.arange(1, len(distinct)) if few else _quantile_starts(distinct, mass, bins)
    starts = _merge_thin(starts, mass, min_rows)
    return np.unique((distinct[starts - 1] + distinct[starts]) / 2)


def _quantile_starts(distinct: Floats, mass: Floats, bins: int) -> NDArray[np.intp]:
    zero = np.flatnonzero(distinct == 0)
    own_zero = len(zero) == 1 and mass[zero[0]] > mass.sum() / bins
    rest = mass.copy()
    starts: list[int] = []
    if own_zero:
        rest[zero[0]] = 0.0
        starts = [int(zero[0]), int(zero[0]) + 1]
    cumulative = np.cumsum(rest) / rest.sum()
    quantiles = np.arange(1, bins - int(own_zero)) / (bins - int(own_zero))
    starts += [int(i) + 1 for i in np.searchsorted(cumulative, quantiles - 1e-12)]
    found = np.unique(starts)
    return found[(found > 0) & (found < len(distinct))]


def _merge_thin(starts: NDArray[np.intp], mass: Floats, min_rows: float) -> NDArray[np.intp]:
    """Drop starts until every bin holds `min_rows` of training weight."""
    kept = list(starts)
    total = np.concatenate([[0.0], np.cumsum(mass)])
    position = 0
    while position < len(kept):
        low = kept[position - 1] if position else 0
        high = kept[position + 1] if position + 1 < len(kept) else len(mass)
        below = total[kept[position]] - total[low]
        above = total[high] - total[kept[position]]
        if min(below, above) < min_rows:
            kept.pop(position)
            position = max(position - 1, 0)
        else:
            position += 1
    return np.array(kept, dtype=np.intp)
