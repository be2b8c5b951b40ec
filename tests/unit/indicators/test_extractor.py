import datetime as dt
import json

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from tests.lib.drawn import drawn_records
from tests.lib.engines import records_of, system_of

from creditrisk.errors import SchemaError, SpecError
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.load import load_system
from creditrisk.records.records import Records

DAY = dt.date(2024, 1, 1)
COUNT = {"name": "penalty_n", "table": "penalty", "measure": "count", "missing": "zero"}


@pytest.fixture(scope="module")
def records() -> Records:
    register = """
    entity_id | occurred_on | entity_type | region | industry
    b         | 2015-01-01  | 1130        | 510104 | C13
    a         | 2015-01-01  |             | 510105 |
    """
    penalties = """
    entity_id | occurred_on | known_on   | fine_cny
    a         | 2022-05-01  | 2022-05-09 | 100
    a         | 2023-05-01  | 2023-05-09 | 100
    a         | 2023-12-20  | 2024-01-01 | 5000
    """
    return records_of(
        {
            "registration": drawn_records("registration", register),
            "penalty": drawn_records("penalty", penalties),
        }
    )


def test_one_date_is_indexed_by_entity_in_order(records: Records) -> None:
    X = IndicatorExtractor(load_system("general")).transform(records.as_of(DAY))
    assert X.index.name == "entity_id"
    assert X.index.tolist() == ["a", "b"]
    assert X["penalty_n"].tolist() == [2.0, 0.0]
    assert X["entity_type"].tolist() == [None, "1130"]
    assert X[["region", "sector"]].to_numpy(dtype=object).tolist() == [["510105", None], ["510104", "C"]]
    assert {str(dtype) for dtype in X.dtypes} == {"float64", "object"}


def test_columns_are_those_that_the_extractor_promises(records: Records) -> None:
    extractor = IndicatorExtractor(load_system("general"))
    assert list(extractor.fit_transform(records.as_of(DAY)).columns) == list(
        extractor.get_feature_names_out()
    )


def test_absent_record_types_are_missing_and_listed(records: Records) -> None:
    X = IndicatorExtractor(load_system("general")).transform(records.as_of(DAY))
    absent = X.attrs["creditrisk"]["absent"]
    assert {"abnormal_now", "complaint_n", "inspection_problem_rate"} <= set(absent)
    assert "penalty_n" not in absent
    assert X[absent].isna().all().all()


def test_what_the_table_says_of_itself_is_plain(records: Records) -> None:
    about = IndicatorExtractor(load_system("general")).transform(records.as_of(DAY)).attrs["creditrisk"]
    assert json.loads(json.dumps(about)) == about
    assert (about["system"], about["as_of"]) == ("general", "2024-01-01")
    assert about["uses"]["serious_list_now"] == "rule"
    assert about["directions"]["entity_age_years"] == "lowers"


def test_a_cohort_gives_each_entity_its_own_date(records: Records) -> None:
    cohort = pd.DataFrame({"entity_id": ["a", "b", "a"], "as_of": ["2024-01-02", "2024-01-02", "2023-01-01"]})
    system = system_of(
        COUNT | {"id": "A", "months": 12},
        {"name": "others", "table": "registration", "measure": "peers", "column": "region"},
    )
    X = IndicatorExtractor(system).transform(records.as_of(cohort))
    assert X.index.names == ["as_of", "entity_id"]
    assert X["penalty_n"].to_dict() == {
        (pd.Timestamp("2023-01-01"), "a"): 1.0,
        (pd.Timestamp("2024-01-02"), "a"): 2.0,
        (pd.Timestamp("2024-01-02"), "b"): 0.0,
    }
    assert X["others"].isna().all()
    assert X.attrs["creditrisk"]["absent"] == ["others"]


def test_a_panel_stacks_dates(records: Records) -> None:
    extractor = IndicatorExtractor(system_of(COUNT))
    panel = extractor.panel(records, ["2024-01-01", dt.date(2023, 1, 1)])
    assert panel["penalty_n"].tolist() == [2.0, 0.0, 1.0, 0.0]
    assert panel.index.names == ["as_of", "entity_id"]
    assert panel.attrs["creditrisk"]["as_of"] is None
    pd.testing.assert_frame_equal(
        panel.xs(pd.Timestamp(DAY)), extractor.transform(records.as_of(DAY)), check_exact=True
    )
    with pytest.raises(SpecError, match="at least one as-of date"):
        extractor.panel(records, [])


@pytest.mark.parametrize("wrong", ["records", "frame"])
def test_only_a_snapshot_is_accepted(records: Records, wrong: str) -> None:
    given = records if wrong == "records" else pd.DataFrame()
    with pytest.raises(SpecError, match=r"accept only a Snapshot; got \w+; call records\.as_of\(date\)"):
        IndicatorExtractor(system_of(COUNT)).transform(given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "entry",
    [
        {"measure": "sum", "column": "fine_cyn"},
        {"measure": "count", "where": {"fine_cyn": {"at_least": 1}}},
        {"measure": "count", "dated_by": "fine_cyn"},
    ],
)
def test_an_unknown_column_is_named_with_its_indicator(records: Records, entry: dict[str, object]) -> None:
    extractor = IndicatorExtractor(system_of({"id": "S07", "table": "penalty"} | entry))
    with pytest.raises(SchemaError, match=r"S07 reads the column 'fine_cyn'.* Did you mean 'fine_cny'"):
        extractor.transform(records.as_of(DAY))


def test_a_text_in_place_of_a_number_is_a_mistake_of_the_spec(records: Records) -> None:
    text = system_of({"table": "registration", "measure": "attribute", "column": "region", "missing": "zero"})
    with pytest.raises(SpecError, match="gives text, which has no zero"):
        IndicatorExtractor(text).transform(records.as_of(DAY))


@pytest.mark.parametrize(
    ("entry", "needed"),
    [
        ({"measure": "mean", "column": "region"}, "numbers in the column 'region'"),
        ({"measure": "attribute", "column": "revoked_on"}, "numbers in the column 'revoked_on'"),
        ({"measure": "attribute_age", "column": "region"}, "dates in the column 'region'"),
        ({"measure": "current", "ends": "region"}, "dates in the column 'region'"),
        ({"measure": "count", "dated_by": "region"}, "dates in the column 'region'"),
    ],
)
def test_a_column_of_another_type_is_a_mistake_of_the_spec(
    records: Records, entry: dict[str, object], needed: str
) -> None:
    extractor = IndicatorExtractor(system_of({"table": "registration"} | entry))
    with pytest.raises(SpecError, match=needed):
        extractor.transform(records.as_of(DAY))


def test_it_clones_and_knows_its_executors(records: Records) -> None:
    extractor = IndicatorExtractor(system_of(COUNT), executor="sql")
    again = clone(extractor)
    assert again.system.names == ["penalty_n"]
    assert np.array_equal(again.transform(records.as_of(DAY)), extractor.fit().transform(records.as_of(DAY)))
    with pytest.raises(SpecError, match="one of auto, sql, scan; got 'spark'"):
        IndicatorExtractor(system_of(COUNT), executor="spark").transform(  # type: ignore[arg-type]
            records.as_of(DAY)
        )
