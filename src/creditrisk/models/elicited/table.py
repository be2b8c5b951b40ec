"""A regulator's present points (现行评分表): which bands they have, and what each is worth."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.errors import SpecError, hint
from creditrisk.models.effects import GroupTerm, HingeTerm, NumberTerm, StepTerm
from creditrisk.models.effects.group import level_names

if TYPE_CHECKING:
    from creditrisk.models.scorecard.card import Scorecard

Floats = NDArray[np.float64]

MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsOfNumber:
    """Points of the bands or knots of a number, from the lowest values up.

    Attributes
    ----------
    name : str
        Of the column.
    places : tuple of float
        Where bands begin, the first one left out, or all knots.
    points : tuple of float
        Of the bands, or at the knots.
    missing : float or None
        Points of a missing value; None if the table does not say.
    linear : bool
        Whether the places are knots with straight lines between them.
    """

    name: str
    places: tuple[float, ...]
    points: tuple[float, ...]
    missing: float | None = None
    linear: bool = False

    def term(self, values: Floats, direction: str, weights: Floats) -> StepTerm | HingeTerm:
        """Return the term with these bands or knots on training values."""
        places = np.array(self.places)
        seen = bool(np.isnan(values).any()) or self.missing is not None
        if self.linear:
            return HingeTerm(
                name=self.name, knots=places, direction=direction, missing_seen=seen
            ).with_frequencies(values, weights)
        return StepTerm(
            name=self.name, edges=places, direction=direction, missing_seen=seen
        ).with_frequencies(values, weights)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsTable:
    """A table of points as prior means; more points are more risk.

    Parameters
    ----------
    numbers : tuple of PointsOfNumber
        Columns of numbers.
    names : mapping of str to mapping of str to float
        Points of each level, for columns of names and codes.
    pdo : float
        Points that double the odds of a violation.
    bin_spread : float, default 0.7
        Standard deviation of the log of each increment around the table's.
    term_spread : float, default 0.5
        Standard deviation of the log of a whole column's points around the table's.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "term": ["penalty_n", "penalty_n", "penalty_n", "sector", "sector"],
    ...         "level": [0, 1, 3, "C", "F"],
    ...         "points": [0, 30, 60, 0, 20],
    ...     }
    ... )
    >>> prior = PointsTable.from_frame(table, pdo=20)
    >>> prior.numbers[0].places, prior.numbers[0].points
    ((1.0, 3.0), (0.0, 30.0, 60.0))
    """

    numbers: tuple[PointsOfNumber, ...] = ()
    names: Mapping[str, Mapping[str, float]]
    pdo: float
    bin_spread: float = 0.7
    term_spread: float = 0.5

    def __post_init__(self) -> None:
        for name in ("pdo", "bin_spread", "term_spread"):
            if not getattr(self, name) > 0:
                raise SpecError(f"{name} of a points table is positive; got {getattr(self, name)}.")

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, *, pdo: float, more_points: str = "riskier") -> Self:
        """Read a table with a row a band or level.

        Parameters
        ----------
        frame : DataFrame
            Columns ``term``; ``level``: where a band of a number begins (its first band reaches down to the
            lowest value), a name, or ``missing``; and ``points``.
        pdo : float
            Points that double the odds of a violation.
        more_points : {"riskier", "safer"}, default "riskier"
            What more points of this table mean.

        Returns
        -------
        PointsTable
            The prior.

        Raises
        ------
        SpecError
            If a column is absent, points are missing, a level comes twice, or `more_points` is unknown.
        """
        for column in ("term", "level", "points"):
            if column not in frame:
                raise SpecError(
                    f"A points table has the columns term, level and points; {column!r} is absent."
                    f"{hint(column, map(str, frame.columns))}"
                )
        if more_points not in ("riskier", "safer"):
            raise SpecError(f"more_points is 'riskier' or 'safer'; got {more_points!r}.")
        sign = 1.0 if more_points == "riskier" else -1.0
        numbers, names = [], {}
        for term, rows in frame.groupby("term", sort=False):
            points = _points_by_level(str(term), rows, sign)
            names[str(term)] = points
            number = _of_bands(str(term), points)
            if number is not None:
                numbers.append(number)
        return cls(numbers=tuple(numbers), names=names, pdo=pdo)

    @classmethod
    def from_scorecard(cls, card: "Scorecard") -> Self:
        """Take the points of a scorecard, its channel and pairs left out.

        Parameters
        ----------
        card : Scorecard
            Of a fitted model, or from `load_scorecard`.

        Returns
        -------
        PointsTable
            The prior.
        """
        numbers, names = [], {}
        for term, start in zip(card.design.terms, card.design.offsets, strict=False):
            points = [float(value) for value in card.points[1 + int(start) : 1 + int(start) + term.n_levels]]
            if isinstance(term, NumberTerm):
                linear = isinstance(term, HingeTerm)
                places = term.knots if isinstance(term, HingeTerm) else term.edges
                numbers.append(
                    PointsOfNumber(
                        name=term.name,
                        places=tuple(float(place) for place in places),
                        points=tuple(points[:-1]),
                        missing=points[-1] if term.missing_seen else None,
                        linear=linear,
                    )
                )
            elif isinstance(term, GroupTerm):
                names[term.name] = dict(zip(term.categories, points, strict=False))
        return cls(numbers=tuple(numbers), names=names, pdo=card.pdo)

    def of_number(self, name: str) -> PointsOfNumber | None:
        """Return the points of a column of numbers, or None if the table has none."""
        return next((told for told in self.numbers if told.name == name), None)


def _points_by_level(term: str, rows: pd.DataFrame, sign: float) -> dict[str, float]:
    levels = [str(level) for level in level_names(rows["level"].to_numpy(dtype=object))]
    points = pd.to_numeric(rows["points"], errors="coerce").to_numpy(dtype=np.float64)
    if np.isnan(points).any():
        raise SpecError(f"Every level of a points table has a number of points; {term!r} lacks one.")
    repeated = sorted({level for level in levels if levels.count(level) > 1})
    if repeated:
        raise SpecError(f"A level stands once in a points table; {term!r} has {repeated[0]!r} twice.")
    return dict(zip(levels, (sign * points).tolist(), strict=True))


def _of_bands(term: str, points: Mapping[str, float]) -> PointsOfNumber | None:
    """Return the levels as bands of a number, or None if one of them is none."""
    bands = [(_as_number(level), value) for level, value in points.items() if level != MISSING]
    ordered = sorted((place, value) for place, value in bands if place is not None)
    if not ordered or len(ordered) < len(bands):
        return None
    return PointsOfNumber(
        name=term,
        places=tuple(place for place, _ in ordered[1:]),
        points=tuple(value for _, value in ordered),
        missing=points.get(MISSING),
    )


def _as_number(level: str) -> float | None:
    try:
        return float(level)
    except ValueError:
        return None
