"""The table of indicators that an executor fills: one row of numbers for each of them, written in place."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.indicators import value
from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.measures.measure import Measure
from creditrisk.indicators.system import IndicatorSystem

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """Values not yet written.

    Parameters
    ----------
    system : IndicatorSystem
        Says which.
    absent : collection of str
        Indicators that cannot be computed.
    texts : collection of str
        Indicators whose values are texts.
    numbers : ndarray of float64 of shape (n_indicators without texts, n_rows)
        The values of the others, in the order of the system.
    """

    system: IndicatorSystem
    absent: Collection[str]
    texts: Collection[str]
    numbers: Numbers

    @property
    def numeric(self) -> list[Indicator]:
        """The indicators that are numbers, one for each row."""
        return [one for one in self.system.indicators if one.name not in self.texts]

    @property
    def direct(self) -> dict[str, Numbers]:
        """The rows of the indicators whose value is what the records add up to, by name."""
        pairs = zip(self.numeric, self.numbers, strict=True)
        return {one.name: row for one, row in pairs if not has_finish(one) and one.name not in self.absent}

    def frame(self, index: pd.MultiIndex, columns: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
        """Return the finished table; its numbers are those of this result, not a copy.

        Parameters
        ----------
        index : MultiIndex
            (as_of, entity_id).
        columns : mapping of str to mapping of str to ndarray
            The parts of the indicators and groups that are not `direct`, by name and key.

        Returns
        -------
        DataFrame, (n_rows, indicators + groups)
            With missing policies and transforms applied.
        """
        numeric = self.numeric
        for one, row in zip(numeric, self.numbers, strict=True):
            if one.name in self.absent:
                row[:] = np.nan
                continue
            if has_finish(one):
                measured = pd.DataFrame(dict(columns.get(one.name, {})), index=index, copy=False)
                row[:] = one.measure.finish(measured).to_numpy(dtype=np.float64, na_value=np.nan)
            value.fill(one, row)
            value.transform(one, row)
        X = pd.DataFrame(self.numbers.T, index=index, columns=[one.name for one in numeric], copy=False)
        for place, name in enumerate([*self.system.names, *self.system.groups]):
            if name in self.texts:
                X.insert(place, name, value.text(self.system.indicator(name), _objects(columns[name], index)))
            elif name in self.system.groups:
                X.insert(place, name, _objects(columns[name], index))
        return X


def result_of(system: IndicatorSystem, rows: int, absent: Collection[str], texts: Collection[str]) -> Result:
    """Return an empty result.

    Parameters
    ----------
    system : IndicatorSystem
        What to compute.
    rows : int
        How many rows it will have.
    absent, texts : collection of str
        Indicators that cannot be computed, and those whose values are texts.

    Returns
    -------
    Result
        Nothing is written yet.
    """
    count = sum(one.name not in texts for one in system.indicators)
    return Result(system, absent, texts, np.empty((count, rows)))


def has_finish(indicator: Indicator) -> bool:
    """Return whether something is left to do when the records of an indicator are added up."""
    return type(indicator.measure).finish is not Measure.finish


def _objects(parts: Mapping[str, Any], index: pd.MultiIndex) -> "pd.Series[Any]":
    return pd.Series(parts["value"], index=index, dtype=object)
