"""States of many random penalties, as the engine finds them and as a person would, one by one."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.lib.drawn import Row, complete, registered
from tests.lib.engines import records_of

from creditrisk.records.dates import add_months
from creditrisk.records.records import Records
from creditrisk.records.repair import counting_only, effective_state

ONE_DAY = dt.timedelta(days=1)
NEW_RULES = dt.date(2026, 4, 1)
DAYS = [dt.date(2024, 2, 29), dt.date(2025, 3, 31), dt.date(2026, 7, 1), dt.date(2029, 1, 31)]
LENGTHS = (0, 3, 6, 12, 36)


def near(rng: np.random.Generator, day: dt.date, spread: int = 2) -> dt.date:
    return day + dt.timedelta(days=int(rng.integers(-spread, spread + 1)))


def drawn_penalty(rng: np.random.Generator, number: int) -> Row:
    """Draw a penalty whose periods like to end about the days on which it is looked at."""
    start = near(rng, add_months(DAYS[rng.integers(len(DAYS))], -int(rng.choice(LENGTHS))))
    start = near(rng, NEW_RULES) if rng.random() < 0.1 else start
    published = start + dt.timedelta(days=int(rng.integers(0, 20))) if rng.random() < 0.5 else None
    row: Row = {
        "entity_id": "a",
        "occurred_on": start,
        "known_on": start + dt.timedelta(days=int(rng.integers(0, 3))),
        "severity": [None, 0, 1, 2, 3, 4, 5][rng.integers(7)],
        "fine_cny": [None, 10.0, 49_999.99, 50_000.0, 499_999.0, 500_000.0][rng.integers(6)],
        "field": [None, "food", "drug", "special_equipment", "price"][rng.integers(5)],
        "no_early_end": [None, True, False][rng.choice(3, p=[0.6, 0.2, 0.2])],
        "published_on": published,
        "publish_until": start + dt.timedelta(days=int(rng.integers(2000))) if rng.random() < 0.1 else None,
        "revoked_on": near(rng, DAYS[rng.integers(len(DAYS))]) if rng.random() < 0.2 else None,
    }
    return complete("penalty", number, row)


def drawn_repair(rng: np.random.Generator, number: int, penalties: int) -> Row:
    day = near(rng, DAYS[rng.integers(len(DAYS))])
    row: Row = {"entity_id": "a", "occurred_on": day - ONE_DAY, "known_on": day, "repaired_table": "penalty"}
    repaired = f"penalty-{rng.integers(penalties):03d}"
    return complete("repair", number, row | {"repaired_record_id": repaired})


def periods(row: Row, published: dt.date | None) -> tuple[int | None, int | None, bool]:
    """Return the shortest and the longest period of a penalty, and whether it is public."""
    severity, fine = row["severity"], row["fine_cny"]
    small = severity == 2 and fine is not None and fine < 50_000
    if row["occurred_on"] < NEW_RULES:
        if severity == 0:
            return None, None, False
        if severity == 1 or small:
            return None, 3, True
        if row["no_early_end"]:
            return None, 36, True
        return (12 if row["field"] in ("food", "drug", "special_equipment") else 6), 36, True
    if severity in (0, 1) or small:
        return (0, 3, True) if published else (None, None, False)
    if (severity is not None and severity >= 4) or (fine is not None and fine >= 500_000):
        return 12, 36, True
    return 3, 12, True


def known(row: Row, column: str, day: dt.date) -> dt.date | None:
    value: dt.date | None = row[column]
    return value if value is not None and value < day else None


def reference(row: Row, repairs: list[Row], day: dt.date) -> tuple[Any, ...]:
    """Return state, first day on which the record does not count, and first day of an application."""
    published = known(row, "published_on", day)
    shortest, longest, public = periods(row, published)
    begins = published if published and row["occurred_on"] < NEW_RULES else row["occurred_on"]
    ends = []
    if longest is not None:
        last = add_months(begins, longest)
        ends.append(max(last, row["publish_until"] or last) + ONE_DAY)
    over = any(end <= day for end in ends)
    own = [one for one in repairs if one["repaired_record_id"] == row["record_id"] and one["known_on"] < day]
    early = [one["known_on"] + ONE_DAY for one in own]
    revoked = known(row, "revoked_on", day)
    early += [revoked + ONE_DAY] if revoked else []
    state = "repaired" if early else "not_public" if not public else "expired" if over else "active"
    apply = None
    if state == "active" and shortest is not None:
        apply = add_months(begins, shortest) + ONE_DAY if shortest else begins
    return state, min([*ends, *early], default=None), apply


@pytest.fixture(scope="module")
def registry() -> dict[str, list[Row]]:
    """Return 400 penalties of one entity, and some repairs."""
    rng = np.random.default_rng(7)
    return {
        "registration": registered("a"),
        "penalty": [drawn_penalty(rng, number) for number in range(400)],
        "repair": [drawn_repair(rng, number, 400) for number in range(40)],
    }


@pytest.fixture(scope="module")
def records(registry: dict[str, list[Row]]) -> Records:
    """Return them as records."""
    return records_of(registry)


@pytest.mark.parametrize("day", DAYS)
def test_the_engine_agrees_with_a_person(
    registry: dict[str, list[Row]], records: Records, day: dt.date
) -> None:
    rows = [row for row in registry["penalty"] if row["known_on"] < day]
    expected = {row["record_id"]: reference(row, registry["repair"], day) for row in rows}
    frame = effective_state(records.as_of(day), "penalty").set_index("record_id")
    days = frame[["counts_until", "repairable_from"]].astype(object)
    found = {
        record: (state, *(None if pd.isna(one) else one.date() for one in days.loc[record]))
        for record, state in frame["state"].items()
    }
    assert found == expected
    assert set(frame["state"]) == {"active", "repaired", "expired", "not_public"}


@pytest.mark.parametrize("day", DAYS)
def test_a_public_record_counts_exactly_before_the_day_on_which_it_stops(
    records: Records, day: dt.date
) -> None:
    frame = effective_state(records.as_of(day), "penalty")
    public = frame[frame["state"] != "not_public"]
    still = public["counts_until"].isna() | (public["counts_until"] > pd.Timestamp(day))
    assert ((public["state"] == "active") == still).all()
    kept = counting_only(records.as_of(day)).tables["penalty"].to_pyarrow()["record_id"].to_pylist()
    assert set(kept) == set(frame.loc[frame["state"] == "active", "record_id"])
