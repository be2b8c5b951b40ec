"""Drawn records on which each packaged monitoring point finds somebody and leaves somebody else alone."""

import datetime as dt
from typing import Any

from tests.lib.drawn import complete, drawn_records

DAY = dt.date(2024, 6, 1)


def registration(**by_entity: dict[str, Any]) -> list[dict[str, Any]]:
    """Return registrations with further columns by entity."""
    rows = [
        {"entity_id": entity, "occurred_on": dt.date(2015, 1, 1)} | columns
        for entity, columns in by_entity.items()
    ]
    return [complete("registration", number, row) for number, row in enumerate(rows)]


PLAIN = registration(a={}, b={}, c={})
DRAWN: dict[str, tuple[dict[str, Any], list[str]]] = {
    "licence_expired": (
        {
            "licence": drawn_records(
                "licence",
                """
                entity_id | occurred_on | valid_to   | withdrawn_on
                a         | 2020-01-01  | 2024-05-01 |
                b         | 2020-01-01  | 2024-06-01 |
                c         | 2020-01-01  | 2024-05-01 | 2024-04-01
                c         | 2024-04-01  | 2028-05-01 |
                """,
            )
        },
        ["a"],
    ),
    "licence_expiring": (
        {
            "licence": drawn_records(
                "licence",
                """
                entity_id | occurred_on | valid_to   | withdrawn_on
                a         | 2020-01-01  | 2024-07-31 |
                b         | 2020-01-01  | 2024-08-01 |
                c         | 2020-01-01  | 2024-06-30 | 2024-05-01
                """,
            )
        },
        ["a"],
    ),
    "annual_report_all_zero": (
        {
            "annual_report": drawn_records(
                "annual_report",
                """
                entity_id | occurred_on | year | filed | all_zero
                a         | 2023-03-01  | 2022 | yes   | no
                a         | 2024-03-01  | 2023 | yes   | yes
                b         | 2023-03-01  | 2022 | yes   | yes
                b         | 2024-03-01  | 2023 | yes   | no
                c         | 2022-03-01  | 2021 | yes   | yes
                """,
            )
        },
        ["a"],
    ),
    "marked_abnormal": (
        {
            "abnormal_list": drawn_records(
                "abnormal_list",
                """
                entity_id | occurred_on | ended_on
                a         | 2024-03-01  |
                b         | 2024-03-01  | 2024-05-01
                """,
            )
        },
        ["a"],
    ),
    "change_not_published": (
        {
            "registration_change": drawn_records(
                "registration_change",
                """
                entity_id | occurred_on | item    | published_on
                a         | 2024-05-02  | address |
                b         | 2024-05-03  | address |
                c         | 2024-04-01  | name    | 2024-04-20
                """,
            )
        },
        ["a"],
    ),
    "shop_not_updated": (
        {
            "online_monitor": drawn_records(
                "online_monitor",
                """
                entity_id | occurred_on | identity_matches | licence_shown
                a         | 2024-03-01  | no               | yes
                b         | 2024-03-01  | no               | yes
                b         | 2024-04-01  | yes              | yes
                c         | 2024-04-01  | yes              | no
                """,
            )
        },
        ["a", "c"],
    ),
    "prohibited_form": (
        {
            "registration": registration(
                a={"region": "510104", "industry": "R9012"},
                b={"region": "510106", "industry": "R9012"},
                c={"region": "510104", "industry": "H6210"},
            )
        },
        ["a"],
    ),
    "licence_inconsistent": (
        {
            "registration": registration(a={}, b={}, c={"revoked_on": dt.date(2024, 1, 1)}),
            "licence": drawn_records(
                "licence",
                """
                entity_id | occurred_on | valid_to
                a         | 2022-01-01  | 2027-01-01
                b         | 2024-01-01  | 2027-01-01
                c         | 2022-01-01  | 2027-01-01
                """,
            ),
            "registration_change": drawn_records(
                "registration_change",
                """
                entity_id | occurred_on | item
                a         | 2023-01-01  | address
                b         | 2023-01-01  | address
                b         | 2024-05-01  | name
                """,
            ),
        },
        ["a", "c"],
    ),
    "listed_merchant": (
        {
            "online_shop": drawn_records(
                "online_shop",
                """
                entity_id | occurred_on | kind          | closed_on
                a         | 2022-01-01  | personal_shop |
                c         | 2022-01-01  | personal_shop | 2023-01-01
                """,
            ),
            "abnormal_list": drawn_records(
                "abnormal_list",
                """
                entity_id | occurred_on
                b         | 2024-01-01
                c         | 2024-01-01
                """,
            ),
            "serious_list": drawn_records(
                "serious_list",
                """
                entity_id | occurred_on
                a         | 2024-01-01
                """,
            ),
        },
        ["a"],
    ),
    "litigation": (
        {
            "judgment_defaulter": drawn_records(
                "judgment_defaulter",
                """
                entity_id | occurred_on | ended_on
                a         | 2023-01-01  |
                b         | 2023-01-01  | 2024-01-01
                """,
            ),
            "lawsuit": drawn_records(
                "lawsuit",
                """
                entity_id | occurred_on | role
                b         | 2024-03-01  | defendant
                b         | 2024-04-01  | defendant
                b         | 2024-04-01  | plaintiff
                c         | 2024-03-01  | defendant
                c         | 2024-04-01  | defendant
                c         | 2024-05-31  | defendant
                """,
            ),
        },
        ["a", "c"],
    ),
}


def crowd(column: str, place: str) -> dict[str, Any]:
    """Return a city in which everybody at one place is listed but one."""
    people = {f"e{i:03d}": {column: f"{i // 2}", "region": "510104"} for i in range(200)}
    people |= {f"x{i}": {column: place, "region": "510104"} for i in range(8)}
    listed = [f"x{i}" for i in range(7)] + [f"e{i:03d}" for i in range(0, 200, 25)]
    rows = [{"entity_id": one, "occurred_on": dt.date(2024, 1, 1)} for one in listed]
    return {
        "registration": registration(**people),
        "abnormal_list": [complete("abnormal_list", number, row) for number, row in enumerate(rows)],
    }


def complaints() -> dict[str, Any]:
    """Return complaints about many, one of whom has a burst."""
    people = {f"e{i:03d}": {"region": "510104", "industry": "H6210"} for i in range(60)}
    rows = [
        {"entity_id": f"e{i % 60:03d}", "occurred_on": dt.date(2022, 4, 1) + dt.timedelta(days=6 * i)}
        for i in range(115)
    ]
    rows += [{"entity_id": "e007", "occurred_on": dt.date(2024, 5, day)} for day in range(1, 13)]
    return {
        "registration": registration(**people),
        "complaint": [complete("complaint", number, row) for number, row in enumerate(rows)],
    }


DRAWN |= {
    "abnormal_address_cluster": (crowd("address", "crowded door"), [f"x{i}" for i in range(8)]),
    "abnormal_agent_cluster": (crowd("agent_id", "crowded agent"), [f"x{i}" for i in range(8)]),
    "complaint_burst": (complaints(), ["e007"]),
}


FEW_TABLES = (
    "abnormal_address_cluster",
    "annual_report_all_zero",
    "licence_expired",
    "licence_expiring",
    "marked_abnormal",
    "prohibited_form",
)


def registry_of(*names: str) -> dict[str, list[dict[str, Any]]]:
    """Return one registry of some points; ids begin with the name of their point."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for name in names:
        for table, rows in ({"registration": PLAIN} | DRAWN[name][0]).items():
            own = {"entity_id", "record_id"}
            tables.setdefault(table, []).extend(
                row | {key: f"{name}:{row[key]}" for key in own} for row in rows
            )
    return tables
