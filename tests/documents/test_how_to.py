"""The files and snippets of the how-to pages work."""

from pathlib import Path
from typing import Any

import pytest
from tests.documents.blocks import blocks
from tests.lib.correlated import correlated_outcomes

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


def test_related_entities(how_to: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = how_to / "related-entities.md"
    (tmp_path / "our-relations.toml").write_text(blocks(page, "toml")[0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"cr": cr, "records": cr.read_records(cr.simulate(400, seed=1).tables)}
    (program,) = blocks(page, "python")
    exec(program, names)
    assert (names["X"].nunique() > 1).all()
    riskiest = names["X"]["fined_relations"].idxmax()
    behind = names["extractor"].explain(names["snapshot"], riskiest, "fined_relations").records
    assert set(behind["hop"]) <= {1, 2}
    assert not behind.empty


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
    exec(blocks(page, "python")[2], names)
    assert records.rejections.counts()["rows"].sum() == 1


def test_a_table_in_chinese(how_to: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = how_to / "own-tables.md"
    (tmp_path / "town.toml").write_text(blocks(page, "toml")[1], encoding="utf-8")
    bureau = tmp_path / "bureau"
    bureau.mkdir()
    for name, text in zip(("市场主体", "行政处罚"), blocks(page, "text"), strict=True):
        (bureau / f"{name}.csv").write_text(text, encoding="gb18030")
    monkeypatch.chdir(tmp_path)
    records = cr.read_records("bureau", mapping="town.toml")
    subjects = records.tables["registration"].order_by("entity_id").to_pyarrow()
    assert subjects["entity_id"].to_pylist() == [
        "91110108551385082Q",
        "91350100M000100Y43",
        "92371402MA6C00009J",
    ]
    assert subjects["registered_capital_cny"].to_pylist() == [None, 5e6, 3e4]
    penalties = records.tables["penalty"].order_by("known_on").to_pyarrow()
    assert penalties["fine_cny"].to_pylist() == [12_005_000.0, None]
    assert penalties["penalty_kinds"].to_pylist() == ["fine,confiscation", "warning"]
    assert records.rejections.counts()["rows"].tolist() == [1]
    names: dict[str, object] = {"cr": cr}
    exec(next(block for block in blocks(page, "python") if "check_mapping" in block), names)
    check = names["check"]
    assert check.fits
    assert check.unused["suggestion"].tolist() == ["registration.industry"]


def test_many_dates(how_to: Path) -> None:
    names: dict[str, Any] = {}
    for block in blocks(how_to / "many-dates.md", "python"):
        exec(block, names)
    panel = names["panel"]
    assert panel.index.get_level_values("as_of").nunique() == 9


@pytest.mark.slow
def test_losses(how_to: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    X, outcomes = correlated_outcomes(0.6, entities=2500, sectors=12, seed=2)
    names: dict[str, Any] = {"X": X, "outcomes": outcomes}
    for program in blocks(how_to / "losses.md", "python"):
        exec(program, names)
    assert sum(names["stacked"].family_weights_.values()) == pytest.approx(1.0)
    assert names["least"] is None
    assert list(names["model"].correlations_) == ["sector"]
