"""Who is inspected in a year (双随机、专项、投诉核查), what is found, and the penalty (处罚) that follows."""

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.records.synthetic.complaints import add_complaints
from creditrisk.records.synthetic.effects import INSPECTIONS
from creditrisk.records.synthetic.lists import record_serious
from creditrisk.records.synthetic.log import NEVER, Array, Days, after, days, later
from creditrisk.records.synthetic.population import REGIONS
from creditrisk.records.synthetic.truth import TrueYear
from creditrisk.records.synthetic.working_days import working_days_after
from creditrisk.records.synthetic.world import World

_FOUND = np.array(["3", "4", "5", "E", "B", "C", "A", "3,E", "4,E", "5,E", "8"])
_FOUND_SHARES = (0.18, 0.15, 0.2, 0.1, 0.05, 0.05, 0.05, 0.08, 0.06, 0.06, 0.02)
_ACTS = {
    "quality": "industrial_product",
    "food safety": "food",
    "advertising": "advertising",
    "price": "price",
    "licence": "registration",
    "trade mark": "intellectual_property",
    "measurement": "measurement",
}
_KINDS = np.array(["warning", "criticism", "fine", "fine,confiscation", "fine,suspension"])
_CRIMINAL_CNY = 500_000
_OVERTURNED_SHARE = 0.04


@dataclass(frozen=True, slots=True)
class Visits:
    """Inspections of one year: whom, when, why, with what inclusion probability, after which complaint."""

    entity: NDArray[np.int64]
    day: Days
    channel: NDArray[np.str_]
    probability: NDArray[np.float64]
    complaint: NDArray[np.int64]


def inspect(world: World, truth: TrueYear, year: int) -> None:
    """Inspect some entities of the year, record what is found, and punish it once.

    Parameters
    ----------
    world : World
        Its log grows by inspections, the complaints that led to them, penalties and serious listings.
    truth : TrueYear
        Whose rules are broken this year, and the loss.
    year : int
        The year.
    """
    visits = _visits(world, truth, year)
    rows = _record_visits(world, truth, visits, year)
    _punish(world, truth, visits, rows, year)


def _visits(world: World, truth: TrueYear, year: int) -> Visits:
    channels = (_random(world, truth, year), _targeted(world, truth, year), _complaint(world, truth, year))
    joined = [np.concatenate([getattr(part, field.name) for part in channels]) for field in fields(Visits)]
    once = ~pd.DataFrame({"entity": joined[0], "day": joined[1]}).duplicated().to_numpy()
    return Visits(*(values[once] for values in joined))


def _random(world: World, truth: TrueYear, year: int) -> Visits:
    rng = world.streams("random inspection", year)
    by_region = rng.uniform(*INSPECTIONS.random_range, len(REGIONS))
    probability = np.round(by_region, 4)[world.people.region]
    drawn = np.flatnonzero((rng.random(len(world.people)) < probability) & truth.active)
    when = days(rng, year, len(drawn), start=(2, 1), end=(10, 25))
    return Visits(drawn, when, np.full(len(drawn), "random"), probability[drawn], np.full(len(drawn), -1))


def _targeted(world: World, truth: TrueYear, year: int) -> Visits:
    rng = world.streams("targeted inspection", year)
    score = INSPECTIONS.targeted_level + INSPECTIONS.targeted_slope * truth.from_records
    chosen = np.flatnonzero((rng.random(len(world.people)) < 1 / (1 + np.exp(-score))) & truth.active)
    when = days(rng, year, len(chosen), start=(1, 15), end=(10, 25))
    size = len(chosen)
    return Visits(chosen, when, np.full(size, "targeted"), np.full(size, np.nan), np.full(size, -1))


def _complaint(world: World, truth: TrueYear, year: int) -> Visits:
    rng = world.streams("complaint inspection", year)
    odds = np.where(truth.violates, INSPECTIONS.complaint_odds, 1.0)
    reported = rng.random(len(world.people)) < INSPECTIONS.complaint_rate * odds
    entity = np.flatnonzero(reported & truth.active)
    when = days(rng, year, len(entity), start=(2, 1), end=(10, 31))
    received = after(when, -rng.integers(4, 30, len(entity)))
    rows = add_complaints(world, rng, entity, received, later(rng, when, 1, 20), truth.violates[entity])
    size = len(entity)
    return Visits(entity, when, np.full(size, "complaint"), np.full(size, np.nan), rows)


def _record_visits(world: World, truth: TrueYear, visits: Visits, year: int) -> NDArray[np.int64]:
    rng, more = world.streams("inspection", year), world.streams("inspection items", year)
    size = len(visits.entity)
    found = truth.violates[visits.entity]
    rectified = later(rng, visits.day, 5, 60)
    rectified[rng.random(size) < 0.12] = NEVER
    failures = more.poisson(0.8, size) + 1
    return world.log.add(
        "inspection",
        visits.entity,
        visits.day,
        _collected(rng, visits.day, 1, 7),
        result_codes=np.where(found, rng.choice(_FOUND, size, p=_FOUND_SHARES), "1"),
        channel=visits.channel,
        inclusion_probability=visits.probability,
        department=np.full(size, "market supervision"),
        rectify_due_on=np.where(found, after(visits.day, 30), NEVER),
        rectified_on=np.where(found, rectified, NEVER),
        complaint_id=visits.complaint,
        joint=more.random(size) < 0.15,
        items_checked=more.integers(8, 30, size),
        key_failures=np.where(found, more.binomial(2, 0.3, size), 0),
        general_failures=np.where(found, failures, 0),
    )


def _punish(world: World, truth: TrueYear, visits: Visits, rows: NDArray[np.int64], year: int) -> None:
    """Decide one penalty for each entity found to break a rule, after its first inspection of the year."""
    rng = world.streams("penalty", year)
    order = np.argsort(visits.day, kind="stable")
    entity, first = np.unique(visits.entity[order], return_index=True)
    found = truth.violates[entity]
    entity, first = entity[found], order[first[found]]
    inspected = visits.day[first]
    size = len(entity)
    decided = later(rng, inspected, 7, 50)
    loss = truth.loss_cny[entity]
    confiscated = np.round(loss * np.where(rng.random(size) < 0.4, rng.beta(1.5, 3.0, size), 0.0), 2)
    overturned = later(rng, decided, 366, 900)
    overturned[rng.random(size) >= _OVERTURNED_SHARE] = NEVER
    act = rng.choice(len(_ACTS), size)
    severity = _severity(rng, loss, confiscated)
    penalty = world.log.add(
        "penalty",
        entity,
        decided,
        _collected(rng, decided, 2, 7),
        act_type=np.array(list(_ACTS))[act],
        field=np.array(list(_ACTS.values()))[act],
        authority=np.full(size, "market supervision"),
        case_source=np.where(visits.channel[first] == "complaint", "complaint", "inspection"),
        inspection_id=rows[first],
        complaint_id=visits.complaint[first],
        opened_on=inspected,
        penalty_kinds=_KINDS[severity],
        severity=severity,
        fine_cny=np.round(loss - confiscated, 2),
        confiscated_cny=confiscated,
        goods_value_cny=np.round(loss * rng.uniform(0.2, 1.0, size), 2),
        licence_revoked=np.zeros(size, dtype=bool),
        transferred=(loss >= _CRIMINAL_CNY),
        publish_until=after(decided, 3 * 365),
        fulfilled_on=later(rng, decided, 5, 120),
        revoked_on=overturned,
    )
    record_serious(world, year, entity, decided, loss, penalty)


def _severity(rng: np.random.Generator, loss: Array, confiscated: Array) -> NDArray[np.int64]:
    severity = np.where(loss > 0, np.where(confiscated > 0, 3, 2), 0)
    return np.where((loss >= 50_000) & (rng.random(len(loss)) < 0.15), 4, severity)


def _collected(rng: np.random.Generator, day: Days, low: int, high: int) -> Days:
    """Return when the bureau knew, `low` to `high` working days later."""
    return working_days_after(day, rng.integers(low, high + 1, len(day)))
