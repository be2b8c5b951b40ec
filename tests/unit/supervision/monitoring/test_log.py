import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from tests.lib.drawn import drawn_records
from tests.lib.engines import records_of
from tests.unit.supervision.monitoring.drawn_points import PLAIN

from creditrisk.errors import SchemaError, SpecError
from creditrisk.supervision.monitoring.find import Findings, find
from creditrisk.supervision.monitoring.log import (
    COLUMNS,
    alert_states,
    alert_trails,
    empty_log,
    extend_log,
    watch,
)
from creditrisk.supervision.monitoring.point import load_point
from creditrisk.supervision.monitoring.summary import summarise_alerts

MARKED, SHOP = load_point("marked_abnormal"), load_point("shop_not_updated")
LISTS = drawn_records(
    "abnormal_list",
    """
    entity_id | occurred_on | ended_on
    a         | 2024-01-10  | 2024-03-10
    a         | 2024-05-10  |
    b         | 2024-01-10  |
    """,
)
RECORDS = {"registration": PLAIN, "abnormal_list": LISTS}
MONTHS = [f"2024-{month:02d}-01" for month in (2, 4, 6, 7)]


@pytest.fixture(scope="module")
def records():
    return records_of(RECORDS)


@pytest.fixture(scope="module")
def log(records):
    return watch(records, [MARKED, SHOP], MONTHS)


def test_an_alert_is_raised_once_cleared_when_over_and_raised_anew_at_the_next_entry(log):
    assert [(str(on), entity, kind) for on, _, entity, kind, _ in log.itertuples(index=False)] == [
        ("2024-02-01", "a", "found"),
        ("2024-02-01", "b", "found"),
        ("2024-04-01", "a", "over"),
        ("2024-06-01", "a", "found"),
    ]


def test_a_second_run_on_the_same_day_adds_nothing(log, records):
    findings = find(records.as_of("2024-07-01"), [MARKED, SHOP])
    assert extend_log(log, findings).equals(log)


def test_another_answer_on_the_same_day_does_not_contradict_the_first(log):
    first = log[log["on"] == dt.date(2024, 2, 1)]
    assert len(extend_log(first, replace(nobody(), on=dt.date(2024, 2, 1)))) == 2


def nobody(**about):
    empty = pd.DataFrame(columns=["point", "entity_id", "why"])
    return Findings(on=dt.date(2024, 8, 1), table=empty, points=(MARKED,), **about)


def test_a_point_without_records_neither_raises_nor_clears(log):
    assert extend_log(log, nobody(absent=(MARKED.id,))).equals(log)


def test_who_is_not_watched_is_not_cleared(log):
    added = extend_log(log, nobody(watched=frozenset({"a"}))).iloc[len(log) :]
    assert added[["entity_id", "kind"]].to_numpy().tolist() == [["a", "over"]]


def test_states_and_trails_of_any_day(log):
    states = alert_states(log, [MARKED, SHOP], as_of="2024-02-05").set_index("entity_id")
    assert states["stage"].to_dict() == {"a": "detected", "b": "detected"}
    later = alert_states(log, [MARKED], as_of="2024-07-15").set_index("entity_id")
    assert later["stage"].to_dict() == {"a": "escalated", "b": "escalated"}
    assert later["number"].to_dict() == {"a": 2, "b": 1}
    trails = dict(alert_trails(log, [MARKED], as_of="2024-07-15"))
    assert [change.what for change in trails["marked_abnormal", "a"]] == [
        "found",
        "deadline",
        "over",
        "found",
        "deadline",
    ]


def test_the_steps_of_a_bureau_are_rows_of_the_log(log):
    told = pd.DataFrame([[dt.date(2024, 2, 3), MARKED.id, "b", "notify", "letter 12"]], columns=COLUMNS)
    done = told.assign(on=dt.date(2024, 3, 1), kind="correct")
    counts = summarise_alerts(pd.concat([log, told, done]), [MARKED], as_of="2025-01-01", population=3)
    assert counts.loc[
        MARKED.id, ["raised", "notified", "corrected", "cleared", "escalated", "open"]
    ].tolist() == [
        3,
        1,
        1,
        1,
        2,
        1,
    ]
    assert counts.loc[MARKED.id, "per_10000"] == 10_000


def test_bad_input_is_one_sentence(log, records):
    with pytest.raises(SpecError, match="it knows findings later than 2024-03-01: run the days in order"):
        extend_log(log, find(records.as_of("2024-03-01"), [MARKED]))
    with pytest.raises(SchemaError, match="why is missing: add the column"):
        alert_states(log.drop(columns="why"), [MARKED], as_of="2024-03-01")
    with pytest.raises(SpecError, match="'marked_abnormal' was not given"):
        alert_states(log, [SHOP], as_of="2024-03-01")
    early = pd.DataFrame([[dt.date(2024, 1, 3), MARKED.id, "b", "correct", ""]], columns=COLUMNS)
    with pytest.raises(
        SpecError, match="Point 'marked_abnormal', entity 'b': A correction answers an open alert"
    ):
        alert_states(pd.concat([log, early]), [MARKED], as_of="2024-03-01")
    with pytest.raises(
        SpecError, match="Point 'marked_abnormal', entity 'b': A correction answers an open alert"
    ):
        extend_log(pd.concat([log, early]), nobody())
    with pytest.raises(SpecError, match="whole number of 1 or more; got 0"):
        summarise_alerts(empty_log(), [MARKED], as_of="2024-03-01", population=0)
