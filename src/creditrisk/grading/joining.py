"""One class from two systems: the general one (通用型) and that of a sector (专业型).

Four ways are in use: the worse of both, the sector's class moved by the general one, a matrix of both, and a
sector score with points added for the general class. Whoever is D by direct determination in either stays D.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.grading.cuts import Cuts, model_ranks
from creditrisk.grading.ratings import Ratings
from creditrisk.grading.risk_class import RiskClass

Ranks = NDArray[np.int8]
Steps = Mapping[str, int]
Points = Mapping[str, float]


class Joining(Protocol):
    """A way to join two results."""

    def ranks(self, general: Ranks, sector: Ratings) -> Ranks:
        """Return the joined classes of the entities of the sector."""


@dataclass(frozen=True, slots=True)
class WorstOf:
    """The worse of the two classes."""

    def ranks(self, general: Ranks, sector: Ratings) -> Ranks:
        """Return the worse class.

        Parameters
        ----------
        general : ndarray of int8, (entities,)
            General classes of the entities of the sector.
        sector : Ratings
            Of the sector.

        Returns
        -------
        ndarray of int8, (entities,)
            Ranks.
        """
        return np.maximum(general, _ranks(sector))


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedByGeneral:
    """The sector's class, moved by some steps for each general class.

    Parameters
    ----------
    steps : mapping of str to int, default {"A": 0, "B": 0, "C": 1, "D": 2}
        Steps towards D, not falling from A to D; negative ones lead towards A.

    Raises
    ------
    SpecError
        If a class is missing, or steps fall.
    """

    steps: Steps = field(default_factory=lambda: {"A": 0, "B": 0, "C": 1, "D": 2})

    def __post_init__(self) -> None:
        """Check the steps."""
        _check_rising(self.steps, "Steps")

    def ranks(self, general: Ranks, sector: Ratings) -> Ranks:
        """Return the moved classes, no further than A and D.

        Parameters
        ----------
        general : ndarray of int8, (entities,)
            General classes of the entities of the sector.
        sector : Ratings
            Of the sector.

        Returns
        -------
        ndarray of int8, (entities,)
            Ranks.
        """
        steps = np.array([self.steps[one] for one in RiskClass])[general]
        found: Ranks = np.clip(_ranks(sector) + steps, 0, 3).astype(np.int8)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassMatrix:
    """A class for each pair of sector class and general class.

    Parameters
    ----------
    classes : tuple of 4 str
        A row of four letters for each sector class A to D, one for each general class; no class falls along a
        row or a column.

    Raises
    ------
    SpecError
        If the table is not of this form.

    Examples
    --------
    >>> ClassMatrix(classes=("AABC", "ABBC", "BBCD", "CCDD")).classes[0]
    'AABC'
    """

    classes: tuple[str, str, str, str]

    def __post_init__(self) -> None:
        """Check the table."""
        letters = [set(row) <= set("ABCD") and len(row) == 4 for row in self.classes]
        if letters != [True] * 4:
            raise SpecError(
                f"A matrix of classes has four rows of four letters A to D; got {list(self.classes)}: "
                "complete it."
            )
        table = self._table()
        if (np.diff(table, axis=0) < 0).any() or (np.diff(table, axis=1) < 0).any():
            raise SpecError(
                f"A worse class never improves the joined one; got {list(self.classes)}, which falls along a "
                "row or a column: put it in order."
            )

    def ranks(self, general: Ranks, sector: Ratings) -> Ranks:
        """Return the classes of the cells.

        Parameters
        ----------
        general : ndarray of int8, (entities,)
            General classes of the entities of the sector.
        sector : Ratings
            Of the sector.

        Returns
        -------
        ndarray of int8, (entities,)
            Ranks.
        """
        found: Ranks = self._table()[_ranks(sector), general]
        return found

    def _table(self) -> Ranks:
        return np.array([["ABCD".index(one) for one in row] for row in self.classes], dtype=np.int8)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedPoints:
    """The risk score of the sector, with points added for the general class, cut anew.

    Parameters
    ----------
    cuts : tuple of 3 floats
        Where B, C and D begin on the sum.
    points : mapping of str to float, default {"A": 0, "B": 5, "C": 12, "D": 20}
        For each general class, not falling.
    score : str, default "score"
        The column of the sector's ratings with its score, on which more points mean more risk.

    Raises
    ------
    SpecError
        If a class is missing, points fall, or cuts fall.
    """

    cuts: Cuts
    points: Points = field(default_factory=lambda: {"A": 0.0, "B": 5.0, "C": 12.0, "D": 20.0})
    score: str = "score"

    def __post_init__(self) -> None:
        """Check points and cuts."""
        _check_rising(self.points, "Points")
        if list(self.cuts) != sorted(self.cuts):
            raise SpecError(
                f"Cuts must not fall from B to D; got {list(self.cuts)}: put them in rising order."
            )

    def ranks(self, general: Ranks, sector: Ratings) -> Ranks:
        """Return the classes of the sums.

        Parameters
        ----------
        general : ndarray of int8, (entities,)
            General classes of the entities of the sector.
        sector : Ratings
            Of the sector, with its score.

        Returns
        -------
        ndarray of int8, (entities,)
            Ranks.

        Raises
        ------
        SpecError
            If the sector has no such column.
        """
        if self.score not in sector.table.columns:
            raise SpecError(
                f"Points are added to a score; the sector's ratings have no column {self.score!r}: grade the "
                'sector with on="score".'
            )
        added = np.array([self.points[one] for one in RiskClass])[general]
        return model_ranks(sector.table[self.score].to_numpy(dtype=np.float64) + added, self.cuts)


def join(general: Ratings, sector: Ratings, how: Joining) -> pd.DataFrame:
    """Return one class for every entity of the general system.

    Parameters
    ----------
    general : Ratings
        Of all entities.
    sector : Ratings
        Of those of a sector.
    how : Joining
        `WorstOf`, `MovedByGeneral`, `ClassMatrix` or `AddedPoints`.

    Returns
    -------
    DataFrame
        Indexed like `general`: `general`, `sector` (missing outside the sector), `risk_class`, and
        `decided_by`: ``"direct"``, ``"joined"``, or ``"general"`` outside the sector.

    Raises
    ------
    SpecError
        If an entity of the sector is not among the general ones.
    """
    strangers = sector.table.index.difference(general.table.index)
    if len(strangers):
        raise SpecError(
            f"A sector joins the general system; {strangers[0]!r} and {len(strangers) - 1} more of the "
            "sector are not in it: rate them there first."
        )
    places = general.table.index.get_indexer(sector.table.index)
    ranks = _ranks(general)
    ranks[places] = how.ranks(ranks[places], sector)
    decided_by = np.full(len(ranks), "general", dtype=object)
    decided_by[places] = "joined"
    direct = general.table["direct"].to_numpy(dtype=bool).copy()
    direct[places] |= sector.table["direct"].to_numpy(dtype=bool)
    ranks[direct], decided_by[direct] = RiskClass.D.rank, "direct"
    return pd.DataFrame(
        {
            "general": general.table["risk_class"],
            "sector": sector.table["risk_class"].reindex(general.table.index),
            "risk_class": np.array(list("ABCD"), dtype=object)[ranks],
            "decided_by": decided_by,
        },
        index=general.table.index,
    )


def _ranks(ratings: Ratings) -> Ranks:
    letters = ratings.table["risk_class"].map({letter: rank for rank, letter in enumerate("ABCD")})
    return np.array(letters, dtype=np.int8)


def _check_rising(values: Mapping[str, float], what: str) -> None:
    missing = [str(one) for one in RiskClass if one not in values]
    ordered = [values[one] for one in RiskClass if one in values]
    if missing or ordered != sorted(ordered):
        raise SpecError(
            f"{what} are given for A, B, C and D and do not fall; got {dict(values)}: correct them."
        )
