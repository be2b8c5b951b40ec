"""Clean records in a file, sorted by entity."""

import pandas as pd
import pytest
from tests.lib.batches import TABLES

from creditrisk import simulate
from creditrisk.errors import SourceError
from creditrisk.records.input_files import input_files
from creditrisk.records.read import read_records
from creditrisk.records.sorted_copy import close_sorted, open_sorted, write_sorted


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    """Return a folder of three tables: a penalty cannot be read, one stands twice, one is of nobody."""
    folder = tmp_path_factory.mktemp("registry")
    drawn = simulate(100, seed=11, first_year=2018).tables
    tables = {name: drawn[name] for name in TABLES}
    tables["penalty"] = tables["penalty"].astype({"occurred_on": object})
    tables["penalty"].loc[tables["penalty"].index[0], "occurred_on"] = None
    orphan = tables["penalty"].iloc[[3]].assign(entity_id="nobody", record_id="orphan")
    tables["penalty"] = pd.concat([tables["penalty"], tables["penalty"].iloc[[2]], orphan])
    for name, table in tables.items():
        table.sample(frac=1, random_state=1).to_parquet(folder / f"{name}.parquet")
    return folder


def test_the_copy_is_the_clean_records_in_order(registry, tmp_path):
    inputs, clean = input_files(registry), read_records(registry)
    write_sorted(inputs, tmp_path / "copy.duckdb")
    copy = open_sorted(inputs, tmp_path / "copy.duckdb")
    try:
        for name in TABLES:
            own = copy.tables[name].to_pyarrow()
            expected = (
                clean.tables[name]
                .to_pyarrow()
                .sort_by([("entity_id", "ascending"), ("record_id", "ascending")])
            )
            assert own.cast(expected.schema).equals(expected)
        assert copy.account == clean.account and sum(one.rejected for one in copy.account) == 3
        assert (copy.first_known_on, copy.last_known_on) == (clean.first_known_on, clean.last_known_on)
    finally:
        close_sorted(copy)


def test_a_place_that_cannot_be_written_is_one_sentence(registry, tmp_path):
    with pytest.raises(SourceError, match="before they are graded, which failed") as said:
        write_sorted(input_files(registry), tmp_path / "nowhere" / "copy.duckdb")
    assert "\n" not in str(said.value)


def test_files_are_known_by_their_content(registry, tmp_path):
    inputs = input_files(registry)
    assert set(inputs.digests()) == {f"{name}.parquet" for name in TABLES} == set(inputs.stamps())
    with pytest.raises(SourceError, match="from a folder or a DuckDB file"):
        input_files({"registration": None})
    (tmp_path / "penalty.parquet").write_bytes(b"x")
    gone = input_files(tmp_path)
    (tmp_path / "penalty.parquet").unlink()
    for asked in (gone.digests, gone.stamps):
        with pytest.raises(SourceError, match=r"'penalty\.parquet' cannot be read"):
            asked()
