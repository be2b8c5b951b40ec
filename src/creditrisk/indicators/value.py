"""The last step to the value of an indicator, whatever computed it: missing values and the logarithm."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.indicators.indicator import Indicator

Numbers = NDArray[np.float64]


def fill(indicator: Indicator, numbers: Numbers) -> None:
    """Apply the missing policy of an indicator, in place.

    Parameters
    ----------
    indicator : Indicator
        The spec.
    numbers : ndarray of float64
        What was measured, NaN where there was nothing to measure.
    """
    if indicator.missing == "zero":
        numbers[np.isnan(numbers)] = 0.0


def transform(indicator: Indicator, numbers: Numbers) -> None:
    """Apply the transform of an indicator, in place.

    Parameters
    ----------
    indicator : Indicator
        The spec.
    numbers : ndarray of float64
        Values with their missing policy applied.
    """
    if indicator.transform == "log1p":
        np.log1p(numbers, out=numbers)


def text(indicator: Indicator, values: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return texts as objects, none where there was nothing to measure.

    Parameters
    ----------
    indicator : Indicator
        The spec.
    values : Series
        What was measured.

    Returns
    -------
    Series of object
        The same.

    Raises
    ------
    SpecError
        If the indicator says that a missing value is zero.
    """
    if indicator.missing == "zero":
        raise SpecError(f"Indicator {indicator.id} gives text, which has no zero; write missing = 'missing'.")
    return or_none(values)


def or_none(values: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return a series of objects in which missing values are none.

    Parameters
    ----------
    values : Series
        Of any type.

    Returns
    -------
    Series of object
        The same.
    """
    return values.astype(object).where(values.notna(), None)
