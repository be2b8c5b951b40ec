"""`creditrisk map-check` prints what a mapping makes of a folder, and ends with 1 where it cannot be read."""

import json
from pathlib import Path

import pytest

from creditrisk.cli import main

MAPPING = """
name = "town"
[tables.registration]
source = "subjects"
[tables.registration.columns]
record_id = "代码"
entity_id = "代码"
occurred_on = { column = "成立日期", format = "%Y%m%d" }
known_on = { column = "成立日期", format = "%Y%m%d" }
"""


@pytest.fixture(autouse=True)
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go to a folder with a mapping and a bureau."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    Path("town.toml").write_text(MAPPING, encoding="utf-8")
    Path("bureau").mkdir()
    Path("bureau/subjects.csv").write_text(
        "代码,成立日期,行业代码\na,20010203,C13\nb,[bold]soon,F52\n", encoding="gb18030"
    )


def ends_with(*arguments: str) -> object:
    with pytest.raises(SystemExit) as ended:
        main(["map-check", *arguments])
    return ended.value.code


def test_tables_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert ends_with("town.toml", "bureau") == 0
    printed = capsys.readouterr().out
    assert "[bold]soon" in printed
    assert "registration.industry" in printed
    assert "penalty_n" in printed
    assert "The mapping fits: 1 of 2 rows of 1 tables would be accepted" in printed


def test_one_object_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert ends_with("town.toml", "bureau", "--json", "--system", "food") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["fits"], found["system"]) == (True, "food")
    assert found["columns"][2]["example"] == "[bold]soon"
    assert found["tables"][0]["rejected"] == 1


def test_a_mapping_that_does_not_fit_ends_with_1_and_still_says_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("town.toml").write_text(MAPPING.replace('"成立日期"', '"成立日"'), encoding="utf-8")
    assert ends_with("town.toml", "bureau") == 1
    printed = capsys.readouterr().out
    assert "Did you mean '成立日期'?" in printed
    assert "The mapping does not fit yet" in printed


def test_a_mapping_that_is_no_mapping_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    Path("town.toml").write_text("name = 1\n[tables.x]\n", encoding="utf-8")
    assert ends_with("town.toml", "bureau") == 1
    assert capsys.readouterr().err.startswith("creditrisk: In mapping 'town.toml'")
    assert ends_with("nowhere.toml", "bureau") == 1
    assert "There is no file" in capsys.readouterr().err
