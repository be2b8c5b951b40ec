"""The page on the sandbox runs, and says what comes of it."""

from pathlib import Path
from typing import Any

from tests.documents.blocks import blocks


def test_the_blocks_run(repository: Path) -> None:
    first, everybody, penalties = blocks(repository / "docs" / "how-to" / "sandbox.md", "python")
    names: dict[str, Any] = {}
    exec(first, names)
    assert names["sandbox_state"](names["events"], as_of="2024-03-16", rules=names["rules"]).inside
    assert [change.what for change in names["trail"]] == [
        "apply",
        "trigger",
        "deadline",
        "deadline",
        "deadline",
    ]
    exec(everybody, names)
    states = names["sandbox_states"](names["log"], as_of="2024-02-02", rules=names["rules"])
    assert states["inside"].to_dict() == {"a": True, "b": False}
    exec(penalties, names)
    assert names["spared_penalties"](names["cases"]).tolist() == [True, False]
