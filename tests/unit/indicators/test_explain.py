import datetime as dt
import math
from typing import Any

import pandas as pd
import pytest
from tests.lib.drawn import drawn_records, registered
from tests.lib.engines import records_of, system_of

from creditrisk.errors import SpecError
from creditrisk.indicators.explanation import Missing
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.records.records import Records

DAY = dt.date(2024, 1, 1)


@pytest.fixture(scope="module")
def records() -> Records:
    penalties = """
    record_id | entity_id | occurred_on | known_on   | fine_cny | severity
    p1        | a         | 2020-05-01  | 2020-05-09 | 100      | 3
    p2        | a         | 2023-05-01  | 2023-05-09 | 300      | 2
    p3        | a         | 2023-06-01  | 2023-06-09 |          | 3
    p4        | a         | 2023-12-20  | 2024-01-01 | 5000     | 5
    p5        | b         | 2023-05-01  | 2023-05-09 | 100      | 2
    """
    listed = """
    record_id | entity_id | occurred_on | ended_on
    l1        | a         | 2022-05-01  | 2022-06-01
    l2        | a         | 2023-05-01  |
    """
    licences = """
    record_id | entity_id | occurred_on | valid_to
    v1        | a         | 2022-05-01  | 2024-06-01
    v2        | a         | 2023-05-01  | 2024-02-01
    """
    return records_of(
        {
            "registration": registered("a", "b"),
            "penalty": drawn_records("penalty", penalties),
            "abnormal_list": drawn_records("abnormal_list", listed),
            "licence": drawn_records("licence", licences),
        }
    )


@pytest.mark.parametrize(
    ("entry", "ids"),
    [
        ({"measure": "count", "months": 12}, ["p2", "p3"]),
        ({"measure": "sum", "column": "fine_cny"}, ["p1", "p2"]),
        ({"measure": "max", "column": "severity"}, ["p1", "p3"]),
        ({"measure": "latest", "column": "fine_cny"}, ["p2"]),
        ({"measure": "change", "column": "severity"}, ["p2", "p3"]),
        ({"measure": "days_since_first"}, ["p1"]),
        ({"measure": "days_since_last"}, ["p3"]),
        ({"measure": "trend", "months": 4}, ["p2", "p3"]),
        ({"measure": "current", "table": "abnormal_list"}, ["l2"]),
        ({"measure": "current_days", "table": "abnormal_list", "months": 12}, ["l2"]),
        ({"measure": "days_until", "table": "licence", "column": "valid_to"}, ["v2"]),
    ],
)
def test_the_records_behind_a_value(records: Records, entry: dict[str, Any], ids: list[str]) -> None:
    extractor = IndicatorExtractor(system_of({"table": "penalty"} | entry))
    rows = extractor.explain(records.as_of(DAY), "a", "value").records
    assert rows["record_id"].tolist() == ids


def test_nothing_behind_nothing(records: Records) -> None:
    extractor = IndicatorExtractor(
        system_of(
            {"id": "A", "name": "listed", "measure": "current", "table": "abnormal_list"},
            {"id": "B", "name": "sued", "measure": "count", "table": "lawsuit"},
            {"id": "C", "name": "month", "measure": "season"},
        )
    )
    for indicator in ("A", "sued", "month"):
        assert extractor.explain(records.as_of(DAY), "b", indicator).records.empty


def test_a_cohort_is_explained_date_by_date(records: Records) -> None:
    cohort = pd.DataFrame({"entity_id": ["a", "a"], "as_of": ["2022-01-01", "2024-01-01"]})
    extractor = IndicatorExtractor(system_of({"measure": "days_since_last", "table": "penalty"}))
    rows = extractor.explain(records.as_of(cohort), "a", "value").records
    assert rows[["as_of", "record_id"]].to_numpy().tolist() == [
        [pd.Timestamp("2022-01-01"), "p1"],
        [pd.Timestamp("2024-01-01"), "p3"],
    ]


GRAPH = """
entity_id | occurred_on | other_id | relation
a         | 2020-01-01  | b        | invests_in
b         | 2020-01-01  | c        | branch
"""
RELATED = {"measure": "related_share", "table": "penalty", "prior_strength": 1, "prior_mean": 0.1}


@pytest.fixture(scope="module")
def graph() -> Records:
    penalties = """
    record_id | entity_id | occurred_on
    p1        | b         | 2023-05-01
    p2        | c         | 2023-04-01
    p3        | d         | 2023-06-01
    """
    register = """
    entity_id | occurred_on | industry
    a         | 2015-01-01  | F5231
    b         | 2015-01-01  | F5231
    c         | 2015-01-01  | F5232
    d         | 2015-01-01  | C1340
    """
    return records_of(
        {
            "registration": drawn_records("registration", register),
            "relation_edge": drawn_records("relation_edge", GRAPH),
            "penalty": drawn_records("penalty", penalties),
        }
    )


def test_records_of_related_entities_come_with_their_distance(graph: Records) -> None:
    extractor = IndicatorExtractor(system_of(RELATED | {"over": {"hops": 2}}))
    rows = extractor.explain(graph.as_of(DAY), "a", "value").records
    assert rows[["record_id", "entity_id", "hop"]].to_numpy().tolist() == [["p2", "c", 2], ["p1", "b", 1]]
    assert rows["weight"].tolist() == pytest.approx([0.5 / math.log(math.e + 1), 1 / math.log(math.e + 1)])


@pytest.mark.parametrize(("levels", "ids"), [([1, 5], []), ([1, 4], ["p2"]), ([1], ["p2"])])
def test_a_base_rate_shows_the_records_of_the_others_of_its_smallest_group(
    graph: Records, levels: list[int], ids: list[str]
) -> None:
    entry = {"measure": "base_rate", "table": "penalty", "code": "industry", "prior_strength": 1}
    extractor = IndicatorExtractor(system_of(entry | {"levels": levels}))
    rows = extractor.explain(graph.as_of(DAY), "b", "value").records
    assert rows["record_id"].tolist() == ids


def test_a_cohort_shows_no_related_entities(graph: Records) -> None:
    cohort = graph.as_of(pd.DataFrame({"entity_id": ["a"], "as_of": [DAY]}))
    for executor in ("sql", "scan"):
        extractor = IndicatorExtractor(system_of(RELATED), executor=executor)
        X = extractor.transform(cohort)
        assert X["value"].isna().all()
        assert X.attrs["creditrisk"]["absent"] == ["value"]
        assert extractor.explain(cohort, "a", "value").records.empty


def test_without_relations_the_indicator_is_absent(records: Records) -> None:
    extractor = IndicatorExtractor(system_of(RELATED))
    X = extractor.transform(records.as_of(DAY))
    assert X.attrs["creditrisk"]["absent"] == ["value"]
    assert extractor.explain(records.as_of(DAY), "a", "value").records.empty


def test_a_value_comes_with_its_window(records: Records) -> None:
    extractor = IndicatorExtractor(system_of({"measure": "count", "table": "penalty", "months": 12}))
    found = extractor.explain(records.as_of(DAY), "a", "value")
    assert (found.value, found.missing) == (2.0, None)
    assert found.window == (dt.date(2023, 1, 1), DAY)
    assert found.dates.index.tolist() == [pd.Timestamp(DAY)]


@pytest.mark.parametrize(
    ("entry", "entity", "why"),
    [
        ({"measure": "count", "table": "lawsuit"}, "a", Missing.NOT_SUPPLIED),
        ({"measure": "count", "table": "abnormal_list"}, "b", Missing.NOT_FILED),
        (
            {"measure": "mean_trend", "table": "penalty", "column": "severity", "months": 12},
            "b",
            Missing.NOT_APPLICABLE,
        ),
    ],
)
def test_what_is_missing_says_why(records: Records, entry: dict[str, Any], entity: str, why: Missing) -> None:
    found = IndicatorExtractor(system_of(entry)).explain(records.as_of(DAY), entity, "value")
    assert (found.value, found.missing) == (None, why)
    assert found.missing is not None
    assert found.missing.title_zh


def test_each_date_of_a_cohort_has_a_window_of_its_own(records: Records) -> None:
    cohort = records.as_of(pd.DataFrame({"entity_id": ["a", "a"], "as_of": ["2022-01-01", "2024-01-01"]}))
    extractor = IndicatorExtractor(
        system_of({"measure": "max", "table": "penalty", "column": "fine_cny", "months": 12})
    )
    dates = extractor.explain(cohort, "a", "value").dates
    assert dates["value"].tolist() == [None, 300.0]
    assert dates["missing"].tolist() == [Missing.NOT_FILED, None]
    assert dates["since"].tolist() == [dt.date(2021, 1, 1), dt.date(2023, 1, 1)]


def test_unknown_entities_and_indicators_are_said(records: Records) -> None:
    extractor = IndicatorExtractor(system_of({"measure": "count", "table": "penalty"}))
    with pytest.raises(SpecError, match="'z' is not in the snapshot"):
        extractor.explain(records.as_of(DAY), "z", "value")
    with pytest.raises(SpecError, match=r"no indicator 'valeu'\. Did you mean 'value'"):
        extractor.explain(records.as_of(DAY), "a", "valeu")
