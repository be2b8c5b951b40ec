"""The page on recalibration does what it says."""

from pathlib import Path
from typing import Any

import pytest
from tests.documents.blocks import blocks
from tests.unit.grading.drawn import NOTCH, SHARES, VETO, draw_world

from creditrisk.cli import main
from creditrisk.grading.file import load_policy
from creditrisk.grading.policy import GradingPolicy


@pytest.fixture
def page(repository: Path) -> Path:
    """Return the page."""
    return repository / "docs" / "how-to" / "recalibrate.md"


@pytest.fixture
def drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return a posterior and its X, whose ratings lie in the folder `result`."""
    posterior, X = draw_world(1000, draws=60)
    policy = GradingPolicy.calibrate_on(posterior, X, shares=SHARES, rules=(VETO, NOTCH), version="1")
    (tmp_path / "result").mkdir()
    policy.to_toml(tmp_path / "result" / "policy.toml")
    policy.grade(posterior, X).write(tmp_path / "result" / "ratings.parquet")
    monkeypatch.chdir(tmp_path)
    return {"posterior": posterior, "X": X}


def test_the_walk_ends_where_it_began_with_two_versions_on_file(page: Path, drawn: dict[str, Any]) -> None:
    names = dict(drawn)
    for block in blocks(page, "python"):
        exec(block, names)
    assert (names["second"].comparison.classes["after"] == "D").sum() == 60
    assert "Two goals conflict" in names["both"].policy.calibrated["note_en"]
    assert load_policy("policies/by-shares-3.toml").cuts == names["first"].cuts
    assert (
        names["third"]
        .comparison.classes["after"]
        .equals(names["ratings"].table["risk_class"].rename("after"))
    )
    assert len(Path("policies/CHANGES.md").read_text(encoding="utf-8").splitlines()) == 2
    assert names["careful"].grade(**drawn).summary()["entities"]["D"] == 60


def test_the_command_writes_a_version(page: Path, drawn: dict[str, Any]) -> None:
    command = blocks(page, "sh")[0].replace('"', "").split()
    with pytest.raises(SystemExit) as ended:
        main(command[1:])
    assert ended.value.code == 0
    assert Path("policies/by-shares-2.toml").is_file()
