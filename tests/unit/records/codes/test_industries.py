"""Industries as a tree."""

import pytest

from creditrisk.errors import SpecError
from creditrisk.records.codes import industry_tree

TREE = industry_tree()
SPANS = "A5 B12 C43 D46 E50 F52 G60 H62 I65 J69 K70 L72 M75 N79 O82 P83 Q85 R90 S96 T97"


def test_sections_and_divisions_are_complete_and_in_order() -> None:
    last = {span[0]: int(span[1:]) for span in SPANS.split()}
    expected = [f"{next(s for s in last if n <= last[s])}{n:02d}" for n in range(1, 98)]
    assert list(TREE.divisions) == expected
    assert TREE.sections == tuple(last)


def test_every_one_has_its_own_two_names() -> None:
    for codes in (TREE.sections, TREE.divisions):
        for name in (TREE.name_zh, TREE.name_en):
            assert len({name(code) for code in codes}) == len(codes)
    assert all(not TREE.name_zh(code).isascii() and TREE.name_en(code).isascii() for code in TREE.divisions)


def test_a_section_is_over_its_divisions() -> None:
    assert TREE.children("H") == ("H61", "H62")
    assert TREE.children("H61") == ()
    assert [d for section in TREE.sections for d in TREE.children(section)] == list(TREE.divisions)
    assert all(TREE.parent(division) == division[0] for division in TREE.divisions)


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [("C", "section", None), ("C14", "division", "C"), ("C141", "group", "C14"), ("C1411", "class", "C141")],
)
def test_levels(code: str, level: str, parent: str | None) -> None:
    assert (TREE.level(code), TREE.parent(code)) == (level, parent)


def test_known_wants_the_right_letter_first() -> None:
    codes = {
        "C": True,
        "C14": True,
        "C141": True,
        "C1411": True,
        "U": False,
        "A14": False,
        "C1": False,
        "14": False,
        "C14111": False,
        "C14a": False,
        "c14": False,
        "C98": False,
        "T00": False,
        "Ｃ14": False,
        "": False,
    }
    assert TREE.known(list(codes)).tolist() == list(codes.values())
    assert TREE.known([None, 14]).tolist() == [False, False]


def test_the_letter_is_put_before_bare_digits() -> None:
    codes = ["14", "1411", "C1411", "98", "1", "14111", "14xy", None]
    assert TREE.with_section(codes).tolist() == ["C14", "C1411", "C1411", "98", "1", "14111", "14xy", None]


def test_rolling_up() -> None:
    codes = ["C1411", "C141", "C", "1411", None]
    assert TREE.roll_up(codes, "class").tolist() == ["C1411", "C141", "C", None, None]
    assert TREE.roll_up(codes, "group").tolist() == ["C141", "C141", "C", None, None]
    assert TREE.roll_up(codes, "division").tolist() == ["C14", "C14", "C", None, None]
    assert TREE.roll_up(codes, "section").tolist() == ["C", "C", "C", None, None]
    with pytest.raises(SpecError, match="Did you mean 'section'"):
        TREE.roll_up(codes, "sections")


def test_names_of_a_column() -> None:
    assert TREE.names_zh(["I65", "I6510", "I", "X", None]).tolist() == [
        "软件和信息技术服务业",
        "软件和信息技术服务业",
        "信息传输、软件和信息技术服务业",
        None,
        None,
    ]
    assert TREE.names_en(["H62", None]).tolist() == ["catering", None]


@pytest.mark.parametrize("code", ["1411", "U", "", None, "c14"])
def test_an_unknown_code_is_refused(code: str) -> None:
    for ask in (TREE.level, TREE.parent, TREE.children, TREE.name_zh, TREE.name_en):
        with pytest.raises(SpecError, match="letter of a section"):
            ask(code)
