"""Codes as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as peer

from creditrisk.records.codes import normalise, uscc_check_digit, uscc_is_valid

GOOD = "91350100M000100Y43"


@pytest.mark.parametrize(
    "typed",
    [
        "91350100m000100y43",
        " 9 1 350100 M000100Y4-3\t\n",
        "９１３５０１００Ｍ０００１００Ｙ４３",
        "９１３５０１００ｍ０００１００ｙ４－３",
        "913501\u300000\u2014M000100\u00a0Y43\ufeff",
        GOOD,
    ],
)
def test_ways_to_type_a_code(typed: str) -> None:
    assert normalise([typed]).tolist() == [GOOD]


@pytest.mark.parametrize(
    ("right", "wrong"), [("FF", "\ufb00"), ("1", "¹"), ("1", "①"), ("1", "١"), ("M", "Ⅿ")]
)
def test_no_other_character_is_turned_into_a_right_one(right: str, wrong: str) -> None:
    code = "91510100MAFF00001"
    code += uscc_check_digit(code)
    typed = code.replace(right, wrong)
    assert uscc_is_valid([code])[0] and normalise([typed]).tolist() == [typed]


def test_missing_codes_stay_missing() -> None:
    assert normalise([None, float("nan"), 5, ""]).tolist() == [None, None, None, ""]


@given(typed=st.text("0123456789abcXYZ -９－\u3000\u2013", max_size=20))
def test_it_takes_out_what_python_stdnum_takes_out(typed: str) -> None:
    assert normalise([typed]).tolist() == [peer.compact(typed)]
