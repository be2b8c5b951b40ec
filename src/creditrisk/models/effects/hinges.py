r"""Piecewise linear functions of a number: the spec (`Hinges`) and what it becomes on data (`HingeTerm`)."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.models.effects.ordered import check_direction, increments_basis
from creditrisk.models.effects.places import hinge_places, level_weights, masses

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hinges:
    r"""A monotone piecewise linear function of :math:`t(x) = sign(x)\,\log(1 + |x|)`.

    Zero, where it is common, and missing have levels of their own.

    Parameters
    ----------
    knots : int, default 12
        The largest number of knots, zero's own included.
    min_rows : float, default 20
        Training weight that a number with few distinct values needs at each knot. Of other numbers half of
        it, or 0.2 % of the rows, lies beyond each outer knot, where the function is constant.

    Notes
    -----
    With knots :math:`t_0 < … < t_{K-1}` and the sign :math:`\sigma = +1` (raises) or :math:`-1` (lowers),

    .. math:: f(x) = \sigma \sum_{k=1}^{K-1} \delta_k
              \min\!\left(1, \max\!\left(0, \frac{t(x) - t_{k-1}}{t_k - t_{k-1}}\right)\right),
              \qquad \delta_k \ge 0;

    for the direction ``either`` the :math:`\delta_k` have any sign. Inner knots lie at quantiles that are
    evenly spaced on the logit scale, so that the tails have their share of them. Between zero and its
    neighbours the function is a step.

    Examples
    --------
    >>> values = np.array([0.0, 0.0, 1.0, 2.0, 3.0, 9.0])
    >>> term = Hinges(knots=6, min_rows=1).term("penalty_n", values, direction="raises")
    >>> term.knots
    array([0., 1., 2., 3., 9.])
    >>> level, share = term.place(np.array([2.0, 2.5]))
    >>> level, share.round(2)
    (array([2, 2]...), array([0.  , 0.54], dtype=float32))
    """

    knots: int = 12
    min_rows: float = 20.0

    def __post_init__(self) -> None:
        if self.knots < 2:
            raise SpecError(f"Hinges needs at least 2 knots; got knots={self.knots}; give 4 or more.")

    def term(
        self,
        name: str,
        values: Floats,
        *,
        direction: str = "either",
        weight: Floats | None = None,
    ) -> "HingeTerm":
        """Choose the knots for these training values.

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
        HingeTerm
            The fitted term.

        Raises
        ------
        SpecError
            If the direction is unknown.
        """
        check_direction(name, direction)
        weights = np.ones(len(values)) if weight is None else weight
        known = np.isfinite(values)
        knots = _knots(values[known], weights[known], self.knots, self.min_rows)
        term = HingeTerm(
            name=name, knots=knots, direction=direction, missing_seen=bool(np.isnan(values).any())
        )
        return term.with_frequencies(values, weights)


@dataclass(frozen=True, kw_only=True)
class HingeTerm:
    """The knots of one column, with the mean share of each level in training; the last level is *missing*.

    Where `silent`, a missing value is exactly nothing.
    """

    name: str
    knots: Floats
    direction: str
    missing_seen: bool
    frequencies: Floats | None = None
    silent: bool = False

    kind = "hinges"

    def with_frequencies(self, values: Floats, weights: Floats) -> "HingeTerm":
        """Return the same term with the mean share of each level, weighted."""
        level, share = self.place(values)
        sums = level_weights(level, share, weights, self.n_levels)
        return replace(self, frequencies=sums / sums.sum())

    @property
    def columns(self) -> tuple[str, ...]:
        """The column that it reads."""
        return (self.name,)

    @property
    def n_steps(self) -> int:
        """Number of increments: knots less one."""
        return max(len(self.knots) - 1, 0)

    @property
    def n_levels(self) -> int:
        """Number of levels: the knots and one for missing."""
        return self.n_steps + 2

    @property
    def n_coefficients(self) -> int:
        """Increments, and a coefficient for missing if training rows had it."""
        return self.n_steps + int(self.missing_seen)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What each level is called, in order."""
        at = [f"at {knot:.4g}" for knot in self.knots] or ["any"]
        if len(at) > 1:
            at[0], at[-1] = f"{self.knots[0]:.4g} or less", f"{self.knots[-1]:.4g} or more"
        return (*at, "missing")

    def place(self, values: Floats) -> tuple[Codes, NDArray[np.float32]]:
        """Return the knot at or below each value, and the share of the next; missing is the last level."""
        level, share = self.position(values)
        return level, share.astype(np.float32)

    def position(self, values: Floats) -> tuple[Codes, Floats]:
        """Return the same as `place`, with shares in double precision."""
        numbers = np.ascontiguousarray(values, dtype=np.float64)
        level, share = hinge_places(numbers, self.knots, _log(self.knots), self.n_levels - 1)
        return level, share

    def basis(self) -> Floats:
        """Return the (levels, coefficients) matrix, centred on the training rows."""
        return increments_basis(
            self.n_steps,
            self.direction,
            missing=self.missing_seen,
            frequencies=self.frequencies,
            silent=self.silent,
        )


def _log(values: Floats) -> Floats:
    logs: Floats = np.sign(values) * np.log1p(np.abs(values))
    return logs


def _knots(values: Floats, weights: Floats, most: int, min_rows: float) -> Floats:
    """Every distinct value if there are few, else quantiles evenly spaced on the logit scale, and zero."""
    if len(values) == 0:
        return np.zeros(0)
    distinct, mass = masses(values, weights)
    if len(distinct) <= most:
        return _merged(distinct, mass, min_rows)
    zero = distinct == 0
    own_zero = bool(mass[zero].sum() > mass.sum() / most)
    if own_zero:
        distinct, mass = distinct[~zero], mass[~zero]
    tail = float(np.clip(min_rows / 2 / mass.sum(), 0.002, 0.2))
    ends = np.log(tail / (1 - tail))
    shares = 1 / (1 + np.exp(-np.linspace(ends, -ends, most - int(own_zero))))
    chosen = distinct[np.minimum(np.searchsorted(np.cumsum(mass) / mass.sum(), shares), len(distinct) - 1)]
    return np.unique(np.append(chosen, 0.0) if own_zero else chosen)


def _merged(distinct: Floats, mass: Floats, min_rows: float) -> Floats:
    """Drop the rarest knots, the outer ones too, until each has `min_rows` of training weight."""
    kept, own = list(distinct), list(mass)
    while len(kept) > 1 and min(own) < min_rows:
        rare = int(np.argmin(own))
        near = rare - 1 if rare and (rare == len(own) - 1 or own[rare - 1] <= own[rare + 1]) else rare + 1
        own[near] += own[rare]
        kept.pop(rare)
        own.pop(rare)
    return np.array(kept)
