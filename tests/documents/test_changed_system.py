"""The how-to page's change of a system since a day is a system file."""

from pathlib import Path

from tests.documents.blocks import blocks

from creditrisk.indicators.load import load_system

HEAD = 'id = "our-district"\nversion = "2"\ntitle_en = "ours"\ntitle_zh = "本区"\n'


def test_the_change_holds_since_its_days(repository: Path, tmp_path: Path) -> None:
    (text,) = [
        block
        for block in blocks(repository / "docs" / "how-to" / "own-indicators.md", "toml")
        if "retires" in block
    ]
    path = tmp_path / "our-district.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    days = ("2024-12-31", "2025-01-01", "2025-06-30", "2025-07-01")
    systems = [load_system(path, on=day) for day in days]
    assert ["registered_capital_log" in system.names for system in systems] == [True, False, False, False]
    assert [system.indicator("S06").months for system in systems] == [36, 36, 36, 24]
