import dataclasses

import numpy as np
import pandas as pd
import pytest
from tests.unit.grading.drawn import draw_world

from creditrisk.errors import DateError, SourceError
from creditrisk.grading.policy import GradingPolicy
from creditrisk.validation.truth import compare_truth, read_truth


@pytest.fixture(scope="module")
def ratings():
    policy = GradingPolicy(name="demo", version="1", cuts=(1e3, 5e3, 9e3))
    return policy.grade(*draw_world(2000))


@pytest.fixture(scope="module")
def truth():
    """Truths that are draws of the posterior themselves, so that nine of ten lie within 90 % intervals."""
    posterior, X = draw_world(2000)
    rng = np.random.default_rng(9)
    p = posterior.p[rng.integers(0, 200, 2000), np.arange(2000)]
    now = pd.DataFrame({"entity_id": X.index, "as_of": pd.Timestamp("2024-01-01"), "p_violation": p})
    now["violation"] = rng.random(2000) < p
    before = now.assign(as_of=pd.Timestamp("2023-01-01"), p_violation=0.999)
    return pd.concat([before, now.sample(frac=1, random_state=1)], ignore_index=True)


def test_truths_that_are_draws_are_covered_as_stated(ratings, truth):
    comparison = compare_truth(ratings, truth)
    assert comparison.coverage_p == pytest.approx(0.9, abs=0.02)
    assert comparison.entities == 2000
    by_class = comparison.by_class
    assert by_class["entities"].tolist() == ratings.summary()["entities"].tolist()
    assert (by_class["estimated_p"] - by_class["true_p"]).abs().max() < 0.01
    assert (by_class["violation_rate"] - by_class["true_p"]).abs().max() < 0.06


def test_truths_twice_as_large_are_not(ratings, truth):
    doubled = truth.assign(p_violation=np.minimum(1, 2 * truth["p_violation"]))
    assert compare_truth(ratings, doubled).coverage_p < 0.4


def test_the_summary_holds_none_for_an_empty_class(ratings, truth):
    table = ratings.table[ratings.table["risk_class"] != "D"]
    summary = compare_truth(dataclasses.replace(ratings, table=table), truth).summary()
    assert summary["classes"][3] == {
        "class": "D",
        "entities": 0,
        "estimated_p": None,
        "true_p": None,
        "violation_rate": None,
    }


def test_another_date_names_the_dates_there_are(ratings, truth):
    with pytest.raises(DateError, match=r"of 2022-01-01, the truth of 2023-01-01, 2024-01-01"):
        compare_truth(dataclasses.replace(ratings, as_of="2022-01-01"), truth)


def test_another_registry_is_refused(ratings, truth):
    with pytest.raises(SourceError, match="no entity in common"):
        compare_truth(ratings, truth.assign(entity_id="somebody"))


def test_what_is_not_a_truth_is_refused(tmp_path):
    path = tmp_path / "truth.parquet"
    with pytest.raises(SourceError, match="there is none"):
        read_truth(path)
    path.write_bytes(b"PAR1")
    with pytest.raises(SourceError, match="damaged"):
        read_truth(path)
    pd.DataFrame({"entity": [1]}).to_parquet(path)
    with pytest.raises(SourceError, match=r"'entity_id'; 'truth.parquet' has not\."):
        read_truth(path)
