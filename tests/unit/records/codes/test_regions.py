"""Regions as a tree, with the years in which their codes were in force."""

import re

import pytest

from creditrisk.errors import DateError, SpecError
from creditrisk.records.codes import Period, RegionTree, region_tree

REGIONS = region_tree()


def test_the_levels_and_what_is_above_them() -> None:
    levels = {code: REGIONS.level(code) for code in ("330203001002", *REGIONS.ancestors("330203001002"))}
    assert levels == {
        "330203001002": "village",
        "330203001": "town",
        "330203": "county",
        "330200": "prefecture",
        "330000": "province",
    }
    assert REGIONS.parent("330000") is None


def test_there_are_34_provinces_each_over_all_its_regions() -> None:
    provinces = [code for code in REGIONS.codes() if REGIONS.level(code) == "province"]
    assert len(provinces) == 34
    below = {child for province in provinces for child in REGIONS.children(province)}
    below |= {child for code in below for child in REGIONS.children(code)}
    assert below | set(provinces) == set(REGIONS.codes())


def test_parent_and_children_say_the_same() -> None:
    for code in REGIONS.codes():
        assert all(REGIONS.parent(child) == code for child in REGIONS.children(code))


@pytest.mark.parametrize(
    ("code", "on", "name"),
    [
        ("110103", "2010-06-30", "崇文区"),
        ("110103", "2011-01-01", None),
        ("110103", None, "崇文区"),
        ("120110", "1991-01-01", "东郊区"),
        ("120110", "1992-01-01", "东丽区"),
        ("120110", None, "东丽区"),
        ("110110", "2024-01-01", None),
        ("510100", "2024-01-01", "成都市"),
    ],
)
def test_a_name_on_a_day(code: str, on: str | None, name: str | None) -> None:
    assert REGIONS.name(code, on=on) == name
    assert REGIONS.names([code, "999999", None], on=on).tolist() == [REGIONS.name(code, on=on), None, None]


def test_a_town_goes_by_the_name_of_its_county() -> None:
    assert REGIONS.name("330203001") == "海曙区"
    assert REGIONS.periods("330203001") == REGIONS.periods("330203")


def test_known_takes_six_nine_or_twelve_digits() -> None:
    codes = {
        "510104": True,
        "510104001": True,
        "510104001002": True,
        "510199": False,
        "5101": False,
        "5101040": False,
        "51010A": False,
        "510104OO1": False,
        "５１０１０４": False,
        "": False,
    }
    assert REGIONS.known(list(codes)).tolist() == list(codes.values())
    assert [code in REGIONS for code in codes] == list(codes.values())
    assert REGIONS.known([None, 510104]).tolist() == [False, False]


def test_codes_come_and_go() -> None:
    codes = ["110103", "110110", "110118", "110101"]
    assert REGIONS.known(codes).all()
    assert REGIONS.known(codes, on="1985-01-01").tolist() == [True, True, False, True]
    assert REGIONS.known(codes, on="2020-01-01").tolist() == [False, False, True, True]
    assert "110103" not in REGIONS.children("110100", on="2020-01-01")
    assert "110103" in REGIONS.children("110100")
    assert set(REGIONS.codes("2020-01-01")) < set(REGIONS.codes())


@pytest.mark.parametrize(
    ("code", "successors"),
    [
        ("110228", ("110118",)),
        ("110221", ("110114",)),
        ("110201", ("110221",)),
        ("110101", ()),
        ("110103", ()),
        ("361100", ()),
        ("362300", ("361100",)),
        ("110228001", ()),
    ],
)
def test_who_took_over_a_name(code: str, successors: tuple[str, ...]) -> None:
    assert REGIONS.successors(code) == successors


@pytest.mark.parametrize("code", ["999999", "5101", "51010a", "１１００００", "", None])
def test_an_unknown_code_is_refused(code: str) -> None:
    for ask in (REGIONS.level, REGIONS.parent, REGIONS.children, REGIONS.name, REGIONS.successors):
        with pytest.raises(SpecError, match=re.escape(repr(code))):
            ask(code)


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(DateError):
        REGIONS.known(["110101"], on="soon")


def test_a_tree_of_other_regions() -> None:
    always = Period(name="somewhere", first_year=None, last_year=None)
    later = Period(name="elsewhere", first_year=2000, last_year=None)
    tree = RegionTree({"990000": (always,), "990100": (always,), "990101": (later,)})
    assert tree.children("990100") == ("990101",)
    assert tree.children("990100", on="1999-12-31") == ()
