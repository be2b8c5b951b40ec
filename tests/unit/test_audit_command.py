import json
from pathlib import Path

import pytest
from tests.lib.audited import penalties, registration

from creditrisk.cli import main


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("registry")
    registration().to_parquet(folder / "registration.parquet")
    frame = penalties()
    frame.loc[1, "doc_no"] = None
    frame.to_parquet(folder / "penalty.parquet")
    return folder


def test_an_audit_is_printed_and_written(
    registry: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("audit", registry, "--as-of", "2023-10-01", "--out", tmp_path / "a") == 0
    said = capsys.readouterr().out
    assert "completeness" in said
    assert "3 of 3 registered ids" in said
    assert {file.name for file in (tmp_path / "a").iterdir()} == {
        "audit.html",
        "audit.json",
        "checks.parquet",
        "records.parquet",
        "failures",
    }
    assert "数据质量" not in (tmp_path / "a" / "audit.html").read_text(encoding="utf-8")
    later = ("audit", registry, "--as-of", "2024-01-01", "--earlier", tmp_path / "a", "--language", "zh")
    assert run(*later, "--json", "--out", tmp_path / "b") == 0
    found = json.loads(capsys.readouterr().out)
    became = {row["dimension"]: row for row in found["rectified"]}
    assert (became["completeness"]["failed"], became["completeness"]["failing"]) == (1, 1)
    assert next(one for one in found["dimensions"] if one["dimension"] == "completeness")["failed"] == 1
    assert "整改率" in (tmp_path / "b" / "audit.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--as-of", "2015-03-04"), "Nothing was known before 2015-03-04"),
        (("--as-of", "soon"), "is not a date"),
        (("--as-of", "2024-01-01", "--standard", "guandong"), "Did you mean 'guangdong'?"),
        (("--as-of", "2024-01-01", "--earlier", "nowhere"), "check the path"),
    ],
)
def test_a_mistake_is_one_sentence(
    registry: Path, arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("audit", registry, *arguments) == 1
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
