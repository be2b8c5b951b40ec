"""Licences (许可): who has which, and whether it is renewed in time."""

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.log import NEVER, Array, after, later, new_year
from creditrisk.records.synthetic.population import SECTORS
from creditrisk.records.synthetic.trades import FIELD_NAMES
from creditrisk.records.synthetic.world import Habit, World

LAPSED_LICENCE = Habit(name="lapsed licence", rate=0.22, load=0.5)

_LICENSED = {"H": 0.9, "C": 0.6, "E": 0.6, "G": 0.5, "F": 0.45, "O": 0.3, "R": 0.3}
_ONLY_WITH_ONE = ("drug", "medical_device", "special_equipment")
_LICENSED_OF_THESE = 0.97
_LICENCE_DAYS = 3 * 365
_MAKERS = "C"
_NAMES = {
    "food": ("食品生产许可证", "食品经营许可证"),
    "drug": ("药品生产许可证", "药品经营许可证"),
    "medical_device": ("医疗器械生产许可证", "医疗器械经营许可证"),
    "special_equipment": ("特种设备生产许可证", "特种设备生产许可证"),
    "industrial_product": ("工业产品生产许可证", "工业产品生产许可证"),
}
_OF_TRANSPORT, _ANY = "道路运输经营许可证", "行政许可"
_LEVELS = {
    "food": (0.35, 0.35, 0.2, 0.1),
    "drug": (0.3, 0.5, 0.2, 0.0),
    "medical_device": (0.3, 0.5, 0.2, 0.0),
    "industrial_product": (0.3, 0.35, 0.25, 0.1),
}
_KITCHENS = np.array(
    ["餐饮服务", "学校食堂", "托幼机构食堂", "养老机构食堂", "医疗机构食堂", "集体用餐配送"], dtype=object
)
_KITCHEN_SHARES = (0.84, 0.06, 0.03, 0.03, 0.02, 0.02)


def record_licences(world: World, first_year: int, last_year: int) -> None:
    """Add licences of three years and their renewals, in time or late; the bureau knows at once.

    Everybody has licences of one kind, that of the trade, one after the other.
    """
    rng = world.streams("licence")
    people = world.people
    share = np.array([_LICENSED.get(letter, 0.1) for letter in SECTORS])[people.sector]
    share = np.where(world.trades.among(*_ONLY_WITH_ONE), _LICENSED_OF_THESE, share)
    entity = np.flatnonzero(rng.random(len(people)) < share)
    oldest = after(new_year(first_year), -rng.integers(0, _LICENCE_DAYS, len(entity)))
    start = np.maximum(later(rng, people.known_on[entity], 0, 59), oldest)
    lapses = world.rates(LAPSED_LICENCE)
    said = _said(world)
    end = new_year(last_year + 1)
    entity, start = entity[start < end], start[start < end]
    while len(entity):
        valid_to = after(start, _LICENCE_DAYS)
        late = rng.random(len(entity)) < lapses[entity]
        gap = np.where(late, rng.geometric(1 / 400, len(entity)), -rng.integers(0, 60, len(entity)))
        renewed = after(valid_to, gap)
        renewed[renewed >= end] = NEVER
        world.log.add(
            "licence",
            entity,
            start,
            start,
            valid_to=valid_to,
            withdrawn_on=renewed,
            withdrawal=np.full(len(entity), "replaced"),
            authority=np.full(len(entity), "market supervision"),
            **{name: values[entity] for name, values in said.items()},
        )
        goes_on = ~np.isnat(renewed)
        entity, start = entity[goes_on], renewed[goes_on]


def _said(world: World) -> dict[str, Array]:
    """Return what the licence of each entity would say."""
    field = FIELD_NAMES[world.trades.field]
    makes = world.in_sectors(_MAKERS)
    name = np.where(world.in_sectors("G"), _OF_TRANSPORT, _ANY).astype("U20")
    for area, (of_makers, of_others) in _NAMES.items():
        name = np.where(field == area, np.where(makes, of_makers, of_others), name)
    rng = world.streams("licence kitchen")
    kitchen = rng.choice(_KITCHENS, len(field), p=_KITCHEN_SHARES)
    return {
        "licence_name": name,
        "category": np.where(world.in_sectors("H"), kitchen, SECTORS[world.people.sector]),
        "field": field,
        "hazard_level": _levels(world.streams("licence level"), field),
        "area_m2": np.round(np.exp(world.streams("licence area").normal(4.5, 0.8, len(field)))),
    }


def _levels(rng: np.random.Generator, field: NDArray[np.str_]) -> Array:
    """Return the hazard tier or product class, 1 the lowest, where the area has such."""
    draws = rng.random(len(field))
    levels = np.full(len(field), None, dtype=object)
    for area, shares in _LEVELS.items():
        chosen = field == area
        steps = np.cumsum(shares)[:-1]
        levels[chosen] = np.array(["1", "2", "3", "4"])[np.searchsorted(steps, draws[chosen], side="right")]
    return levels
