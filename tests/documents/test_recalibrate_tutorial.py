"""The tutorial on recalibration does what it says."""

from pathlib import Path
from typing import Any

import pytest
from tests.documents.blocks import blocks
from tests.unit.grading.drawn import NOTCH, SHARES, VETO, draw_world

from creditrisk.errors import SourceError
from creditrisk.grading.policy import GradingPolicy


def test_the_walk_publishes_a_second_version_and_takes_it_back(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path("demo-out/result")
    folder.mkdir(parents=True)
    posterior, X = draw_world(1500, draws=30)
    policy = GradingPolicy.calibrate_on(posterior, X, shares=SHARES, rules=(VETO, NOTCH), version="1")
    policy.to_toml(folder / "policy.toml")
    policy.grade(posterior, X).write(folder / "ratings.parquet")
    names: dict[str, Any] = {}
    for block in blocks(repository / "docs" / "tutorials" / "recalibrate.md", "python"):
        exec(block, names)

    assert names["grounds"]["share_of_d"].sum() == pytest.approx(1)
    assert (names["comparison"].classes["after"] == "D").sum() == names["room"] < names["in_d"]
    assert names["again"].cuts == names["second"].policy.cuts
    assert names["back"].equals(names["ratings"].table["risk_class"].rename("after"))
    log = Path("policies/CHANGES.md").read_text(encoding="utf-8").splitlines()
    assert [line[:12] for line in log] == ["- 2025-03-01", "- 2025-05-02"]
    assert all(Path(name).is_file() for name in ("classes.svg", "plane.svg", "migration.svg"))
    with pytest.raises(SourceError, match="never overwritten"):
        names["publish"](names["second"], "policies")
