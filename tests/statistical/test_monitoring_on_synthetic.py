"""What the described systems count, counted on a synthetic registry: the form of their figures."""

import datetime as dt

import pandas as pd
import pytest

from creditrisk.records.read import read_records
from creditrisk.records.synthetic.registry import simulate
from creditrisk.supervision.monitoring.find import find, find_on_days
from creditrisk.supervision.monitoring.log import alert_states, watch
from creditrisk.supervision.monitoring.point import load_point, packaged_points
from creditrisk.supervision.monitoring.summary import summarise_alerts
from creditrisk.supervision.screening.registry import load_tags
from creditrisk.supervision.screening.screen import tag_entities

MONTHS = [f"2024-{month:02d}-01" for month in range(1, 13)]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def watched():
    points = [load_point(name) for name in packaged_points()]
    records = read_records(simulate(2000, seed=1, first_year=2021).tables)
    return records, points, watch(records, points, MONTHS)


def test_both_executors_find_the_same(watched):
    records, points, _ = watched
    snapshot = records.as_of("2024-06-01")
    there, here = (find(snapshot, points, executor=name) for name in ("sql", "scan"))
    pd.testing.assert_frame_equal(there.table, here.table)
    assert there.absent == here.absent


def test_several_days_at_once_find_what_each_day_finds(watched):
    records, points, _ = watched
    days = ["2022-03-01", "2023-09-01", "2024-12-31"]
    for at_once in find_on_days(records, points, days):
        alone = find(records.as_of(at_once.on), points)
        assert at_once.absent == alone.absent
        pd.testing.assert_frame_equal(at_once.table, alone.table)


def test_clues_are_pushed_and_some_are_corrected(watched):
    """Chengdu counts clues triggered, tips pushed and entities corrected: here everybody is told in time."""
    _, points, log = watched
    raised = log[log["kind"] == "found"]
    told = raised.assign(
        on=raised["on"].map(lambda day: day + dt.timedelta(days=1)), kind="notify", why="tip"
    )
    summary = summarise_alerts(pd.concat([log, told]), points, as_of="2025-01-01")
    total = summary[["raised", "notified", "corrected", "cleared", "open"]].sum()
    assert total["raised"] == total["notified"] == total["corrected"] + total["open"]
    assert 0 < total["corrected"] < total["raised"]
    assert total["cleared"] == 0


def test_who_is_on_both_lists_counts_in_both(watched):
    """Haidian counts the abnormal-operation and the serious-violation list apart."""
    records, _, _ = watched
    tagged = tag_entities(
        records.as_of("2024-12-01"), load_tags("market_supervision"), tags=["abnormal", "serious"]
    )
    both = tagged.table.all(axis=1).sum()
    either = tagged.table.any(axis=1).sum()
    assert tagged.table.sum().sum() == either + both
    assert tagged.table["abnormal"].sum() > tagged.table["serious"].sum() > 0


def test_every_point_with_records_raises_alerts(watched):
    _, points, log = watched
    summary = summarise_alerts(log, points, as_of="2025-01-01", population=2000)
    quiet = set(summary.index[summary["raised"] == 0])
    assert quiet <= {"change_not_published", "abnormal_address_cluster", "complaint_burst", "prohibited_form"}
    assert (summary["open"] <= summary["raised"]).all()


def test_the_marked_of_ten_thousand_are_those_of_the_list(watched):
    """Dezhou counts 32.7 marked businesses for each 10 000; here the list itself is the truth."""
    records, points, log = watched
    states = alert_states(log, points, as_of="2024-12-02")
    marked = states[(states["point"] == "marked_abnormal") & states["stage"].isin(["detected", "escalated"])]
    snapshot = records.as_of("2024-12-01")
    lists = snapshot.table("abnormal_list")
    frame = lists.select("entity_id", "occurred_on", "ended_on").to_pyarrow().to_pandas()
    day = pd.Timestamp("2024-12-01")
    on = frame[~(pd.to_datetime(frame["ended_on"]) <= day)]
    present = snapshot.spine.select("entity_id").to_pyarrow().to_pandas()["entity_id"]
    assert set(marked["entity_id"]) == set(on["entity_id"]) & set(present)


def test_entries_raise_and_removals_clear(watched):
    _, _, log = watched
    merchants = log[log["point"] == "listed_merchant"]
    assert {"found", "over"} <= set(merchants["kind"])
    open_now = merchants.groupby("entity_id")["kind"].agg(list)
    assert all(kinds == (["found", "over"] * len(kinds))[: len(kinds)] for kinds in open_now)
