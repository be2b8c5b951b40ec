from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from creditrisk.errors import SourceError, SpecError
from creditrisk.records.schema import ColumnType, Table
from creditrisk.records.synthetic import SyntheticRegistry, simulate
from creditrisk.records.tables import TABLES

EVERY_TABLE = pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)

DTYPES = {
    ColumnType.STRING: "str",
    ColumnType.INTEGER: "Int64",
    ColumnType.FLOAT: "float64",
    ColumnType.DATE: "datetime64[us]",
    ColumnType.BOOLEAN: "boolean",
}


@EVERY_TABLE
def test_columns_and_types_are_those_of_the_schema(small_registry: SyntheticRegistry, table: Table) -> None:
    frame = small_registry.tables[table.name]
    assert len(frame) > 0
    assert tuple(frame.columns) == table.column_names
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        column.name: DTYPES[column.type] for column in table.columns
    }


@EVERY_TABLE
def test_values_obey_the_schema(small_registry: SyntheticRegistry, table: Table) -> None:
    frame = small_registry.tables[table.name]
    for column in table.columns:
        values = frame[column.name]
        if column.required:
            assert values.notna().all(), column.name
        if column.codes:
            codes = values.dropna().str.split(",").explode()
            assert set(codes) <= set(column.codes), column.name
        if column.minimum is not None:
            assert (values.dropna() >= column.minimum).all(), column.name
    for first, last in table.ordered:
        assert not (frame[first] > frame[last]).any(), (first, last)


@EVERY_TABLE
def test_nothing_is_known_before_it_happened(small_registry: SyntheticRegistry, table: Table) -> None:
    frame = small_registry.tables[table.name]
    assert (frame["known_on"] >= frame["occurred_on"]).all()
    if "end_known_on" in frame:
        assert not (frame["end_known_on"] < frame["ended_on"]).any()
        assert (frame["end_known_on"].isna() == frame["ended_on"].isna()).all()


@EVERY_TABLE
def test_records_are_sorted_unique_and_of_known_entities(
    small_registry: SyntheticRegistry, table: Table
) -> None:
    frame = small_registry.tables[table.name]
    assert frame["record_id"].is_unique
    assert frame["occurred_on"].is_monotonic_increasing
    assert set(frame["entity_id"]) <= set(small_registry.tables["registration"]["entity_id"])
    if table.one_per_entity:
        assert frame["entity_id"].is_unique


@pytest.mark.parametrize("table", [table for name, table in TABLES.items() if name != "repair"])
def test_nothing_happens_after_deregistration(small_registry: SyntheticRegistry, table: Table) -> None:
    left = small_registry.tables["registration"].set_index("entity_id")["deregistered_on"]
    frame = small_registry.tables[table.name]
    assert not (frame["occurred_on"] > frame["entity_id"].map(left)).any()


def test_repairs_point_to_the_records_that_they_repair(small_registry: SyntheticRegistry) -> None:
    for name, repairs in small_registry.tables["repair"].groupby("repaired_table"):
        repaired = small_registry.tables[name].set_index("record_id").loc[repairs["repaired_record_id"]]
        assert repaired["entity_id"].tolist() == repairs["entity_id"].tolist()


def test_the_same_seed_gives_the_same_registry_and_another_does_not() -> None:
    first, again, other = (simulate(1500, seed, first_year=2021, last_year=2023) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first.truth, again.truth)
    for name in TABLES:
        pd.testing.assert_frame_equal(first.tables[name], again.tables[name])
        assert not first.tables[name].equals(other.tables[name]), name


def test_no_table_shows_the_truth(small_registry: SyntheticRegistry) -> None:
    hidden = set(small_registry.truth.columns) - {"entity_id"}
    for name, frame in small_registry.tables.items():
        assert not hidden & set(frame.columns), name
    p = set(small_registry.truth["p_violation"])
    for name, frame in small_registry.tables.items():
        for column in frame.select_dtypes("float64"):
            assert not p & set(frame[column].dropna()), (name, column)


def test_files_are_parquet_with_dates_and_the_truth_lies_apart(
    small_registry: SyntheticRegistry, tmp_path: Path
) -> None:
    small_registry.write(tmp_path / "out")
    files = {path.stem for path in (tmp_path / "out").glob("*.parquet")}
    assert files == set(TABLES)
    for name, frame in small_registry.tables.items():
        written = pq.read_table(tmp_path / "out" / f"{name}.parquet")
        assert written.num_rows == len(frame)
        dates = [column.name for column in TABLES[name].columns if column.type is ColumnType.DATE]
        assert all(written.schema.field(date).type == pa.date32() for date in dates)
    truth = pd.read_parquet(tmp_path / "out" / "truth" / "truth.parquet")
    assert truth["p_violation"].tolist() == small_registry.truth["p_violation"].tolist()


def test_a_file_where_the_folder_should_be_is_one_sentence(
    small_registry: SyntheticRegistry, tmp_path: Path
) -> None:
    (tmp_path / "out").write_text("not a folder")
    with pytest.raises(SourceError, match=r"written into a folder.*out.*choose another folder"):
        small_registry.write(tmp_path / "out")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"entities": 5}, r"at least 100 entities; got 5"),
        ({"seed": -1}, r"0 or a positive number; got -1"),
        ({"first_year": 2024}, r"at least three years.*got 2024 to 2024"),
        ({"last_year": 2020}, r"at least three years.*got 2019 to 2020"),
    ],
)
def test_impossible_worlds_are_refused(arguments: dict[str, int], message: str) -> None:
    with pytest.raises(SpecError, match=message):
        simulate(**arguments)
