"""Every packaged system has a page in English and one in Chinese that says what its file says."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest

from creditrisk.indicators.load import load_system, packaged


@pytest.fixture
def pages(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the module that writes the pages."""
    monkeypatch.syspath_prepend(str(Path(request.config.rootpath) / "docs" / "_ext"))
    return importlib.import_module("system_pages")


def test_every_system_has_two_pages_and_a_line(pages: ModuleType, tmp_path: Path) -> None:
    pages.write_system_pages(tmp_path)
    written = {path.name for path in tmp_path.iterdir()}
    expected = {f"indicators-{name}{ending}" for name in packaged() for ending in (".md", ".zh.md")}
    assert written == expected | {"systems.md"}
    lines = (tmp_path / "systems.md").read_text(encoding="utf-8")
    assert [name for name in packaged() if f"(indicators-{name}.zh.md)" not in lines] == []


@pytest.mark.parametrize("language", ["ENGLISH", "CHINESE"])
def test_a_page_has_a_row_for_everything_of_its_own(pages: ModuleType, language: str) -> None:
    words = getattr(pages, language)
    system = load_system("general")
    text = pages.page(system, words)
    rows = {line.split("|")[1].strip(): line for line in text.splitlines() if line.startswith("| ")}
    for one in [*system.indicators, *system.rules]:
        assert getattr(one, f"title_{words['language']}") in rows[one.id]
    assert words["raises"] in rows["S06"]
    assert "`revoked_on known = false`" in rows["S06"]


def test_an_extension_lists_only_its_own_and_what_it_retires(pages: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'id = "mine"\nversion = "1"\ntitle_en = "m"\ntitle_zh = "我的"\nextends = ["general"]\n'
        'retires = [{ id = "B02", reason = "of little use" }]\n'
        '[[indicators]]\nid = "S06"\noverrides = true\nmonths = 24\nin_force_from = 2024-07-01\n',
        encoding="utf-8",
    )
    text = pages.page(load_system(path), pages.CHINESE)
    assert "| S06 |" in text
    assert "2024-07-01 –" in text
    assert "| S07 |" not in text
    assert "| B02 | 注册资本 |  | of little use |" in text
