"""Systems that extend each other: what is in force on which day, and what they may not say together."""

from pathlib import Path

import pytest

from creditrisk.errors import SpecError
from creditrisk.indicators.layers import read_layers
from creditrisk.indicators.load import load_system

HEAD = 'id = "{id}"\nversion = "1"\ntitle_en = "t"\ntitle_zh = "t"\n'
COUNT = """
[[indicators]]
id = "{id}"
name = "{name}"
title_en = "{name}"
title_zh = "t"
dimension = "d"
table = "penalty"
measure = "count"
direction = "raises"
missing = "zero"
"""
VETO = """
[[rules]]
id = "R1"
kind = "veto"
indicator = "{indicator}"
certainty = "own"
title_en = "t"
title_zh = "t"
"""


@pytest.fixture
def lay(tmp_path: Path):
    """Return a function that writes files `a`, `b` …, each extending the one before, and gives the last."""

    def write(*texts: str) -> Path:
        before = ""
        path = tmp_path
        for name, text in zip("abcd", texts, strict=False):
            path = tmp_path / f"{name}.toml"
            path.write_text(HEAD.format(id=name) + before + text, encoding="utf-8")
            before = f'extends = ["{name}.toml"]\n'
        return path

    return write


BASE = COUNT.format(id="S06", name="penalty_n") + COUNT.format(id="S07", name="other_n")


def test_a_change_holds_from_its_day_on(lay) -> None:
    path = lay(
        BASE + "months = 36\n",
        '[[indicators]]\nid = "S07"\noverrides = true\nmonths = 24\nin_force_from = 2024-07-01\n',
    )
    assert load_system(path, on="2024-06-30").indicator("S07").months == 36
    assert load_system(path, on="2024-07-01").indicator("S07").months == 24
    assert load_system(path).indicator("S07").months == 24


def test_a_change_without_a_day_holds_always_and_keeps_the_place(lay) -> None:
    path = lay(BASE, '[[indicators]]\nid = "S06"\noverrides = true\nmonths = 24\n')
    system = load_system(path, on="1990-01-01")
    assert system.names == ["penalty_n", "other_n"]
    assert system.indicator("S06").months == 24
    assert system.origins == {"S06": "b", "S07": "a"}
    assert system.layers == ("a", "b")


def test_a_retired_indicator_belongs_until_its_day(lay) -> None:
    path = lay(BASE, 'retires = [{ id = "S06", since = 2024-07-01, reason = "of no use" }]\n')
    before, after = load_system(path, on="2024-06-30"), load_system(path, on="2024-07-01")
    assert (before.names, before.retired) == (["penalty_n", "other_n"], ())
    assert after.names == load_system(path).names == ["other_n"]
    assert [(one.id, one.title_en, one.system, str(one.since), one.reason) for one in after.retired] == [
        ("S06", "penalty_n", "b", "2024-07-01", "of no use")
    ]


def test_an_entry_that_ends_is_gone_at_the_end(lay) -> None:
    path = lay(BASE + "in_force_to = 2024-07-01\n")
    assert load_system(path, on="2024-06-30").names == ["penalty_n", "other_n"]
    assert load_system(path).names == ["penalty_n"]


def test_one_id_may_follow_itself_in_one_file(lay) -> None:
    path = lay(
        COUNT.format(id="S06", name="penalty_n")
        + "months = 36\nin_force_to = 2026-04-01\n"
        + COUNT.format(id="S06", name="penalty_n")
        + "months = 12\nin_force_from = 2026-04-01\n"
    )
    months = [load_system(path, on=day).indicator("S06").months for day in ("2026-03-31", "2026-04-01")]
    assert months == [36, 12]
    assert [str(day) for day in read_layers(path).days()] == ["2026-04-01"]


def test_rules_are_changed_retired_and_dated_like_indicators(lay) -> None:
    path = lay(
        BASE + VETO.format(indicator="penalty_n") + 'class = "D"\n',
        '[[rules]]\nid = "R1"\noverrides = true\nrisk_class = "C"\nin_force_from = 2024-07-01\n',
        'retires = [{ id = "R1", since = 2025-01-01 }]\n',
    )
    classes = [
        [rule.risk_class for rule in load_system(path, on=day).rules]
        for day in ("2024-06-30", "2024-07-01", "2025-01-01")
    ]
    assert classes == [["D"], ["C"], []]


def test_a_retired_id_may_come_back_as_something_new(lay) -> None:
    path = lay(BASE, 'retires = ["S06"]\n', COUNT.format(id="S06", name="back_again"))
    assert load_system(path).names == ["back_again", "other_n"]


def test_names_with_a_plus_are_laid_over_each_other(lay) -> None:
    lay(BASE, COUNT.format(id="S08", name="third_n"))
    folder = lay(BASE).parent
    more = folder / "more.toml"
    more.write_text(HEAD.format(id="more") + COUNT.format(id="S08", name="third_n"), encoding="utf-8")
    assert load_system(f"{folder / 'a.toml'}+{more}").names == ["penalty_n", "other_n", "third_n"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            COUNT.format(id="S06", name="new_n"),
            r"has an entry 'S06', which system 'a' has already; write overrides = true",
        ),
        (
            '[[indicators]]\nid = "S6"\noverrides = true\n',
            r"overrides 'S6', which no system before it has\. Did you mean 'S06'",
        ),
        ('[[indicators]]\nid = "S06"\noverrides = "yes"\n', "says overrides = 'yes'; write true"),
        (
            'retires = ["S06"]\n[[indicators]]\nid = "S06"\noverrides = true\n',
            "'S06', which no system before it has any more",
        ),
        ('retires = ["S06", "S06"]\n', "retires 'S06', which a system before it retires already"),
        (
            'retires = [{ id = "S06", since = 2024-01-01 }, { id = "S06", since = 2025-01-01 }]\n',
            "retires 'S06', which has ended on 2024-01-01",
        ),
        ('retires = [{ id = "S06", sins = 2024-01-01 }]\n', r"sins' is unknown\. Did you mean 'since'"),
        (
            '[[indicators]]\nid = "S06"\noverrides = true\nin_force_from = 2024-01-01\n'
            "in_force_to = 2024-01-01\n",
            "from 2024-01-01 to before 2024-01-01, which is never",
        ),
        (
            COUNT.format(id="X1", name="x_n") + COUNT.format(id="X1", name="y_n"),
            "has the id 'X1' twice at the same time",
        ),
        (
            'retires = [{ id = "S06", since = 2024-01-01 }]\n' + VETO.format(indicator="penalty_n"),
            "reads the indicator 'penalty_n', which is not in force on 2024-05-01; retire the rule",
        ),
        (
            COUNT.format(id="X1", name="x_n") + "in_force_from = 2099-01-01\nmonts = 3\n",
            "Did you mean 'months'",
        ),
        ('[[indicators]]\nid = "S06"\noverrides = true\nin_force_from = "soon"\n', "'soon' is not a date"),
    ],
)
def test_what_contradicts_is_refused_in_one_sentence(lay, text: str, sentence: str) -> None:
    path = lay(BASE, text)
    with pytest.raises(ValueError, match=sentence) as raised:
        load_system(path, on="2024-05-01")
    assert "\n" not in str(raised.value)


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(HEAD.format(id="same"), encoding="utf-8")
    with pytest.raises(SpecError, match="Two system files have the id 'same'"):
        load_system(tmp_path / "a.toml", tmp_path / "b.toml")
