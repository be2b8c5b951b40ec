"""The page on platforms does what it says."""

from pathlib import Path
from typing import Any

import pytest
from tests.documents.blocks import blocks
from tests.lib.registry import read, registration, rows


def test_the_walk_answers_and_its_log_is_sound(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("log", "apart"):
        Path(folder).mkdir()
    listed = rows(("E1", "2024-01-01", "not found"), columns="entity_id occurred_on reason")
    names: dict[str, Any] = {
        "records": read(registration=registration("E1", "E2"), abnormal_list=listed),
        "applicants": ["E1", "E2", "E3"],
    }
    for block in blocks(repository / "docs" / "how-to" / "platforms.md", "python"):
        exec(block, names)
    assert names["answer"]["decision"].tolist() == ["hold", "admit", "hold"]
    assert list(names["answer"].columns) == ["decision", "grounds"]
    assert names["found"].ok
    assert names["found"].entries == 1
