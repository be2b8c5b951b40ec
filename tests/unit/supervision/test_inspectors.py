import numpy as np
import pandas as pd
import pytest

from creditrisk.errors import SpecError
from creditrisk.supervision.inspectors import Inspector, assign_inspectors


def drawn(visits=200, seed=1):
    ids = [f"E{i}" for i in range(2 * visits)]
    flags = np.arange(2 * visits) % 2 == 0
    return pd.DataFrame({"drawn": flags}, index=ids).sample(frac=1, random_state=seed)


def staff(number=10, **fields):
    return [Inspector(id=f"n{i}", **fields) for i in range(number)]


def loads(assigned):
    return assigned.str.split(",").explode().value_counts()


def test_every_visit_has_two_different_inspectors():
    assigned = assign_inspectors(drawn(), staff(), seed=1)
    assert len(assigned) == 200
    assert (assigned.str.split(",").map(lambda ids: len(set(ids))) == 2).all()
    assert loads(assigned).between(20, 60).all()


def test_the_order_of_entities_and_inspectors_does_not_matter():
    one = assign_inspectors(drawn(seed=1), staff(), seed=1)
    other = assign_inspectors(drawn(seed=2), staff()[::-1], seed=1)
    pd.testing.assert_series_equal(one.sort_index(), other.sort_index())
    assert not one.equals(assign_inspectors(drawn(seed=1), staff(), seed=2))


def test_nobody_visits_whom_they_are_recused_from():
    draw = drawn()
    visited = draw.index[draw["drawn"]]
    some = [*staff(4, recused_from=frozenset(visited[:100])), Inspector(id="far"), Inspector(id="away")]
    assigned = assign_inspectors(draw, some, seed=1)
    assert (assigned[visited[:100]] == "away,far").all()


def test_nobody_makes_more_visits_than_they_can():
    some = [*staff(9, most_visits=40), Inspector(id="busy", most_visits=3)]
    load = loads(assign_inspectors(drawn(150), some, seed=1))
    assert load["busy"] <= 3
    assert load.max() <= 40


def test_too_few_inspectors_are_one_sentence():
    with pytest.raises(SpecError, match=r"there are 1: add inspectors or raise most_visits\."):
        assign_inspectors(drawn(), [Inspector(id="n1")], seed=1)
    with pytest.raises(SpecError, match="neither recused nor fully occupied"):
        assign_inspectors(drawn(), staff(3, most_visits=10), seed=1)
    with pytest.raises(SpecError, match="there are 0"):
        assign_inspectors(drawn(), [], seed=1)


def test_inspectors_differ_and_their_visits_are_counted():
    with pytest.raises(SpecError, match="'n0' more than once"):
        assign_inspectors(drawn(), staff(2) + staff(1), seed=1)
    with pytest.raises(SpecError, match="0 or more; got -1 for 'n1'"):
        Inspector(id="n1", most_visits=-1)
