"""Frames of every kind become Arrow."""

import datetime as dt
import decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from creditrisk.errors import SourceError
from creditrisk.records.read import read_records
from creditrisk.records.sources.frames import to_arrow


def test_a_column_of_mixed_types_is_text_and_its_gaps_stay_gaps() -> None:
    table = to_arrow(pd.DataFrame({"id": [1, "b", None]}), "penalty")
    assert table["id"].to_pylist() == ["1", "b", None]


def test_the_index_is_left_out() -> None:
    frame = pd.DataFrame({"id": ["a"]}, index=pd.Index(["x"], name="key"))
    assert to_arrow(frame, "penalty").column_names == ["id"]


def test_polars_text_is_plain_text() -> None:
    assert to_arrow(pl.DataFrame({"id": ["a"]}), "penalty")["id"].to_pylist() == ["a"]


@pytest.mark.parametrize("frame", [[1, 2], None, "penalty", 3])
def test_what_is_no_frame_is_refused(frame: object) -> None:
    with pytest.raises(
        SourceError, match=r"^Table 'penalty' must be a pandas, polars or Arrow data frame; got "
    ):
        to_arrow(frame, "penalty")


def test_a_column_that_stands_twice_is_refused() -> None:
    with pytest.raises(SourceError, match="has the column 'id' twice; rename one"):
        to_arrow(pd.DataFrame([[1, 2]], columns=["id", "id"]), "penalty")


def test_what_is_no_source_is_refused() -> None:
    with pytest.raises(SourceError, match="or an Ibis connection; got int"):
        read_records(3)


class Unprintable:
    """Something that cannot even say what it is."""

    def __str__(self) -> str:
        """Fail."""
        raise RuntimeError


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([1 + 2j, None], ["(1+2j)", None]),
        ([[1, 2], None], ["[1, 2]", None]),
        ([{"a": 1}, "b"], ["{'a': 1}", "b"]),
        ([10**30, "b"], [str(10**30), "b"]),
        ([decimal.Decimal("1.5"), "b"], ["1.5", "b"]),
        ([dt.timedelta(days=1), None], ["1 days 00:00:00", None]),
        (pd.period_range("2020-01-01", periods=2, freq="D"), ["2020-01-01", "2020-01-02"]),
        (pd.interval_range(0, 2), ["(0, 1]", "(1, 2]"]),
    ],
)
def test_values_that_no_engine_reads_alike_are_text(values: Any, text: list[str | None]) -> None:
    assert to_arrow(pd.DataFrame({"x": values}), "penalty")["x"].to_pylist() == text


@pytest.mark.parametrize(
    "array",
    [
        pa.array(["a", None, "a"]).dictionary_encode(),
        pa.array(["a", None, "a"], pa.string_view()),
        pa.array(["a", None, "a"], pa.large_string()),
        pa.compute.run_end_encode(pa.array(["a", None, "a"])),
    ],
)
def test_text_stored_in_a_special_way_is_text(array: pa.Array) -> None:
    found = to_arrow(pa.table({"x": array}), "penalty")["x"]
    assert found.type in (pa.string(), pa.large_string())
    assert found.to_pylist() == ["a", None, "a"]


def test_half_floats_and_sparse_columns_are_numbers() -> None:
    frame = pd.DataFrame({"half": np.float16([1.5, 2.5]), "sparse": pd.arrays.SparseArray([0.0, 3.0])})
    assert to_arrow(frame, "penalty").to_pydict() == {"half": [1.5, 2.5], "sparse": [0.0, 3.0]}


def test_the_day_of_a_moment_is_the_day_on_the_clock_there() -> None:
    midnight = pd.to_datetime(["2020-01-01"]).tz_localize("Asia/Shanghai")
    assert to_arrow(pd.DataFrame({"x": midnight}), "penalty")["x"].to_pylist() == [dt.datetime(2020, 1, 1)]


@pytest.mark.parametrize("value", ["\ud800", Unprintable(), 10**5000], ids=["surrogate", "object", "integer"])
def test_a_value_that_cannot_be_written_names_its_column(value: object) -> None:
    frame = pd.DataFrame({"x": pd.Series([value, 1], dtype=object)})
    with pytest.raises(
        SourceError, match=r"^Frame 'penalty' has values .* in column 'x' that cannot be written"
    ):
        to_arrow(frame, "penalty")


def test_names_are_those_of_the_engine() -> None:
    with pytest.raises(SourceError, match=r"has the column 'id' and 'ID', one name to an engine; rename one"):
        to_arrow(pa.table({"id": [1], "ID": [2]}), "penalty")
    assert to_arrow(pd.DataFrame([[1, 2]], columns=["", None]), "penalty").column_names == [
        "unnamed 1",
        "unnamed 2",
    ]


def test_a_frame_without_a_name_is_refused() -> None:
    with pytest.raises(SourceError, match=r"a key is of type int, use text\.$"):
        read_records({1: pd.DataFrame()})


@pytest.mark.parametrize("other", [np.float32(1.5), np.bool_(True), "2020-01-02"])
def test_a_moment_of_numpy_beside_other_values_is_text(other: object) -> None:
    frame = pd.DataFrame({"x": pd.Series([np.datetime64("2020-01-01"), other], dtype=object)})
    assert to_arrow(frame, "penalty")["x"].to_pylist()[1] == str(other)
