"""The page on monitoring points runs, and its figures have the form of the published ones."""

from pathlib import Path
from typing import Any

import pytest
from tests.documents.blocks import blocks

from creditrisk.supervision.monitoring.point import load_point, packaged_points


def test_the_blocks_run(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = repository / "docs" / "how-to" / "monitoring.md"
    names: dict[str, Any] = {}
    for block in blocks(page, "python"):
        exec(block, names)
    findings, summary, log = names["findings"], names["summary"], names["log"]
    assert set(findings.table["point"]) == {point.id for point in names["points"]}
    assert findings.absent == ()
    assert not log.duplicated(["on", "point", "entity_id", "kind"]).any()
    assert (summary["raised"] >= summary["notified"] + summary["cleared"]).all()
    assert summary["per_10000"].between(1, 10_000).all()
    assert names["places"].index[names["places"]["alarm"]].tolist() == ["crowded door"]
    (example,) = blocks(page, "toml")
    (tmp_path / "mine.toml").write_text(example, encoding="utf-8")
    assert load_point(tmp_path / "mine.toml").system.names == ["fines", "listed"]


def test_every_packaged_point_is_on_the_page(repository: Path) -> None:
    text = (repository / "docs" / "how-to" / "monitoring.md").read_text(encoding="utf-8")
    assert [name for name in packaged_points() if f"| `{name}` |" not in text] == []
