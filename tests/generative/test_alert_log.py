"""The log of alerts under any findings: raised once, cleared when over, and any day as it was."""

import datetime as dt

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from creditrisk.supervision.monitoring.find import Findings
from creditrisk.supervision.monitoring.log import COLUMNS, alert_states, empty_log, extend_log
from creditrisk.supervision.monitoring.point import load_point

POINTS = (load_point("marked_abnormal"), load_point("listed_merchant"))
START = dt.date(2024, 1, 1)
PAIRS = [(point.id, entity) for point in POINTS for entity in ("a", "b")]


@st.composite
def days(draw):
    """Return days in order, each with who is found, which points are absent, and what a bureau does then."""
    day, told = START, []
    for _ in range(draw(st.integers(1, 8))):
        day += dt.timedelta(days=draw(st.integers(1, 40)))
        found = draw(st.lists(st.sampled_from(PAIRS), unique=True))
        absent = draw(st.sampled_from([(), (), (POINTS[0].id,)]))
        acts = draw(st.lists(st.sampled_from(["notify", "correct"]), max_size=2))
        told.append((day, [pair for pair in found if pair[0] not in absent], absent, acts))
    return told


def findings(day, found, absent):
    rows = [(*pair, "why") for pair in found]
    table = pd.DataFrame(rows, columns=["point", "entity_id", "why"], dtype=object)
    return Findings(on=day, table=table, points=POINTS, absent=absent)


def acted(log, day, acts):
    """Return the log with what a bureau does a day later: it tells who is not told, or corrects the open."""
    after = day + dt.timedelta(days=1)
    for act in acts:
        states = alert_states(log, POINTS, as_of=after + dt.timedelta(days=1))
        able = states["stage"].isin(["detected", "notified", "escalated"])
        if act == "notify":
            able &= ~states["told"].astype(bool)
        rows = [(after, one.point, one.entity_id, act, "") for one in states[able].itertuples()]
        log = pd.concat([log, pd.DataFrame(rows, columns=COLUMNS, dtype=object)], ignore_index=True)
    return log


@given(days())
def test_a_log_keeps_its_laws(told):
    log, before = empty_log(), {}
    for day, found, absent, acts in told:
        log = extend_log(log, findings(day, found, absent))
        assert extend_log(log, findings(day, found, absent)).equals(log)
        log = acted(log, day, acts)
        before[day] = (log, alert_states(log, POINTS, as_of=day))
        states = alert_states(log, POINTS, as_of=day + dt.timedelta(days=1)).set_index(["point", "entity_id"])
        still = {
            pair
            for pair in states.index
            if states.loc[pair, "stage"] in ("detected", "notified", "escalated")
        }
        seen = {pair for pair in PAIRS if pair[0] not in absent}
        assert still & seen <= set(found)
    raised = log[log["kind"] == "found"].groupby(["point", "entity_id"]).size()
    last = alert_states(log, POINTS, as_of="2026-01-01").set_index(["point", "entity_id"])
    assert (last["number"] == raised.reindex(last.index)).all()
    for day, (_, states) in before.items():
        pd.testing.assert_frame_equal(alert_states(log, POINTS, as_of=day), states)
