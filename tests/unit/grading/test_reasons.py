import dataclasses

import pandas as pd
import pytest
from tests.unit.grading.drawn import NOTCH, VETO, draw_world

from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.reasons import rule_sentence, strongest

POLICY = GradingPolicy(name="demo", version="1", cuts=(1e3, 5e3, 9e3), rules=(NOTCH, VETO))


@pytest.fixture(scope="module")
def world():
    return draw_world(500)


@pytest.fixture(scope="module")
def table(world):
    return POLICY.grade(*world).table


def test_the_strongest_come_first_and_equal_ones_keep_their_order():
    movers = strongest(pd.DataFrame({"a": [0.3, 0.0], "b": [-0.3, 0.1], "c": [-0.5, 0.2], "d": [0.1, -1.0]}))
    assert movers.terms.tolist() == [["c", "a", "b"], ["d", "c", "b"]]
    assert movers.points.tolist() == [[-0.5, 0.3, -0.3], [-1.0, 0.2, 0.1]]


def test_a_reason_quotes_value_direction_and_points(world, table):
    X = world[1]
    entity = X.index[(X["penalty_n"] == 3) & (X["serious_list_now"] == 0) & (X["abnormal_now"] == 0)][0]
    first = table.loc[entity]
    assert first["reasons_en"].startswith("penalties in 36 months = 3 raises the risk (+2.00 log-odds)")
    assert first["reasons_zh"].startswith("行政处罚次数 = 3，提高风险（对数几率 +2.00）")


def test_a_negative_contribution_lowers_the_risk(world, table):
    X = world[1]
    entity = X.index[(X["penalty_n"] == 0) & (X["serious_list_now"] == 0)][0]
    assert "penalties in 36 months = 0 lowers the risk (-0.40 log-odds)" in table.loc[entity, "reasons_en"]


def test_an_unknown_value_is_said_to_be_unknown(world, table):
    entity = world[1].index[world[1]["penalty_n"].isna()][0]
    assert "penalties in 36 months not known" in table.loc[entity, "reasons_en"]
    assert "行政处罚次数未知" in table.loc[entity, "reasons_zh"]


def test_direct_determinations_come_first_with_their_basis(world, table):
    X = world[1]
    entity = X.index[(X["serious_list_now"] == 1) & (X["abnormal_now"] == 1)][0]
    reasons = table.loc[entity, "reasons_en"].split("; ")
    assert reasons[0] == "direct determination as D: serious_list_now hit (Decree 44)"
    assert reasons[1] == "raised by 1 up to C: abnormal_now hit"
    assert table.loc[entity, "reasons_zh"].startswith(
        "直接判定为D类：serious_list_now 命中（Decree 44）；上调1档"
    )


def test_a_contribution_too_small_to_print_is_no_reason(table):
    assert not table["reasons_en"].str.contains("intercept_gap").any()


def test_both_languages_give_as_many_reasons(table):
    assert (table["reasons_en"].str.count("; ") == table["reasons_zh"].str.count("；")).all()


def test_without_contributions_only_rules_are_reasons(world):
    posterior, X = world
    table = POLICY.grade(dataclasses.replace(posterior, contributions=None), X).table
    assert (table.loc[table["rules_hit"] == "", "reasons_en"] == "").all()
    assert (table.loc[table["rules_hit"] != "", "reasons_en"] != "").all()


def test_a_rule_without_basis_has_no_brackets():
    assert rule_sentence(NOTCH, "en") == "raised by 1 up to C: abnormal_now hit"
