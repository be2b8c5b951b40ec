from pathlib import Path

import pytest

from creditrisk.errors import SourceError, SpecError
from creditrisk.indicators.load import load_system

HEAD = 'id = "{id}"\nversion = "1"\ntitle_en = "t"\ntitle_zh = "t"\n'
INDICATOR = """
[[indicators]]
id = "{id}"
name = "{name}"
title_en = "t"
title_zh = "t"
dimension = "d"
table = "penalty"
measure = "count"
direction = "raises"
missing = "zero"
"""
RULE = """
[[rules]]
id = "R1"
kind = "veto"
indicator = "{indicator}"
certainty = "own"
title_en = "t"
title_zh = "t"
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write(
        tmp_path / "base.toml", HEAD.format(id="base") + INDICATOR.format(id="S06", name="penalty_n")
    )


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_an_extension_adds_overrides_and_retires(base: Path) -> None:
    more = write(
        base.parent / "more.toml",
        HEAD.format(id="more")
        + 'extends = ["base.toml"]\n'
        + INDICATOR.format(id="S99", name="new")
        + '[[indicators]]\nid = "S06"\noverrides = true\nmonths = 24\n',
    )
    last = write(base.parent / "last.toml", HEAD.format(id="last") + 'retires = ["S99"]\n')
    system = load_system(more)
    assert (system.id, system.names) == ("more", ["penalty_n", "new"])
    assert system.indicator("S06").months == 24
    assert load_system(more, last).names == ["penalty_n"]
    assert load_system(str(base), more).names == ["penalty_n", "new"]


def test_another_measure_drops_the_parameters_of_the_one_before(base: Path) -> None:
    change = '[[indicators]]\nid = "S06"\noverrides = true\nmeasure = "{measure}"\n'
    decayed = write(
        base.parent / "decayed.toml",
        HEAD.format(id="d") + change.format(measure="decayed_count") + "half_life_months = 12\nmonths = 36\n",
    )
    counted = write(base.parent / "counted.toml", HEAD.format(id="c") + change.format(measure="count"))
    assert load_system(base, decayed, counted).indicator("S06").months == 36


def test_on_a_day_only_what_is_in_force_belongs(base: Path) -> None:
    later = write(
        base.parent / "later.toml",
        HEAD.format(id="later") + INDICATOR.format(id="S99", name="new") + "in_force_from = 2025-01-01\n",
    )
    assert load_system(base, later, on="2024-12-31").names == ["penalty_n"]
    assert load_system(base, later, on="2025-01-01").names == ["penalty_n", "new"]


def test_outcomes_come_by_name_by_path_or_in_the_file(base: Path) -> None:
    by_name = write(base.parent / "name.toml", HEAD.format(id="n") + 'outcome = "violation"\n')
    inline = (
        '[outcome]\nname = "o"\ntitle_en = "o"\ntitle_zh = "o"\ncurrency = "CAD"\nobserved = "everyone"\n'
    )
    part = '[[{prefix}violation]]\ntable = "penalty"\n'
    inside = write(base.parent / "inside.toml", HEAD.format(id="i") + inline + part.format(prefix="outcome."))
    write(
        base.parent / "defined.toml",
        inline.removeprefix("[outcome]\n").replace("CAD", "USD") + part.format(prefix=""),
    )
    by_path = write(base.parent / "path.toml", HEAD.format(id="p") + 'outcome = "defined.toml"\n')
    currencies = [
        system.outcome.currency
        for system in (load_system(by_name), load_system(inside), load_system(by_path))
        if system.outcome
    ]
    assert currencies == ["CNY", "CAD", "USD"]
    assert load_system(base).outcome is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('retiers = ["S06"]\n', "the key 'retiers' is unknown. Did you mean 'retires'"),
        ('retire = ["S07"]\n', "retires 'S07', which no system before it has. Did you mean 'S06'"),
        ('retires = ["S06"]\n' + RULE.format(indicator="penalty_n"), "reads the indicator 'penalty_n'"),
        (RULE.format(indicator="penalty_m"), "Did you mean 'penalty_n'"),
        ('extends = ["generel"]\n', "no packaged system 'generel'.* Did you mean 'general'"),
        ('extends = ["bad.toml"]\n', "'bad.toml' extends itself"),
        (INDICATOR.format(id="S99", name="penalty_n"), "the column 'penalty_n' more than once"),
        ('[groups]\npenalty_n = { column = "region" }\n', "the column 'penalty_n' more than once"),
        ('[[indicators]]\nname = "x"\n', "has no `id`"),
        ("indicators = 3", "'indicators' is wrong"),
        ("id = ", "not valid TOML"),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence(base: Path, text: str, sentence: str) -> None:
    bad = write(base.parent / "bad.toml", HEAD.format(id="bad") + text)
    with pytest.raises(SpecError, match=sentence):
        load_system(base, bad)


def test_a_system_must_be_somewhere(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r"Packaged: .*general"):
        load_system()
    with pytest.raises(SourceError, match=r"absent\.toml"):
        load_system(tmp_path / "absent.toml")
