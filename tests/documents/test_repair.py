"""The page on repair does what it says, and its tables say what the regimes say."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests.documents.blocks import blocks

from creditrisk.records.repair import packaged_regimes
from creditrisk.records.repair.regime import Matter


@pytest.fixture
def page(repository: Path) -> Path:
    """Return the page."""
    return repository / "docs" / "how-to" / "repair.md"


def test_the_blocks_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "our-province.toml").write_text(blocks(page, "toml")[0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for block in blocks(page, "python"):
        exec(block, names)
    assert names["timetable"]["entity_id"].unique().tolist() == [names["somebody"]]
    assert (names["timetable"]["open_conditions_zh"] != "").any()
    assert set(names["ours"]["matter"]) == {"small_fine", "rest"}
    pd.testing.assert_index_equal(names["X"].index, names["X"].index.sort_values())
    assert (names["states"]["state"] == "active").sum() == names["snapshot"].tables[
        "penalty"
    ].count().to_pyarrow().as_py()


def line(matter: Matter) -> str:
    """Return how the page should state a rule."""
    longest = f"{matter.maximum_months} months" if matter.maximum_months else "until removed"
    repair = "–" if matter.minimum_months is None else f"after {matter.minimum_months} months"
    cells = (
        f"{matter.title_en} ({matter.title_zh})",
        longest if matter.public else "never published",
        "at once" if matter.minimum_months == 0 else repair,
        matter.certainty,
    )
    return f"| {' | '.join(cells)} |"


def test_the_tables_are_those_of_the_regimes(page: Path) -> None:
    stated = [row for row in page.read_text(encoding="utf-8").splitlines() if row.startswith("|")]
    written = [row for row in stated if row.endswith(("found |", "own |", "assumed |"))]
    rules = [one.tables[table] for one in packaged_regimes() for table in one.tables]
    assert written == [line(matter) for rule in rules for matter in rule.matters]
