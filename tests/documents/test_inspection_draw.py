"""The page on the inspection draw runs from top to bottom."""

from pathlib import Path
from typing import Any

import pytest
from tests.documents.blocks import blocks

from creditrisk.supervision.rates import load_rates


def test_the_blocks_run(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for block in blocks(repository / "docs" / "how-to" / "inspection-draw.md", "python"):
        exec(block, names)
    draw = names["draw"]
    assert names["number"] == draw["number"].iloc[0]
    of_d = draw.index[draw["drawn"] & (draw["risk_class"] == "D")]
    assert sorted(names["of_d"].to_pylist()) == sorted(of_d)
    assert names["food"].attrs["creditrisk"]["counts"]["always"] == 3
    assert names["food"].attrs["creditrisk"]["counts"]["rests"] > 0
    assert names["visits"]["joint"].any()
    assert len(names["sent"]) == names["food"]["drawn"].sum()
    assert len(names["closed"].rounds) == 1
    assert not names["spots"].empty


def test_the_table_of_presets_is_right(repository: Path) -> None:
    text = (repository / "docs" / "how-to" / "inspection-draw.md").read_text(encoding="utf-8")
    for name in ("dezhou-2023", "daqing-2024"):
        shares = " | ".join(f"{rate:.0%}".replace("%", " %") for rate in load_rates(name).rates.values())
        assert f"| `{name}` | {shares} |" in text
