"""Upkeep of elevators (电梯维保): contracts, visits every three months, and spot checks of the upkeep."""

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.device_events import add_events
from creditrisk.records.synthetic.log import NEVER, Array, Days, after, days, later
from creditrisk.records.synthetic.world import World

_YEAR, _QUARTER = 365, 90
_IN_BUSINESS, _MADE, _CHECKED, _UNFILED = 0.85, 0.9, 0.35, 0.06
_PASSES_AT = 70


def record_upkeep(world: World, year: int, elevators: NDArray[np.int64]) -> None:
    """Let each elevator have one contract a year with one of the units that do upkeep, large or small.

    Parameters
    ----------
    world : World
        Its log grows by contracts, visits and spot checks.
    year : int
        The year.
    elevators : array of int, shape (n,)
        Rows of the elevators in use.
    """
    rng = world.streams("upkeep", year)
    units = _units(world, year)
    if not len(units):
        elevators = elevators[:0]
    size = len(elevators)
    width = np.exp(world.streams("upkeep size").normal(0.0, 1.2, len(world.people)))[units]
    unit = rng.choice(units, size, p=width / width.sum()) if size else elevators
    begins = days(rng, year, size, start=(1, 5), end=(2, 25))
    filed = later(rng, begins, 1, 25)
    filed[rng.random(size) < _UNFILED * np.exp(0.4 * world.people.tendency[unit] - 0.08)] = NEVER
    world.log.add(
        "upkeep",
        unit,
        begins,
        later(rng, begins, 1, 30),
        device_id=elevators,
        contract_no=np.char.mod(f"{year}-%06d", np.arange(size)),
        filed_on=filed,
        due_end_on=after(begins, _YEAR - 1),
    )
    _visit(world, year, unit, elevators, begins)
    _check(world, year, unit, elevators)


def _units(world: World, year: int) -> NDArray[np.int64]:
    """Return who does upkeep this year; some units find no work."""
    works = world.streams("upkeep work", year).random(len(world.people)) < _IN_BUSINESS
    return np.flatnonzero(world.trades.does_upkeep & works & world.active(year))


def _visit(world: World, year: int, unit: Array, elevators: Array, begins: Days) -> None:
    """Add a visit to each elevator in each quarter, made by one of the unit's workers; some are left out."""
    rng = world.streams("upkeep visit", year)
    workers = 1 + world.streams("upkeep workers").poisson(2.0, len(world.people))
    unit, elevators, begins = (np.tile(values, 4) for values in (unit, elevators, begins))
    quarter = np.repeat(np.arange(4), len(unit) // 4)
    made = rng.random(len(unit)) < _MADE
    unit, elevators = unit[made], elevators[made]
    day = later(rng, after(begins[made], _QUARTER * quarter[made]), 5, 35)
    worker = unit * 10 + rng.integers(0, workers[unit])
    due = after(day, _QUARTER + 5)
    add_events(world, rng, "upkeep_visit", unit, elevators, day, next_due_on=due, worker_id=worker)


def _check(world: World, year: int, unit: Array, elevators: Array) -> None:
    """Add spot checks; the score is lower where the tendency of the unit is high."""
    rng = world.streams("upkeep check", year)
    checked = rng.random(len(unit)) < _CHECKED
    unit, elevators = unit[checked], elevators[checked]
    score = np.clip(np.round(rng.normal(86 - 4 * world.people.tendency[unit], 7), 1), 0, 100)
    day = days(rng, year, len(unit), start=(3, 1), end=(12, 15))
    passed = score >= _PASSES_AT
    add_events(world, rng, "upkeep_check", unit, elevators, day, passed=passed, score=score)
