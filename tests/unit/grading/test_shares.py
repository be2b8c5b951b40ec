import math

import pytest

from creditrisk.errors import SpecError
from creditrisk.grading.risk_class import RiskClass
from creditrisk.grading.shares import check_shares, load_shares, parse_shares


def test_the_default_is_guangdong_as_published():
    assert [round(share, 4) for share in load_shares().values()] == [0.4727, 0.3359, 0.0975, 0.0939]


@pytest.mark.parametrize("preset", ["guangdong-2024", "dandong-2023"])
def test_presets_add_up_to_one(preset):
    assert math.fsum(load_shares(preset).values()) == pytest.approx(1, abs=1e-15)


def test_an_unknown_preset_is_named_with_a_suggestion():
    with pytest.raises(SpecError, match=r"'guangdon'\. Did you mean 'guangdong-2024'\?"):
        load_shares("guangdon")


def test_a_class_that_is_not_named_has_no_share():
    assert check_shares({"A": 0.9, "D": 0.1})[RiskClass.B] == 0


def test_shares_within_the_tolerance_are_scaled_to_one():
    shares = check_shares({"A": 0.5, "B": 0.3, "C": 0.1, "D": 0.1 + 5e-7})
    assert math.fsum(shares.values()) == pytest.approx(1, abs=1e-15)


@pytest.mark.parametrize(
    ("shares", "says"),
    [
        ({"A": 0.5, "B": 0.5, "C": 0.1, "D": 0.1}, "A=0.5, B=0.5, C=0.1, D=0.1 add up to 1.2"),
        ({"A": 0.5, "B": 0.3, "C": 0.1, "D": 0.1 + 2e-6}, "must add up to 1"),
        ({"A": 1.1, "B": -0.1}, "got A=1.1"),
        ({"A": 1.0, "B": -0.0001, "C": 0.0001}, "got B=-0.0001"),
        ({"A": float("nan"), "B": 1}, "got A=nan"),
        ({"A": True}, "got A=True"),
        ({"A": "all"}, "got A='all'"),
        ({"A": 0.5, "E": 0.5}, "got 'E'"),
        ({}, "none add up to 0"),
    ],
)
def test_impossible_shares_are_one_sentence(shares, says):
    with pytest.raises(SpecError) as caught:
        check_shares(shares)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_shares_are_parsed_from_the_command_line():
    assert parse_shares("A=.4727, B=.3359,C=.0975,D=.0939") == load_shares()


@pytest.mark.parametrize("text", ["A=.5,B", "A=.5,B=half", "", "A=.5,A=.5"])
def test_a_text_that_is_not_shares_is_refused(text):
    with pytest.raises(SpecError):
        parse_shares(text)
