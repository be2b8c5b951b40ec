import pandas as pd
import pytest
from tests.lib.registry import read, registration

from creditrisk.report.data import said_as
from creditrisk.report.language import load_texts

ZH = load_texts("zh")

FORMS = {
    "entity_id is missing": "缺少 entity_id",
    "kind is not one of its codes": "kind 不在规定代码之内",
    "fine_cny is below 0": "fine_cny 小于 0",
    "occurred_on is later than known_on": "occurred_on 晚于 known_on",
    "known_on cannot be read as date": "known_on 不能读作 date",
    "known_on cannot be read as date in the format %Y/%m/%d": "known_on 不是格式为 %Y/%m/%d 的日期",
    "entity not registered": "主体未登记",
}


@pytest.mark.parametrize("rule", FORMS)
def test_a_broken_rule_is_said_in_chinese(rule):
    assert said_as(rule, ZH) == FORMS[rule]


def test_in_english_it_stays_as_it_came_and_an_unknown_form_in_both():
    assert [said_as(rule, load_texts("en")) for rule in FORMS] == list(FORMS)
    assert said_as("the moon is full", ZH) == "the moon is full"


def test_the_rules_of_reading_have_a_chinese_form():
    days = ["2020-01-01", None, "2021-01-01", "2020-01-01"]
    rows = registration(
        "a", "b", "c", "a", known_on=["2020-01-01", None, "2020-01-01", "x"], occurred_on=days
    )
    twice = pd.concat([rows, rows.head(1)], ignore_index=True)
    found = read(registration=twice).rejections.counts()["rule"].tolist()
    assert len(found) >= 3
    assert [rule for rule in found if said_as(rule, ZH) == rule] == []
