"""Frames of every kind become Arrow."""

import pandas as pd
import polars as pl
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
