"""Complaints and reports (投诉举报), received, accepted, found true or not."""

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.log import Array, Days, days, later
from creditrisk.records.synthetic.matters import Matter, draw_fields
from creditrisk.records.synthetic.world import Habit, World

COMPLAINT = Habit(name="complaint", rate=0.85, load=0.9, silent=0.4)

COMPLAINED = Matter(
    own=3.0,
    anyone={"industrial_product": 1.5, "price": 2.0, "advertising": 1.5, "other": 2.5},
    devices=0.5,
    shop=1.5,
)
_CATEGORIES = {
    "price": "price",
    "advertising": "advertising",
    "other": "contract",
    "online_trading": "service",
}
_OTHER_CATEGORY = "quality"
_SETTLED, _CASE = 0.65, 0.85
_IN_SEASON = 0.12


def record_complaints(world: World, year: int, violates: Array) -> None:
    """Add complaints; they are found true more often where a rule is broken."""
    rng = world.streams("complaint", year)
    entity = world.happenings(COMPLAINT, year)
    occurred = _with_season(world, year, days(rng, year, len(entity), start=(1, 2), end=(12, 24)))
    true = rng.random(len(entity)) < 0.35 + 0.25 * violates[entity]
    area = draw_fields(world, world.streams("complaint field", year), COMPLAINED, entity)
    add_complaints(world, rng, entity, occurred, later(rng, occurred, 3, 60), true, area)


def _with_season(world: World, year: int, occurred: Days) -> Days:
    """Return the days, some of them moved into the shopping season at the end of the year."""
    rng = world.streams("complaint season", year)
    season = days(rng, year, len(occurred), start=(11, 11), end=(12, 24))
    return np.where(rng.random(len(occurred)) < _IN_SEASON, season, occurred)


def add_complaints(
    world: World,
    rng: np.random.Generator,
    entity: Array,
    occurred: Days,
    closed: Days,
    true: Array,
    area: Array,
) -> NDArray[np.int64]:
    """Add complaints whose dates, findings and areas are given.

    Returns
    -------
    array of int, shape (n,)
        The row of each complaint.
    """
    size = len(entity)
    known = later(rng, occurred, 0, 2)
    kind = np.where(rng.random(size) < 0.7, "complaint", "report")
    amount = np.round(np.exp(rng.normal(6.0, 1.4, size)), 2)
    result = _results(rng, true)
    channels = np.array(["12315", "12345", "platform", "letter", "visit"])
    return world.log.add(
        "complaint",
        entity,
        occurred,
        known,
        kind=kind,
        category=_categories(area),
        verified=true,
        closed_on=closed,
        amount_cny=amount,
        field=area,
        channel=rng.choice(channels, size, p=[0.5, 0.3, 0.12, 0.05, 0.03]),
        accepted_on=np.minimum(later(rng, known, 0, 5), closed),
        result=result,
        recovered_cny=np.where(result == "settled", np.round(0.8 * amount, 2), 0.0),
    )


def _categories(area: Array) -> Array:
    names = np.full(len(area), _OTHER_CATEGORY, dtype="U12")
    for name, category in _CATEGORIES.items():
        names[area == name] = category
    return names


def _results(rng: np.random.Generator, true: Array) -> Array:
    """Return how each ended: if true, settled, taken up as a case, or not settled; rejected if not."""
    draws = rng.random(len(true))
    ends = np.where(draws < _SETTLED, "settled", np.where(draws < _CASE, "case_opened", "not_settled"))
    return np.where(true, ends, "rejected")
