"""What a fault is: where it can be planted, and how."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.records.dimension import Dimension
from creditrisk.records.schema import Table

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A table in which faults are planted.

    Parameters
    ----------
    table : Table
        The record type.
    frame : DataFrame
        A copy of its records, which changes.
    unlinked : array of bool, shape (n,)
        Records to which no other record refers.
    named : array of bool, shape (n,)
        Records of entities whose registration has a name, which another can be told from.
    names : sequence of str
        All registered names.
    strangers : array of str
        Valid codes of entities that are not registered.
    rng : Generator
        Where the random numbers come from.
    """

    table: Table
    frame: pd.DataFrame
    unlinked: NDArray[np.bool_]
    named: NDArray[np.bool_]
    names: "pd.Series[str]"
    strangers: NDArray[np.str_]
    rng: np.random.Generator

    @property
    def identity(self) -> bool:
        """Whether it is the registration, whose faults must not shake off the records of an entity."""
        return self.table.one_per_entity

    def filled(self, *columns: str) -> NDArray[np.bool_]:
        """Return which records have a value in every one of the columns."""
        return np.asarray(self.frame[list(columns)].notna().all(axis=1))

    def put(self, rows: Rows, column: str, values: Any) -> None:
        """Write values into a column."""
        self.frame.loc[rows, column] = values

    def one_of(self, choices: list[str], rows: Rows) -> list[tuple[str, Rows]]:
        """Divide rows among choices at random."""
        which = self.rng.integers(0, len(choices), len(rows))
        return [(choice, rows[which == place]) for place, choice in enumerate(choices)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One kind of fault.

    Parameters
    ----------
    name : str
        What is wrong, in a phrase.
    dimension : Dimension
        Which dimension has to find it.
    can : callable
        Returns which records of the ground can have it, or None if none can.
    plant : callable
        Gives it to some rows; returns None, or the faulty copies to append.
    """

    name: str
    dimension: Dimension
    can: Callable[[Ground], NDArray[np.bool_] | None]
    plant: Callable[[Ground, Rows], pd.DataFrame | None]
