import pytest
from tests.unit.grading.drawn import NOTCH, SHARES, VETO, draw_world

from creditrisk.errors import SourceError, SpecError
from creditrisk.grading.file import load_policy
from creditrisk.grading.policy import GradingPolicy


@pytest.fixture
def policy():
    posterior, X = draw_world(300)
    return GradingPolicy.calibrate_on(posterior, X, shares=SHARES, rules=(VETO, NOTCH), basis='广东 "2024"\n')


def test_a_policy_is_read_back_exactly(policy, tmp_path):
    text = policy.to_toml(tmp_path / "policy.toml")
    assert load_policy(tmp_path / "policy.toml") == policy
    assert load_policy(tmp_path / "policy.toml").to_toml() == text


def test_no_file_is_one_sentence(tmp_path):
    with pytest.raises(SourceError):
        load_policy(tmp_path / "policy.toml")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("interval =", "intervall =", "Did you mean 'interval'"),
        ("notches =", "notch =", "Did you mean 'notches'"),
        ("cuts = [", 'cuts = ["x", ', "cuts"),
        ("schema_version = 1", "schema_version = 2", "schema_version 1 to 1"),
        ("schema_version = 1", "", "has None"),
        ('name = "by-shares"', "", "'name' is missing"),
        ("interval = 0.9", "interval = ", "not valid TOML"),
        ("interval = 0.9", "interval = 9", "between 0 and 1"),
    ],
)
def test_a_wrong_file_is_one_sentence(policy, tmp_path, old, new, says):
    file = tmp_path / "policy.toml"
    file.write_text(policy.to_toml().replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        load_policy(file)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
