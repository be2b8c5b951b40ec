"""The page on auditing does what it says."""

from pathlib import Path

import pytest
from tests.documents.blocks import blocks

import creditrisk as cr
from creditrisk.records.dimension import Dimension

FEW = ("registration", "inspection", "penalty", "complaint", "annual_report")


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bureau")
    registry = cr.simulate(200, seed=1)
    (folder / "registry").mkdir()
    for name in FEW:
        registry.tables[name].to_parquet(folder / "registry" / f"{name}.parquet")
    return folder


def test_the_page_runs(repository: Path, registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = repository / "docs" / "how-to" / "audit.md"
    (registry / "our-standard.toml").write_text(blocks(page, "toml")[0], encoding="utf-8")
    monkeypatch.chdir(registry)
    names: dict[str, object] = {}
    for block in blocks(page, "python"):
        exec(block, names)
    audit, ours = names["audit"], names["ours"]
    absent = {"licence", "abnormal_list", "serious_list"}
    assert set(audit.failures()["table"]) == absent
    assert set(ours.failures("completeness")["table"]) <= {"complaint"}
    assert set(audit.summary().index) == {str(dimension) for dimension in Dimension}
