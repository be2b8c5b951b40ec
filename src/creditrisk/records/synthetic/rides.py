"""Certificates of persons and vehicles (资格证), and ride-hailing orders (网约车订单)."""

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.log import NEVER, Array, Days, after, days, later, new_year
from creditrisk.records.synthetic.population import ENTERPRISE, REGIONS
from creditrisk.records.synthetic.world import Habit, World

HEALTH = Habit(name="food_health", rate=1.5, load=0.0, silent=0.3, sectors="H")
OFFICER = Habit(name="food_safety_officer", rate=0.12, load=0.0, silent=0.3, sectors="FH")
OPERATOR = Habit(name="equipment_operator", rate=0.25, load=-0.1, silent=0.4, sectors="CEKR")
PHARMACIST = Habit(name="pharmacist", rate=0.3, load=-0.3, silent=0.05, sectors="F")

_YEARS = {
    "food_health": 1,
    "food_safety_officer": 3,
    "equipment_operator": 4,
    "pharmacist": 5,
    "ride_driver": 3,
}
_HAILING_SHARE = 0.18
_DRIVERS = 8
_RULES_SINCE = np.datetime64("2016-11-01", "D")
_GIVES_UP = 1 / 5000
_ORDERS_OF_DRIVER = 7.5
_DRIVER_HEAD = 40_000_000


def record_certificates(world: World, year: int) -> None:
    """Add the certificates given in the year, those of drivers in their first."""
    for habit in (HEALTH, OFFICER, OPERATOR, PHARMACIST):
        rng = world.streams(f"certificate {habit.name}", year)
        entity = world.happenings(habit, year)
        if habit is PHARMACIST:
            entity = entity[world.trades.among("drug")[entity]]
        holder = rng.integers(0, 10_000_000, len(entity))
        day = days(rng, year, len(entity), start=(1, 4), end=(12, 20))
        _certify(world, rng, habit.name, entity, holder, day)


def record_drivers(world: World, first_year: int, last_year: int) -> None:
    """Add certificates of drivers and their renewals, some of them late, until the company gives up."""
    rng = world.streams("certificate ride_driver")
    holder, entity = _drivers(world)
    earliest = np.maximum(world.people.known_on[entity], new_year(first_year - 1))
    day = later(rng, earliest, 1, 3 * 365)
    end = np.minimum(_given_up_on(world), new_year(last_year + 1))
    while len(entity):
        kept = day < end[entity]
        holder, entity, day = holder[kept], entity[kept], day[kept]
        _certify(world, rng, "ride_driver", entity, holder, day)
        late = rng.random(len(entity)) < 0.1
        day = after(day, 3 * 365 + np.where(late, rng.integers(1, 200, len(entity)), -5))


def _certify(
    world: World, rng: np.random.Generator, kind: str, entity: Array, holder: Array, day: Array
) -> None:
    world.log.add(
        "certificate",
        entity,
        day,
        later(rng, day, 1, 20),
        kind=np.full(len(entity), kind),
        holder_id=holder,
        valid_to=after(day, 365 * _YEARS[kind]),
        withdrawn_on=np.full(len(entity), NEVER),
    )


def _drivers(world: World) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the number of each driver and for whom it drives, some enterprises of transport."""
    chosen = world.streams("ride_order who").random(len(world.people)) < _HAILING_SHARE
    company = chosen & world.in_sectors("G") & (world.people.entity_type == ENTERPRISE)
    drivers = world.streams("ride_order drivers").geometric(1 / _DRIVERS, len(world.people))
    entity = np.repeat(np.flatnonzero(company), drivers[company])
    return _DRIVER_HEAD + np.arange(len(entity)), entity


def _given_up_on(world: World) -> Days:
    """Return when each company gives up ride-hailing, which has had rules since November 2016."""
    since = np.maximum(world.people.known_on, _RULES_SINCE)
    return after(since, world.streams("ride_order end").geometric(_GIVES_UP, len(since)))


def record_rides(world: World, year: int) -> None:
    """Add the orders of the year; some drivers drive without a certificate."""
    rng = world.streams("ride_order", year)
    driver, employer = _drivers(world)
    active = np.flatnonzero((world.active(year) & (_given_up_on(world) > new_year(year + 1)))[employer])
    lawless = 0.06 * np.exp(0.6 * world.people.tendency[employer] - 0.18)
    uncertified = world.streams("ride_order driver").random(len(driver)) < lawless
    who = np.repeat(active, rng.poisson(_ORDERS_OF_DRIVER, len(active)))
    size = len(who)
    day = days(rng, year, size, start=(1, 1), end=(12, 31))
    distance = np.round(rng.gamma(2.0, 4.0, size), 1)
    world.log.add(
        "ride_order",
        employer[who],
        day,
        later(rng, day, 0, 5),
        driver_id=driver[who],
        vehicle_id=driver[who],
        region=REGIONS[world.people.region[employer[who]]],
        distance_km=distance,
        fare_cny=np.round(8.0 + 2.4 * distance, 2),
        driver_certified=~uncertified[who],
        vehicle_certified=rng.random(size) > 0.04,
    )
