import re
from collections.abc import Iterator

import pytest

from creditrisk.records.schema import COMMON, PROVENANCE, Column, ColumnType, Table
from creditrisk.records.tables import TABLES
from creditrisk.records.tables.days import OCCURRED_ON

EVERY_TABLE = pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
BILINGUAL = re.compile(r"[^\u4e00-\u9fff]+ \([^()]*[\u4e00-\u9fff][^()]*\)")
NUMBERS = (ColumnType.INTEGER, ColumnType.FLOAT)
PUBLISHED_BY_LAW = {"licence", "inspection", "penalty", "abnormal_list", "serious_list"}


def unsound(table: Table) -> list[str]:
    """Return what a record type says of its columns that cannot hold, a sentence each."""
    return [*_of_columns(table), *_of_the_whole(table)]


def _of_columns(table: Table) -> Iterator[str]:
    types = {column.name: column.type for column in table.columns}
    if len(types) < len(table.columns):
        yield "two columns have one name"
    for column in table.own:
        if column.known_with and types.get(column.known_with) is not ColumnType.DATE:
            yield f"{column.name} is known with what is no day"
        if (column.unit == "CNY") is not column.name.endswith("_cny"):
            yield f"{column.name} is money in one respect only"
        if (column.type in NUMBERS) is not (column.unit is not None):
            yield f"{column.name} is a bare number, or has a unit and is none"
        if column.required and column.expected:
            yield f"{column.name} is required and expected"
        if not BILINGUAL.fullmatch(column.title):
            yield f"{column.name} has no title in both languages"


def _of_the_whole(table: Table) -> Iterator[str]:
    names = table.column_names
    named = [*table.matter, *([table.number] if table.number else []), *(link.column for link in table.links)]
    named += [link.table_column for link in table.links if link.table_column]
    yield from (f"there is no column {name}" for name in named if name not in names)
    yield from (
        f"there is no table {link.table}" for link in table.links if link.table not in {None, *TABLES}
    )
    for name in (name for pair in table.ordered for name in pair):
        if table.column(name).type is not ColumnType.DATE:
            yield f"{name} is ordered and no day"
    if set(table.matter) & {column.name for column in (*COMMON, *PROVENANCE)}:
        yield "the matter names a column of every table"


@EVERY_TABLE
def test_a_record_type_says_only_what_can_hold(table: Table) -> None:
    assert unsound(table) == []


def test_what_cannot_hold_is_seen() -> None:
    column = Column(name="fine", type=ColumnType.FLOAT, title="fine", unit="CNY", known_with="paid")
    spoilt = Table(
        name="spoilt", title_en="spoilt", title_zh="坏", own=(column,), number="doc_no", matter=("known_on",)
    )
    assert unsound(spoilt) == [
        "fine is known with what is no day",
        "fine is money in one respect only",
        "fine has no title in both languages",
        "there is no column doc_no",
        "the matter names a column of every table",
    ]


@EVERY_TABLE
def test_a_record_type_has_titles_a_day_and_somebody_who_delivers(table: Table) -> None:
    assert re.search(r"[\u4e00-\u9fff]", table.title_zh)
    assert not re.search(r"[\u4e00-\u9fff]", table.title_en)
    assert BILINGUAL.fullmatch(table.responsible)
    assert BILINGUAL.fullmatch(OCCURRED_ON[table.name])


def test_there_are_record_types_for_everything_that_the_indicators_and_warnings_need() -> None:
    assert len(TABLES) >= 30
    assert set(OCCURRED_ON) == set(TABLES)
    assert {"person_role", "relation_edge", "invoice", "ride_order", "device", "ad_monitor"} <= set(TABLES)


def test_what_the_law_publishes_is_marked() -> None:
    assert {name for name, table in TABLES.items() if table.public} == PUBLISHED_BY_LAW
    assert [name for name, table in TABLES.items() if table.each_year] == ["annual_report"]


@EVERY_TABLE
def test_every_end_is_hidden_until_it_is_known(table: Table) -> None:
    ends = (
        "ended",
        "revoked",
        "withdrawn",
        "lifted",
        "closed",
        "finished",
        "rectified",
        "broken",
        "fulfilled",
    )
    for column in table.own:
        if column.type is ColumnType.DATE and column.name.removesuffix("_on") in ends:
            assert column.known_with is not None, column.name


@pytest.mark.parametrize("word", ["person", "legal_person", "holder", "driver", "vehicle", "worker", "phone"])
def test_persons_are_hashed(word: str) -> None:
    columns = [column for table in TABLES.values() for column in table.own if column.name == f"{word}_id"]
    assert columns
    assert all("hashed" in column.title for column in columns)


def test_codes_of_a_system_are_checked_as_such() -> None:
    registration = TABLES["registration"]
    assert registration.column("industry").code_system == "industry"
    assert registration.column("region").code_system == "region"
    assert registration.column("parent_id").code_system == "uscc"
