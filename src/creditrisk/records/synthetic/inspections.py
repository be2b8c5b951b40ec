"""Who is inspected in a year (双随机、专项、投诉核查), in what area, and what is found."""

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.records.synthetic.complaints import COMPLAINED, add_complaints
from creditrisk.records.synthetic.effects import INSPECTIONS
from creditrisk.records.synthetic.findings import draw_findings
from creditrisk.records.synthetic.log import NEVER, Array, Days, after, days, later
from creditrisk.records.synthetic.matters import Matter, draw_fields
from creditrisk.records.synthetic.penalties import punish
from creditrisk.records.synthetic.population import REGIONS
from creditrisk.records.synthetic.truth import TrueYear
from creditrisk.records.synthetic.working_days import collected_after
from creditrisk.records.synthetic.world import World

INSPECTED = Matter(
    own=8.0,
    anyone={
        "registration": 2.0,
        "price": 1.5,
        "advertising": 1.0,
        "measurement": 0.7,
        "intellectual_property": 0.7,
        "competition": 0.8,
        "cosmetics": 0.1,
        "other": 0.7,
    },
    devices=4.0,
    shop=4.0,
)
_DEPARTMENTS = {"drug": "drug administration", "medical_device": "drug administration"}
_SECOND_DEPARTMENTS = np.array(["fire and rescue", "ecology and environment", "culture and tourism"])


@dataclass(frozen=True, slots=True)
class Visits:
    """Inspections of one year: whom, when, why, in what area, how likely drawn, after which complaint."""

    entity: NDArray[np.int64]
    day: Days
    channel: NDArray[np.str_]
    field: NDArray[np.str_]
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
    punish(world, truth, visits, rows, year)


def _visits(world: World, truth: TrueYear, year: int) -> Visits:
    channels = (_random(world, truth, year), _targeted(world, truth, year), _complaint(world, truth, year))
    joined = [np.concatenate([getattr(part, field.name) for part in channels]) for field in fields(Visits)]
    once = ~pd.DataFrame({"entity": joined[0], "day": joined[1]}).duplicated().to_numpy()
    return Visits(*(values[once] for values in joined))


def _planned(
    world: World, year: int, channel: str, entity: NDArray[np.int64], day: Days, probability: Array
) -> Visits:
    area = draw_fields(world, world.streams(f"{channel} inspection field", year), INSPECTED, entity)
    size = len(entity)
    return Visits(entity, day, np.full(size, channel), area, probability, np.full(size, -1))


def _random(world: World, truth: TrueYear, year: int) -> Visits:
    rng = world.streams("random inspection", year)
    by_region = rng.uniform(*INSPECTIONS.random_range, len(REGIONS))
    probability = np.round(by_region, 4)[world.people.region]
    drawn = np.flatnonzero((rng.random(len(world.people)) < probability) & truth.active)
    when = days(rng, year, len(drawn), start=(2, 1), end=(10, 25))
    return _planned(world, year, "random", drawn, when, probability[drawn])


def _targeted(world: World, truth: TrueYear, year: int) -> Visits:
    rng = world.streams("targeted inspection", year)
    score = INSPECTIONS.targeted_level + INSPECTIONS.targeted_slope * truth.from_records
    chosen = np.flatnonzero((rng.random(len(world.people)) < 1 / (1 + np.exp(-score))) & truth.active)
    when = days(rng, year, len(chosen), start=(1, 15), end=(10, 25))
    return _planned(world, year, "targeted", chosen, when, np.full(len(chosen), np.nan))


def _complaint(world: World, truth: TrueYear, year: int) -> Visits:
    rng = world.streams("complaint inspection", year)
    odds = np.where(truth.violates, INSPECTIONS.complaint_odds, 1.0)
    reported = rng.random(len(world.people)) < INSPECTIONS.complaint_rate * odds
    entity = np.flatnonzero(reported & truth.active)
    when = days(rng, year, len(entity), start=(2, 1), end=(10, 31))
    received = after(when, -rng.integers(4, 30, len(entity)))
    area = draw_fields(world, world.streams("complaint inspection field", year), COMPLAINED, entity)
    closed = later(rng, when, 1, 20)
    rows = add_complaints(world, rng, entity, received, closed, truth.violates[entity], area)
    size = len(entity)
    return Visits(entity, when, np.full(size, "complaint"), area, np.full(size, np.nan), rows)


def _record_visits(world: World, truth: TrueYear, visits: Visits, year: int) -> NDArray[np.int64]:
    rng, more = world.streams("inspection", year), world.streams("inspection items", year)
    size = len(visits.entity)
    found = truth.violates[visits.entity]
    rectified = later(rng, visits.day, 5, 60)
    rectified[rng.random(size) < 0.12] = NEVER
    failures = more.poisson(0.8, size) + 1
    joint = more.random(size) < 0.15
    return world.log.add(
        "inspection",
        visits.entity,
        visits.day,
        collected_after(rng, visits.day, 1, 7),
        result_codes=np.where(found, draw_findings(world.streams("findings", year), visits.field), "1"),
        channel=visits.channel,
        inclusion_probability=visits.probability,
        field=visits.field,
        department=_departments(world.streams("inspection department", year), visits.field, joint),
        rectify_due_on=np.where(found, after(visits.day, 30), NEVER),
        rectified_on=np.where(found, rectified, NEVER),
        complaint_id=visits.complaint,
        joint=joint,
        items_checked=more.integers(8, 30, size),
        key_failures=np.where(found, more.binomial(2, 0.4, size), 0),
        general_failures=np.where(found, failures, 0),
    )


def _departments(rng: np.random.Generator, fields: Array, joint: Array) -> Array:
    """Return who reports the inspection; of those made together, sometimes the other department."""
    leads = np.full(len(fields), "market supervision", dtype="U30")
    for name, department in _DEPARTMENTS.items():
        leads[fields == name] = department
    others = rng.choice(_SECOND_DEPARTMENTS, len(fields))
    return np.where(joint & (rng.random(len(fields)) < 0.5), others, leads)
