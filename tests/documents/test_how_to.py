"""The files and snippets of the how-to pages work."""

from pathlib import Path

import pytest
from tests.documents.blocks import blocks

import creditrisk as cr


@pytest.fixture
def how_to(repository: Path) -> Path:
    """Return the folder of the how-to pages."""
    return repository / "docs" / "how-to"


def test_own_indicators(how_to: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = how_to / "own-indicators.md"
    (tmp_path / "our-district.toml").write_text(blocks(page, "toml")[0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"cr": cr, "records": cr.read_records(cr.simulate(200, seed=1).tables)}
    exec(blocks(page, "python")[0], names)
    assert names["system"].id == "our-district"
    assert {"fines_24m_log", "penalty_n"} <= set(names["X"].columns)


def test_own_tables(how_to: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = how_to / "own-tables.md"
    (tmp_path / "our-bureau.toml").write_text(blocks(page, "toml")[0], encoding="utf-8")
    bureau = tmp_path / "bureau"
    bureau.mkdir()
    (bureau / "enterprises.csv").write_text(
        "id,uscc,established,district_code,trade_code\n1,a,2001-02-03,510104,C13\n2,b,2002-03-04,510105,F52\n"
    )
    (bureau / "case_decisions.csv").write_text(
        "case_no,uscc,decided,published,fine_wan,status\n"
        "x1,a,2023/05/01,2023/05/20,1.5,final\n"
        "x2,a,2023/06/01,2023/06/20,2.0,withdrawn\n"
        "x3,b,2023/07/01,9999/12/31,3.0,final\n"
    )
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(blocks(page, "python")[0], names)
    records = names["records"]
    assert records.tables["penalty"].to_pyarrow()["fine_cny"].to_pylist() == [15000.0]
    exec(blocks(page, "python")[1], names)
    assert records.rejections.counts()["rows"].sum() == 1
