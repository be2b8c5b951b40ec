"""What the described systems count, counted on a synthetic registry: the form of their figures."""

import pandas as pd
import pytest

from creditrisk.records.read import read_records
from creditrisk.records.synthetic.registry import simulate
from creditrisk.supervision.monitoring.log import alert_states, watch
from creditrisk.supervision.monitoring.point import load_point, packaged_points
from creditrisk.supervision.monitoring.summary import summarise_alerts

MONTHS = [f"2024-{month:02d}-01" for month in range(1, 13)]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def watched():
    points = [load_point(name) for name in packaged_points()]
    records = read_records(simulate(2000, seed=1, first_year=2021).tables)
    return records, points, watch(records, points, MONTHS)


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
