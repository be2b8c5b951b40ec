"""The page on tags and screening runs, and names every tag."""

from pathlib import Path
from typing import Any

import pytest
from tests.documents.blocks import blocks

from creditrisk.supervision.screening.registry import load_tags


@pytest.mark.slow
def test_the_blocks_run(repository: Path, tmp_path: Path) -> None:
    page = repository / "docs" / "how-to" / "screening.md"
    names: dict[str, Any] = {}
    for block in blocks(page, "python"):
        exec(block, names)
    tagged, picked = names["tagged"], names["picked"]
    assert 0 < tagged.table["online_trader"].sum() < len(tagged.table)
    assert {"class_d", "report_missed"} <= set(tagged.absent)
    assert 0 < len(picked) < len(tagged.table)
    assert set(picked.index) <= set(tagged.table.index[tagged.table["never_inspected"]])
    (example,) = blocks(page, "toml")
    (tmp_path / "ours.toml").write_text(example, encoding="utf-8")
    assert "watched" in load_tags("market_supervision", tmp_path / "ours.toml").tags


def test_every_tag_is_on_the_page_in_its_layer(repository: Path) -> None:
    text = (repository / "docs" / "how-to" / "screening.md").read_text(encoding="utf-8")
    registry = load_tags("market_supervision")
    for layer, said in registry.layers.items():
        (line,) = [
            line for line in text.splitlines() if line.startswith(f"| {said.title_en} ({said.title_zh})")
        ]
        own = [tag.id for tag in registry.tags.values() if tag.layer == layer]
        assert line.split("|")[2].strip() == ", ".join(f"`{name}`" for name in own)
