"""Faults are where the list says, of the kind it says, and nowhere else."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from creditrisk.errors import SpecError
from creditrisk.records import read_records
from creditrisk.records.codes import region_tree, uscc_is_valid
from creditrisk.records.dimension import Dimension
from creditrisk.records.synthetic import SyntheticRegistry, plant_faults
from creditrisk.records.synthetic.faults import FAULTS
from creditrisk.records.tables import TABLES


@pytest.fixture(scope="module")
def faulty(small_registry: SyntheticRegistry) -> SyntheticRegistry:
    return plant_faults(small_registry, share=0.01, seed=5)[0]


@pytest.fixture(scope="module")
def planted(faulty: SyntheticRegistry) -> pd.DataFrame:
    assert faulty.planted is not None
    return faulty.planted


def with_fault(faulty: SyntheticRegistry, table: str, fault: str) -> pd.DataFrame:
    """Return the records of a table that got the fault."""
    assert faulty.planted is not None
    here = faulty.planted[(faulty.planted["table"] == table) & (faulty.planted["fault"] == fault)]
    frame = faulty.tables[table]
    return frame[frame["record_id"].isin(here["record_id"])]


def test_every_fault_of_every_dimension_is_planted(planted: pd.DataFrame) -> None:
    names = {fault.name for fault in FAULTS}
    gaps = {"nothing delivered in a month", "no record of the entity in the year"}
    assert set(planted["fault"]) == names | gaps
    assert set(planted["dimension"]) == set(Dimension)
    assert set(planted["table"]) == set(TABLES)


def test_no_record_has_two_faults_and_each_is_in_its_table(
    faulty: SyntheticRegistry, planted: pd.DataFrame
) -> None:
    assert not planted.duplicated(["table", "record_id"]).any()
    for table, ids in planted[planted["dimension"] != "coverage"].groupby("table")["record_id"]:
        assert set(ids) <= set(faulty.tables[str(table)]["record_id"]), table


def test_records_outside_the_list_are_those_of_the_clean_registry(
    small_registry: SyntheticRegistry, faulty: SyntheticRegistry, planted: pd.DataFrame
) -> None:
    for table, clean in small_registry.tables.items():
        ids = set(planted.loc[planted["table"] == table, "record_id"])
        spoiled = faulty.tables[table]
        rest = spoiled[~spoiled["record_id"].isin(ids)].set_index("record_id")
        pd.testing.assert_frame_equal(rest, clean.set_index("record_id").loc[rest.index])
        gone = len(clean) - len(rest) - len(clean[clean["record_id"].isin(ids)])
        assert (gone > 0) == (planted.loc[planted["table"] == table, "dimension"] == "coverage").any()


def test_the_clean_registry_stays_as_it_was(small_registry: SyntheticRegistry) -> None:
    before = {name: frame.copy() for name, frame in small_registry.tables.items()}
    plant_faults(small_registry, share=0.02, seed=9)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(small_registry.tables[name], frame)


def test_faulty_records_were_known_half_a_year_before_the_end(
    small_registry: SyntheticRegistry, planted: pd.DataFrame
) -> None:
    for table, clean in small_registry.tables.items():
        ids = planted.loc[planted["table"] == table, "record_id"].str.removesuffix("-copy")
        known = clean.loc[clean["record_id"].isin(ids), "known_on"]
        assert (known < pd.Timestamp("2024-07-01")).all()


def test_the_share_is_about_that_asked_for(small_registry: SyntheticRegistry) -> None:
    for share in (0.0, 0.02, 0.1):
        _, planted = plant_faults(small_registry, share=share, seed=1)
        settled = (small_registry.tables["social_insurance"]["known_on"] < "2024-07-01").sum()
        got = (planted["table"] == "social_insurance").sum() / settled
        assert abs(got - share) < 0.002


def test_the_same_seed_plants_the_same_faults(small_registry: SyntheticRegistry) -> None:
    first, again, other = (plant_faults(small_registry, seed=seed)[1] for seed in (3, 3, 4))
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)


def test_strangers_have_valid_codes_and_broken_codes_are_not_valid(
    small_registry: SyntheticRegistry, faulty: SyntheticRegistry
) -> None:
    registered = set(small_registry.tables["registration"]["entity_id"])
    strangers = with_fault(faulty, "complaint", "entity not registered")["entity_id"]
    broken = with_fault(faulty, "complaint", "check digit of the entity wrong")["entity_id"]
    assert len(strangers) > 0
    assert len(broken) > 0
    assert uscc_is_valid(strangers).all()
    assert not set(strangers) & registered
    assert not uscc_is_valid(broken).any()


def test_places_are_unknown_links_lead_nowhere_and_names_are_wrong(faulty: SyntheticRegistry) -> None:
    places = with_fault(faulty, "ride_order", "unknown region or industry")["region"]
    assert len(places) > 0
    assert not region_tree().known(places).any()
    lost = with_fault(faulty, "penalty", "link to no record")["inspection_id"]
    assert len(lost) > 0
    assert not set(lost) & set(faulty.tables["inspection"]["record_id"])
    renamed = with_fault(faulty, "licence", "name of another entity")
    names = faulty.tables["registration"].drop_duplicates("entity_id").set_index("entity_id")["name"]
    assert len(renamed) > 0
    assert (renamed["entity_name"] != renamed["entity_id"].map(names)).all()


def test_a_silent_organisation_delivers_in_the_months_around(
    small_registry: SyntheticRegistry, faulty: SyntheticRegistry, planted: pd.DataFrame
) -> None:
    silent = planted[planted["fault"] == "nothing delivered in a month"]
    assert len(silent) > 0
    for table, text in zip(silent["table"], silent["record_id"], strict=True):
        organisation, _, month = text.rpartition(" ")
        counts = []
        for registry in (small_registry, faulty):
            frame = registry.tables[table]
            own = frame[frame["source_org"] == organisation]
            known = own["known_on"].dt.to_period("M").astype("str")
            counts.append([(known == month).sum(), (known != month).sum()])
        before, after = np.array(counts)
        assert before[0] >= 25
        assert after[0] == 0
        assert after[1] > 0.9 * before[1]


def test_reading_rejects_what_reading_can_see(faulty: SyntheticRegistry) -> None:
    records = read_records(faulty.tables)
    for table, fault in (
        ("complaint", "entity not registered"),
        ("inspection", "code outside its list"),
        ("penalty", "negative amount"),
        ("lawsuit", "same id twice"),
        ("device_event", "required value missing"),
        ("licence", "dates out of order"),
    ):
        rejected = set(records.rejections.rows(table)["record_id"])
        assert set(with_fault(faulty, table, fault)["record_id"]) <= rejected, (table, fault)
    for fault in ("collected late", "published late", "name of another entity"):
        kept = set(with_fault(faulty, "penalty", fault)["record_id"])
        assert not kept & set(records.rejections.rows("penalty")["record_id"])


def test_faults_are_written_beside_the_truth_and_a_clean_registry_removes_them(
    small_registry: SyntheticRegistry, faulty: SyntheticRegistry, tmp_path: Path
) -> None:
    faulty.write(tmp_path)
    written = pd.read_parquet(tmp_path / "truth" / "faults.parquet")
    assert written["record_id"].tolist() == faulty.planted["record_id"].tolist()
    small_registry.write(tmp_path)
    assert not (tmp_path / "truth" / "faults.parquet").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"share": 0.5}, r"between 0 and 0.2; got 0.5"),
        ({"share": -0.1}, r"between 0 and 0.2; got -0.1"),
        ({"seed": -1}, r"0 or a positive number; got -1"),
    ],
)
def test_impossible_faults_are_refused(
    small_registry: SyntheticRegistry, arguments: dict[str, float], message: str
) -> None:
    with pytest.raises(SpecError, match=message):
        plant_faults(small_registry, **arguments)
