"""Shares among related entities: `related_share` and `related_current_share`."""

import datetime as dt
import math
from typing import Any

import pytest
from tests.lib.drawn import Registry, drawn_records, registered
from tests.lib.engines import Engine, measured

DAY = dt.date(2024, 1, 1)
ENTITIES = ("a", "b", "c", "d", "e")
FINED = """
entity_id | occurred_on | known_on
b         | 2023-05-01  | 2023-05-09
b         | 2023-06-01  | 2023-06-09
e         | 2019-05-01  | 2019-05-09
d         | 2023-12-01  | 2024-01-01
"""


def share(k: float, n: float) -> Any:
    """Return a share that is shrunk towards 0.5 with the strength of one entity."""
    return pytest.approx((k + 0.5) / (n + 1.0), rel=1e-9)


def step(degree: int) -> float:
    """Return the weight of a step to a node with so many neighbours."""
    return 1.0 / math.log(math.e - 1.0 + degree)


def of_fined(engine: Engine, graph: str, register: str = "", **over: Any) -> dict[str, Any]:
    """Return the share of related entities fined within a year, for a graph that is drawn."""
    registry: Registry = {
        "registration": drawn_records("registration", register) if register else registered(*ENTITIES),
        "relation_edge": drawn_records("relation_edge", graph),
        "penalty": drawn_records("penalty", FINED),
    }
    return measured(
        engine,
        registry,
        DAY,
        table="penalty",
        measure="related_share",
        months=12,
        prior_strength=1,
        prior_mean=0.5,
        over=over,
    )


CHAIN = """
entity_id | occurred_on | other_id | relation
a         | 2020-01-01  | b        | invests_in
c         | 2020-01-01  | b        | branch
c         | 2020-01-01  | d        | same_address
"""


def test_one_hop_in_both_directions(engine: Engine) -> None:
    assert of_fined(engine, CHAIN) == {
        "a": share(step(2), step(2)),
        "b": share(0, 1 + step(2)),
        "c": share(step(2), step(2) + 1),
        "d": share(0, step(2)),
        "e": None,
    }


def test_a_second_hop_counts_less(engine: Engine) -> None:
    far = 0.25 * step(2)
    assert of_fined(engine, CHAIN, hops=2, decay=0.25) == {
        "a": share(step(2), step(2) + far * step(2)),
        "b": share(0, 1 + step(2) + far),
        "c": share(step(2), step(2) + 1 + far),
        "d": share(far * step(2), step(2) + far * step(2)),
        "e": None,
    }


def test_a_hub_is_not_stepped_on(engine: Engine) -> None:
    assert of_fined(engine, CHAIN, hops=2, most=1) == {
        "a": None,
        "b": share(0, 1),
        "c": share(0, 1),
        "d": None,
        "e": None,
    }


def test_relations_can_be_followed_one_way(engine: Engine) -> None:
    outward = of_fined(engine, CHAIN, follow="outward")
    assert outward == dict.fromkeys("bde") | {
        "a": share(step(2), step(2)),
        "c": share(step(2), step(2) + 1),
    }
    inward = of_fined(engine, CHAIN, follow="inward")
    assert inward == dict.fromkeys("ace") | {"b": share(0, 1 + step(2)), "d": share(0, step(2))}


def test_only_some_relations_can_be_followed(engine: Engine) -> None:
    values = of_fined(engine, CHAIN, edges={"relation": ["branch", "same_address"]})
    assert values == {
        "a": None,
        "b": share(0, step(2)),
        "c": share(1, 2),
        "d": share(0, step(2)),
        "e": None,
    }


EDGES_THAT_DO_NOT_COUNT = """
entity_id | occurred_on | known_on   | other_id | relation   | ended_on
a         | 2020-01-01  | 2020-01-02 | b        | invests_in | 2023-12-31
a         | 2024-01-02  | 2023-12-31 | c        | invests_in |
a         | 2020-01-01  | 2024-01-01 | d        | invests_in |
e         | 2020-01-01  | 2020-01-02 | e        | invests_in |
"""


def test_relations_that_ended_that_have_not_begun_or_were_not_known_do_not_count(engine: Engine) -> None:
    assert of_fined(engine, EDGES_THAT_DO_NOT_COUNT, hops=2) == dict.fromkeys(ENTITIES)


SEVERAL_WAYS = """
entity_id | occurred_on | known_on   | other_id | relation   | ended_on
a         | 2020-01-01  | 2020-01-02 | b        | invests_in |
a         | 2021-01-01  | 2021-01-02 | b        | branch     |
b         | 2020-01-01  | 2020-01-02 | a        | director   | 2024-01-01
a         | 2020-01-01  | 2020-01-02 | c        | invests_in |
c         | 2024-01-01  | 2023-12-31 | b        | invests_in |
a         | 2020-01-01  | 2020-01-02 | a        | other      |
"""


def test_several_ways_to_one_entity_count_once_by_the_best(engine: Engine) -> None:
    once = {"a": share(step(2), 2 * step(2)), "b": share(0, 2 * step(2)), "c": share(step(2), 2 * step(2))}
    for hops in (1, 2):
        assert of_fined(engine, SEVERAL_WAYS, hops=hops) == dict.fromkeys("de") | once


PERSONS = """
entity_id | occurred_on | other_id | relation
a         | 2020-01-01  | person-1 | legal_person
b         | 2020-01-01  | person-1 | legal_person
c         | 2020-01-01  | person-1 | legal_person
d         | 2020-01-01  | person-2 | legal_person
"""


def test_persons_are_passed_through_and_do_not_count(engine: Engine) -> None:
    assert of_fined(engine, PERSONS) == dict.fromkeys(ENTITIES)
    far = 0.5 * step(3)
    assert of_fined(engine, PERSONS, hops=2) == dict.fromkeys("de") | {
        "a": share(far, 2 * far),
        "b": share(0, 2 * far),
        "c": share(far, 2 * far),
    }


REGISTER = """
entity_id | occurred_on | known_on   | region | deregistered_on
a         | 2015-01-01  | 2015-01-02 | 510104 |
b         | 2015-01-01  | 2015-01-02 | 510105 | 2023-10-01
c         | 2015-01-01  | 2015-01-02 | 440305 |
d         | 2015-01-01  | 2015-01-02 |        |
e         | 2015-01-01  | 2024-01-01 | 510104 |
"""
STAR = """
entity_id | occurred_on | other_id | relation
a         | 2020-01-01  | b        | invests_in
a         | 2020-01-01  | c        | invests_in
a         | 2020-01-01  | d        | invests_in
a         | 2020-01-01  | e        | invests_in
"""


def test_deregistered_entities_still_count_and_unknown_ones_never(engine: Engine) -> None:
    assert of_fined(engine, STAR, REGISTER) == {
        "a": share(1, 3),
        "c": share(0, step(4)),
        "d": share(0, step(4)),
    }


def test_only_entities_alike_can_count(engine: Engine) -> None:
    city = of_fined(engine, STAR, REGISTER, alike={"column": "region", "prefix": 4})
    assert city == {"a": share(1, 1), "c": None, "d": None}
    district = of_fined(engine, STAR, REGISTER, alike={"column": "region"})
    assert district == dict.fromkeys("acd")


def test_a_listing_that_holds_now(engine: Engine) -> None:
    listed = """
    entity_id | occurred_on | known_on   | ended_on
    b         | 2023-05-01  | 2023-05-02 | 2023-12-01
    b         | 2023-05-01  | 2023-05-02 | 2024-01-01
    c         | 2023-05-01  | 2023-05-02 | 2023-12-01
    d         | 2023-05-01  | 2024-01-01 |
    """
    values = measured(
        engine,
        {
            "registration": registered(*ENTITIES),
            "relation_edge": drawn_records("relation_edge", CHAIN),
            "abnormal_list": drawn_records("abnormal_list", listed),
        },
        DAY,
        table="abnormal_list",
        measure="related_current_share",
        prior_strength=1,
        prior_mean=0.5,
    )
    assert values == {
        "a": share(step(2), step(2)),
        "b": share(0, 1 + step(2)),
        "c": share(step(2), step(2) + 1),
        "d": share(0, step(2)),
        "e": None,
    }


def test_a_revocation_in_the_registration(engine: Engine) -> None:
    register = """
    entity_id | occurred_on | revoked_on | revoked_known_on
    a         | 2015-01-01  |            |
    b         | 2015-01-01  | 2023-01-01 | 2023-02-01
    c         | 2015-01-01  | 2023-01-01 | 2024-02-01
    d         | 2015-01-01  | 2015-02-01 | 2015-02-01
    """
    values = measured(
        engine,
        {
            "registration": drawn_records("registration", register),
            "relation_edge": drawn_records("relation_edge", CHAIN),
        },
        DAY,
        table="registration",
        measure="related_share",
        dated_by="revoked_on",
        months=60,
        prior_strength=1,
        prior_mean=0.5,
    )
    assert values == {
        "a": share(step(2), step(2)),
        "b": share(0, 1 + step(2)),
        "c": share(step(2), step(2) + 1),
        "d": share(0, step(2)),
    }


def test_the_common_rate_can_be_that_of_everybody(engine: Engine) -> None:
    graph = """
    entity_id | occurred_on | other_id | relation
    a         | 2020-01-01  | b        | invests_in
    a         | 2020-01-01  | c        | invests_in
    """
    values = measured(
        engine,
        {
            "registration": registered("a", "b", "c", "d", "e"),
            "relation_edge": drawn_records("relation_edge", graph),
            "penalty": drawn_records("penalty", FINED),
        },
        DAY,
        table="penalty",
        measure="related_share",
        months=12,
        prior_strength=2,
        prior_mean="population",
    )
    k, n = {"a": 1.0, "b": 0.0, "c": 0.0}, {"a": 2.0, "b": step(2), "c": step(2)}
    mean = (1 + 0.5) / (2 + 2 * step(2) + 1)
    assert values == dict.fromkeys("de") | {
        one: pytest.approx((k[one] + 2 * mean) / (n[one] + 2), rel=1e-9) for one in n
    }
