"""The README's snippet runs, its links lead somewhere, and the Chinese README says the same."""

import re
from pathlib import Path

import pytest
from tests.documents.blocks import blocks

READMES = ("README.md", "README.zh-CN.md")
FENCE = re.compile(r"^```.*?^```", flags=re.DOTALL | re.MULTILINE)


def code(path: Path) -> list[str]:
    """Return every fenced block of a document, the name of its language included."""
    return FENCE.findall(path.read_text(encoding="utf-8"))


def headings(path: Path) -> list[int]:
    """Return the levels of the headings of a document."""
    prose = FENCE.sub("", path.read_text(encoding="utf-8"))
    return [len(marks) for marks in re.findall(r"^(#+) ", prose, flags=re.MULTILINE)]


def links(path: Path) -> list[str]:
    """Return where the links and pictures of a document lead within the repository."""
    prose = FENCE.sub("", path.read_text(encoding="utf-8"))
    return [target for target in re.findall(r"\]\(([^)#]+)\)", prose) if "://" not in target]


def test_the_snippet_runs(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks(repository / "README.md", "python"):
        exec(block, names)
    summary = names["ratings"].summary()
    assert summary["share"].to_dict() == pytest.approx(names["shares"], abs=0.01)
    assert summary["mean_p"].is_monotonic_increasing
    assert str(summary) in capsys.readouterr().out


def test_both_readmes_have_the_same_code_and_headings(repository: Path) -> None:
    english, chinese = (repository / name for name in READMES)
    assert code(english) == code(chinese)
    assert headings(english) == headings(chinese)


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(repository: Path, name: str) -> None:
    targets = links(repository / name)
    assert [target for target in targets if not (repository / target).exists()] == []
    assert sum(target.endswith(".svg") for target in targets) == 1


@pytest.mark.parametrize("name", READMES)
def test_the_first_commands_are_targets(repository: Path, name: str) -> None:
    makefile = (repository / "Makefile").read_text(encoding="utf-8")
    commands = re.findall(r"^make (\w+)", blocks(repository / name, "sh")[0], flags=re.MULTILINE)
    assert commands == ["demo", "test"]
    assert all(re.search(rf"^{command}:", makefile, flags=re.MULTILINE) for command in commands)


def test_the_picture_is_small_and_loads_nothing(repository: Path) -> None:
    (name,) = [target for target in links(repository / "README.md") if target.endswith(".svg")]
    picture = (repository / name).read_text(encoding="utf-8")
    assert len(picture.encode()) < 150_000
    assert not re.search(r"href|url\(|@import|<script", picture)
