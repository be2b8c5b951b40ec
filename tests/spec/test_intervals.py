"""Records that last: `current`, `current_days`, `lapsed`, `overdue`."""

import datetime as dt

from tests.lib.drawn import drawn_records, expected
from tests.lib.engines import Engine, measured

DAY = dt.date(2024, 1, 1)

LISTED = """
entity_id | occurred_on | known_on   | ended_on   | end_known_on
a         | 2023-12-01  | 2023-12-02 |            |
b         | 2023-12-01  | 2023-12-02 | 2023-12-11 | 2023-12-12
c         | 2023-12-01  | 2023-12-02 | 2023-12-11 | 2024-01-01
d         | 2023-12-01  | 2023-12-02 | 2024-01-02 | 2023-12-31
e         | 2023-12-01  | 2023-12-02 | 2024-01-01 | 2023-12-31
"""


def test_an_entry_holds_until_its_end_is_known(engine: Engine) -> None:
    values = measured(
        engine,
        {"abnormal_list": drawn_records("abnormal_list", LISTED)},
        DAY,
        table="abnormal_list",
        measure="current",
        missing="zero",
    )
    assert values == expected("""
        entity_id | value
        a         | 1
        b         | 0
        c         | 1
        d         | 1
        e         | 0
    """)


def test_days_count_inside_the_window_only(engine: Engine) -> None:
    listed = """
    entity_id | occurred_on | ended_on
    a         | 2023-12-01  |
    b         | 2022-06-01  | 2023-01-11
    b         | 2023-02-01  | 2023-02-02
    c         | 2022-06-01  | 2023-01-01
    """
    values = measured(
        engine,
        {"abnormal_list": drawn_records("abnormal_list", listed)},
        DAY,
        table="abnormal_list",
        measure="current_days",
        months=12,
    )
    assert values == expected("""
        entity_id | value
        a         | 31
        b         | 11
        c         |
    """)


LICENCES = """
entity_id | occurred_on | known_on   | valid_to   | withdrawn_on
a         | 2020-01-01  | 2020-01-01 | 2023-12-31 |
b         | 2020-01-01  | 2020-01-01 | 2024-01-01 |
c         | 2020-01-01  | 2020-01-01 | 2023-06-30 |
c         | 2023-07-01  | 2023-06-01 |            |
d         | 2020-01-01  | 2020-01-01 |            | 2023-05-01
e         | 2020-01-01  | 2024-01-01 | 2023-05-01 |
"""


def test_a_licence_holds_on_its_last_day(engine: Engine) -> None:
    values = measured(
        engine,
        {"licence": drawn_records("licence", LICENCES)},
        DAY,
        table="licence",
        measure="lapsed",
        ends="withdrawn_on",
        last_days="valid_to",
    )
    assert values == expected("""
        entity_id | value
        a         | 1
        b         | 0
        c         | 0
        d         | 1
        e         |
    """)


def test_revocation_is_an_interval_of_the_registration(engine: Engine) -> None:
    register = """
    entity_id | occurred_on | revoked_on | revoked_known_on
    a         | 2015-01-01  | 2023-01-01 | 2023-02-01
    b         | 2015-01-01  | 2023-01-01 | 2024-02-01
    c         | 2015-01-01  |            |
    """
    values = measured(
        engine,
        {"registration": drawn_records("registration", register)},
        DAY,
        table="registration",
        measure="current",
        starts="revoked_on",
        ends="deregistered_on",
        missing="zero",
    )
    assert values == expected("""
        entity_id | value
        a         | 1
        b         | 0
        c         | 0
    """)


def test_a_deadline_is_overdue_once_it_has_passed_undone(engine: Engine) -> None:
    inspections = """
    entity_id | occurred_on | result_codes | rectify_due_on | rectified_on
    a         | 2023-05-01  | 3            | 2023-06-01     |
    a         | 2023-05-01  | 3            | 2023-06-01     | 2023-06-02
    a         | 2021-05-01  | 3            | 2021-06-01     |
    b         | 2023-05-01  | 3            | 2023-06-01     | 2023-06-01
    c         | 2023-12-01  | 3            | 2024-01-01     |
    d         | 2023-05-01  | 3            | 2023-06-01     | 2024-01-05
    """
    values = measured(
        engine,
        {"inspection": drawn_records("inspection", inspections)},
        DAY,
        table="inspection",
        measure="overdue",
        done="rectified_on",
        dated_by="rectify_due_on",
        months=24,
        missing="zero",
    )
    assert values == expected("""
        entity_id | value
        a         | 2
        b         | 0
        c         | 0
        d         | 1
    """)
