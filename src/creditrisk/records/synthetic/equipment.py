"""Special equipment (特种设备): devices, their tests and failures, and the upkeep of elevators (维保)."""

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.log import NEVER, Array, after, days, later, new_year
from creditrisk.records.synthetic.world import World

_SHARES = {"C": 0.3, "H": 0.15, "K": 0.5, "R": 0.4, "L": 0.08, "E": 0.15, "O": 0.05}
_KINDS = {
    "C": "boiler",
    "E": "crane",
    "R": "amusement",
}
_UPKEEP_SECTOR = "O"
_UPKEEP_SHARE = 0.1
_YEAR = 365


def record_devices(world: World, last_year: int) -> None:
    """Add the devices of those that use some: elevators, but boilers, cranes and rides in some sections."""
    rng = world.streams("device")
    people = world.people
    users = np.flatnonzero(rng.random(len(people)) < world.by_sector(_SHARES))
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
    """Add the upkeep contracts, tests and failures of the devices that were known before the year."""
    device = _in_use(world, year)
    _record_upkeep(world, year, device)
    _record_tests(world, year, device)
    _record_failures(world, year, device)


def _devices(world: World) -> dict[str, Array]:
    devices = world.log.columns("device")
    if devices is None:
        raise AssertionError("devices are recorded before what happens to them")
    return devices


def _in_use(world: World, year: int) -> NDArray[np.int64]:
    devices = _devices(world)
    there = (devices["known_on"] < new_year(year)) & ~(devices["ended_on"] < new_year(year + 1))
    return np.flatnonzero(there & world.active(year)[devices["entity"]])


def _record_upkeep(world: World, year: int, device: NDArray[np.int64]) -> None:
    """Let each elevator have one contract a year with one of the units that do upkeep."""
    rng = world.streams("upkeep", year)
    does_upkeep = world.streams("upkeep who").random(len(world.people)) < _UPKEEP_SHARE
    units = np.flatnonzero(does_upkeep & world.in_sectors(_UPKEEP_SECTOR) & world.active(year))
    elevators = device[_devices(world)["kind"][device] == "elevator"]
    if not len(units):
        elevators = elevators[:0]
    size = len(elevators)
    begins = days(rng, year, size, start=(1, 5), end=(2, 25))
    filed = later(rng, begins, 1, 25)
    filed[rng.random(size) < 0.06] = NEVER
    world.log.add(
        "upkeep",
        units[rng.integers(0, max(len(units), 1), size)] if size else elevators,
        begins,
        later(rng, begins, 1, 30),
        device_id=elevators,
        contract_no=np.char.mod(f"{year}-%06d", np.arange(size)),
        filed_on=filed,
        due_end_on=after(begins, _YEAR - 1),
    )


def _record_tests(world: World, year: int, device: NDArray[np.int64]) -> None:
    rng = world.streams("device test", year)
    tested = device[rng.random(len(device)) < 0.95]
    day = days(rng, year, len(tested), start=(1, 5), end=(12, 15))
    risk = np.exp(0.4 * world.people.tendency[_devices(world)["entity"][tested]] - 0.08)
    passed = rng.random(len(tested)) > 0.04 * risk
    _add_events(world, rng, "test", tested, day, passed=passed, next_due_on=after(day, _YEAR))
    checked = device[rng.random(len(device)) < 0.15]
    score = np.clip(np.round(rng.normal(86, 8, len(checked)), 1), 0, 100)
    day = days(rng, year, len(checked), start=(1, 5), end=(12, 15))
    _add_events(world, rng, "upkeep_check", checked, day, passed=score >= 70, score=score)


def _record_failures(world: World, year: int, device: NDArray[np.int64]) -> None:
    rng = world.streams("device failure", year)
    faults = np.repeat(device, rng.poisson(0.5, len(device)))
    _add_events(world, rng, "fault", faults, days(rng, year, len(faults), start=(1, 1), end=(12, 20)))
    elevators = device[_devices(world)["kind"][device] == "elevator"]
    trapped = np.repeat(elevators, rng.poisson(0.12, len(elevators)))
    day = days(rng, year, len(trapped), start=(1, 1), end=(12, 20))
    minutes = np.round(rng.gamma(4.0, 4.5, len(trapped)), 1)
    _add_events(world, rng, "trapped", trapped, day, rescue_minutes=minutes)


def _add_events(
    world: World, rng: np.random.Generator, kind: str, device: NDArray[np.int64], day: Array, **own: Array
) -> None:
    size = len(device)
    nothing: dict[str, Array] = {
        "passed": np.full(size, np.nan),
        "next_due_on": np.full(size, NEVER),
        "score": np.full(size, np.nan),
        "rescue_minutes": np.full(size, np.nan),
    }
    world.log.add(
        "device_event",
        _devices(world)["entity"][device],
        day,
        later(rng, day, 0, 15),
        device_id=device,
        kind=np.full(size, kind),
        **nothing | own,
    )
