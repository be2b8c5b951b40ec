"""Unified social credit codes: the known vectors, and python-stdnum as the judge of everything else."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc as peer

from creditrisk.errors import SpecError
from creditrisk.records.codes import uscc_body_is_valid, uscc_check_digit, uscc_is_valid
from creditrisk.records.codes.uscc import USCC_ALPHABET

REMAINDER_0 = ["91510100MA00000820", "91510100MA00003140"]
VALID = [
    "91350100M000100Y43",
    "91110108551385082Q",
    "92371402MA6C00009J",
    "91510100MA6C0005XL",
    *REMAINDER_0,
]
INVALID = ["91350100M000100Y4A", "91310115MA1H8R7C6D"]


def by_peer(code: str) -> bool:
    """Say what python-stdnum says of a code as it is written."""
    return bool(peer.is_valid(code)) and str(peer.compact(code)) == code


def with_remainder_bug(code: str) -> bool:
    """Check a code as two published libraries do, which look for symbol 31 where the remainder is 0."""
    weights = [pow(3, place, 31) for place in range(17)]
    total = sum(USCC_ALPHABET.index(symbol) * weight for symbol, weight in zip(code, weights, strict=False))
    check = 31 - total % 31
    return check < 31 and USCC_ALPHABET[check] == code[17]


def ours(code: str) -> bool:
    """Check one code."""
    return bool(uscc_is_valid([code])[0])


def misjudged(is_valid: Callable[[str], bool]) -> list[str]:
    """Return the vectors that a check gets wrong."""
    return [c for c in VALID if not is_valid(c)] + [c for c in INVALID if is_valid(c)]


def test_every_vector_is_right() -> None:
    assert misjudged(ours) == []
    assert misjudged(by_peer) == []


def test_the_vectors_catch_the_remainder_bug() -> None:
    assert misjudged(with_remainder_bug) == REMAINDER_0


@pytest.mark.parametrize("code", VALID)
def test_the_check_symbol_of_every_vector(code: str) -> None:
    assert uscc_check_digit(code[:17]) == code[17]


CODES = st.builds(
    lambda digits, body: (first := digits + body) + peer.calc_check_digit(first),
    st.text("0123456789", min_size=8, max_size=8),
    st.text(USCC_ALPHABET, min_size=9, max_size=9),
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Return a valid code with some characters replaced, left out or added."""
    code = draw(CODES)
    at = draw(st.integers(0, 18))
    put = draw(st.text(st.sampled_from(USCC_ALPHABET + "IOSVZioy -－９é\x00\U0001f600"), max_size=2))
    return code[:at] + put + code[at + draw(st.integers(0, 2)) :]


@settings(max_examples=100, deadline=None)
@given(codes=st.lists(CODES | mutated() | st.text(max_size=20), max_size=30))
def test_it_agrees_with_python_stdnum(codes: list[str]) -> None:
    assert uscc_is_valid(codes).tolist() == [by_peer(code) for code in codes]


@settings(max_examples=100, deadline=None)
@given(code=CODES, at=st.integers(0, 17), symbol=st.sampled_from(USCC_ALPHABET))
def test_no_single_wrong_symbol_passes(code: str, at: int, symbol: str) -> None:
    wrong = code[:at] + symbol + code[at + 1 :]
    assert uscc_is_valid([code, wrong]).tolist() == [True, wrong == code]


def test_the_first_eight_are_digits() -> None:
    body = "N2510100MF0000001"
    weights = [pow(3, place, 31) for place in range(17)]
    check = -sum(USCC_ALPHABET.index(s) * w for s, w in zip(body, weights, strict=True)) % 31
    assert not ours(body + USCC_ALPHABET[check])


@pytest.mark.parametrize("code", [*VALID, INVALID[0]])
def test_the_code_inside_is_right_in_the_vectors(code: str) -> None:
    assert uscc_body_is_valid([code])[0]


def test_a_valid_code_may_have_a_wrong_one_inside() -> None:
    code = "91510100MA6C00051"
    code += uscc_check_digit(code)
    assert uscc_is_valid([code])[0] and not uscc_body_is_valid([code])[0]


@pytest.mark.parametrize(
    "body", ["", "91350100M000100Y43", "9135010OM000100Y4", "９1350100M000100Y", "91350100m000100Y4"]
)
def test_a_body_of_another_form_has_no_check_symbol(body: str) -> None:
    with pytest.raises(SpecError, match="8 digits and 9 symbols"):
        uscc_check_digit(body)
