import datetime as dt

import pandas as pd
import pytest
from tests.lib.engines import records_of
from tests.unit.supervision.monitoring.drawn_points import (
    DAY,
    DRAWN,
    FEW_TABLES,
    PLAIN,
    registry_of,
)

from creditrisk.errors import SpecError
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.supervision.monitoring.find import find, find_on_days
from creditrisk.supervision.monitoring.point import load_point, packaged_points

MARKED = load_point("marked_abnormal")
POINTS = [load_point(name) for name in packaged_points()]
OF_REGISTER = {"prohibited_form"}
OF_LISTS = {"marked_abnormal", "abnormal_address_cluster", "abnormal_agent_cluster"}


def assert_found(name, findings):
    own = findings.table[findings.table["point"] == name]
    own = own[own["entity_id"].str.startswith(f"{name}:")]
    assert own["entity_id"].tolist() == [f"{name}:{one}" for one in DRAWN[name][1]]
    assert own["why"].str.contains("=").all()
    assert name not in findings.absent


@pytest.fixture(scope="module")
def few():
    snapshot = records_of(registry_of(*FEW_TABLES)).as_of(DAY)
    return find(snapshot, [load_point(name) for name in FEW_TABLES])


@pytest.fixture(scope="module")
def only_lists():
    lists = DRAWN["marked_abnormal"][0]
    rows = [row | {"published_on": None} for row in DRAWN["change_not_published"][0]["registration_change"]]
    return records_of({"registration": PLAIN, "registration_change": rows} | lists)


def test_every_packaged_point_is_drawn():
    assert sorted(DRAWN) == packaged_points()


@pytest.mark.parametrize("name", FEW_TABLES)
def test_a_point_finds_whom_it_should_and_nobody_else(name, few):
    assert_found(name, few)


@pytest.mark.slow
def test_every_point_finds_whom_it_should_on_every_executor():
    snapshot = records_of(registry_of(*packaged_points())).as_of(DAY)
    for executor in ("sql", "scan"):
        findings = find(snapshot, POINTS, executor=executor)
        for name in packaged_points():
            assert_found(name, findings)


def test_a_point_without_its_records_or_a_column_of_them_is_absent(only_lists):
    findings = find(only_lists.as_of(DAY), POINTS)
    assert set(findings.table["point"]) == {"marked_abnormal"}
    assert set(findings.absent) == set(packaged_points()) - OF_REGISTER - OF_LISTS


def test_only_the_admitted_are_watched(only_lists):
    for executor in ("sql", "scan"):
        everyone = find(only_lists.as_of(DAY), [MARKED], executor=executor)
        assert everyone.table["entity_id"].tolist() == ["a"]
    findings = find(only_lists.as_of(DAY), [MARKED], entities=["b", "c"])
    assert findings.table.empty
    assert findings.watched == {"b", "c"}


@pytest.mark.parametrize("executor", [pytest.param("sql", marks=pytest.mark.slow), "scan"])
def test_several_days_at_once_find_what_each_day_finds(executor, only_lists):
    days = ["2024-01-01", "2024-03-01", str(DAY), str(DAY)]
    points = [MARKED, load_point("licence_expired")]
    at_once = list(find_on_days(only_lists, points, days, executor=executor))
    assert [str(one.on) for one in at_once] == days[:3]
    assert any(len(one.table) for one in at_once)
    for one in at_once:
        alone = find(only_lists.as_of(one.on), points, executor=executor)
        assert one.absent == alone.absent == ("licence_expired",)
        pd.testing.assert_frame_equal(one.table, alone.table)


def test_the_records_are_read_once_for_several_days(only_lists, monkeypatch):
    panel, asked = IndicatorExtractor.panel, []
    monkeypatch.setattr(IndicatorExtractor, "transform", None)
    monkeypatch.setattr(
        IndicatorExtractor,
        "panel",
        lambda own, records, days: asked.append(days) or panel(own, records, days),
    )
    list(find_on_days(only_lists, [MARKED], ["2024-01-01", "2024-03-01", DAY]))
    assert [len(days) for days in asked] == [3]


def test_the_records_behind_a_finding_can_be_shown(only_lists):
    why = IndicatorExtractor(MARKED.system).explain(only_lists.as_of(DAY), "a", "listed")
    assert why.records["record_id"].tolist() == ["abnormal_list-000"]


def test_bad_input_is_one_sentence(only_lists):
    with pytest.raises(SpecError, match="at least one point, and each once; got none"):
        find(only_lists.as_of(DAY), [])
    with pytest.raises(SpecError, match="got 'marked_abnormal' twice"):
        find(only_lists.as_of(DAY), [MARKED, MARKED])
    cohort = only_lists.as_of(pd.DataFrame({"entity_id": ["a"], "as_of": [dt.date(2024, 1, 1)]}))
    with pytest.raises(SpecError, match="got the snapshot of a cohort"):
        find(cohort, [MARKED])
