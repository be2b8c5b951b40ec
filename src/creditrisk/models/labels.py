"""Labels of a violation model: two classes, the greater the violation, and missing for never inspected."""

import warnings
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.exceptions import DataConversionWarning

from creditrisk.errors import OutcomeError

Floats = NDArray[np.float64]

_MOST_NAMED = 5


def two_classes(y: Any, rows: int) -> tuple[Floats, NDArray[Any]]:
    """Return labels as 0, 1 or NaN = never inspected, and the two classes that they stand for.

    Parameters
    ----------
    y : array of shape (n_rows,)
        0 (no violation), 1 (violation) or missing; or two other whole numbers or texts, of which the greater
        one is the violation.
    rows : int
        Rows of X.

    Returns
    -------
    tuple of ndarray
        The labels, and the classes in rising order.

    Raises
    ------
    OutcomeError
        If y is absent or of another length, no label is there, or not two classes.

    Examples
    --------
    >>> two_classes([1, 0, None], 3)
    (array([ 1.,  0., nan]), array([0, 1]))
    >>> two_classes(["no", "yes", "no"], 3)
    (array([0., 1., 0.]), array(['no', 'yes'], dtype=object))
    """
    values = _one_a_row(y, rows)
    known, seen, numeric = _known(values)
    if not seen.any():
        raise OutcomeError(
            "No entity was inspected: every label is missing; give outcomes of another period."
        )
    found = np.unique(known[seen])
    classes = _classes(found, int(seen.sum()), numeric)
    return np.where(seen, (known == found[-1]).astype(np.float64), np.nan), classes


def _one_a_row(y: Any, rows: int) -> NDArray[Any]:
    if y is None:
        raise OutcomeError(
            "ViolationModel requires y to be passed, but the target y is None; give 0, 1 or NaN a row."
        )
    array = np.asarray(y)
    if array.ndim == 2 and array.shape[1] == 1:
        text = "A column-vector y was passed when a 1d array was expected; it is read as one label a row."
        warnings.warn(text, DataConversionWarning, stacklevel=4)
    values = array.ravel()
    if len(values) != rows:
        raise OutcomeError(f"y must have one label a row of X; got {len(values)} labels for {rows} rows.")
    return values


def _known(values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.bool_], bool]:
    """Return the labels as numbers or texts, which of them are there, and whether they are numbers."""
    if values.dtype.kind in "biuf":
        labels = values.astype(np.float64)
        return labels, ~np.isnan(labels), True
    given = pd.Series(values, dtype=object)
    seen = given.notna()
    numbers = pd.to_numeric(given, errors="coerce")
    texts = given[seen & numbers.isna()]
    if texts.empty:
        return numbers.to_numpy(dtype=np.float64, na_value=np.nan), seen.to_numpy(), True
    if numbers.notna().any():
        raise OutcomeError(f"Labels are all numbers or all texts; got both, {texts.iloc[0]!r} for instance.")
    return given.where(seen, "").astype(str).to_numpy(dtype=object), seen.to_numpy(), False


def _classes(found: NDArray[Any], seen: int, numeric: bool) -> NDArray[Any]:
    if numeric and np.isin(found, (0.0, 1.0)).all() and len(found) == 2:
        return np.array([0, 1])
    if numeric:
        odd = found[~np.isfinite(found) | (found != np.round(found))]
        if len(odd):
            raise OutcomeError(
                "Unknown label type: continuous. Labels are 0 (no violation), 1 (violation) or missing; "
                f"got {odd[0]:g}."
            )
    named = [f"{value:.0f}" if numeric else str(value) for value in found]
    if len(found) == 1:
        raise OutcomeError(
            f"Both outcomes are needed, and there is one class: all {seen} labelled entities have "
            f"{named[0]}; take a longer period."
        )
    if len(found) > 2:
        some = ", ".join(named[:_MOST_NAMED]) + (" …" if len(named) > _MOST_NAMED else "")
        raise OutcomeError(
            "Only binary classification is supported. Labels have two classes, 0 (no violation) and "
            f"1 (violation), or are missing; got {len(found)}: {some}."
        )
    return found.astype(np.int64) if numeric else found.astype(object)
