"""How numbers enter where a points table has bands for some of them."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SpecError, hint
from creditrisk.models.effects import Effect, HingeTerm, StepTerm
from creditrisk.models.elicited.table import PointsTable

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """How numbers enter: by the table's bands where it has some, else as `effect` says.

    Parameters
    ----------
    table : PointsTable
        With the bands.
    effect : Steps or Hinges
        For all other columns.
    """

    table: PointsTable
    effect: Effect

    def term(
        self, name: str, values: Floats, *, direction: str = "either", weight: Floats | None = None
    ) -> StepTerm | HingeTerm:
        """Return the term of a column on its training values."""
        told = self.table.of_number(name)
        if told is None:
            return self.effect.term(name, values, direction=direction, weight=weight)
        return told.term(values, direction, np.ones(len(values)) if weight is None else weight)


def with_bands(table: PointsTable | None, effect: Effect, columns: Iterable[object]) -> Effect:
    """Return the effect with the table's bands.

    Parameters
    ----------
    table : PointsTable or None
        What a regulator believes.
    effect : Steps or Hinges
        For all columns that it does not have.
    columns : iterable of str
        Columns that the model uses.

    Returns
    -------
    Effect
        The same where there is no table.

    Raises
    ------
    SpecError
        If the table names a column that there is not.
    """
    if table is None:
        return effect
    known = [str(column) for column in columns]
    for name in [*(told.name for told in table.numbers), *table.names]:
        if name not in known:
            raise SpecError(f"The points table names {name!r}, which X does not have.{hint(name, known)}")
    return Published(table=table, effect=effect)
