import pytest

from creditrisk.errors import SourceError, SpecError
from creditrisk.supervision.monitoring.point import load_point, packaged_points

POINT = """
id = "mine"
title_en = "mine"
title_zh = "我的"
source = "assumed"
when = { measure = "listed", at_least = 1 }

[measures.listed]
table = "abnormal_list"
measure = "current"
missing = "zero"

[deadlines]
"""
BURSTS = POINT.replace('when = { measure = "listed", at_least = 1 }', "bursts = { months = 3 }") + "".join(
    f'\n[measures.{name}]\ntable = "complaint"\nmeasure = "count"\nmonths = {months}\nmissing = "zero"\n'
    for name, months in {"now": 3, "since": 12, "region": 1, "sector": 1}.items()
)


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        return load_point(path)

    return write


def test_every_packaged_point_says_where_it_comes_from():
    for name in packaged_points():
        point = load_point(name)
        assert point.id == name
        assert point.title_en
        assert point.title_zh
        assert "assumed" in point.note or "assumed" in point.basis
        assert bool(point.basis) or point.source == "assumed"


def test_a_point_of_ones_own(written):
    point = written(POINT)
    assert point.deadlines.notify_days == 5
    assert point.system.names == ["listed"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            POINT.replace("at_least = 1", "at_leat = 1"),
            r"the key 'at_leat' is unknown. Did you mean 'at_least'",
        ),
        (
            POINT.replace('listed", at', 'listd", at'),
            r"the measure 'listd' is not stated. Did you mean 'listed'",
        ),
        (POINT.replace("abnormal_list", "abnormal_lst"), r"the table 'abnormal_lst' is unknown"),
        (
            POINT.replace("at_least = 1", "at_least = 3, below = 2"),
            "which no number is; let `below` be larger",
        ),
        (POINT.replace(", at_least = 1", ""), "the test of 'listed' says nothing"),
        (
            POINT.replace('{ measure = "listed", at_least = 1 }', '{ tag = "x" }'),
            "measures, no tags; got 'x'",
        ),
        (POINT.replace("when", "clusters = {}\nwhen"), "and 'mine' says when and clusters"),
        (
            POINT.replace("[deadlines]", "[deadlines]\ncorrect_days = 0"),
            "In Deadlines, correct_days is wrong: .* equal to 1; got 0",
        ),
        (POINT.replace("when", 'needs = ["published"]\nwhen'), "the measure 'published' is not stated"),
        (BURSTS, "the measure 'since' counts 27 months, as \\[bursts\\] says; got 12"),
        (BURSTS.replace("measures.region", "measures.area"), "the measure 'region' is not stated"),
    ],
)
def test_a_wrong_file_is_one_sentence(written, text, said):
    with pytest.raises(SpecError, match=said) as raised:
        written(text)
    assert "\n" not in str(raised.value)


def test_unknown_names_get_a_hint(tmp_path):
    with pytest.raises(SpecError, match="Did you mean 'licence_expiring'"):
        load_point("licence_expirin")
    with pytest.raises(SourceError, match="There is no file"):
        load_point(tmp_path / "none.toml")
