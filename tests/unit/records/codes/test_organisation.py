"""Organisation codes: the check written out digit by digit is the judge."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditrisk.errors import SpecError
from creditrisk.records.codes import organisation_check_digit, organisation_code_is_valid

BODIES = st.text(string.digits + string.ascii_uppercase, min_size=8, max_size=8)


def slowly(body: str) -> str:
    """Return the check as the standard words it: 11 less the remainder, 10 written X and 11 written 0."""
    total = sum(
        int(symbol, 36) * weight for symbol, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)
    )
    check = 11 - total % 11
    return {10: "X", 11: "0"}.get(check, str(check))


@given(body=BODIES)
def test_exactly_one_check_is_valid(body: str) -> None:
    codes = [body + check for check in "0123456789X"]
    assert [code for code, valid in zip(codes, organisation_code_is_valid(codes), strict=True) if valid] == [
        body + slowly(body)
    ]
    assert organisation_check_digit(body) == slowly(body)


@pytest.mark.parametrize(
    "code",
    ["55138508-2", "55138508", "5513850820", "55138508Y", "ma6c0005X", "MA6C0005x", "MA6C000５X", None],
)
def test_other_forms_are_invalid(code: str | None) -> None:
    assert not organisation_code_is_valid([code])[0]


@pytest.mark.parametrize("body", ["5513850", "551385082", "ma6c0005", "李李"])
def test_a_body_of_another_form_has_no_check(body: str) -> None:
    with pytest.raises(SpecError, match="8 digits or capital letters"):
        organisation_check_digit(body)
