"""What would lead to a better class: it does, nothing smaller does, and nobody has to be older."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.grading.drawn import VETO
from tests.unit.grading.remedies.formula import MOVED_BY_NOBODY, Formula, entities, policy

import creditrisk as cr
from creditrisk.errors import SpecError
from creditrisk.grading.remedies.remedy import Remedy, load_remedies, packaged_remedies
from creditrisk.grading.remedies.smallest import BetterClass, smallest_remedy

MODEL, POLICY = Formula(), policy(rules=(VETO,))


def regraded(X: pd.DataFrame, entity: str, changes: dict[str, float]) -> str:
    """Return the class of an entity whose indicators were changed by hand, among all others."""
    changed = X.copy()
    for name, value in changes.items():
        changed.loc[entity, name] = value
    return str(POLICY.grade(MODEL.posterior(changed), changed).table.loc[entity, "risk_class"])


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), preset=st.sampled_from(["standing", "counting"]))
def test_what_is_named_leads_to_the_better_class_and_nothing_smaller_does(seed: int, preset: str) -> None:
    X, remedies = entities(4, seed), packaged_remedies(preset)  # type: ignore[arg-type]
    for entity in X.index:
        found = smallest_remedy(POLICY, MODEL, X, entity, remedies)
        assert regraded(X, entity, {}) == found.before
        after = {name: values[1] for name, values in found.changes.items()}
        assert regraded(X, entity, after) == found.after
        assert not set(after) & set(MOVED_BY_NOBODY)
        assert (found.after < found.before) == bool(found.remedies)
        row = X.loc[entity]
        useful = [one for one in remedies if one.changes(row)]
        sizes = range(len(found.remedies)) if found.remedies else range(1, len(useful) + 1)
        for size in sizes:
            for chosen in combinations(useful, size):
                tried = {name: values[1] for one in chosen for name, values in one.changes(row).items()}
                assert regraded(X, entity, tried) >= found.before


@pytest.fixture(scope="module")
def abnormal() -> BetterClass:
    """Return the way out for an entity that is on the abnormal list and has an expired licence."""
    X = entities(1, 0).assign(
        entity_age_years=10.0,
        penalty_n=2.0,
        days_since_penalty=np.nan,
        abnormal_now=1.0,
        abnormal_days=500.0,
        judgment_defaulter=0.0,
        rectify_overdue=0.0,
        licence_expired=1.0,
        region_base_rate=0.1,
        serious_list_now=0.0,
    )
    return smallest_remedy(POLICY, MODEL, X, "E0")


def test_the_sentence_says_what_to_do_and_what_changes(abnormal: BetterClass) -> None:
    assert abnormal.sentence("en") == (
        "From D to C, all else equal: leave the abnormal-operation list "
        "(on the abnormal list 1 → 0; abnormal days 500 → 0)."
    )
    assert abnormal.sentence("zh") == (
        "其他条件不变，移出经营异常名录后，可由D类调整为C类"
        "（当前列入经营异常 1 → 0；abnormal days 500 → 0）。"
    )


def test_a_direct_determination_ends_only_with_its_list() -> None:
    X = entities(30, 3).assign(serious_list_now=1.0, penalty_n=1.0)
    for entity in X.index:
        found = smallest_remedy(POLICY, MODEL, X, entity)
        if found.remedies:
            assert found.remedies[0].id == "serious_list" or "serious_list" in {
                one.id for one in found.remedies
            }
        assert "移出严重违法失信名单" in found.sentence("zh") or not found.remedies


def test_who_can_do_nothing_is_told_so_even_if_age_would_help() -> None:
    X = entities(1, 0).assign(entity_age_years=0.0, penalty_n=8.0, abnormal_now=0.0, abnormal_days=0.0)
    X = X.assign(judgment_defaulter=0.0, rectify_overdue=0.0, licence_expired=0.0, serious_list_now=0.0)
    assert regraded(X, "E0", {"entity_age_years": 100.0}) < regraded(X, "E0", {})
    found = smallest_remedy(POLICY, MODEL, X, "E0")
    assert found.remedies == ()
    assert found.before == found.after == "D"
    assert found.sentence("en") == "No repair or correction by itself leads from D to a better class."
    assert found.sentence("zh") == "仅靠信用修复或整改，不能由D类进入更低风险类别。"
    counted = smallest_remedy(POLICY, MODEL, X, "E0", packaged_remedies("counting"))
    assert [one.id for one in counted.remedies] == ["penalty"]
    assert "penalty n 8 → 0" in counted.sentence("en")


def test_the_best_class_needs_nothing() -> None:
    X = entities(1, 0).assign(penalty_n=0.0, abnormal_now=0.0, abnormal_days=0.0, entity_age_years=50.0)
    X = X.assign(judgment_defaulter=0.0, rectify_overdue=0.0, licence_expired=0.0, serious_list_now=0.0)
    assert smallest_remedy(POLICY, MODEL, X, "E0").sentence("en") == "A is the best class."


def test_packaged_remedies_name_indicators_that_the_general_system_has() -> None:
    indicators = {one.name: one for one in cr.load_system("general").indicators}
    for remedy in (*packaged_remedies("standing"), *packaged_remedies("counting")):
        for name, value in remedy.values.items():
            if value == "missing":
                assert indicators[name].missing == "missing"
            else:
                assert (value, indicators[name].direction) == (0, "raises")


def test_bad_remedies_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    one = '[[remedies]]\nid = "x"\ntitle_en = "do"\ntitle_zh = "做"\nvalues = { a = 0 }\n'
    file.write_text(one, encoding="utf-8")
    assert load_remedies(file)[0].values == {"a": 0.0}
    file.write_text(one + one, encoding="utf-8")
    with pytest.raises(SpecError, match=r"different ids, and there are at most 10; got \['x', 'x'\]"):
        load_remedies(file)
    with pytest.raises(SpecError, match="no preset of remedies named 'countng'"):
        packaged_remedies("countng")  # type: ignore[arg-type]
    with pytest.raises(SpecError, match="A class is of an entity of X; got 'nobody'"):
        smallest_remedy(POLICY, MODEL, entities(1, 0), "nobody")
    assert Remedy(id="x", title_en="", title_zh="", values={"a": 0}).changes(pd.Series({"b": 1.0})) == {}
