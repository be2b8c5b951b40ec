"""Changes of lists: every entry and every removal once, whatever the periods."""

import datetime as dt
import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creditrisk.errors import SchemaError, SpecError
from creditrisk.supervision.platforms.listings import COLUMNS, checked_listings, list_changes, listed_on

START = dt.date(2024, 1, 1)
DAYS = st.integers(0, 60).map(lambda days: START + dt.timedelta(days=days))


@st.composite
def stays(draw: st.DrawFn) -> pd.DataFrame:
    """Return stays of three entities, one after the other on each list."""
    rows = []
    for entity in "xyz":
        for name in ("abnormal_list", "serious_list"):
            days = sorted(draw(st.lists(DAYS, max_size=5, unique=True)))
            ends = [*days[1::2], *([None] if len(days) % 2 else [])]
            rows += [(entity, name, day, end, "why") for day, end in zip(days[::2], ends, strict=True)]
    return checked_listings(pd.DataFrame(rows, columns=list(COLUMNS)))


@settings(max_examples=20, deadline=None)
@given(listings=stays(), cuts=st.lists(DAYS, max_size=6))
def test_periods_in_a_row_tell_what_one_period_tells(listings: pd.DataFrame, cuts: list[dt.date]) -> None:
    first, last = START - dt.timedelta(days=1), START + dt.timedelta(days=60)
    ends = [first, *sorted(cuts), last]
    parts = [list_changes(listings, after=a, until=b) for a, b in itertools.pairwise(ends)]
    in_parts = [row for part in parts for row in part.itertuples(index=False)]
    at_once = list(list_changes(listings, after=first, until=last).itertuples(index=False))
    assert in_parts == at_once
    assert len(set(at_once)) == len(at_once)


@settings(max_examples=20, deadline=None)
@given(listings=stays(), after=DAYS, length=st.integers(0, 60))
def test_changes_lead_from_one_state_to_the_next(listings: pd.DataFrame, after: dt.date, length: int) -> None:
    until = after + dt.timedelta(days=length)
    state = set(listed_on(listings, after)[["entity_id", "list"]].itertuples(index=False, name=None))
    for row in list_changes(listings, after=after, until=until).itertuples(index=False):
        one = (row.entity_id, row.list)
        assert (one in state) == (row.change == "removed")
        state ^= {one}
    assert state == set(listed_on(listings, until)[["entity_id", "list"]].itertuples(index=False, name=None))


def test_bad_stays_are_refused() -> None:
    good = ("x", "abnormal_list", "2024-01-02", None, "")
    with pytest.raises(SchemaError, match="reason is missing"):
        checked_listings(pd.DataFrame([good[:4]], columns=list(COLUMNS[:4])))
    with pytest.raises(SpecError, match="entered on 2024-01-02 and left on 2024-01-01"):
        checked_listings(pd.DataFrame([(*good[:3], "2024-01-01", "")], columns=list(COLUMNS)))
    with pytest.raises(SpecError, match="got 'black_list'"):
        checked_listings(pd.DataFrame([("x", "black_list", *good[2:])], columns=list(COLUMNS)))
    with pytest.raises(SpecError, match="A period ends after it begins"):
        list_changes(
            checked_listings(pd.DataFrame([good], columns=list(COLUMNS))), after="2024-02-01", until=START
        )
