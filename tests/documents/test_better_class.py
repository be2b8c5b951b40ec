"""The page on what would help does what it says."""

from pathlib import Path
from typing import Any

import pytest
from tests.documents.blocks import blocks
from tests.unit.grading.remedies.formula import Formula, entities, policy


def test_the_blocks_name_a_way_to_a_better_class(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    X = entities(1, 0).assign(penalty_n=3.0, abnormal_now=1.0, abnormal_days=100.0, serious_list_now=0.0)
    names: dict[str, Any] = {"model": Formula(), "policy": policy(), "X": X, "entity_id": "E0"}
    for block in blocks(repository / "docs" / "how-to" / "better-class.md", "python"):
        exec(block, names)
    assert names["found"].after < names["found"].before
    assert "可由D类调整为" in capsys.readouterr().out
    assert names["counted"].remedies
