from html.parser import HTMLParser

import pandas as pd
import pytest
from tests.lib.audited import audit, penalties

from creditrisk.records.quality.audit import Audit
from creditrisk.records.quality.standard import load_standard
from creditrisk.report.audit import render_audit
from creditrisk.report.data import reworded, said_as
from creditrisk.report.language import load_texts

EVIL = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def found() -> Audit:
    frame = penalties(source_org=["a", "a", EVIL, None], inspection_id="i9")
    frame.loc[1, ["doc_no", "published_on"]] = None
    frame.loc[2, "known_on"] = pd.Timestamp("2023-04-20")
    frame.loc[3, "entity_id"] = "91510100MA00000820"
    copy = frame.loc[[0]].assign(record_id="copy")
    return audit(standard=load_standard("guangdong"), penalty=pd.concat([frame, copy]))


@pytest.fixture(scope="module", params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(found: Audit, language: str) -> str:
    earlier = audit("2023-03-20", standard=load_standard("guangdong"), penalty=penalties(fine_cny=-1.0))
    return render_audit(found, earlier=earlier, language=language)


class Tags(HTMLParser):
    """Collects tables and whatever a page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.tables, self.loaded, self.open = 0, [], []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tables += tag == "table"
        self.loaded += [value for name, value in attrs if name in {"src", "href", "srcset"}]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_loads_nothing(page: str) -> None:
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert tags.loaded == []
    assert tags.tables == 5  # dimensions, rectification, record types, rules, organisations


def test_what_records_hold_cannot_become_part_of_the_page(page: str) -> None:
    assert EVIL not in page
    assert "&lt;script&gt;" in page


def test_without_an_earlier_audit_nothing_is_said_of_rectification(found: Audit, language: str) -> None:
    title = load_texts(language)["audit"]["rectified_title"]
    assert title not in render_audit(found, language=language)


def test_a_clean_registry_has_a_page(language: str) -> None:
    assert load_texts(language)["audit"]["none"] in render_audit(
        audit(penalty=penalties()), language=language
    )


def test_every_rule_and_note_has_a_chinese_form(found: Audit) -> None:
    zh = load_texts("zh")
    rules = set(found.table["rule"])
    assert len(rules) > 25
    assert [rule for rule in sorted(rules) if said_as(rule, zh) == rule] == []
    forms = load_texts("en")["audit"]["notes"]
    assert len(found.notes) >= 3
    assert [note for note in found.notes if reworded(note, forms, zh["audit"]["notes"]) == note] == []


def test_the_more_exact_form_of_a_rule_comes_first() -> None:
    rule = "occurred_on is later than known_on by more than 366 days"
    assert said_as(rule, load_texts("zh")) == "occurred_on 比 known_on 晚 366 天以上"
