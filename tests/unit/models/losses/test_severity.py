"""Severity as data: parts, units, prices, and what the file may not say."""

import pandas as pd
import pytest

from creditrisk.errors import SchemaError, SpecError
from creditrisk.models.losses.severity import load_severity

TEXT = """
name = "accident"
title_en = "Accidents"
title_zh = "事故"
currency = "CNY"
base_year = 2024
price_index = {{ 2020 = 95.0, 2024 = 100.0 }}

[[parts]]
kind = "money"
columns = ["direct", "harm"]
combine = "{combine}"
weight = 0.5
unit = 10000

[[parts]]
kind = "count"
column = "consumers"
each = 200
most = 1000
"""
EVENTS = pd.DataFrame(
    {
        "occurred_on": ["2020-05-01", "2024-02-01", "2024-03-01"],
        "direct": [9.5, 2.0, None],
        "harm": [19.0, None, None],
        "consumers": [None, 5000, None],
    }
)


def definition(tmp_path, text):
    path = tmp_path / "severity.toml"
    path.write_text(text, encoding="utf-8")
    return load_severity(path)


def test_parts_are_added_up_in_prices_of_the_base_year(tmp_path):
    found = definition(tmp_path, TEXT.format(combine="sum")).of(EVENTS)
    assert found.iloc[:2].tolist() == pytest.approx([0.5 * 285_000 / 0.95, 10_000 + 200 * 1000])
    assert found.isna().tolist() == [False, False, True]


def test_two_bureaus_differ_by_one_word(tmp_path):
    found = definition(tmp_path, TEXT.format(combine="largest")).of(EVENTS)
    assert found.iloc[0] == pytest.approx(0.5 * 190_000 / 0.95)


def test_the_largest_level_of_a_record_counts():
    records = pd.DataFrame(
        {
            "fine_cny": [0.0, 3000.0],
            "confiscated_cny": [0.0, 0.0],
            "goods_value_cny": [0.0, 0.0],
            "refunded_cny": [None, None],
            "penalty_kinds": ["suspension, revocation", "warning"],
        }
    )
    assert load_severity("penalty").of(records).tolist() == [500_000.0, 3000.0]


def test_what_a_file_may_not_say_is_one_sentence(tmp_path):
    with pytest.raises(SpecError, match="base_year must be a year of price_index; got 2023"):
        definition(tmp_path, TEXT.format(combine="sum").replace("base_year = 2024", "base_year = 2023"))
    with pytest.raises(SpecError, match=r"weight"):
        definition(tmp_path, TEXT.format(combine="sum").replace("weight = 0.5", "weight = -1"))
    with pytest.raises(SpecError, match=r"combine"):
        definition(tmp_path, TEXT.format(combine="mean"))


def test_records_that_do_not_fit_are_refused(tmp_path):
    told = definition(tmp_path, TEXT.format(combine="sum"))
    with pytest.raises(SchemaError, match="needs column 'consumers'"):
        told.of(EVENTS.drop(columns="consumers"))
    with pytest.raises(SchemaError, match="no price index for the years 2019"):
        told.of(EVENTS.assign(occurred_on="2019-01-01"))
    with pytest.raises(SchemaError, match="at least 0; got -3"):
        told.of(EVENTS.assign(direct=-3.0))
