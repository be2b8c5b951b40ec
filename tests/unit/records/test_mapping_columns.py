"""A drawn example of a bureau's own tables, and what the mapping makes of them."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from tests.lib.registry import DAY, rejected, values

from creditrisk.errors import SchemaError, SourceError, SpecError
from creditrisk.records.mapping import Mapping
from creditrisk.records.read import read_records
from creditrisk.records.records import Records
from creditrisk.records.toml_file import parse

FINES = pd.DataFrame(
    {
        "no": ["f1", "f2", "f3", "f4"],
        "who": [7, 7, 8, 8],
        "decided": ["05.01.2021", "07.01.2021", "01.02.2021", "03.02.2021"],
        "wan": ["0.5", "2", None, "1"],
        "state": ["final", "final", "appealed", "final"],
        "kind": ["P", "F", "P", "F"],
        "until": ["9999-9-9", "2021-03-01", "2022-01-01", "1900-1-1"],
    }
)
PEOPLE = pd.DataFrame({"who": [7, 8], "since": [DAY, DAY]})
COLUMNS: dict[str, Any] = {
    "record_id": "no",
    "entity_id": "who",
    "occurred_on": {"column": "decided", "format": "%d.%m.%Y"},
    "known_on": {"column": "decided", "format": "%d.%m.%Y"},
}
REGISTRATION = {
    "source": "people",
    "columns": {"record_id": "who", "entity_id": "who", "occurred_on": "since", "known_on": "since"},
}


def read(fines: pd.DataFrame = FINES, *, table: dict[str, Any] | None = None, **columns: Any) -> Records:
    """Read the fines as penalties, with further columns and table settings."""
    penalty = {"source": "fines", "columns": COLUMNS | columns} | (table or {})
    written = {"name": "town", "tables": {"registration": REGISTRATION, "penalty": penalty}}
    return read_records({"fines": fines, "people": PEOPLE}, mapping=parse(Mapping, written, "mapping"))


def test_names_ids_and_dates() -> None:
    records = read()
    assert values(records, "penalty", "entity_id") == ["7", "7", "8", "8"]
    assert values(records, "penalty", "occurred_on")[0] == dt.date(2021, 1, 5)
    assert records.ignored == ()


def test_units_are_multiplied() -> None:
    records = read(fine_cny={"column": "wan", "multiply": 10000})
    assert values(records, "penalty", "fine_cny") == [5000.0, 20000.0, None, 10000.0]


def test_units_have_names() -> None:
    fines = FINES.assign(wan=["￥１,２００.5元", "3 %", None, "0"])
    with_sign = read(fines, fine_cny={"column": "wan", "number": "1,234.5", "unit": "元"})
    assert values(with_sign, "penalty", "fine_cny") == [1200.5, None, 0.0]
    assert rejected(with_sign) == {("penalty", "fine_cny cannot be read as float"): 1}
    fines = FINES.assign(wan=["500万元人民币", "1,200元整", None, "3.5亿"])
    as_written = read(fines, fine_cny={"column": "wan", "unit": "as_written"})
    assert values(as_written, "penalty", "fine_cny") == [5e6, 1200.0, None, 3.5e8]


def test_several_codes_in_one_value_are_recoded_each() -> None:
    visits = FINES.assign(kind=["标签、 卫生", "合格", "卫生；；标签；", "卫生、异味"])
    columns = {name: COLUMNS[name] for name in ("record_id", "entity_id", "occurred_on", "known_on")}
    recode = {"合格": "1", "标签": "3", "卫生": "A"}
    codes = {"column": "kind", "separator": ["、", "；"], "recode": recode}
    table = {"source": "visits", "columns": columns | {"result_codes": codes}}
    written = {"name": "town", "tables": {"registration": REGISTRATION, "inspection": table}}
    records = read_records({"visits": visits, "people": PEOPLE}, mapping=parse(Mapping, written, "mapping"))
    assert values(records, "inspection", "result_codes") == ["3,A", "1", "A,3"]
    assert rejected(records) == {
        ("inspection", "result_codes has a value that the mapping does not recode"): 1
    }


def test_codes_are_normalised() -> None:
    people = pd.DataFrame({"代码": ["９1350100-m000100y43 ", "'0123"], "since": [DAY, DAY]})
    code = {"column": "代码", "strip": "'", "normalise": "uscc"}
    columns = {"record_id": code, "entity_id": code, "occurred_on": "since", "known_on": "since"}
    columns["industry"] = {"value": "A"}
    written = {"name": "town", "tables": {"registration": {"source": "people", "columns": columns}}}
    records = read_records({"people": people}, mapping=parse(Mapping, written, "mapping"))
    assert values(records, "registration", "entity_id") == ["0123", "91350100M000100Y43"]


def test_leading_zeros_come_back() -> None:
    fines = FINES.assign(kind=[111, 31, 1234, 7])
    records = read(fines, act_type={"column": "kind", "width": 4})
    assert values(records, "penalty", "act_type") == ["0111", "0031", "1234", "0007"]


def test_chinese_words_can_be_truth_values() -> None:
    recode = {"final": True, "appealed": False}
    extra = {"done": {"column": "state", "recode": recode, "type": "boolean"}}
    assert values(read(table={"extra": extra}), "penalty", "done") == [True, True, False, True]


def test_dates_may_be_written_in_several_forms() -> None:
    fines = FINES.assign(decided=["2021年1月5日", "20210107", "44228", "3.2.2021"])
    form = {"column": "decided", "format": ["%Y年%m月%d日", "%Y%m%d", "excel", "%d.%m.%Y"]}
    days = [dt.date(2021, 1, 5), dt.date(2021, 1, 7), dt.date(2021, 2, 1), dt.date(2021, 2, 3)]
    assert values(read(fines, occurred_on=form, known_on=form), "penalty", "occurred_on") == days


def test_a_column_of_dates_needs_no_format() -> None:
    fines = FINES.assign(decided=[DAY] * 4)
    assert values(read(fines), "penalty", "occurred_on") == [DAY] * 4


def test_columns_with_chinese_names_are_found_by_name_and_in_sql() -> None:
    fines = FINES.rename(columns={"kind": "违法行为", "wan": "罚款金额（万元）"})
    records = read(
        fines,
        act_type={"sql": "CASE WHEN 违法行为 = 'P' THEN '价格' ELSE 违法行为 END"},
        fine_cny={"sql": '"罚款金额（万元）"::DOUBLE * 10000'},
    )
    assert values(records, "penalty", "act_type") == ["价格", "F", "价格", "F"]
    assert values(records, "penalty", "fine_cny") == [5000.0, 20000.0, None, 10000.0]


def test_codes_are_recoded_and_a_missing_code_stays_missing() -> None:
    fines = FINES.assign(kind=["P", "F", None, "P"])
    records = read(fines, act_type={"column": "kind", "recode": {"P": "price", "F": "food"}})
    assert values(records, "penalty", "act_type") == ["price", "food", None, "price"]


def test_a_code_without_a_meaning_is_set_aside_with_its_own_value() -> None:
    records = read(act_type={"column": "kind", "recode": {"P": "price"}})
    assert rejected(records) == {("penalty", "act_type has a value that the mapping does not recode"): 2}
    assert records.rejections.rows("penalty")["kind"].tolist() == ["F", "F"]


def test_otherwise_takes_every_other_code() -> None:
    records = read(severity={"column": "kind", "recode": {"P": 2}, "otherwise": 0})
    assert values(records, "penalty", "severity") == [2, 0, 2, 0]


def test_a_fixed_value_stands_in_every_row() -> None:
    assert values(read(act_type={"value": "food"}), "penalty", "act_type") == ["food"] * 4


def test_sentinels_become_missing() -> None:
    records = read(revoked_on={"column": "until", "sentinels": ["9999-9-9", "1900-1-1"]})
    assert values(records, "penalty", "revoked_on") == [None, dt.date(2021, 3, 1), dt.date(2022, 1, 1), None]


def test_sentinels_of_the_file_hold_in_every_column_that_names_none() -> None:
    columns = COLUMNS | {"revoked_on": "until", "fine_cny": {"column": "wan", "sentinels": ["0.5"]}}
    tables = {"registration": REGISTRATION, "penalty": {"source": "fines", "columns": columns}}
    written = {"name": "town", "sentinels": ["9999-9-9", "1900-1-1", "2"], "tables": tables}
    records = read_records({"fines": FINES, "people": PEOPLE}, mapping=parse(Mapping, written, "mapping"))
    assert values(records, "penalty", "revoked_on") == [None, dt.date(2021, 3, 1), dt.date(2022, 1, 1), None]
    assert values(records, "penalty", "fine_cny") == [None, 2.0, None, 1.0]


def test_a_sentinel_is_found_in_a_column_of_dates() -> None:
    fines = FINES.assign(until=[dt.date(9999, 9, 9), dt.date(2021, 3, 1), None, None])
    records = read(fines, revoked_on={"column": "until", "sentinels": ["9999-9-9"]})
    assert values(records, "penalty", "revoked_on") == [None, dt.date(2021, 3, 1), None, None]


def test_sql_is_an_expression_over_the_columns_of_a_row() -> None:
    records = read(act_type={"sql": "CASE WHEN kind = 'P' THEN 'p' || who ELSE lower(kind) END"})
    assert values(records, "penalty", "act_type") == ["p7", "f", "p8", "f"]


def test_where_leaves_rows_out_that_are_not_rejected() -> None:
    records = read(table={"where": "state <> 'appealed'"})
    assert values(records, "penalty", "record_id") == ["f1", "f2", "f4"]
    assert records.rejections.total == 0


def test_distinct_by_keeps_the_earliest_known() -> None:
    records = read(table={"distinct_by": ["entity_id"]})
    assert values(records, "penalty", "record_id") == ["f1", "f3"]
    assert records.rejections.total == 0


def test_one_source_can_fill_two_record_types() -> None:
    registration = {
        "source": "fines",
        "distinct_by": ["entity_id"],
        "columns": COLUMNS | {"record_id": "who"},
    }
    penalty = {"source": "fines", "columns": COLUMNS}
    written = {"name": "town", "tables": {"registration": registration, "penalty": penalty}}
    records = read_records({"fines": FINES}, mapping=parse(Mapping, written, "mapping"))
    assert values(records, "registration", "known_on") == [dt.date(2021, 1, 5), dt.date(2021, 2, 1)]
    assert len(values(records, "penalty", "record_id")) == 4


def test_a_mapped_table_and_a_plain_one_stand_side_by_side() -> None:
    written = {"name": "town", "tables": {"registration": REGISTRATION}}
    licence = pd.DataFrame({"record_id": ["l"], "entity_id": ["7"], "occurred_on": [DAY], "known_on": [DAY]})
    mapping = parse(Mapping, written, "mapping")
    records = read_records({"people": PEOPLE, "licence": licence, "fines": FINES}, mapping=mapping)
    assert sorted(records.tables) == ["licence", "registration"]
    assert records.ignored == ("fines",)


def test_extra_columns_are_typed_and_hidden_until_known() -> None:
    extra = {
        "closed": {"column": "state", "type": "string", "known_with": "revoked_on"},
        "wan": {"column": "wan", "type": "float"},
    }
    records = read(
        table={"extra": extra}, revoked_on={"column": "until", "sentinels": ["9999-9-9", "1900-1-1"]}
    )
    seen = records.as_of("2021-06-01").table("penalty").order_by("record_id").to_pyarrow()
    assert seen["closed"].to_pylist() == [None, "final", None, None]
    assert seen["wan"].to_pylist() == [0.5, 2.0, None, 1.0]


def test_numbers_that_cannot_be_multiplied_are_set_aside() -> None:
    records = read(FINES.assign(wan=["1", "two", None, "3"]), fine_cny={"column": "wan", "multiply": 10000})
    assert rejected(records) == {("penalty", "fine_cny cannot be read as float"): 1}


def test_a_date_that_does_not_fit_its_format_is_set_aside() -> None:
    records = read(FINES.assign(decided=["05.01.2021", "2021-01-07", "01.02.2021", "03.02.2021"]))
    assert rejected(records) == {("penalty", "occurred_on cannot be read as date in the format %d.%m.%Y"): 1}


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("CASE WHEN", "'sql' of 'act_type' is not SQL: 'CASE WHEN'; correct it."),
        ("max(wan)", "one scalar expression over the columns of a row; got 'max(wan)'"),
        ("row_number() OVER ()", "one scalar expression"),
        ("(SELECT 1)", "one scalar expression"),
        ("kind, wan", "one scalar expression"),
        ("kind FROM people", "one scalar expression"),
        ("kind) AS x, (wan", "is not SQL"),
        ("1; DROP TABLE fines", "one scalar expression"),
        ("no_such_function(kind)", "does not fit its columns: "),
        ("wan + INTERVAL 1 DAY", "does not fit its columns: "),
        ("CAST(kind AS DATE)", "does not fit its columns: "),
    ],
)
def test_sql_that_is_no_expression_is_refused(sql: str, sentence: str) -> None:
    with pytest.raises(SpecError) as caught:
        read(act_type={"sql": sql})
    assert str(caught.value).startswith("In the mapping of frame 'fines' ")
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("written", ["knid", {"column": "knid"}, {"sql": "lower(knid)"}])
def test_a_column_that_the_source_lacks_is_named(written: object) -> None:
    with pytest.raises(SchemaError) as caught:
        read(act_type=written)
    assert str(caught.value) == (
        "The mapping names the column 'knid', which frame 'fines' does not have. Did you mean 'kind'?"
    )


def test_a_condition_is_held_to_the_same_rules() -> None:
    with pytest.raises(SchemaError, match="names the column 'stat'"):
        read(table={"where": "stat = 'final'"})
    with pytest.raises(SpecError, match="'where' is not SQL"):
        read(table={"where": "state ="})


def test_a_source_that_is_not_there_is_named() -> None:
    with pytest.raises(SourceError) as caught:
        read(table={"source": "fine"})
    assert str(caught.value) == (
        "The mapping takes 'penalty' from 'fine', which the dictionary of data frames does not have. "
        "Did you mean 'fines'?"
    )
