import datetime as dt

import pandas as pd
import pytest
from tests.lib.drawn import complete, drawn_records
from tests.lib.engines import records_of

from creditrisk.errors import SchemaError, SpecError
from creditrisk.supervision.screening.expression import Not, Tag
from creditrisk.supervision.screening.registry import load_tags
from creditrisk.supervision.screening.screen import screen, tag_entities

DAY = dt.date(2024, 6, 1)
REGISTRY = load_tags("market_supervision")
PEOPLE = {
    "a": {"entity_type": "9500", "industry": "H6210", "shared_address": True},
    "b": {"entity_type": "1130", "occurred_on": dt.date(2023, 9, 1)},
    "c": {},
}
REGISTERED = [
    complete("registration", number, {"entity_id": name, "occurred_on": dt.date(2010, 1, 1)} | row)
    for number, (name, row) in enumerate(PEOPLE.items())
]
DRAWN = {
    "registration": REGISTERED,
    "abnormal_list": drawn_records(
        "abnormal_list",
        """
        entity_id | occurred_on | ended_on
        a         | 2024-01-01  | 2024-03-01
        b         | 2024-01-01  |
        """,
    ),
    "registration_change": drawn_records(
        "registration_change",
        """
        entity_id | occurred_on | item
        a         | 2024-01-01  | address
        """,
    ),
    "penalty": drawn_records(
        "penalty",
        """
        entity_id | occurred_on | fine_cny | confiscated_cny
        b         | 2023-01-01  | 60000    | 40000
        """,
    ),
    "inspection": drawn_records(
        "inspection",
        """
        entity_id | occurred_on | result_codes
        b         | 2023-01-01  | 1
        """,
    ),
}
CLASSES = pd.DataFrame({"risk_class": ["D", "D", "A"]}, index=["a", "b", "c"])


@pytest.fixture(scope="module")
def snapshot():
    return records_of(DRAWN).as_of(DAY)


@pytest.fixture(scope="module", params=[pytest.param("sql", marks=pytest.mark.slow), "scan"])
def tagged(request, snapshot):
    return tag_entities(snapshot, REGISTRY, given=CLASSES, executor=request.param)


@pytest.mark.parametrize(
    ("entity", "tags"),
    [
        (
            "a",
            "long_standing individual_business cluster_address address_changed abnormal_before catering "
            "never_inspected class_d blind_spot",
        ),
        ("b", "new_entity abnormal penalised heavily_fined class_d"),
        ("c", "long_standing never_inspected class_a"),
    ],
)
def test_the_tags_of_an_entity(tagged, entity, tags):
    assert tagged.of(entity) == tags.split()


def test_what_cannot_be_told_is_absent(tagged):
    assert {"licensed", "report_missed", "change_unpublished", "special_equipment"} <= set(tagged.absent)
    assert set(tagged.absent).isdisjoint(tagged.table.columns)
    with pytest.raises(SpecError, match="There is no entity 'x' among the tagged"):
        tagged.of("x")


def test_a_screening_rule_picks_entities_and_shows_why(snapshot):
    rule = {"all": [{"tag": "blind_spot"}, {"measure": "age_years", "at_least": 5}]}
    for executor in ("sql", "scan"):
        picked = screen(snapshot, REGISTRY, rule, given=CLASSES, executor=executor)
        assert picked.index.tolist() == ["a"]
        assert {"risk_class", "days_since_inspection", "age_years"} <= set(picked.columns)
    assert screen(snapshot, REGISTRY, Not(Tag("long_standing"))).index.tolist() == ["b"]


def test_columns_that_are_given_need_no_records(snapshot):
    assert screen(snapshot, REGISTRY, {"tag": "class_d"}, given=CLASSES.iloc[1:]).index.tolist() == ["b"]


def test_bad_input_is_one_sentence(snapshot):
    with pytest.raises(SchemaError, match="'risk_class' is neither in the records nor given"):
        screen(snapshot, REGISTRY, {"tag": "class_d"})
    with pytest.raises(SchemaError, match="'licence_held' is neither in the records nor given"):
        screen(snapshot, REGISTRY, {"tag": "licensed"})
    with pytest.raises(SpecError, match=r"the tag 'class_e' is unknown. Did you mean 'class_d'"):
        screen(snapshot, REGISTRY, {"tag": "class_e"})
    with pytest.raises(SpecError, match="the tag 'abnorml' is unknown"):
        tag_entities(snapshot, REGISTRY, tags=["abnorml"])
    with pytest.raises(SpecError, match="is no measure of the registry; got 'fines'"):
        screen(snapshot, REGISTRY, {"tag": "class_d"}, given=CLASSES.assign(fines=1))
    cohort = records_of(DRAWN).as_of(pd.DataFrame({"entity_id": ["a"], "as_of": [DAY]}))
    with pytest.raises(SpecError, match="got the snapshot of a cohort"):
        tag_entities(cohort, REGISTRY)
