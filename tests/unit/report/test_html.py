import dataclasses
import re
from html.parser import HTMLParser

import pytest
from tests.unit.report.contents import draw_content

from creditrisk.report.html import render_report, write_report

VOID = {"meta", "br", "hr", "img", "link", "input"}


class WellFormed(HTMLParser):
    """Fails on a tag that is not closed in order, and collects every attribute."""

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.attributes = [], [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.attributes += [(tag, *attr) for attr in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append(tag)
        self.attributes += [(tag, *attr) for attr in attrs]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def parse(page):
    parser = WellFormed()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    return parser


@pytest.fixture(scope="module")
def content():
    return draw_content()


@pytest.fixture(scope="module", params=["en", "zh"])
def page(request, content):
    return render_report(content, language=request.param)


def test_the_check_of_form_catches_a_broken_page(page):
    with pytest.raises(AssertionError):
        parse(page.replace("</table>", "", 1))


def test_the_page_is_well_formed_and_has_a_table_for_every_section_of_numbers(page):
    assert parse(page).seen.count("table") >= 6


def test_the_page_loads_nothing(page):
    loaded = [a for a in parse(page).attributes if a[1] in {"src", "href", "srcset", "data"}]
    assert all(value.startswith("#") for _, _, value in loaded)
    assert "@import" not in page
    assert "url(" not in page
    assert "<script" not in page


def test_every_picture_has_a_text_for_those_who_cannot_see_it(page):
    attributes = parse(page).attributes
    pictures = [a for a in attributes if a[:2] == ("svg", "role")]
    labels = [a for a in attributes if a[:2] == ("svg", "aria-label")]
    assert len(pictures) == len(labels) == 4
    assert all(len(label) > 15 for _, _, label in labels)


def test_the_class_is_said_to_be_internal(content):
    assert "not a public credit rating" in render_report(content, language="en")
    assert "不是公开的信用评价" in render_report(content, language="zh")


def test_titles_of_others_are_escaped(content):
    page = render_report(content, language="en")
    assert "<draft>" not in page
    assert "General system &lt;draft&gt;" in page


def test_the_page_states_what_the_ratings_state(content):
    page = render_report(content, language="en")
    summary = content.ratings.summary()
    assert f"<td>{summary.loc['A', 'entities']:,}</td>" in page
    assert f"{100 * summary.loc['D', 'share']:.1f} %" in page
    assert "as of 2024-01-01" in page
    assert "1,234" in page and "notes.csv" in page and "complaints" in page
    assert "Did not pass its checks" in page and "k̂ below 0.5" in page


def test_the_chinese_page_has_no_english_sentence(content):
    noted = dataclasses.replace(
        content.policy, calibrated={"note_en": "Equal values.", "note_zh": "数值相同。"}
    )
    page = render_report(dataclasses.replace(content, policy=noted), language="zh")
    words = re.sub(r"<style>.*?</style>|<[^>]*>", "\n", page, flags=re.DOTALL)
    assert re.findall(r"[A-Za-z]+(?: [a-z]+){2,}", words) == []
    assert re.findall(r"[A-Za-z]+(?: [a-z]+){2,}", render_report(content)) != []


def test_a_policy_note_is_shown(content):
    policy = dataclasses.replace(
        content.policy, calibrated={"note_en": "Equal values.", "note_zh": "数值相同。"}
    )
    noted = dataclasses.replace(content, policy=policy)
    assert "Calibration note: Equal values." in render_report(noted)
    assert "校准说明：数值相同。" in render_report(noted, language="zh")


def test_the_least_content_still_makes_a_page(content):
    least = dataclasses.replace(
        content,
        policy=dataclasses.replace(content.policy, rules=(), cuts=(0.0, 1.0, float("inf"))),
        fits=(),
        contributions=None,
        outcomes=None,
        trained_p=None,
        rejections=None,
        ignored=(),
    )
    page = render_report(least)
    parse(page)
    assert "The policy has no rules." in page
    assert "No record was set aside." in page
    assert "Who was looked at" not in page


def test_a_large_result_is_shown_as_a_sample(content):
    page = render_report(content, language="en")
    assert "a sample of 1,500" in page
    assert page.count('class="mark ') == 1500 + 4


def test_no_number_is_left_as_nan(page):
    assert not re.search(r"\bnan\b", page)


def test_the_page_is_written_as_utf8(content, tmp_path):
    write_report(content, tmp_path / "report.html", language="zh")
    assert "信用风险" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_d_by_the_law_and_by_the_model_are_told_apart(content):
    page = render_report(content, language="en")
    found = content.ratings.grounds()
    direct = found.loc[found["direct"], "share_of_d"].sum()
    part = page.split("Grounds of D")[1].split("</section>")[0]
    assert (
        f"{int(found.loc[found['direct'], 'entities'].sum()):,} entities, {100 * direct:.1f} % of D" in part
    )
    assert re.findall(r'<th scope="row">([^<]*)</th>', part) == [
        "serious_list_now hit",
        "the model and its cuts",
    ]
    assert "Decree 44" in part
    assert "直接判定与模型判定分列" in render_report(content, language="zh")
