"""The published policies can be read, and their model cards quote them."""

from pathlib import Path

import pytest

import creditrisk as cr

MODELS = Path(__file__).resolve().parents[2] / "models"
POLICIES = sorted(MODELS.glob("*/policy.toml"))

every_policy = pytest.mark.parametrize("path", POLICIES, ids=[path.parent.name for path in POLICIES])


def test_the_demo_is_published() -> None:
    assert "demo" in [path.parent.name for path in POLICIES]


@every_policy
def test_a_policy_is_read_and_written_back_the_same(path: Path) -> None:
    assert cr.load_policy(path).to_toml() == path.read_text(encoding="utf-8")


@every_policy
def test_the_card_names_the_version_and_the_shares_reached(path: Path) -> None:
    policy = cr.load_policy(path)
    card = (path.parent / "README.md").read_text(encoding="utf-8")
    classes = card.split("## Classes")[1].split("\n## ")[0]
    shares = [f"| {share * 100:.1f} % |" for share in dict(policy.calibrated["reached"]).values()]
    assert policy.version in card
    assert [share for share in shares if share not in classes] == []


def test_the_rules_of_the_demo_are_those_of_its_system() -> None:
    assert cr.load_policy(MODELS / "demo" / "policy.toml").rules == cr.load_system("general").rules


def test_every_folder_is_listed() -> None:
    listed = (MODELS / "README.md").read_text(encoding="utf-8")
    assert [path.parent.name for path in POLICIES if f"({path.parent.name}/README.md)" not in listed] == []
