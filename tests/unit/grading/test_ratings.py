import re
import sys

import pandas as pd
import pytest
from tests.unit.grading.drawn import NOTCH, VETO, draw_world

from creditrisk.errors import SourceError, SpecError
from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.ratings import read_ratings

COLUMNS = [
    "risk_class",
    "model_class",
    "prob_A",
    "prob_B",
    "prob_C",
    "prob_D",
    "p_violation",
    "p_violation_lower",
    "p_violation_upper",
    "expected_loss_cny",
    "expected_loss_cny_lower",
    "expected_loss_cny_upper",
    "decided_by",
    "direct",
    "rules_hit",
    "reasons_en",
    "reasons_zh",
    "region",
]


@pytest.fixture(scope="module")
def ratings():
    policy = GradingPolicy(name="demo", version="1", cuts=(1e3, 5e3, 9e3), rules=(NOTCH, VETO))
    return policy.grade(*draw_world(500))


def test_the_columns_are_the_documented_ones(ratings):
    assert list(ratings.table.columns) == COLUMNS
    assert ratings.table.index.name == "entity_id"


def test_probabilities_and_intervals_are_in_order(ratings):
    table = ratings.table
    assert table[[f"prob_{c}" for c in "ABCD"]].sum(axis=1).to_numpy() == pytest.approx(1, abs=1e-12)
    for name in ("p_violation", "expected_loss_cny"):
        assert (table[f"{name}_lower"] <= table[name]).all()
        assert (table[name] <= table[f"{name}_upper"]).all()


def test_the_model_class_is_where_the_mean_loss_lies(ratings):
    means = ratings.table.groupby("model_class")["expected_loss_cny"]
    assert (means.max().to_numpy()[:-1] < means.min().to_numpy()[1:]).all()


def test_the_summary_by_region_adds_up(ratings):
    by_region = ratings.summary_by("region")
    assert by_region["entities"].sum() == 500
    shares = by_region[list("ABCD")].mul(by_region["entities"], axis=0).sum() / 500
    assert shares.to_numpy() == pytest.approx(ratings.summary()["share"].to_numpy())
    assert by_region["direct"].sum() == ratings.table["direct"].sum()
    with pytest.raises(SpecError, match="Did you mean 'region'"):
        ratings.summary_by("regio")


def test_the_grounds_of_d_are_told_apart_and_add_up(ratings):
    grounds = ratings.grounds()
    assert grounds["entities"].sum() == ratings.summary().loc["D", "entities"]
    assert grounds["share_of_d"].sum() == pytest.approx(1)
    assert grounds.loc[VETO.id, "entities"] == ratings.table["direct"].sum()
    assert grounds["direct"].tolist() == sorted(grounds["direct"], reverse=True)
    assert not grounds.loc["model", "direct"]


def test_the_summary_counts_every_entity_once(ratings):
    summary = ratings.summary()
    assert summary.index.tolist() == list("ABCD")
    assert summary["entities"].sum() == len(ratings) == 500
    assert summary["share"].sum() == pytest.approx(1)
    in_d = ratings.table["risk_class"] == "D"
    assert summary.loc["D", "mean_p"] == pytest.approx(ratings.table.loc[in_d, "p_violation"].mean())
    assert (
        summary.loc["D", "direct"]
        == ratings.table["direct"].sum()
        == (ratings.table["decided_by"] == VETO.id).sum()
    )


def test_a_class_without_entities_is_still_a_row():
    policy = GradingPolicy(name="demo", version="1", cuts=(1e9, 2e9, 3e9))
    summary = policy.grade(*draw_world(50)).summary()
    assert summary["entities"].tolist() == [50, 0, 0, 0]


def test_one_entity_is_one_row(ratings):
    assert ratings["E00007"]["risk_class"] in "ABCD"
    with pytest.raises(KeyError):
        ratings["nobody"]


def test_ratings_are_read_back(ratings, tmp_path):
    ratings.write(tmp_path / "ratings.parquet")
    back = read_ratings(tmp_path / "ratings.parquet")
    assert (back.currency, back.interval, back.policy, back.as_of) == ("CNY", 0.9, "demo 1", "2024-01-01")
    pd.testing.assert_frame_equal(back.table, ratings.table, check_dtype=False)


def test_what_is_not_ratings_is_refused(tmp_path):
    path = tmp_path / "ratings.parquet"
    with pytest.raises(SourceError, match="there is none"):
        read_ratings(path)
    path.write_bytes(b"PAR1 not really")
    with pytest.raises(SourceError, match="damaged"):
        read_ratings(path)
    pd.DataFrame({"a": [1]}).to_parquet(path)
    with pytest.raises(SourceError, match="does not hold ratings"):
        read_ratings(path)


def test_one_entity_is_a_page_in_a_notebook(ratings):
    entity = ratings.table.index[ratings.table["direct"]][0]
    row = ratings[entity]
    page = row._repr_html_()
    assert row["risk_class"] == "D"
    assert f"{entity}: D (high, 高)" in page
    assert "direct determination 直接判定" in page
    assert "demo 1" in page
    assert "不是公开信用评价" in page


def test_what_records_say_is_escaped_on_the_page(ratings):
    row = ratings[ratings.table.index[0]]
    row["reasons_en"] = "<script>alert(1)</script>"
    assert "<script>" not in row._repr_html_()


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_every_exported_row_is_marked_as_internal(ratings, tmp_path, suffix):
    ratings.export(tmp_path / f"ratings.{suffix}")
    read = pd.read_csv if suffix == "csv" else pd.read_parquet
    table = read(tmp_path / f"ratings.{suffix}")
    assert len(table) == len(ratings)
    assert table["internal"].str.contains("not a public credit rating").all()


def test_other_files_are_refused_in_one_sentence(ratings, tmp_path, monkeypatch):
    with pytest.raises(SpecError, match=r"\.csv, \.parquet or \.xlsx"):
        ratings.export(tmp_path / "ratings.txt")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(SpecError, match="pip install openpyxl"):
        ratings.export(tmp_path / "ratings.xlsx")


def test_an_excel_file_says_internal_in_every_row_and_on_its_sheet(ratings, tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="the extra `excel` is not installed")
    ratings.export(tmp_path / "ratings.xlsx")
    book = openpyxl.load_workbook(tmp_path / "ratings.xlsx", read_only=True)
    assert book.sheetnames == ["internal 内部"]
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    place = rows[0].index("internal")
    assert len(rows) == len(ratings) + 1
    assert all("内部参考" in row[place] for row in rows[1:])


def test_every_column_is_on_the_page_of_the_schema(ratings, repository):
    page = (repository / "docs" / "reference" / "ratings.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([a-zA-Z_, `]+)` \|", page, flags=re.MULTILINE))
    documented = {one.strip("` ") for names in named for one in names.split(",")}
    assert documented >= {one for one in ratings.table.columns if one != "region"}
    assert {"score", "kept", "model_since"} <= documented
