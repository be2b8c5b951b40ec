import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.grading.drawn import VETO, DrawnPosterior

from creditrisk.errors import SpecError
from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.rerating.attribution import CAUSES, ORDERS, Situation, attribute, parts_of


@dataclasses.dataclass(frozen=True)
class LinearModel:
    """p rises with the penalties."""

    slope: float

    def posterior(self, X):
        noise = np.random.default_rng(1).normal(0, 0.1, (40, 1))
        p = 1 / (1 + np.exp(-(self.slope * X["penalty_n"].to_numpy() - 3 + noise)))
        return DrawnPosterior(entity_ids=X.index, p=p.astype(np.float32), expected_loss=p.astype(np.float32))


def table(seed, n=60):
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {"penalty_n": rng.poisson(1.5, n) * 1.0, "serious_list_now": (rng.random(n) < 0.1) * 1.0},
        index=[f"E{i}" for i in range(n)],
    )


POLICY = GradingPolicy(name="p", version="1", on="p", cuts=(0.1, 0.2, 0.4), rules=(VETO,))
STRICT = dataclasses.replace(POLICY, cuts=(0.05, 0.1, 0.2), version="2")
OLD = Situation(X=table(1), model=LinearModel(0.6), policy=POLICY)


def test_there_are_twelve_orders():
    assert len(ORDERS) == 12


@settings(max_examples=50)
@given(st.lists(st.tuples(*[st.integers(0, 3)] * 12), min_size=1, max_size=20))
def test_parts_add_up_to_the_move_for_every_entity(rows):
    states = [(d, m, q) for d in range(3) for m in range(2) for q in range(2)]
    ranks = {state: np.array([row[i] for row in rows], dtype=np.int8) for i, state in enumerate(states)}
    found = parts_of(lambda *state: ranks[state], pd.RangeIndex(len(rows)))
    twelfths = (found[list(CAUSES)] * 12).round(9)
    assert (twelfths == twelfths.round()).all(axis=None)
    assert (twelfths.sum(axis=1) == 12 * found["move"]).all()
    assert ((found["cause"] == "") == (found["move"] == 0)).all()


def test_changing_one_thing_at_a_time_from_the_old_state_does_not_add_up():
    """The twin: the naive way leaves moves unexplained."""
    new = Situation(X=table(2), model=LinearModel(0.9), policy=STRICT)
    whole = attribute(OLD, new).table["move"]
    alone = [
        attribute(OLD, dataclasses.replace(OLD, **{name: getattr(new, name)})).table["move"]
        for name in ("X", "model", "policy")
    ]
    assert not sum(alone).equals(whole)
    assert attribute(OLD, new).table[list(CAUSES)].sum(axis=1).to_numpy() == pytest.approx(whole)


@settings(max_examples=25)
@given(seed=st.integers(0, 30), low=st.floats(0.01, 0.3))
def test_a_change_of_policy_alone_never_shows_as_anything_else(seed, low):
    before = dataclasses.replace(OLD, X=table(seed))
    after = dataclasses.replace(before, policy=dataclasses.replace(POLICY, cuts=(low, low * 2, low * 3)))
    found = attribute(before, after).table
    assert (found[["behaviour", "records", "model"]] == 0).all(axis=None)
    assert (found["policy"] == found["move"]).all()


def test_seen_as_two_dates_of_different_policies_the_same_would_look_like_behaviour():
    """The twin: without keeping the policy apart, all moves are laid to what entities did."""
    before, after = OLD, dataclasses.replace(OLD, policy=STRICT)
    blind = parts_of(lambda data, model, policy: _ranks(before if data < 2 else after), OLD.X.index)
    assert (blind["behaviour"] != 0).any()


def _ranks(situation):
    from creditrisk.grading.grade import decide

    return decide(situation.policy, situation.model.posterior(situation.X), situation.X).ranks


@pytest.mark.parametrize("name", ["behaviour", "model"])
def test_each_other_change_alone_is_its_own_cause(name):
    after = dataclasses.replace(
        OLD, **({"X": table(2)} if name == "behaviour" else {"model": LinearModel(1.2)})
    )
    found = attribute(OLD, after)
    assert (found.table[name] == found.table["move"]).all()
    assert found.summary().drop(index=name).to_numpy().sum() == 0
    assert (found.table["move"] != 0).any()


def test_a_repaired_record_is_told_from_behaviour():
    """E0 left the list by a repair of an old record, E1 committed something new."""
    old, known, new = table(1), table(1), table(1)
    old.loc[["E0", "E1"], ["penalty_n", "serious_list_now"]] = [[0.0, 1.0], [0.0, 0.0]]
    known.loc[["E0", "E1"], ["penalty_n", "serious_list_now"]] = 0.0
    new.loc[["E0", "E1"], ["penalty_n", "serious_list_now"]] = [[0.0, 0.0], [9.0, 0.0]]
    before, after = dataclasses.replace(OLD, X=old), dataclasses.replace(OLD, X=new)
    found = attribute(before, after, X_as_known_now=known).table
    assert found.loc[["E0", "E1"], "cause"].tolist() == ["records", "behaviour"]
    assert found.loc["E0", ["move", "records", "behaviour"]].tolist() == [-3, -3, 0]
    blind = attribute(before, after).table
    assert blind.loc["E0", "cause"] == "behaviour"


def test_entities_of_one_date_are_counted_apart():
    before = dataclasses.replace(OLD, X=OLD.X.iloc[5:])
    after = dataclasses.replace(OLD, X=OLD.X.iloc[:50])
    found = attribute(before, after)
    assert (found.entered, found.left, len(found.table)) == (5, 10, 45)
    with pytest.raises(SpecError, match="44 more are missing"):
        attribute(before, after, X_as_known_now=OLD.X.iloc[:5])
