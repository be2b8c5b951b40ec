import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.grading.drawn import SHARES, VETO, draw_world

from creditrisk.errors import DateError, SpecError
from creditrisk.grading.cuts import model_ranks
from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.rerating.hysteresis import Hysteresis
from creditrisk.grading.rerating.migration import migration_between
from creditrisk.grading.rerating.rerate import rerate
from creditrisk.grading.risk_matrix import RiskMatrix

CUTS = (1.0, 2.0, 4.0)


@given(
    held=st.integers(-1, 3),
    months=st.integers(0, 12),
    value=st.floats(0, 6),
    up=st.floats(0, 0.5),
    down=st.floats(0, 0.5),
)
def test_a_class_gets_better_only_after_its_time_and_beyond_the_margin(held, months, value, up, down):
    stay = Hysteresis(margin_up=up, margin_down=down, dwell_months=6)
    values = np.array([value])
    settled = stay.settle(np.array([held], dtype=np.int8), np.array([months]), values, CUTS)[0]
    fresh = model_ranks(values, CUTS)[0]
    if held < 0:
        assert settled == fresh
    elif settled < held:
        assert months >= 6
        assert value < CUTS[held - 1] * (1 - down)
    elif settled > held:
        assert value >= CUTS[held] * (1 + up)
    else:
        assert fresh >= held or months < 6 or value >= CUTS[held - 1] * (1 - down)


def test_without_margin_and_time_there_is_no_memory():
    values = np.random.default_rng(1).uniform(0, 6, 200)
    held = np.random.default_rng(2).integers(0, 4, 200).astype(np.int8)
    forgetful = Hysteresis(margin_down=0.0, dwell_months=0)
    settled = forgetful.settle(held, np.zeros(200, dtype=int), values, CUTS)
    assert settled.tolist() == model_ranks(values, CUTS).tolist()


@pytest.mark.parametrize("wrong", [{"margin_up": 1.0}, {"margin_down": -0.1}, {"dwell_months": -1}])
def test_an_impossible_memory_is_one_sentence(wrong):
    with pytest.raises(SpecError, match="change it"):
        Hysteresis(**wrong)


def quarters():
    """Return ratings of two quarters under one policy; p changed a little between them."""
    posterior, X = draw_world(800, draws=40)
    policy = GradingPolicy.calibrate_on(posterior, X, shares=SHARES, rules=(VETO,), on="p", version="1")
    shift = np.random.default_rng(5).normal(0, 0.25, posterior.p.shape[1])
    odds = posterior.p / (1 - posterior.p) * np.exp(shift)
    later = dataclasses.replace(posterior, p=(odds / (1 + odds)).astype(np.float32))
    X2 = X.copy()
    X2.attrs["creditrisk"] = X.attrs["creditrisk"] | {"as_of": "2024-04-01"}
    return policy, policy.grade(posterior, X), policy.grade(later, X2)


def test_memory_keeps_classes_near_the_cuts_and_vetoes_act_at_once():
    policy, first, second = quarters()
    found = rerate(second, first, policy, Hysteresis(margin_up=0.05, margin_down=0.2, dwell_months=3))
    fresh = migration_between(first.table["risk_class"], second.table["risk_class"])
    calm = migration_between(first.table["risk_class"], found.table["risk_class"])
    moves = [one.counts.to_numpy().sum() - np.trace(one.counts.to_numpy()) for one in (fresh, calm)]
    assert moves[1] < 0.8 * moves[0]
    assert (found.table["kept"] == (found.table["model_class"] != second.table["model_class"])).all()
    assert (found.table.loc[found.table["direct"], "risk_class"] == "D").all()


def test_the_time_is_counted_from_when_the_class_began():
    policy, first, second = quarters()
    stay = Hysteresis(margin_down=0.0, dwell_months=6)
    found = rerate(second, first, policy, stay)
    better = second.table["model_class"] < first.table["model_class"]
    assert (found.table.loc[better, "model_class"] == first.table.loc[better, "model_class"]).all()
    assert set(found.table.loc[better, "model_since"]) == {"2024-01-01"}
    summer = dataclasses.replace(second, as_of="2024-07-01")
    later = rerate(summer, found, policy, stay)
    assert (later.table.loc[better, "model_class"] == second.table.loc[better, "model_class"]).all()
    assert set(later.table.loc[better, "model_since"]) == {"2024-07-01"}


def test_entities_that_are_new_have_the_class_of_today():
    policy, first, second = quarters()
    old = dataclasses.replace(first, table=first.table.iloc[:700])
    found = rerate(second, old, policy, Hysteresis(dwell_months=100))
    new = found.table.iloc[700:]
    assert (new["risk_class"] == second.table["risk_class"].iloc[700:]).all()
    assert not new["kept"].any()


def test_what_cannot_follow_is_one_sentence():
    policy, first, second = quarters()
    with pytest.raises(DateError, match="swap them"):
        rerate(first, second, policy, Hysteresis())
    with pytest.raises(DateError, match="one of the two has none"):
        rerate(second, dataclasses.replace(first, as_of=None), policy, Hysteresis())
    matrix = RiskMatrix(p_edges=(0.1,), loss_edges=(1.0,), classes=(("A", "B"), ("C", "D")))
    with pytest.raises(SpecError, match="has a matrix"):
        rerate(
            second, first, dataclasses.replace(policy, on="matrix", cuts=None, matrix=matrix), Hysteresis()
        )


def test_intervals_of_a_migration_hold_the_true_shares():
    """100 samples of 300 entities whose laws are known; the 90 % intervals hold them about that often."""
    law = np.array(
        [[0.8, 0.15, 0.04, 0.01], [0.1, 0.7, 0.15, 0.05], [0.0, 0.2, 0.6, 0.2], [0.0, 0.0, 0.2, 0.8]]
    )
    rng = np.random.default_rng(3)
    held = np.zeros((4, 4))
    for _ in range(100):
        before = rng.integers(0, 4, 300)
        after = (rng.random((300, 1)) > law.cumsum(axis=1)[before]).sum(axis=1)
        letters = np.array(list("ABCD"))
        found = migration_between(pd.Series(letters[before]), pd.Series(letters[after]))
        held += (found.lower.to_numpy() <= law) & (law <= found.upper.to_numpy())
    inner = law > 0.03
    assert (held[inner] / 100).mean() == pytest.approx(0.9, abs=0.03)


def test_an_empty_row_is_not_known():
    found = migration_between(pd.Series({"a": "A"}), pd.Series({"b": "B"}))
    assert found.shares.isna().all(axis=None)
    assert (found.entered, found.left) == (1, 1)
