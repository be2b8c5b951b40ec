import numpy as np
import pandas as pd
import pytest

from creditrisk.errors import SpecError
from creditrisk.supervision.screening.expression import All, Any, holds, parse_expression

X = pd.DataFrame(
    {
        "fine": [0.0, 900.0, np.nan],
        "region": ["510104", "440305", None],
        "since_change": [10.0, 50.0, 70.0],
        "since_permit": [20.0, 40.0, np.nan],
    }
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"measure": "fine", "at_least": 1}, [False, True, False]),
        ({"measure": "fine", "below": 1}, [True, False, False]),
        ({"measure": "fine", "equals": 0}, [True, False, False]),
        ({"measure": "fine", "one_of": [0, 900]}, [True, True, False]),
        ({"measure": "fine", "known": False}, [False, False, True]),
        ({"measure": "region", "equals": "440305"}, [False, True, False]),
        ({"measure": "region", "starts_with": ["51", "52"]}, [True, False, False]),
        ({"measure": "since_change", "less_than": "since_permit"}, [True, False, False]),
        ({"not": {"measure": "fine", "at_least": 1}}, [True, False, True]),
        ({"all": []}, [True, True, True]),
        ({"any": []}, [False, False, False]),
        (
            {"any": [{"measure": "fine", "at_least": 1}, {"measure": "region", "starts_with": ["51"]}]},
            [True, True, False],
        ),
    ],
)
def test_what_holds(written, expected):
    assert holds(parse_expression(written, "a rule"), X).tolist() == expected


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("fine", "a rule is a table with all, any, not, tag, measure; got 'fine'"),
        ({"al": []}, "a rule says one of all, any, not, tag, measure"),
        ({"all": [], "any": []}, "move 'all and any' into a rule of its own"),
        ({"not": {"tag": "x"}, "at_least": 1}, "move 'at_least' into a rule of its own"),
        ({"any": {"tag": "x"}}, "`any` is a list of rules; got"),
        ({"measure": "fine"}, "the test of 'fine' says nothing"),
    ],
)
def test_a_wrong_rule_is_one_sentence(written, said):
    with pytest.raises(SpecError, match=said):
        parse_expression(written, "a rule")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"measure": "region", "at_least": 3}, "The measure 'region' gives text; its test says 3"),
        ({"measure": "fine", "equals": "many"}, "The measure 'fine' gives numbers; its test says 'many'"),
    ],
)
def test_numbers_are_not_compared_with_text(written, said):
    with pytest.raises(SpecError, match=said):
        holds(parse_expression(written, "a rule"), X)


def test_empty_joins_are_their_neutral_elements():
    rule = parse_expression({"measure": "fine", "at_least": 1}, "a rule")
    assert holds(All((rule, All(()))), X).tolist() == holds(Any((rule, Any(()))), X).tolist()
