"""Special equipment (特种设备): devices, their tests and failures."""

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.device_events import add_events, devices_of
from creditrisk.records.synthetic.log import NEVER, Array, after, days, later, new_year
from creditrisk.records.synthetic.upkeep import record_upkeep
from creditrisk.records.synthetic.world import World

_KINDS = {
    "C": "boiler",
    "E": "crane",
    "R": "amusement",
}
_YEAR = 365


def record_devices(world: World, last_year: int) -> None:
    """Add the devices of those that use some: elevators, but boilers, cranes and rides in some sections."""
    rng = world.streams("device")
    people = world.people
    users = np.flatnonzero(world.trades.uses_devices)
    entity = np.repeat(users, 1 + rng.poisson(0.8, len(users)))
    size = len(entity)
    start = np.maximum(people.known_on[entity], new_year(2008))
    room = (new_year(last_year + 1) - start).astype(np.int64)
    used_from = after(start, rng.integers(1, np.maximum(room, 2)))
    ended = later(rng, used_from, 1500, 6000)
    ended[rng.random(size) < 0.8] = NEVER
    sector_kind = np.full(len(people), "elevator", dtype="U20")
    for letter, kind in _KINDS.items():
        sector_kind[world.in_sectors(letter)] = kind
    elevator = rng.random(size) < 0.5
    world.log.add(
        "device",
        entity,
        used_from,
        later(rng, used_from, 1, 30),
        device_no=np.char.mod("TS%08d", np.arange(size)),
        kind=np.where(elevator, "elevator", sector_kind[entity]),
        use_no=_numbers("use-%08d", rng.random(size) < 0.97),
        public_place=world.in_sectors("HRK")[entity],
        made_on=after(used_from, -rng.integers(90, 900, size)),
        ended_on=ended,
    )


def _numbers(form: str, given: NDArray[np.bool_]) -> Array:
    texts = np.char.mod(form, np.arange(len(given))).astype(object)
    texts[~given] = None
    return texts


def record_equipment(world: World, year: int) -> None:
    """Add the upkeep, tests and failures of the devices that were known before the year."""
    device = _in_use(world, year)
    elevators = device[devices_of(world)["kind"][device] == "elevator"]
    record_upkeep(world, year, elevators)
    _record_tests(world, year, device)
    _record_failures(world, year, device, elevators)


def _in_use(world: World, year: int) -> NDArray[np.int64]:
    devices = devices_of(world)
    there = (devices["known_on"] < new_year(year)) & ~(devices["ended_on"] < new_year(year + 1))
    return np.flatnonzero(there & world.active(year)[devices["entity"]])


def _record_tests(world: World, year: int, device: NDArray[np.int64]) -> None:
    rng = world.streams("device test", year)
    tested = device[rng.random(len(device)) < 0.95]
    user = devices_of(world)["entity"][tested]
    day = days(rng, year, len(tested), start=(1, 5), end=(12, 15))
    passed = rng.random(len(tested)) > 0.04 * np.exp(0.4 * world.people.tendency[user] - 0.08)
    add_events(world, rng, "test", user, tested, day, passed=passed, next_due_on=after(day, _YEAR))


def _record_failures(
    world: World, year: int, device: NDArray[np.int64], elevators: NDArray[np.int64]
) -> None:
    rng = world.streams("device failure", year)
    users = devices_of(world)["entity"]
    faults = np.repeat(device, rng.poisson(0.5, len(device)))
    day = days(rng, year, len(faults), start=(1, 1), end=(12, 20))
    add_events(world, rng, "fault", users[faults], faults, day)
    trapped = np.repeat(elevators, rng.poisson(0.12, len(elevators)))
    day = days(rng, year, len(trapped), start=(1, 1), end=(12, 20))
    minutes = np.round(rng.gamma(4.0, 4.5, len(trapped)), 1)
    add_events(world, rng, "trapped", users[trapped], trapped, day, rescue_minutes=minutes)
