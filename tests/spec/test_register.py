"""What the register says: `attribute`, `peers`, and the groups of a system."""

import datetime as dt
from dataclasses import replace

from tests.lib.drawn import drawn_records, expected
from tests.lib.engines import Engine, measured, system_of

from creditrisk.indicators.system import Group

DAY = dt.date(2024, 1, 1)

REGISTER = """
entity_id | occurred_on | known_on   | entity_type | region | key_sector | address | deregistered_on
a         | 2015-01-01  | 2015-01-02 | 1130        | 510104 | yes        | road 1  |
b         | 2015-01-01  | 2015-01-02 |             | 510105 | no         | road 1  |
c         | 2015-01-01  | 2015-01-02 | 9500        |        |            |         |
d         | 2015-01-01  | 2015-01-02 | 9500        | 510105 | no         | road 1  | 2020-01-01
e         | 2023-12-31  | 2024-01-01 | 9500        | 510105 | no         | road 1  |
"""


def test_text_stays_text_and_booleans_become_numbers(engine: Engine) -> None:
    registry = {"registration": drawn_records("registration", REGISTER)}
    kinds = measured(engine, registry, DAY, table="registration", measure="attribute", column="entity_type")
    assert kinds == expected("""
        entity_id | value
        a         | "1130"
        b         |
        c         | "9500"
    """)
    sectors = measured(engine, registry, DAY, table="registration", measure="attribute", column="key_sector")
    assert sectors == expected("""
        entity_id | value
        a         | 1
        b         | 0
        c         |
    """)


def test_peers_are_the_others_that_are_registered_now(engine: Engine) -> None:
    registry = {"registration": drawn_records("registration", REGISTER)}
    values = measured(engine, registry, DAY, table="registration", measure="peers", column="address")
    assert values == expected("""
        entity_id | value
        a         | 1
        b         | 1
        c         |
    """)


def test_groups_are_prefixes(engine: Engine) -> None:
    groups = {"city": Group(column="region", prefix=4), "district": Group(column="region")}
    system = replace(system_of({"measure": "season"}), groups=groups)
    values = engine(system, {"registration": drawn_records("registration", REGISTER)}, DAY)
    assert {entity: (row["city"], row["district"]) for entity, row in values.items()} == {
        "a": ("5101", "510104"),
        "b": ("5101", "510105"),
        "c": (None, None),
    }
