"""Periods as python-stdnum writes them."""

import pytest
from stdnum.cn import ric

from creditrisk.records.codes.region_periods import Period, _period, read_periods


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("县", None, None), ("[-2010]县", None, 2010), ("[1986-]县", 1986, None), ("[1982-1999]县", 1982, 1999)],
)
def test_the_four_forms(text: str, first: int | None, last: int | None) -> None:
    assert _period(text) == Period(name="县", first_year=first, last_year=last)


def test_both_ends_belong_to_a_period() -> None:
    period = Period(name="县", first_year=1982, last_year=1999)
    assert [period.covers(year) for year in (1981, 1982, 1999, 2000)] == [False, True, True, False]


def test_every_region_has_a_plain_name_and_its_place_in_the_tree() -> None:
    periods = read_periods()
    assert len(periods) > 6000
    for code, own in periods.items():
        assert (
            len(code) == 6 and code.isdigit() and code[:4] + "00" in periods and code[:2] + "0000" in periods
        )
        assert all(period.name and not set(period.name) & set("[]-,") for period in own)


@pytest.mark.parametrize(
    ("code", "year"), [("110103", 2010), ("110111", 1990), ("120110", 1980), ("120110", 1999)]
)
def test_the_birthplace_on_an_id_card_has_the_same_name(code: str, year: int) -> None:
    found = ric.get_birth_place(f"{code}{year}0101001X")["county"]
    assert [period.name for period in read_periods()[code] if period.covers(year)] == [found]
