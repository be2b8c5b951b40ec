import datetime as dt

import pandas as pd
import pytest
from tests.unit.supervision.rated import of_table, rated

from creditrisk.errors import SchemaError, SpecError
from creditrisk.supervision.monitoring.find import Findings
from creditrisk.supervision.sandbox_log import (
    COLUMNS,
    admit,
    empty_sandbox_log,
    sandbox_states,
    sandbox_trails,
    trigger,
)

RATINGS = rated(40)
GOOD = RATINGS.table.index[RATINGS.table["risk_class"] == "A"]
FIRST, SECOND, THIRD = GOOD[:3]
MARCH = dt.date(2024, 3, 1)


def found(*entities):
    rows = [("change_not_published", entity, "") for entity in entities]
    table = pd.DataFrame(rows, columns=["point", "entity_id", "why"])
    return Findings(on=MARCH, table=table, points=())


def event(on, entity, kind):
    return pd.DataFrame([(on, entity, kind, "")], columns=COLUMNS, dtype=object)


@pytest.fixture(scope="module")
def log():
    """Return a log: all of class A let in, two of them told in March, one of whom corrects."""
    told = trigger(admit(empty_sandbox_log(), RATINGS, on="2024-01-01"), found(FIRST, SECOND, "stranger"))
    return pd.concat([told, event(dt.date(2024, 3, 9), FIRST, "correct")], ignore_index=True)


def test_the_good_are_let_in_once(log):
    assert sandbox_states(log, as_of="2024-02-01").index.tolist() == sorted(GOOD)
    assert sandbox_states(log, as_of="2024-02-01")["inside"].all()
    assert admit(log, RATINGS, on="2024-01-02").equals(log)


def test_who_heeds_a_notice_stays_and_who_does_not_is_out_with_a_trail(log):
    states = sandbox_states(log, as_of="2024-03-17")
    assert states.index[~states["inside"]].tolist() == [SECOND]
    assert states.loc[SECOND, "platform_step"] == "warn"
    trail = dict(sandbox_trails(log, as_of="2024-05-01"))[SECOND]
    assert [(change.what, change.why) for change in trail] == [
        ("apply", "A"),
        ("trigger", "change_not_published"),
        ("deadline", "warn"),
        ("deadline", "suspend"),
        ("deadline", "stop"),
    ]


def test_an_open_notice_is_not_repeated(log):
    assert trigger(log, found(SECOND)).equals(log)


def test_after_a_red_line_nobody_comes_back_before_the_bar_ends(log):
    crossed = pd.concat([log, event(dt.date(2024, 4, 1), THIRD, "red_line")], ignore_index=True)
    early, late = (admit(crossed, RATINGS, on=day) for day in ("2025-03-31", "2025-04-01"))
    assert THIRD not in set(early["entity_id"].iloc[len(crossed) :])
    assert late.iloc[len(crossed) :]["entity_id"].tolist() == [THIRD]
    assert not sandbox_states(crossed, as_of="2024-04-02").loc[THIRD, "inside"]


def test_nobody_is_inside_of_an_empty_log():
    assert sandbox_states(empty_sandbox_log(), as_of="2024-01-01").empty
    nobody = of_table(RATINGS, RATINGS.table.query("risk_class == 'D'"))
    assert admit(empty_sandbox_log(), nobody, on="2024-01-01").empty


def test_bad_input_is_one_sentence(log):
    with pytest.raises(SchemaError, match="why is missing: add the column"):
        sandbox_states(log.drop(columns="why"), as_of="2024-01-01")
    twice = pd.concat([log, log.head(1)])
    with pytest.raises(SpecError, match=f"Entity '{log['entity_id'].iloc[0]}': Only who is outside applies"):
        sandbox_states(twice, as_of="2024-02-01")
