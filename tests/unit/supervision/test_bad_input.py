"""Bad input of supervision as a whole: whatever a user gives, one sentence says what to do."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from tests.unit.supervision.rated import of_table, rated

from creditrisk.errors import CreditRiskError
from creditrisk.supervision.blind_spots import find_blind_spots
from creditrisk.supervision.estimates import estimate_by_class
from creditrisk.supervision.joint import joint_visits
from creditrisk.supervision.monitoring.alerts import AlertEvent, Deadlines, alert_state
from creditrisk.supervision.monitoring.bursts import BurstRule
from creditrisk.supervision.plan import InspectionPlan
from creditrisk.supervision.sandbox import SandboxEvent, SandboxRules, sandbox_state
from creditrisk.supervision.services.catalogue import load_catalogue
from creditrisk.supervision.services.white_list import WhiteListRule

DAY = dt.date(2024, 1, 1)
RATINGS = rated(100)
RATES = {"A": 0.1, "B": 0.2, "C": 0.5, "D": 0.9}
DRAW = InspectionPlan(rates=RATES, seed=1).draw(RATINGS)
VALUES = pd.Series(1.0, index=DRAW.index)
NEVER = pd.Series(dtype="datetime64[ns]")


def changed(**columns):
    return of_table(RATINGS, RATINGS.table.assign(**columns))


def in_sandbox(*events):
    return sandbox_state([SandboxEvent(**event) for event in events], as_of="2024-06-01")


def estimated(**columns):
    return estimate_by_class(DRAW.assign(**columns), VALUES)


APPLY = {"on": DAY, "kind": "apply", "why": "A"}

RATES_OUTSIDE = {
    "a rate above 1": (lambda: InspectionPlan(rates={"D": 90}), "got D=90: change it"),
    "a rate of 0": (lambda: InspectionPlan(rates={"A": 0}), "no class is exempt"),
    "no number": (lambda: InspectionPlan(rates={"A": float("nan")}), "got A=nan"),
    "exploration": (
        lambda: InspectionPlan(capacity=9, exploration=1.2),
        "share of the visits, 0 to 1; got 1.2",
    ),
    "least chance": (lambda: InspectionPlan(capacity=9, least_chance=0), "above 0 and up to 1"),
    "false alarms": (lambda: BurstRule(false_discoveries=2), "In BurstRule, false_discoveries is wrong"),
    "white list": (lambda: WhiteListRule(most_p=0), "got most_p=0: change it"),
    "a chance above 1": (lambda: estimated(inclusion_probability=2.0), "above 0 and up to 1; 'E"),
    "a drawn chance of 0": (
        lambda: estimated(inclusion_probability=0.0),
        "has 0: pass the table as it was drawn",
    ),
    "a missing chance": (lambda: estimated(inclusion_probability=np.nan), "has nan"),
}
CAPACITIES = {
    "above the population": (
        lambda: InspectionPlan(capacity=101, seed=1).draw(RATINGS),
        "got 101 for 100 of 100",
    ),
    "no visit": (lambda: InspectionPlan(capacity=0), "at least 1; got 0"),
    "nobody": (
        lambda: InspectionPlan(capacity=1, seed=1).draw(of_table(RATINGS, RATINGS.table.iloc[:0])),
        "got 1 for 0 of 0 entities: lower it",
    ),
    "no loss": (
        lambda: InspectionPlan(capacity=9, seed=1).draw(changed(expected_loss_cny=np.nan)),
        "Expected losses are known and 0 or more; 'E",
    ),
    "loss below 0": (
        lambda: InspectionPlan(rates=RATES, design="systematic", seed=1).draw(
            changed(expected_loss_cny=-1.0)
        ),
        "has -1: correct the ratings, or draw by rates",
    ),
}
STRATA = {
    "empty": (
        lambda: InspectionPlan(rates=RATES, seed=1).draw(
            of_table(RATINGS, RATINGS.table.query("risk_class != 'D'"))
        ),
        "class D has a rate and none in the ratings: leave D out",
    ),
    "left out": (
        lambda: InspectionPlan(rates={"D": 0.9}, seed=1).draw(RATINGS),
        "no rate: give it one above 0",
    ),
}
CLASSES = {
    "of rates": (lambda: InspectionPlan(rates={"E": 0.1}), "got 'E'"),
    "of ratings": (
        lambda: InspectionPlan(rates=RATES, seed=1).draw(changed(risk_class="E")),
        "the classes A, B, C, D; got 'E'",
    ),
    "of a draw": (lambda: estimated(risk_class="E"), "has 'E': correct it"),
    "of blind spots": (lambda: find_blind_spots(RATINGS, NEVER, classes=["E"]), "got 'E'"),
    "of a sandbox": (lambda: SandboxRules(classes=("E",)), "A class is one of A, B, C, D; got 'E'"),
    "of no sandbox": (lambda: SandboxRules(classes=()), "at least one class; got"),
    "of an application": (lambda: in_sandbox(APPLY | {"why": "E"}), "A class is one of A, B, C, D; got 'E'"),
    "of a catalogue": (lambda: load_catalogue("market_supervision").of("E"), "got 'E'"),
    "of a white list": (lambda: WhiteListRule(classes=("E",)), "got 'E'"),
}
EVENTS = {
    "twice inside": (
        lambda: in_sandbox(APPLY, APPLY),
        "this entity is inside on 2024-01-01: correct the events",
    ),
    "found and over": (
        lambda: alert_state(
            [AlertEvent(on=DAY, kind="found"), AlertEvent(on=DAY, kind="over")], as_of="2024-06-01"
        ),
        "on 2024-01-01 it is both: keep what was seen last",
    ),
    "no day": (
        lambda: SandboxEvent(on="2024-01-01", kind="red_line"),
        "An event has a day; got '2024-01-01'",
    ),
    "a time": (
        lambda: AlertEvent(on=dt.datetime(2024, 1, 1), kind="found"),
        "An event has a day; got datetime",
    ),
}
DEADLINES = {
    "of a notice": (lambda: SandboxRules(notice_days=0), "after its cause; got notice_days=0"),
    "of a platform": (lambda: SandboxRules(step_days=-3), "after its cause; got step_days=-3"),
    "of an alert": (lambda: Deadlines(correct_days=0), "In Deadlines, correct_days is wrong"),
    "unknown": (lambda: Deadlines(corect_days=9), "there is no 'corect_days'. Did you mean 'correct_days'"),
    "a notice before the alert": (
        lambda: alert_state([AlertEvent(on=DAY, kind="notify")], as_of="2024-06-01"),
        "A notice answers an open alert",
    ),
    "a correction before the notice": (lambda: in_sandbox({"on": DAY, "kind": "correct"}), "none is open on"),
}
OTHERS = {
    "no draw": (lambda: joint_visits({"food": pd.DataFrame({"x": [1]})}), "that of 'food' lacks drawn"),
    "text found": (
        lambda: estimate_by_class(DRAW, VALUES.astype(str) + " yuan"),
        "has '1.0 yuan': correct it",
    ),
    "a visit on no day": (
        lambda: InspectionPlan(rates=RATES, rest_months=3, seed=1).draw(
            RATINGS, last_visit=pd.Series(["soon"], index=["E00001"])
        ),
        "'soon' is not a day of a visit",
    ),
}


@pytest.mark.parametrize(
    ("call", "said"),
    [
        pytest.param(*case, id=f"{kind}: {name}")
        for kind, cases in {
            "rates outside 0-1": RATES_OUTSIDE,
            "capacity": CAPACITIES,
            "empty stratum": STRATA,
            "unknown class": CLASSES,
            "overlapping events": EVENTS,
            "deadline before its cause": DEADLINES,
            "other": OTHERS,
        }.items()
        for name, case in cases.items()
    ],
)
def test_bad_input_is_one_sentence(call, said):
    with pytest.raises(CreditRiskError) as raised:
        call()
    message = str(raised.value)
    assert said in message
    assert "\n" not in message
    assert message.endswith((".", "?"))
