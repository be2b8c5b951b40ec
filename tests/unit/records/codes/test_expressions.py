"""Expressions say of a column on an engine what the arrays say of the same values."""

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.records.codes.test_uscc import INVALID, VALID

from creditrisk.records.codes import (
    industry_known_expression,
    industry_tree,
    region_known_expression,
    region_tree,
    uscc_check_digit,
    uscc_is_valid,
    uscc_valid_expression,
)
from creditrisk.records.codes.uscc import USCC_ALPHABET

type Texts = list[str | None]

CODES = st.builds(
    lambda digits, body: (first := digits + body) + uscc_check_digit(first),
    st.text("0123456789", min_size=8, max_size=8),
    st.text(USCC_ALPHABET, min_size=9, max_size=9),
)
ODD = st.sampled_from(["", " ", "\n", "é", "李", "\U0001f600", "a", "Z", "0", "％", "-", ","])


def damaged(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return texts of which some lost a character or got one too many."""
    return st.builds(
        lambda text, at, odd, lost: text[:at] + odd + text[at + lost :],
        texts,
        st.integers(0, 18),
        ODD,
        st.integers(0, 1),
    )


def columns(codes: st.SearchStrategy[str]) -> st.SearchStrategy[Texts]:
    """Return columns with right, damaged, arbitrary and missing codes."""
    anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
    return st.lists(codes | damaged(codes) | anything | st.none(), min_size=1, max_size=40)


def column(texts: Texts) -> ibis.expr.types.StringColumn:
    """Return a column on DuckDB."""
    return ibis.memtable(pa.table({"code": pa.array(texts, pa.string())})).code


@settings(max_examples=25, deadline=None)
@given(texts=columns(CODES))
def test_credit_codes(texts: Texts) -> None:
    found = uscc_valid_expression(column(texts)).to_pyarrow().to_pylist()
    assert found == uscc_is_valid(texts).tolist()


@pytest.mark.parametrize(("codes", "valid"), [(VALID, True), (INVALID, False)])
def test_the_vectors(codes: list[str], valid: bool) -> None:
    assert set(uscc_valid_expression(column([*codes])).to_pyarrow().to_pylist()) == {valid}


@pytest.mark.parametrize("on", [None, "1985-01-01", "2024-01-01"])
def test_every_region_and_its_neighbours(on: str | None) -> None:
    codes = region_tree().codes()
    texts: Texts = [
        *codes,
        *(f"{int(code) + 1:06d}" for code in codes),
        *(code + "001" for code in codes[::50]),
    ]
    found = region_known_expression(column(texts), on=on).to_pyarrow().to_pylist()
    assert found == region_tree().known(texts, on=on).tolist()


@settings(max_examples=15, deadline=None)
@given(texts=columns(st.sampled_from(region_tree().codes())))
def test_damaged_regions(texts: Texts) -> None:
    found = region_known_expression(column(texts)).to_pyarrow().to_pylist()
    assert found == region_tree().known(texts).tolist()


def test_every_industry_and_its_neighbours() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    texts: Texts = [*letters, *(f"{letter}{digits:02d}" for letter in letters for digits in range(100))]
    found = industry_known_expression(column(texts)).to_pyarrow().to_pylist()
    assert found == industry_tree().known(texts).tolist()
    assert sum(found) == 117


@settings(max_examples=15, deadline=None)
@given(
    texts=columns(
        st.builds(str.__add__, st.sampled_from(industry_tree().divisions), st.text("09", max_size=3))
    )
)
def test_damaged_industries(texts: Texts) -> None:
    found = industry_known_expression(column(texts)).to_pyarrow().to_pylist()
    assert found == industry_tree().known(texts).tolist()
