"""The systems of two cities: their files load, stand alone, and read a sample that fits on one screen."""

from pathlib import Path

import pandas as pd
import pytest

from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.load import load_system
from creditrisk.records.engine import to_frame
from creditrisk.records.mapping import load_mapping
from creditrisk.records.read import read_records
from creditrisk.records.records import Records
from creditrisk.without_losses import has_losses

CITIES = ("chicago-food", "montreal-food")

INSPECTIONS = pd.DataFrame(
    [
        (1, 10, "2013-03-01", "Pass", 2.0, "blue", 0, 0, 2, "32,38"),
        (2, 10, "2014-03-01", "Fail", 3.0, "blue", 2, 1, 0, "3,7,20"),
        (3, 10, "2014-09-02", "Pass", 3.5, None, 0, 0, 1, "33"),
        (4, 20, "2014-03-05", "Pass w/ Conditions", None, "green", 0, 2, 4, "16,18,30,31,32,33"),
        (5, 20, "2014-09-02", "Pass", None, "green", 1, 0, 0, "3"),
        (6, 30, "2014-09-02", "Pass", -0.1, "green", 0, 0, 0, ""),
    ],
    columns=[
        "inspection_id", "license_id", "inspection_date", "result", "license_age_years", "inspector_group",
        "critical_count", "serious_count", "minor_count", "violation_codes",
    ],
).assign(
    inspection_date=lambda frame: pd.to_datetime(frame["inspection_date"]),
    facility_type="Restaurant", risk_tier="Risk 1 (High)", license_description="Retail", zip=60609.0,
    ward=11.0, police_district=9.0, latitude=41.8, longitude=-87.6,
)  # fmt: skip

CONVICTIONS = pd.DataFrame(
    [
        (1, 10, "2016-02-01", "2017-05-01", 500, "Ouvert", "2010-01-01", 3),
        (2, 10, "2016-02-01", "2017-05-01", 700, "Ouvert", "2010-01-01", 5),
        (3, 10, "2017-03-01", "2018-09-01", 2000, "Ouvert", "2010-01-01", 3),
        (4, 20, "2016-06-01", "2016-05-30", 300, "Fermé", "2017-01-01", 0),
        (5, 30, "2016-07-01", "2017-01-01", 900, "Fermé changement d'exploitant", "2016-12-31", 1),
        (6, 40, "2017-04-01", "2018-01-01", 400, "Sous inspection fédérale", "2012-01-01", 1),
    ],
    columns=[
        "case_id", "business_id", "offence_date", "judgment_date", "fine_cad", "status", "status_date",
        "offence_code",
    ],
).assign(category="Restaurant", borough="Verdun")  # fmt: skip
for _name in ("offence_date", "judgment_date", "status_date"):
    CONVICTIONS[_name] = pd.to_datetime(CONVICTIONS[_name])


@pytest.fixture(scope="module")
def folder(request: pytest.FixtureRequest) -> Path:
    """Return the folder of the systems."""
    return Path(request.config.rootpath) / "indicators"


@pytest.fixture(scope="module")
def chicago(folder: Path) -> Records:
    """Return six inspections of three licences."""
    return read_records(
        {"chicago_food_events": INSPECTIONS}, mapping=folder / "chicago-food.mapping.toml", strict=True
    )


@pytest.fixture(scope="module")
def montreal(folder: Path) -> Records:
    """Return six convictions of four businesses."""
    return read_records(
        {"montreal_fines_events": CONVICTIONS}, mapping=folder / "montreal-food.mapping.toml", strict=True
    )


@pytest.mark.parametrize("city", CITIES)
def test_a_city_has_a_system_a_mapping_and_a_page(city: str, folder: Path) -> None:
    system = load_system(folder / f"{city}.toml")
    mapping = load_mapping(folder / f"{city}.mapping.toml")
    assert system.id == mapping.name == city
    assert system.outcome is not None
    assert set(system.outcome.tables) <= set(mapping.tables)
    assert {one.table for one in system.indicators} - {None} <= set(mapping.tables)
    assert (folder / f"{city}.md").read_text(encoding="utf-8").startswith("# ")


def test_chicago_visits_see_only_earlier_visits(chicago: Records, folder: Path) -> None:
    system = load_system(folder / "chicago-food.toml")
    cohort = pd.DataFrame({"entity_id": ["10", "20", "30"], "as_of": "2014-09-02"})
    X = IndicatorExtractor(system).transform(chicago.as_of(cohort)).droplevel("as_of")
    assert X.loc["10", ["critical_last", "serious_last", "last_inspection_days"]].tolist() == [2, 1, 185]
    assert X.loc["10", "critical_rate"] == pytest.approx((1 + 4 * 0.125) / (2 + 4))
    assert X.loc["20", "critical_last"] == 0
    assert X.loc["30", ["critical_rate", "critical_last", "last_inspection_days"]].isna().all()
    assert X["licence_age_years"].round(1).tolist()[0] == 3.5
    assert X.loc[["20", "30"], "licence_age_years"].isna().all()
    assert X.loc["10", ["ward", "facility_type"]].tolist() == ["11", "Restaurant"]


def test_chicago_outcomes_are_critical_violations(chicago: Records, folder: Path) -> None:
    definition = load_system(folder / "chicago-food.toml").outcome
    assert chicago.outcomes("2014-03-05", definition=definition)["violation"].to_dict() == {"10": 0, "20": 1}
    both = chicago.outcomes("2014-03-01", definition=definition)
    assert both["violation"].to_dict()["10"] == 1


def test_chicago_has_no_losses(chicago: Records, folder: Path) -> None:
    definition = load_system(folder / "chicago-food.toml").outcome
    assert not has_losses(chicago.outcomes("2014-03-01", definition=definition))


def test_montreal_knows_the_offence_at_once_and_the_fine_when_judged(montreal: Records, folder: Path) -> None:
    extractor = IndicatorExtractor(load_system(folder / "montreal-food.toml"))
    X = extractor.transform(montreal.as_of("2018-01-01"))
    assert X.index.tolist() == ["10", "40"]
    assert X.loc["10", ["offence_12m_n", "offence_kind_n", "last_offence_days"]].tolist() == [1, 2, 306]
    assert X.loc["10", "fine_mean_cad"] == 600
    assert pd.isna(X.loc["40", "fine_mean_cad"])
    assert extractor.transform(montreal.as_of("2018-01-02")).loc["40", "fine_mean_cad"] == 400


def test_montreal_businesses_that_closed_leave(montreal: Records) -> None:
    there = {
        day: sorted(to_frame(montreal.as_of(day).spine)["entity_id"])
        for day in ("2016-12-31", "2017-01-01", "2017-01-02")
    }
    assert there == {
        "2016-12-31": ["10", "20", "30"],
        "2017-01-01": ["10", "20"],
        "2017-01-02": ["10"],
    }


def test_montreal_a_judgment_before_its_offence_is_known_on_the_day_of_the_offence(montreal: Records) -> None:
    known = to_frame(montreal.tables["penalty"]).set_index("record_id")["known_on"].astype(str)
    assert known["4"] == "2016-06-01"
    assert known["5"] == "2017-01-01"


def test_montreal_outcomes_add_up_the_fines_of_the_year(montreal: Records, folder: Path) -> None:
    definition = load_system(folder / "montreal-food.toml").outcome
    outcomes = montreal.outcomes("2017-01-01", definition=definition)
    assert outcomes.loc["10", ["violation", "loss_cad"]].tolist() == [1, 2000]
    assert outcomes.loc["20", "violation"] == 0
    unsettled = montreal.outcomes("2017-01-01", definition=definition, known_by="2019-12-31")
    assert unsettled["loss_cad"].isna().all()
