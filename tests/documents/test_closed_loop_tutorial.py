"""The tutorial on the closed loop does what it says."""

from pathlib import Path
from typing import Any

import pytest
from tests.documents.blocks import blocks


@pytest.mark.slow
def test_two_rounds_learn_from_all_visits_and_know_the_rate_of_everybody(repository: Path) -> None:
    names: dict[str, Any] = {}
    for block in blocks(repository / "docs" / "tutorials" / "closed-loop.md", "python"):
        exec(block, names)
    assert names["draw"]["drawn"].sum() == names["second_draw"]["drawn"].sum() == 300
    rounds = names["round_2"].rounds
    assert [str(one.as_of) for one in rounds] == ["2023-01-01", "2024-01-01"]
    assert [len(one.X) for one in rounds] == [300, 300]
    assert (rounds[0].outcomes["inclusion_probability"] >= 0.04).all()
    everybody = names["registry"].truth.groupby("as_of")["p_violation"].mean()
    assert names["rate"].lower < everybody["2023-01-01"] < names["rate"].upper
    true = names["truth"].reindex(names["X"].index).mean()
    assert names["found"] > 1.3 * true
    assert abs(names["believed"] - true) < abs(names["found"] - true)
