"""The snippets of the pages on scorecards, scikit-learn and ArviZ work."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.documents.blocks import blocks

HOW_TO = Path("docs") / "how-to"


def run(page: Path) -> dict[str, Any]:
    """Run all Python blocks of a page, one after the other."""
    names: dict[str, Any] = {}
    for block in blocks(page, "python"):
        exec(block, names)
    return names


def test_the_scorecard_page(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = run(repository / HOW_TO / "scorecard.md")
    np.testing.assert_array_equal(names["again"].score(names["X"]), names["points"])
    assert "分值越高风险越大" in names["page"]
    assert names["before"].plausible


@pytest.mark.filterwarnings("ignore:Estimated shape parameter")
def test_the_page_on_scikit_learn_and_arviz(repository: Path) -> None:
    names = run(repository / HOW_TO / "scikit-learn-and-arviz.md")
    assert names["scores"].shape == (3,)
    assert {"prior", "log_likelihood"} <= set(names["tree"].children)
    assert "intercept" in names["sensitivity"].index
