"""Laws that every rule of screening keeps, however it is put together."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditrisk.errors import SpecError
from creditrisk.supervision.screening.expansion import check_acyclic, expanded
from creditrisk.supervision.screening.expression import All, Any, Not, Tag, holds, parse_expression
from creditrisk.supervision.screening.test import Test

MEASURES = ("penalties", "fines")
NAMES = ("first", "second", "third")


def leaves():
    """Return tests of one of two numbers or of a text."""
    number = st.sampled_from(MEASURES)
    bound = st.integers(0, 2)
    return st.one_of(
        st.builds(lambda name, low: Test(measure=name, at_least=low), number, bound),
        st.builds(lambda name, high: Test(measure=name, below=high + 1), number, bound),
        st.builds(lambda name, one: Test(measure=name, equals=one), number, bound),
        st.builds(lambda name, known: Test(measure=name, known=known), number, st.booleans()),
        st.builds(lambda name: Test(measure=name, less_than="fines"), st.just("penalties")),
        st.builds(
            lambda start: Test(measure="region", starts_with=(start,)), st.sampled_from(["5", "51", "4"])
        ),
    )


def rules(tags=()):
    """Return rules over tests and these tags."""
    ends = leaves() if not tags else st.one_of(leaves(), st.sampled_from([Tag(name) for name in tags]))
    return st.recursive(
        ends,
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.lists(inner, max_size=3).map(tuple).map(All),
            st.lists(inner, max_size=3).map(tuple).map(Any),
        ),
        max_leaves=6,
    )


@st.composite
def tables(draw):
    """Return measures of some entities, with gaps."""
    size = draw(st.integers(1, 8))
    numbers = st.lists(st.sampled_from([0.0, 1.0, 2.0, np.nan]), min_size=size, max_size=size)
    texts = st.lists(st.sampled_from(["510104", "440305", None]), min_size=size, max_size=size)
    columns = {name: draw(numbers) for name in MEASURES} | {"region": pd.array(draw(texts), dtype="str")}
    return pd.DataFrame(columns)


def same(one, other, X):
    assert holds(one, X).tolist() == holds(other, X).tolist()


@given(a=rules(), b=rules(), X=tables())
def test_de_morgan(a, b, X):
    same(Not(All((a, b))), Any((Not(a), Not(b))), X)
    same(Not(Any((a, b))), All((Not(a), Not(b))), X)


@given(a=rules(), X=tables())
def test_idempotence_and_double_negation(a, X):
    same(All((a, a)), a, X)
    same(Any((a, a)), a, X)
    same(Not(Not(a)), a, X)
    same(All((a, Not(a))), Any(()), X)
    same(Any((a, Not(a))), All(()), X)


@given(a=rules(), b=rules(), c=rules(), X=tables())
def test_commutativity_associativity_absorption_and_distribution(a, b, c, X):
    for join, other in ((All, Any), (Any, All)):
        same(join((a, b)), join((b, a)), X)
        same(join((a, join((b, c)))), join((join((a, b)), c)), X)
        same(join((a, other((a, b)))), a, X)
        same(join((a, other((b, c)))), other((join((a, b)), join((a, c)))), X)


@given(X=tables(), data=st.data())
def test_a_tag_of_tags_equals_its_expansion(X, data):
    meaning = {}
    for place, name in enumerate(NAMES):
        meaning[name] = data.draw(rules(NAMES[:place]))
    check_acyclic(meaning)
    values = {}
    for name, rule in meaning.items():
        values[name] = holds(rule, X, values)
    question = data.draw(rules(NAMES))
    assert holds(question, X, values).tolist() == holds(expanded(question, meaning), X).tolist()


@given(data=st.data())
def test_whatever_leads_back_to_itself_is_refused(data):
    meaning = {name: data.draw(rules(NAMES)) for name in NAMES}
    start = data.draw(st.permutations(NAMES))
    meaning |= {
        one: Any((meaning[one], Tag(two))) for one, two in zip(start, [*start[1:], start[0]], strict=True)
    }
    with pytest.raises(SpecError, match="A tag is not defined by itself; got "):
        check_acyclic(meaning)


@given(a=rules(NAMES))
def test_what_is_written_is_read_back(a):
    assert parse_expression(written(a), "a rule") == a


def written(rule):
    """Return a rule as a TOML file says it."""
    match rule:
        case Tag(tag=name):
            return {"tag": name}
        case Not(rule=inner):
            return {"not": written(inner)}
        case All(rules=parts):
            return {"all": [written(part) for part in parts]}
        case Any(rules=parts):
            return {"any": [written(part) for part in parts]}
        case _:
            return {"measure": rule.measure} | rule.parts
