"""The tutorial does what it says."""

from pathlib import Path

import pytest
from tests.documents.blocks import blocks


@pytest.mark.slow
def test_the_first_flow_runs(repository: Path) -> None:
    names: dict[str, object] = {}
    for block in blocks(repository / "docs" / "tutorials" / "first-flow.md", "python"):
        exec(block, names)
    ratings = names["ratings"]
    assert ratings.summary()["share"].sum() == pytest.approx(1)
    assert names["worst"]["risk_class"] in set("ABCD")
