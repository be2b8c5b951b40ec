"""How many others of the same industry or region have a record: `base_rate`."""

import datetime as dt

import pytest
from tests.lib.drawn import drawn_records
from tests.lib.engines import Engine, measured

DAY = dt.date(2024, 1, 1)
REGISTER = """
entity_id | occurred_on | known_on   | industry | deregistered_on
a         | 2015-01-01  | 2015-01-02 | F5231    |
b         | 2015-01-01  | 2015-01-02 | F5231    |
c         | 2015-01-01  | 2015-01-02 | F5232    |
d         | 2015-01-01  | 2015-01-02 | F52      |
e         | 2015-01-01  | 2015-01-02 | C1340    |
f         | 2015-01-01  | 2015-01-02 |          |
g         | 2015-01-01  | 2015-01-02 | F5231    | 2020-01-01
"""
FINED = """
entity_id | occurred_on | known_on
a         | 2023-05-01  | 2023-05-09
c         | 2023-05-01  | 2023-05-09
c         | 2023-06-01  | 2023-06-09
d         | 2023-05-01  | 2024-01-01
e         | 2019-05-01  | 2019-05-09
f         | 2023-05-01  | 2023-05-09
g         | 2019-05-01  | 2019-05-09
"""


def shrunk(*levels: tuple[int, int], strength: float = 2.0) -> object:
    """Return a rate from the entities with a record and the entities of each group, the largest first."""
    (k, n), *groups = levels
    rate = (k + 0.5) / (n + 1)
    for k, n in groups:
        rate = (k + strength * rate) / (n + strength)
    return pytest.approx(rate, rel=1e-12)


def test_a_code_is_rolled_up_and_the_entity_itself_left_out(engine: Engine) -> None:
    values = measured(
        engine,
        {
            "registration": drawn_records("registration", REGISTER),
            "penalty": drawn_records("penalty", FINED),
        },
        DAY,
        table="penalty",
        measure="base_rate",
        months=12,
        code="industry",
        levels=[1, 5],
        prior_strength=2,
    )
    assert values == {
        "a": shrunk((2, 5), (1, 3), (0, 1)),
        "b": shrunk((3, 5), (2, 3), (1, 1)),
        "c": shrunk((2, 5), (1, 3), (0, 0)),
        "d": shrunk((3, 5), (2, 3)),
        "e": shrunk((3, 5), (0, 0), (0, 0)),
        "f": None,
    }
