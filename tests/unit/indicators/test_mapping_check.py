"""A mapping is checked column by column, and its gaps are counted in indicators."""

import datetime as dt
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import pytest
from tests.lib.engines import system_of

from creditrisk.errors import SchemaError, SourceError, SpecError
from creditrisk.indicators.events import AS_OF, Clock
from creditrisk.indicators.executors.sql import prepared_events
from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.load import load_system
from creditrisk.indicators.mapping_check import ALWAYS, check_mapping, columns_read, indicators_lost
from creditrisk.records.map_check import MappingCheck
from creditrisk.records.mapping import Mapping
from creditrisk.records.schema import ColumnType
from creditrisk.records.tables import TABLES
from creditrisk.records.toml_file import parse

ENGINE_TYPES = {
    ColumnType.STRING: "string",
    ColumnType.INTEGER: "int64",
    ColumnType.FLOAT: "float64",
    ColumnType.DATE: "date",
    ColumnType.BOOLEAN: "boolean",
}
SYSTEMS = ["general", "ride_hailing", "invoice_fraud"]
SUBJECTS = pd.DataFrame(
    {
        "代码": ["a", "b", "c"],
        "成立日期": ["20010203", "20020304", "-"],
        "行政区划": ["510104", "510105", "510106"],
        "行业": ["C13", "F52", "F52"],
    }
)
FINES = pd.DataFrame(
    {
        "文号": ["x1", "x2", "x3", "x4"],
        "代码": ["a", "a", "b", "z"],
        "日期": ["2023-05-01", "2023-06-01", "soon", "2023-07-01"],
        "罚款金额": ["1.5", "-", "many", "2"],
        "案件来源": ["检查", "举报", "检查", "信访"],
        "备注": ["", "", "", ""],
    }
)
REGISTRATION = {
    "source": "subjects",
    "columns": {
        "record_id": "代码",
        "entity_id": "代码",
        "occurred_on": {"column": "成立日期", "format": "%Y%m%d"},
        "known_on": {"column": "成立日期", "format": "%Y%m%d"},
        "region": "行政区划",
    },
}
PENALTY = {
    "source": "fines",
    "columns": {
        "record_id": "文号",
        "entity_id": "代码",
        "occurred_on": "日期",
        "known_on": "日期",
        "fine_cny": {"column": "罚款金额", "unit": "万元"},
        "case_source": {"column": "案件来源", "recode": {"检查": "inspection", "交办": "assigned"}},
    },
}


def check(*, system: str | None = None, **tables: Any) -> MappingCheck:
    """Check a mapping of the two tables, or of others."""
    written = {
        "name": "town",
        "sentinels": ["-"],
        "tables": tables or {"registration": REGISTRATION, "penalty": PENALTY},
    }
    source = {"subjects": SUBJECTS, "fines": FINES, "许可": SUBJECTS}
    return check_mapping(parse(Mapping, written, "mapping"), source, system=system)


def column(found: MappingCheck, table: str, name: str) -> dict[str, Any]:
    rows = found.columns.query("table == @table and column == @name")
    result: dict[str, Any] = rows.iloc[0].to_dict()
    return result


def penalty(**columns: Any) -> dict[str, Any]:
    return PENALTY | {"columns": PENALTY["columns"] | columns}  # type: ignore[operator]


def test_each_column_says_how_much_of_it_fits() -> None:
    found = check()
    fine = column(found, "penalty", "fine_cny")
    assert (fine["status"], fine["values"], fine["sentinels"], fine["example"]) == ("partly", 3, 1, "many")
    assert fine["share"] == pytest.approx(2 / 3)
    assert column(found, "penalty", "entity_id")["status"] == "fits"
    assert column(found, "registration", "region")["share"] == 1
    assert "1 row would be rejected" in column(found, "registration", "known_on")["note"]


def test_codes_are_told_that_nobody_recodes_or_meets() -> None:
    note = column(check(), "penalty", "case_source")["note"]
    assert "Recoded but never met: '交办'." in note
    assert "Not recoded: '举报' (1), '信访' (1)." in note
    plain = check(registration=REGISTRATION, penalty=penalty(case_source="案件来源"))
    assert "No code of ours: '检查' (2)" in column(plain, "penalty", "case_source")["note"]


def test_rejections_and_accounts_are_those_of_the_reader() -> None:
    found = check()
    assert found.fits
    counts = {(row.table, row.rule): row.rows for row in found.rejections.itertuples()}
    assert counts["penalty", "fine_cny cannot be read as float"] == 1
    accounts = found.tables.set_index("table")
    assert accounts.loc["registration", ["read", "accepted", "rejected"]].tolist() == [3, 2, 1]
    assert found.sentence.startswith("The mapping fits: ")


def test_what_nobody_uses_comes_with_a_suggestion() -> None:
    unused = {(row.source, row.column): row.suggestion for row in check().unused.itertuples()}
    assert unused == {
        ("许可", ""): "licence",
        ("subjects", "行业"): "registration.industry",
        ("fines", "备注"): "",
    }


def test_a_column_that_is_not_there_and_a_bad_fragment_are_told_together() -> None:
    bad = penalty(fine_cny="罚金", act_type={"sql": "CAST(文号 AS DATE)"}, severity={"column": "罚款金额"})
    del bad["columns"]["occurred_on"]
    found = check(registration=REGISTRATION, penalty=bad)
    assert not found.fits
    assert "Did you mean '罚款金额'?" in column(found, "penalty", "fine_cny")["note"]
    assert "does not fit its columns" in column(found, "penalty", "act_type")["note"]
    missing = column(found, "penalty", "occurred_on")
    assert (missing["status"], missing["source"]) == ("missing", "")
    assert found.sentence.startswith("The mapping does not fit yet: ")


def test_a_table_that_is_not_there_is_told_and_the_others_are_looked_at() -> None:
    found = check(registration=REGISTRATION, penalty=PENALTY | {"source": "fine"})
    assert "Did you mean 'fines'?" in found.tables.set_index("table").loc["penalty", "note"]
    assert set(found.columns["table"]) == {"registration"}
    assert not found.fits


def test_gaps_are_counted_in_indicators() -> None:
    found = check(system="general")
    lost = found.indicators.set_index("name")["lacks"]
    assert lost["sector"] == "registration.industry"
    assert "inspection" in set(lost)
    assert f"of the {found.measured} indicators of 'general' cannot be computed" in found.sentence


def test_an_indicator_is_lost_with_what_it_reads_of_other_record_types() -> None:
    share = {"measure": "related_share", "table": "penalty", "prior_strength": 2, "prior_mean": 0.1}
    rate = {
        "measure": "base_rate",
        "table": "penalty",
        "code": "industry",
        "levels": [1],
        "prior_strength": 2,
    }
    edges = {"edges": {"share": {"at_least": 0.25}}, "alike": {"column": "region"}}
    system = system_of(share | {"name": "a", "over": edges}, rate | {"name": "b"})
    available = {"registration": {"region"}, "penalty": {"fine_cny"}, "relation_edge": {"other_id"}}
    lost = indicators_lost(system, available).set_index("name")["lacks"]
    assert lost.to_dict() == {"a": "relation_edge.share", "b": "registration.industry"}
    del available["relation_edge"]
    assert indicators_lost(system, available).set_index("name")["lacks"]["a"] == "relation_edge"


def test_a_complete_registry_loses_no_indicator() -> None:
    everything = {name: set(table.column_names) for name, table in TABLES.items()}
    for system in SYSTEMS:
        assert indicators_lost(load_system(system), everything).empty


def _reads(indicator: Indicator, absent: set[str]) -> bool:
    """Return whether the indicator can be put together without some columns of its table."""
    types = {
        c.name: ENGINE_TYPES[c.type] for c in TABLES[str(indicator.table)].columns if c.name not in absent
    }
    table = ibis.table(types | {AS_OF: "date"}, name="records")
    try:
        events = prepared_events(table, [indicator], Clock((dt.date(2024, 1, 1),)))[indicator.name]
        indicator.measure.parts(events)
        indicator.measure.evidence(events)
    except SchemaError:
        return False
    return True


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_columns_of_an_indicator_are_exactly_those_that_it_reads(system: str) -> None:
    for indicator in load_system(system).indicators:
        if indicator.table is None:
            continue
        needed = columns_read(indicator) - ALWAYS
        others = {*TABLES[indicator.table].column_names} - needed - ALWAYS
        assert _reads(indicator, others), indicator.id
        assert all(not _reads(indicator, {one}) for one in needed), indicator.id


def test_mistakes_in_the_file_and_a_missing_source_are_errors(tmp_path: Path) -> None:
    file = tmp_path / "town.toml"
    file.write_text('name = "town"\n[tables.fine]\nsource = "x"\n[tables.fine.columns]\n')
    with pytest.raises(SpecError, match="no record type 'fine'"):
        check_mapping(file, {"x": FINES})
    with pytest.raises(SourceError, match="There is no folder"):
        check_mapping(Mapping(name="town", tables={}), tmp_path / "nothing")
