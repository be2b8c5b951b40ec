"""One condition on one measure: the leaf of every rule."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field, model_validator

from creditrisk.errors import SpecError
from creditrisk.records.toml_file import FileSpec

type Booleans = NDArray[np.bool_]
type Scalar = bool | int | float | str


class Test(FileSpec):
    """What the value of a measure must be; several parts are all required.

    A missing value fulfils none of them but ``known = false``.

    Parameters
    ----------
    measure : str
        Name of the measure.
    equals : number, bool or str, optional
        The value itself.
    one_of : tuple of number or str, optional
        One of these values.
    starts_with : tuple of str, optional
        The text begins with one of these, such as codes of regions or industries.
    at_least, below : float, optional
        The number is at least this, or below it.
    less_than : str, optional
        Another measure; the number is less than its value.
    known : bool, optional
        There is a value (true), or there is none (false).

    Examples
    --------
    >>> X = pd.DataFrame({"days_left": [12.0, 200.0, None]})
    >>> Test(measure="days_left", at_least=0, below=61).holds(X).tolist()
    [True, False, False]
    """

    __test__ = False

    measure: str
    equals: Scalar | None = None
    one_of: tuple[Scalar, ...] | None = Field(default=None, min_length=1)
    starts_with: tuple[str, ...] | None = Field(default=None, min_length=1)
    at_least: float | None = None
    below: float | None = None
    less_than: str | None = None
    known: bool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Test":
        if not self.parts:
            words = ", ".join(list(type(self).model_fields)[1:])
            raise SpecError(f"the test of {self.measure!r} says nothing; use {words}")
        if self.at_least is not None and self.below is not None and self.below <= self.at_least:
            raise SpecError(
                f"the test of {self.measure!r} asks for at least {self.at_least:g} and below {self.below:g}, "
                "which no number is; let `below` be larger"
            )
        return self

    @property
    def parts(self) -> dict[str, Any]:
        """The parts that were given, by name."""
        return {name: value for name, value in self if value is not None and name != "measure"}

    @property
    def measures(self) -> set[str]:
        """The measures that it reads."""
        return {self.measure} | ({self.less_than} if self.less_than is not None else set())

    def holds(self, X: pd.DataFrame) -> Booleans:
        """Return for whom the test holds.

        Parameters
        ----------
        X : DataFrame
            Measures by column.

        Returns
        -------
        ndarray of bool, (rows of X,)
            Never missing.

        Raises
        ------
        SpecError
            If a number is compared with text, or the other way round.
        """
        result = np.ones(len(X), dtype=bool)
        for name, wanted in self.parts.items():
            result &= _CHECKS[name](self, X, wanted)
        return result


def _known(test: Test, X: pd.DataFrame, wanted: bool) -> Booleans:
    return np.asarray(X[test.measure].notna() == wanted, dtype=bool)


def _among(test: Test, X: pd.DataFrame, wanted: tuple[Scalar, ...]) -> Booleans:
    column = X[test.measure]
    for one in wanted:
        _check_kind(test, column, text=isinstance(one, str), written=one)
    return np.asarray(column.isin(list(wanted)), dtype=bool)


def _starts_with(test: Test, X: pd.DataFrame, wanted: tuple[str, ...]) -> Booleans:
    column = X[test.measure]
    _check_kind(test, column, text=True, written=wanted[0])
    return np.array([isinstance(one, str) and one.startswith(wanted) for one in column], dtype=bool)


def _numbers(test: Test, column: "pd.Series[Any]", written: object) -> NDArray[np.float64]:
    _check_kind(test, column, text=False, written=written)
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def _less_than(test: Test, X: pd.DataFrame, other: str) -> Booleans:
    return np.asarray(_numbers(test, X[test.measure], other) < _numbers(test, X[other], test.measure))


def _check_kind(test: Test, column: "pd.Series[Any]", *, text: bool, written: object) -> None:
    if column.notna().any() and pd.api.types.is_numeric_dtype(column) == text:
        raise SpecError(
            f"The measure {test.measure!r} gives {'numbers' if text else 'text'}; its test says {written!r}: "
            f"compare it with {'a number' if text else 'text'}."
        )


_CHECKS: dict[str, Callable[[Test, pd.DataFrame, Any], Booleans]] = {
    "known": _known,
    "equals": lambda test, X, wanted: _among(test, X, (wanted,)),
    "one_of": _among,
    "starts_with": _starts_with,
    "at_least": lambda test, X, wanted: _numbers(test, X[test.measure], wanted) >= wanted,
    "below": lambda test, X, wanted: _numbers(test, X[test.measure], wanted) < wanted,
    "less_than": _less_than,
}
