"""Complaints and reports (投诉举报), received, accepted, found true or not."""

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.log import Array, Days, days, later
from creditrisk.records.synthetic.world import Habit, World

COMPLAINT = Habit(name="complaint", rate=0.85, load=0.9, silent=0.4)

_FIELDS = {
    "quality": "industrial_product",
    "price": "price",
    "advertising": "advertising",
    "service": "other",
    "contract": "other",
}


def record_complaints(world: World, year: int, violates: Array) -> None:
    """Add complaints; they are found true more often where a rule is broken."""
    rng = world.streams("complaint", year)
    entity = world.happenings(COMPLAINT, year)
    occurred = days(rng, year, len(entity), start=(1, 2), end=(12, 24))
    true = rng.random(len(entity)) < 0.35 + 0.25 * violates[entity]
    add_complaints(world, rng, entity, occurred, later(rng, occurred, 3, 60), true)


def add_complaints(
    world: World, rng: np.random.Generator, entity: Array, occurred: Days, closed: Days, true: Array
) -> NDArray[np.int64]:
    """Add complaints whose dates and findings are given.

    Returns
    -------
    array of int, shape (n,)
        The row of each complaint.
    """
    size = len(entity)
    known = later(rng, occurred, 0, 2)
    kind = np.where(rng.random(size) < 0.7, "complaint", "report")
    which = rng.choice(len(_FIELDS), size)
    amount = np.round(np.exp(rng.normal(6.0, 1.4, size)), 2)
    settled = true & (rng.random(size) < 0.7)
    channels = np.array(["12315", "12345", "platform", "letter", "visit"])
    return world.log.add(
        "complaint",
        entity,
        occurred,
        known,
        kind=kind,
        category=np.array(list(_FIELDS))[which],
        verified=true,
        closed_on=closed,
        amount_cny=amount,
        field=np.array(list(_FIELDS.values()))[which],
        channel=rng.choice(channels, size, p=[0.5, 0.3, 0.12, 0.05, 0.03]),
        accepted_on=np.minimum(later(rng, known, 0, 5), closed),
        result=np.where(true, np.where(settled, "settled", "case_opened"), "rejected"),
        recovered_cny=np.where(settled, np.round(0.8 * amount, 2), 0.0),
    )
