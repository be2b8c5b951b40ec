"""The figures that described systems publish, in their form, on the synthetic registry, whose truth is known.

Their size is not asked for: the registry is made up. What is asked is that each count can be made, that it
means what it says, and that it goes the way that was published.
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from tests.unit.supervision.platforms.shop import open_log, partner, query
from tests.unit.supervision.rated import of_table

from creditrisk.grading.ratings import Ratings
from creditrisk.models.inference.engines import Map
from creditrisk.models.loss import LossModel
from creditrisk.models.risk import RiskModel
from creditrisk.models.violation import ViolationModel
from creditrisk.pipeline import assess
from creditrisk.records.read import read_records
from creditrisk.records.records import Records
from creditrisk.records.synthetic import simulate
from creditrisk.supervision.blind_spots import count_blind_spots, find_blind_spots, last_contacts
from creditrisk.supervision.joint import joint_visits
from creditrisk.supervision.monitoring.find import find_on_days
from creditrisk.supervision.monitoring.log import empty_log, extend_log
from creditrisk.supervision.monitoring.point import load_point
from creditrisk.supervision.plan import InspectionPlan
from creditrisk.supervision.platforms.desk import PlatformDesk
from creditrisk.supervision.platforms.register import shared_register
from creditrisk.supervision.rates import load_rates
from creditrisk.supervision.sandbox_log import admit, empty_sandbox_log, sandbox_states, trigger
from creditrisk.supervision.screening.registry import load_tags
from creditrisk.supervision.screening.screen import tag_entities
from creditrisk.supervision.services.tips import notices_of, tips_list

DAY = dt.date(2024, 1, 1)
TRIGGERS = ("change_not_published", "shop_not_updated", "licence_expired", "marked_abnormal")
pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True, kw_only=True)
class Bureau:
    """A made-up bureau on one day: its records, its ratings and the truth about them."""

    records: Records
    ratings: Ratings
    region: pd.Series
    true_p: pd.Series
    traders: pd.Index

    @property
    def snapshot(self):
        """What was known on the day."""
        return self.records.as_of(DAY)


@pytest.fixture(scope="module")
def bureau():
    registry = simulate(3000, seed=1)
    records = read_records(registry.tables)
    model = RiskModel(ViolationModel(inference=Map()), LossModel(inference=Map()))
    shares = {"A": 0.47, "B": 0.34, "C": 0.10, "D": 0.09}
    assessment = assess(records, as_of=DAY, model=model, training_windows=2, shares=shares)
    index = assessment.ratings.table.index
    truth = registry.truth[registry.truth["as_of"] == pd.Timestamp(DAY)].set_index("entity_id")
    shops = registry.tables["online_shop"]
    return Bureau(
        records=records,
        ratings=assessment.ratings,
        region=assessment.X["region"],
        true_p=truth["p_violation"].reindex(index),
        traders=index.intersection(shops["entity_id"]),
    )


def expected_visits(draw, true_p):
    """Return how many visits find something and how many go to the law-abiding, over all seeds."""
    chances = draw["inclusion_probability"]
    return (chances * true_p).sum(), (chances * (1 - true_p)).sum()


def test_foshan_a_classified_draw_finds_more_and_troubles_the_law_abiding_less(bureau):
    """Published: 17.6 % of the high-risk visits found something before, 86.2 % after; 83 % fewer visits."""
    entities = len(bureau.true_p)
    planned = InspectionPlan(capacity=150, least_chance=0.005, seed="x").draw(bureau.ratings)
    of_d = bureau.ratings.table["risk_class"] == "D"
    uniform = bureau.true_p.mean()
    assert bureau.true_p[of_d].mean() > 3 * uniform
    found, in_vain = expected_visits(planned, bureau.true_p)
    assert found / (found + in_vain) > 2.5 * uniform
    assert in_vain / found < 0.5 * (1 - uniform) / uniform
    flat = planned.assign(inclusion_probability=150 / entities)
    assert np.divide(*expected_visits(flat, bureau.true_p)) == pytest.approx(uniform / (1 - uniform))


def test_dezhou_nine_tenths_of_d_are_drawn_and_tags_make_joint_visits(bureau):
    """Published: 90 % of D is inspected; tags let departments visit together; everybody is tagged."""
    rates = load_rates("dezhou-2023").rates
    draw = InspectionPlan(rates=rates, design="stratified", seed="x").draw(bureau.ratings)
    by_class = draw.groupby("risk_class")
    due, drawn = by_class["inclusion_probability"].sum(), by_class["drawn"].sum()
    assert (abs(due - drawn) < 1).all()
    assert by_class["inclusion_probability"].mean().round(9).to_dict() == rates
    assert drawn["D"] / by_class.size()["D"] == pytest.approx(0.9, abs=1 / by_class.size()["D"])

    departments = {"food": "food_licence", "devices": "special_equipment", "shops": "online_trader"}
    tagged = tag_entities(
        bureau.snapshot, load_tags("market_supervision"), tags=list(departments.values())
    ).table
    assert set(tagged.index) == set(draw.index)
    plan = InspectionPlan(rates=rates, seed="x")
    draws = {
        name: plan.draw(of_table(bureau.ratings, bureau.ratings.table[tagged[tag]]))
        for name, tag in departments.items()
    }
    visits = joint_visits(draws)
    separate = sum(one["drawn"].sum() for one in draws.values())
    several = tagged.loc[visits.index].sum(axis=1)
    assert visits["joint"].tolist() == (several > 1).tolist()
    assert visits["joint"].sum() > 5
    assert len(visits) == separate - (several - 1).sum() < separate


def test_tianjin_blind_spots_are_the_low_classes_nobody_has_seen(bureau):
    """Published: enterprises never inspected or penalised and of a low class, as a list by department."""
    contacts = last_contacts(bureau.snapshot)
    spots = find_blind_spots(bureau.ratings, contacts)
    low = bureau.ratings.table.index[bureau.ratings.table["risk_class"].isin(["C", "D"])]
    assert set(spots.index) == set(low) - set(contacts.index)
    assert 10 < len(spots) < len(low)
    counts = count_blind_spots(spots, bureau.ratings, bureau.region)
    assert counts["blind_spots"].sum() == len(spots)
    assert counts["entities"].sum() == len(bureau.ratings.table)
    assert bureau.true_p[spots.index].mean() > bureau.true_p.mean()


def test_chengdu_the_sandbox_holds_the_good_traders_and_lets_go_who_does_not_heed(bureau):
    """Published: 132 000 of 469 000 online entities inside; 15 000 clues, 23 000 tips, 12 000 corrected."""
    traders = of_table(bureau.ratings, bureau.ratings.table.loc[bureau.traders])
    log = admit(empty_sandbox_log(), traders, on=DAY)
    inside = sandbox_states(log, as_of=DAY + dt.timedelta(days=1))["inside"]
    share = inside.sum() / len(bureau.traders)
    assert share == (traders.table["risk_class"] == "A").mean()
    assert 0.1 < share < 0.9
    assert bureau.true_p[inside.index].mean() < bureau.true_p[bureau.traders].mean()

    points, alerts = [load_point(name) for name in TRIGGERS], empty_log()
    days = [f"2024-{month:02d}-02" for month in range(1, 7)]
    for findings in find_on_days(bureau.records, points, days, entities=list(bureau.traders)):
        alerts, log = extend_log(alerts, findings), trigger(log, findings)
    clues = log[log["kind"] == "trigger"]
    tips = tips_list(alerts, points, on=days[-1])
    heeded = clues.iloc[::2].assign(kind="correct", why="", on=lambda t: t["on"] + dt.timedelta(days=9))
    after = sandbox_states(pd.concat([log, heeded]), as_of="2024-09-01")
    gone = set(after.index[~after["inside"]])
    assert len(clues) > 5
    assert gone == set(clues["entity_id"]) - set(heeded["entity_id"])
    assert (after.loc[sorted(gone), "platform_step"] == "stop").all()
    assert (alerts["kind"] == "found").sum() >= len(clues) > len(heeded)
    assert 0 < len(tips) <= (alerts["kind"] == "found").sum()
    assert tips["entity_id"].isin(bureau.traders).all()
    assert len(notices_of(tips, on="2024-06-03")) == len(tips)


def test_beijing_platforms_are_answered_about_their_merchants_without_their_data(bureau, tmp_path):
    """Published: merchants checked at entry, and alerts when an admitted one is listed; no data leave."""
    shop, merchants = partner(fields=("decision", "grounds", "abnormal_list", "serious_list")), bureau.traders
    register = shared_register(bureau.records.as_of("2024-12-31"), bureau.ratings)
    with open_log(tmp_path) as log:
        desk = PlatformDesk(register, [shop], log)
        asked = query(shop, list(merchants))
        answer = desk.admission(asked, at=dt.datetime(2024, 1, 1, 9))
        changes = desk.changes(asked, after=DAY, at=dt.datetime(2024, 12, 31, 9))
    assert answer["decision"].value_counts().sum() == len(merchants)
    stays = register.listings
    on_day = stays[(stays["listed_on"] <= "2024-01-01") & ~(stays["removed_on"] <= "2024-01-01")]
    listed = np.isin(merchants, on_day["entity_id"])
    assert (answer["decision"][listed] != "admit").all()
    assert 0 < listed.sum() < len(merchants)
    later = stays[stays["entity_id"].isin(merchants)]
    entered = later["listed_on"].between("2024-01-02", "2024-12-31").sum()
    assert (changes["change"] == "entered").sum() == entered > 0
    for told in (answer.reset_index(), changes):
        assert not told.astype(str).isin(list(merchants)).any().any()
