import datetime as dt
from typing import Any

import pandas as pd
import pytest
from tests.lib.drawn import drawn_records, registered
from tests.lib.engines import records_of, system_of

from creditrisk.errors import SpecError
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
    rows = extractor.explain(records.as_of(DAY), "a", "value")
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
        assert extractor.explain(records.as_of(DAY), "b", indicator).empty


def test_a_cohort_is_explained_date_by_date(records: Records) -> None:
    cohort = pd.DataFrame({"entity_id": ["a", "a"], "as_of": ["2022-01-01", "2024-01-01"]})
    extractor = IndicatorExtractor(system_of({"measure": "days_since_last", "table": "penalty"}))
    rows = extractor.explain(records.as_of(cohort), "a", "value")
    assert rows[["as_of", "record_id"]].to_numpy().tolist() == [
        [pd.Timestamp("2022-01-01"), "p1"],
        [pd.Timestamp("2024-01-01"), "p3"],
    ]


def test_unknown_entities_and_indicators_are_said(records: Records) -> None:
    extractor = IndicatorExtractor(system_of({"measure": "count", "table": "penalty"}))
    with pytest.raises(SpecError, match="'z' is not in the snapshot"):
        extractor.explain(records.as_of(DAY), "z", "value")
    with pytest.raises(SpecError, match=r"no indicator 'valeu'\. Did you mean 'value'"):
        extractor.explain(records.as_of(DAY), "a", "valeu")
