import numpy as np
import pandas as pd
import pytest
from tests.unit.supervision.rated import of_table, rated

import creditrisk as cr
from creditrisk.errors import SpecError
from creditrisk.supervision.blind_spots import count_blind_spots, find_blind_spots, last_contacts


@pytest.fixture(scope="module")
def ratings():
    return rated(400)


@pytest.fixture(scope="module")
def contacts(ratings):
    some = ratings.table.index[::2]
    return pd.Series(pd.date_range("2019-01-01", "2023-12-31", periods=len(some)), index=some)


def test_a_blind_spot_has_a_low_class_and_no_contact(ratings, contacts):
    spots = find_blind_spots(ratings, contacts)
    expected = ratings.table.index[ratings.table["risk_class"].isin(["C", "D"])].difference(contacts.index)
    assert set(spots.index) == set(expected)
    assert spots["last_contact"].isna().all()
    assert (spots["expected_loss_cny"].diff().dropna() <= 0).all()
    assert spots["rank_by_loss"].tolist() == list(range(1, len(spots) + 1))
    assert (spots.sort_values("rank_by_width")["width"].diff().dropna() <= 0).all()


def test_an_old_contact_no_longer_counts(ratings, contacts):
    spots = find_blind_spots(ratings, contacts, months=36)
    seen_lately = contacts.index[contacts >= "2021-01-01"]
    in_class = ratings.table.index[ratings.table["risk_class"].isin(["C", "D"])]
    assert set(spots.index) == set(in_class.difference(seen_lately))
    assert len(spots) > len(find_blind_spots(ratings, contacts))
    assert len(find_blind_spots(ratings, contacts, months=36, on="2030-01-01")) == len(in_class)


def test_classes_can_be_chosen(ratings, contacts):
    assert set(find_blind_spots(ratings, contacts, classes=["D"])["risk_class"]) == {"D"}
    with pytest.raises(SpecError, match="got 'E'"):
        find_blind_spots(ratings, contacts, classes=["E"])
    with pytest.raises(SpecError, match="at least one class"):
        find_blind_spots(ratings, contacts, classes=[])


def test_months_are_counted_from_a_day(ratings, contacts):
    undated = type(ratings)(table=ratings.table, currency="CNY", interval=0.9, policy="t", as_of=None)
    with pytest.raises(SpecError, match="the ratings have none: pass on"):
        find_blind_spots(undated, contacts, months=12)
    with pytest.raises(SpecError, match="at least 1; got 0"):
        find_blind_spots(ratings, contacts, months=0)


def test_counts_by_district_and_department_add_up(ratings, contacts):
    spots = find_blind_spots(ratings, contacts)
    rng = np.random.default_rng(1)
    by = pd.DataFrame(
        {"district": rng.choice(["east", "west"], 400), "department": rng.choice(["food", "drug"], 400)},
        index=ratings.table.index,
    )
    counts = count_blind_spots(spots, ratings, by)
    assert counts.index.names == ["district", "department"]
    assert counts["blind_spots"].sum() == len(spots)
    assert counts["entities"].sum() == 400
    assert counts["expected_loss_cny"].sum() == pytest.approx(spots["expected_loss_cny"].sum())
    one = count_blind_spots(spots, ratings, by["district"])
    assert one.loc["east", "blind_spots"] == counts.loc["east", "blind_spots"].sum()
    assert one["share"].between(0, 1).all()


def test_contacts_are_those_that_the_snapshot_knows():
    records = cr.read_records(cr.simulate(300, seed=1).tables)
    snapshot = records.as_of("2023-01-01")
    last = last_contacts(snapshot)
    assert last.max() < pd.Timestamp("2023-01-01")
    inspections = snapshot.tables["inspection"].to_pyarrow().to_pandas()
    penalties = snapshot.tables["penalty"].to_pyarrow().to_pandas()
    both = pd.concat([inspections, penalties])[["entity_id", "occurred_on"]]
    by_hand = pd.to_datetime(both["occurred_on"]).groupby(both["entity_id"]).max()
    assert last.sort_index().tolist() == by_hand.sort_index().tolist()
    inspected = last_contacts(snapshot, ["inspection"]).reindex(last.index)
    assert (inspected < last).any()
    assert not (inspected > last).any()
    assert last_contacts(snapshot, []).empty


def test_who_was_never_seen_is_found_without_any_contact(ratings):
    only_d = of_table(ratings, ratings.table[ratings.table["risk_class"] == "D"])
    nothing = pd.Series(dtype="datetime64[ns]")
    assert len(find_blind_spots(only_d, nothing)) == len(only_d)
