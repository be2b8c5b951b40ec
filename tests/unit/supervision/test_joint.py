import numpy as np
import pytest
from tests.unit.supervision.rated import of_table, rated

from creditrisk.errors import SpecError
from creditrisk.supervision.joint import joint_visits
from creditrisk.supervision.plan import InspectionPlan

FOOD = InspectionPlan(rates={"A": 0.1, "B": 0.2, "C": 0.3, "D": 0.9})
FIRE = InspectionPlan(rates={"A": 0.2, "B": 0.1, "C": 0.3, "D": 0.5})


def test_draws_with_one_seed_meet_as_often_as_their_chances_allow():
    ratings = rated()
    visits = joint_visits({"food": FOOD.draw(ratings, seed=1), "fire": FIRE.draw(ratings, seed=1)})
    low = {"A": 0.1, "B": 0.1, "C": 0.3, "D": 0.5}
    numbers = FOOD.draw(ratings, seed=1)
    both = numbers.index[numbers["number"] < numbers["risk_class"].map(low)]
    assert set(visits.index[visits["joint"]]) == set(both)
    assert (visits.loc[visits["joint"], "departments"] == "food;fire").all()
    high = numbers["risk_class"].map({"A": 0.2, "B": 0.2, "C": 0.3, "D": 0.9})
    assert visits["inclusion_probability"].equals(high[visits.index].rename("inclusion_probability"))
    assert len(visits) == (numbers["number"] < high).sum()


def test_draws_with_two_seeds_meet_less_often_and_have_no_simple_chance():
    ratings = rated()
    apart = joint_visits({"food": FOOD.draw(ratings, seed=1), "fire": FIRE.draw(ratings, seed=2)})
    together = joint_visits({"food": FOOD.draw(ratings, seed=1), "fire": FIRE.draw(ratings, seed=1)})
    assert apart["joint"].sum() < together["joint"].sum()
    assert len(apart) > len(together)
    assert np.isnan(apart["inclusion_probability"]).all()


def test_departments_may_draw_from_different_entities():
    ratings = rated()
    some = of_table(ratings, ratings.table.iloc[:300])
    visits = joint_visits({"food": FOOD.draw(ratings, seed=1), "fire": FIRE.draw(some, seed=1)})
    assert not visits.loc[visits.index.difference(some.table.index), "joint"].any()


def test_no_draw_is_one_sentence():
    with pytest.raises(SpecError, match="at least one department"):
        joint_visits({})
