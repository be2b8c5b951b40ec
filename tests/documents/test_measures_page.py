"""The page on measures, the white list and repair runs."""

from pathlib import Path
from typing import Any

import pytest
from tests.documents.blocks import blocks


@pytest.mark.slow
def test_the_blocks_run(repository: Path) -> None:
    names: dict[str, Any] = {}
    for block in blocks(repository / "docs" / "how-to" / "measures.md", "python"):
        exec(block, names)
    assigned, good, outlook = names["assigned"], names["good"], names["outlook"]
    assert (assigned["kind"] == "visits").sum() == 3
    assert set(good.table.index) | set(good.excluded.index) == set(names["ratings"].table.index[:2])
    assert (outlook["ready"] <= outlook["repairable_now"]).all()
    assert (outlook["repairable_now"] <= outlook["counting"]).all()
    assert all(one.notice["regime"] == "samr-2021" for one in names["documents"])
