"""Who is inspected in a year (双随机、专项、投诉核查), what is found, and the penalty (处罚) that follows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.conduct import add_complaints
from creditrisk.records.synthetic.effects import INSPECTIONS
from creditrisk.records.synthetic.lists import record_serious
from creditrisk.records.synthetic.log import NEVER, Array, Days, after, days, later
from creditrisk.records.synthetic.population import REGIONS
from creditrisk.records.synthetic.truth import TrueYear
from creditrisk.records.synthetic.world import World

_FOUND = np.array(["3", "4", "5", "E", "B", "C", "A", "3,E", "4,E", "5,E"])
_FOUND_SHARES = (0.2, 0.15, 0.2, 0.1, 0.05, 0.05, 0.05, 0.08, 0.06, 0.06)
_ACTS = np.array(["quality", "food safety", "advertising", "price", "licence", "trade mark", "measurement"])
_OVERTURNED_SHARE = 0.04


@dataclass(frozen=True, slots=True)
class Visits:
    """Inspections of one year: whom, when, why, and with what inclusion probability."""

    entity: NDArray[np.int64]
    day: Days
    channel: NDArray[np.str_]
    probability: NDArray[np.float64]


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
    _record_visits(world, truth, visits, year)
    _punish(world, truth, visits, year)


def _visits(world: World, truth: TrueYear, year: int) -> Visits:
    channels = (_random(world, truth, year), _targeted(world, truth, year), _complaint(world, truth, year))
    return Visits(
        np.concatenate([part.entity for part in channels]),
        np.concatenate([part.day for part in channels]),
        np.concatenate([part.channel for part in channels]),
        np.concatenate([part.probability for part in channels]),
    )


def _random(world: World, truth: TrueYear, year: int) -> Visits:
    rng = world.streams("random inspection", year)
    by_region = rng.uniform(*INSPECTIONS.random_range, len(REGIONS))
    probability = np.round(by_region, 4)[world.people.region]
    drawn = np.flatnonzero((rng.random(len(world.people)) < probability) & truth.active)
    when = days(rng, year, len(drawn), start=(2, 1), end=(10, 25))
    return Visits(drawn, when, np.full(len(drawn), "random"), probability[drawn])


def _targeted(world: World, truth: TrueYear, year: int) -> Visits:
    rng = world.streams("targeted inspection", year)
    score = INSPECTIONS.targeted_level + INSPECTIONS.targeted_slope * truth.from_records
    chosen = np.flatnonzero((rng.random(len(world.people)) < 1 / (1 + np.exp(-score))) & truth.active)
    when = days(rng, year, len(chosen), start=(1, 15), end=(10, 25))
    return Visits(chosen, when, np.full(len(chosen), "targeted"), np.full(len(chosen), np.nan))


def _complaint(world: World, truth: TrueYear, year: int) -> Visits:
    rng = world.streams("complaint inspection", year)
    odds = np.where(truth.violates, INSPECTIONS.complaint_odds, 1.0)
    reported = rng.random(len(world.people)) < INSPECTIONS.complaint_rate * odds
    entity = np.flatnonzero(reported & truth.active)
    when = days(rng, year, len(entity), start=(2, 1), end=(10, 31))
    received = after(when, -rng.integers(4, 30, len(entity)))
    add_complaints(world, rng, entity, received, later(rng, when, 1, 20), truth.violates[entity])
    return Visits(entity, when, np.full(len(entity), "complaint"), np.full(len(entity), np.nan))


def _record_visits(world: World, truth: TrueYear, visits: Visits, year: int) -> None:
    rng = world.streams("inspection", year)
    size = len(visits.entity)
    found = truth.violates[visits.entity]
    due = after(visits.day, 30)
    rectified = later(rng, visits.day, 5, 60)
    rectified[rng.random(size) < 0.12] = NEVER
    world.log.add(
        "inspection",
        visits.entity,
        visits.day,
        _published(rng, visits.day, 1, 20),
        result_codes=np.where(found, rng.choice(_FOUND, size, p=_FOUND_SHARES), "1"),
        channel=visits.channel,
        inclusion_probability=visits.probability,
        department=np.full(size, "market supervision"),
        rectify_due_on=np.where(found, due, NEVER),
        rectified_on=np.where(found, rectified, NEVER),
    )


def _punish(world: World, truth: TrueYear, visits: Visits, year: int) -> None:
    """Decide one penalty for each entity found to break a rule, after its first inspection of the year."""
    rng = world.streams("penalty", year)
    order = np.argsort(visits.day, kind="stable")
    entity, first = np.unique(visits.entity[order], return_index=True)
    found = truth.violates[entity]
    entity, inspected = entity[found], visits.day[order][first][found]
    decided = later(rng, inspected, 7, 50)
    loss = truth.loss_cny[entity]
    confiscated = np.round(
        loss * np.where(rng.random(len(entity)) < 0.4, rng.beta(1.5, 3.0, len(entity)), 0.0), 2
    )
    overturned = later(rng, decided, 366, 900)
    overturned[rng.random(len(entity)) >= _OVERTURNED_SHARE] = NEVER
    world.log.add(
        "penalty",
        entity,
        decided,
        _published(rng, decided, 3, 20),
        act_type=rng.choice(_ACTS, len(entity)),
        severity=_severity(rng, loss, confiscated),
        fine_cny=np.round(loss - confiscated, 2),
        confiscated_cny=confiscated,
        goods_value_cny=np.round(loss * rng.uniform(0.2, 1.0, len(entity)), 2),
        revoked_on=overturned,
    )
    record_serious(world, year, entity, decided, loss)


def _severity(rng: np.random.Generator, loss: Array, confiscated: Array) -> NDArray[np.int64]:
    severity = np.where(loss > 0, np.where(confiscated > 0, 3, 2), 0)
    return np.where((loss >= 50_000) & (rng.random(len(loss)) < 0.15), 4, severity)


def _published(rng: np.random.Generator, day: Days, low: int, high: int) -> Days:
    """Return when the bureau knew: soon as a rule, months later in two cases of a hundred."""
    slow = rng.random(len(day)) < 0.02
    return after(later(rng, day, low, high), np.where(slow, rng.integers(20, 70, len(day)), 0))
