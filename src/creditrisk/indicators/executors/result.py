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
    numbers : ndarray of float64 of shape (n_indicators, n_rows)
        The values in the order of the system; the row of an indicator whose values are texts is not used.
    """

    system: IndicatorSystem
    absent: Collection[str]
    numbers: Numbers

    @property
    def rows(self) -> dict[str, Numbers]:
        """The rows of numbers, by name."""
        return dict(zip(self.system.names, self.numbers, strict=True))

    @property
    def direct(self) -> list[Indicator]:
        """The indicators whose value is what their records add up to, so that it can be written at once."""
        present = [one for one in self.system.indicators if one.name not in self.absent]
        return [one for one in present if type(one.measure).finish is Measure.finish]

    def frame(self, index: pd.MultiIndex, columns: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
        """Return the finished table; its numbers are those of this result, not a copy.

        Parameters
        ----------
        index : MultiIndex
            (as_of, entity_id).
        columns : mapping of str to mapping of str to ndarray
            By name and key: the parts of the indicators that are not `direct`, texts, and groups.

        Returns
        -------
        DataFrame, (n_rows, indicators + groups)
            With the missing policies of all that was not written at once, and with transforms applied.
        """
        direct = {one.name for one in self.direct}
        for one, row in zip(self.system.indicators, self.numbers, strict=True):
            if one.name in self.absent:
                row[:] = np.nan
            elif one.name not in direct:
                measured = pd.DataFrame(dict(columns.get(one.name, {})), index=index, copy=False)
                row[:] = one.measure.finish(measured).to_numpy(dtype=np.float64, na_value=np.nan)
                value.fill(one, row)
            if one.name not in columns or one.name not in direct:
                value.transform(one, row)
        X = pd.DataFrame(self.numbers.T, index=index, columns=list(self.system.names), copy=False)
        for name in [name for name in X.columns if name in direct and name in columns]:
            X[name] = value.text(self.system.indicator(name), _objects(columns[name], index))
        for name in self.system.groups:
            X[name] = _objects(columns[name], index)
        return X


def result_of(system: IndicatorSystem, rows: int, absent: Collection[str]) -> Result:
    """Return an empty result.

    Parameters
    ----------
    system : IndicatorSystem
        What to compute.
    rows : int
        How many rows it will have.
    absent : collection of str
        Indicators that cannot be computed.

    Returns
    -------
    Result
        Nothing is written yet.
    """
    return Result(system, absent, np.empty((len(system.indicators), rows)))


def _objects(parts: Mapping[str, Any], index: pd.MultiIndex) -> "pd.Series[Any]":
    return pd.Series(parts["value"], index=index, dtype=object)
