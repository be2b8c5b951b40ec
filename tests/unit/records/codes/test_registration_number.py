"""Old registration numbers: ISO/IEC 7064 MOD 11,10 as python-stdnum computes it is the judge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from creditrisk.errors import SpecError
from creditrisk.records.codes import registration_check_digit, registration_number_is_valid

DIGITS = "0123456789"


@pytest.mark.parametrize("number", ["110108000000016", "440301103097413", "330100400013364"])
def test_published_numbers_are_valid(number: str) -> None:
    assert registration_number_is_valid([number])[0]
    assert registration_check_digit(number[:14]) == number[14]


@given(body=st.text(DIGITS, min_size=14, max_size=14))
def test_it_agrees_with_python_stdnum(body: str) -> None:
    numbers = [body + check for check in DIGITS]
    assert registration_number_is_valid(numbers).tolist() == [mod_11_10.is_valid(n) for n in numbers]
    assert registration_check_digit(body) == mod_11_10.calc_check_digit(body)


@pytest.mark.parametrize(
    "number", ["11010800000001", "1101080000000160", "11010800000001A", "１10108000000", None]
)
def test_other_forms_are_invalid(number: str | None) -> None:
    assert not registration_number_is_valid([number])[0]


@pytest.mark.parametrize("body", ["1101080000000", "110108000000016", "1101080000000A"])
def test_a_body_of_another_form_has_no_check(body: str) -> None:
    with pytest.raises(SpecError, match="14 digits"):
        registration_check_digit(body)
