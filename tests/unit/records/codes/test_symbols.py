"""Columns of codes come in many forms, and all of them are read alike."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from creditrisk.errors import SpecError
from creditrisk.records.codes import normalise, uscc_is_valid
from creditrisk.records.codes.symbols import by_distinct

GOOD = "91350100M000100Y43"
TEXTS = [GOOD, "91350100M000100Y4A", GOOD[:-1], GOOD + "\x00", "李" * 6, "", "a" * 1_000_000, GOOD]
EXPECTED = [True, False, False, False, False, False, False, True]

WITHOUT_NULLS: dict[str, Callable[[list[str]], Any]] = {
    "list": list,
    "tuple": tuple,
    "object array": lambda texts: np.array(texts, dtype=object),
    "text array of NumPy 2": lambda texts: np.array(texts, dtype=np.dtypes.StringDType()),
    "index": pd.Index,
    "polars": pl.Series,
    "Arrow": pa.array,
    "Arrow views": lambda texts: pa.array(texts, type=pa.string_view()),
    "Arrow bytes": lambda texts: pa.array([text.encode() for text in texts]),
    "Arrow chunks": lambda texts: pa.chunked_array([texts[:3], texts[3:]]),
    "Arrow slice": lambda texts: pa.array(["x", *texts, "y"]).slice(1, len(texts)),
    "Arrow dictionary": lambda texts: pa.array(texts).dictionary_encode(),
}
WITH_NULLS: dict[str, Callable[[list[str | None]], Any]] = {
    "list": list,
    "object series": lambda texts: pd.Series(texts, dtype=object),
    "str series": lambda texts: pd.Series(texts, dtype="str"),
    "string series": lambda texts: pd.Series(texts, dtype="string"),
    "Arrow series": lambda texts: pd.Series(texts, dtype=pd.ArrowDtype(pa.string())),
    "categories": lambda texts: pd.Series(texts, dtype="category"),
    "polars": pl.Series,
    "Arrow": pa.array,
}


@pytest.mark.parametrize("form", WITHOUT_NULLS)
def test_every_form_of_a_column(form: str) -> None:
    assert uscc_is_valid(WITHOUT_NULLS[form](TEXTS)).tolist() == EXPECTED


@pytest.mark.parametrize("form", WITH_NULLS)
def test_missing_codes_are_invalid(form: str) -> None:
    column = WITH_NULLS[form]([None, *TEXTS, None])
    assert uscc_is_valid(column).tolist() == [False, *EXPECTED, False]


@pytest.mark.parametrize("dtype", ["U18", "S18"])
def test_arrays_of_fixed_width(dtype: str) -> None:
    assert uscc_is_valid(np.array([GOOD, GOOD[:-1]], dtype=dtype)).tolist() == [True, False]


def test_what_is_no_text_is_invalid() -> None:
    column = [GOOD, 911101085513850829, np.nan, pd.NA, pd.NaT, 1.5, ("a",), "\ud800", GOOD]
    assert uscc_is_valid(column).tolist() == [True, *[False] * 7, True]


@pytest.mark.parametrize("column", [[], [None], [1, 2], np.arange(3), pd.Series([1.5, np.nan])])
def test_columns_without_any_text(column: Any) -> None:
    assert uscc_is_valid(column).tolist() == [False] * len(column)


def test_more_codes_than_are_looked_at_at_once() -> None:
    column = np.full(200_000, GOOD, dtype=object)
    column[[0, 65_535, 65_536, 199_999]] = "x"
    assert np.flatnonzero(~uscc_is_valid(column)).tolist() == [0, 65_535, 65_536, 199_999]


@pytest.mark.parametrize("function", [uscc_is_valid, normalise])
def test_one_text_is_not_a_column(function: Callable[[Any], Any]) -> None:
    with pytest.raises(SpecError, match="put it into a list"):
        function(GOOD)


@pytest.mark.parametrize("function", [uscc_is_valid, normalise])
def test_a_table_is_not_a_column(function: Callable[[Any], Any]) -> None:
    with pytest.raises(SpecError, match="take a single column"):
        function(pd.DataFrame({"code": [GOOD]}))


@pytest.mark.parametrize("form", WITH_NULLS)
def test_distinct_codes_of_every_form(form: str) -> None:
    assert normalise(WITH_NULLS[form]([GOOD, None, " " + GOOD])).tolist() == [GOOD, None, GOOD]


def test_what_is_no_text_is_none() -> None:
    assert normalise([{}, [1], GOOD, pd.NA, 5]).tolist() == [None, None, GOOD, None, None]


def test_a_function_is_asked_once_for_each_distinct_code() -> None:
    asked: list[str] = []

    def find(code: str) -> str:
        asked.append(code)
        return code * 2

    assert by_distinct(["a", None, "b", "a", 1], find).tolist() == ["aa", None, "bb", "aa", None]
    assert asked == ["a", "b"]
