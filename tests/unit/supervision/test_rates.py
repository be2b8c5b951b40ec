import pytest

from creditrisk.errors import SpecError
from creditrisk.supervision.rates import check_rates, load_rates


def test_the_presets_are_those_of_their_sources():
    assert load_rates("dezhou-2023").rates["D"] == 0.9
    assert load_rates("dezhou-2023").certainty == dict.fromkeys("ABC", "assumed") | {"D": "found"}
    assert load_rates("daqing-2024").rates == {"A": 0.05, "B": 0.2, "C": 0.6, "D": 1.0}
    assert load_rates("food-production-2022").rates == {"A": 0.5, "B": 1.0, "C": 1.0, "D": 1.0}


@pytest.mark.parametrize("name", ["dezhou-2023", "daqing-2024", "food-production-2022"])
def test_a_quarter_has_a_quarter_of_the_visits(name):
    year, quarter = load_rates(name), load_rates(name, months=3)
    for risk_class, rate in year.rates.items():
        assert quarter.rates[risk_class] >= rate / 4
    assert quarter.title_en
    assert quarter.title_zh
    assert quarter.basis
    assert set(quarter.certainty) == set("ABCD")


@pytest.mark.parametrize(
    ("rates", "sentence"),
    [
        ({"A": 0}, "got A=0: no class is exempt"),
        ({"A": 1.2}, "above 0 and up to 1; got A=1.2"),
        ({"A": -0.1}, "got A=-0.1"),
        ({"A": float("nan")}, "got A=nan"),
        ({"A": "0.5"}, "got A='0.5'"),
        ({"E": 0.5}, "got 'E'. Known: A, B, C, D"),
        ({}, "name the classes"),
        ([0.1, 0.2], "name the classes"),
    ],
)
def test_wrong_rates_are_one_sentence(rates, sentence):
    with pytest.raises(SpecError, match=sentence.replace(".", r"\.")):
        check_rates(rates)


def test_an_unknown_preset_is_named_with_a_hint():
    with pytest.raises(SpecError, match="Did you mean 'dezhou-2023'"):
        load_rates("dezhou-2032")
