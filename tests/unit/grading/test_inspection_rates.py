import pytest

from creditrisk.errors import SpecError
from creditrisk.grading.inspection_rates import check_rates, load_rates

RATES = {"A": 0.01, "B": 0.05, "C": 0.2, "D": 0.9}


@pytest.mark.parametrize("name", ["daqing-2024", "dezhou-2023"])
def test_a_preset_exempts_no_class(name):
    rates = load_rates(name)
    assert all(rate > 0 for rate in rates.values())
    assert list(rates.values()) == sorted(rates.values())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"A": 0.0}, "不免抽"),
        ({"D": 1.5}, "at most 1"),
        ({"B": True}, "at most 1"),
        ({"E": 0.1}, "got 'E'"),
        ({"B": 0.5}, "must not fall"),
    ],
)
def test_impossible_rates_are_one_sentence(change, says):
    with pytest.raises(SpecError, match=says):
        check_rates(RATES | change)


def test_an_unknown_preset_has_a_hint():
    with pytest.raises(SpecError, match="Did you mean 'daqing-2024'"):
        load_rates("daqing")
