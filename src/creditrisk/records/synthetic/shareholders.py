"""Shareholders (股东) of entities, and when some of them left."""

import numpy as np

from creditrisk.records.synthetic.log import NEVER, after, later
from creditrisk.records.synthetic.world import World

_LEFT = 0.15


def record_shareholders(world: World) -> None:
    """Add one to three shareholders for each entity, as of its establishment; some are enterprises."""
    rng, more = world.streams("shareholder"), world.streams("shareholder end")
    people = world.people
    count = rng.choice([1, 2, 3], len(people), p=[0.6, 0.28, 0.12])
    entity = np.repeat(np.arange(len(people)), count)
    subscribed = people.capital_cny[entity] / count[entity]
    paid = subscribed * np.where(rng.random(len(entity)) < 0.35, 0.0, rng.beta(2.0, 1.0, len(entity)))
    investor = np.char.mod("investor-%08x", rng.integers(0, 2**32, len(entity)))
    owned = np.append(True, entity[1:] != entity[:-1]) & (world.ties.owner[entity] >= 0)
    owner = people.entity_id[world.ties.owner[entity]]
    share = np.round(1 / count[entity], 4)
    begun = people.established_on[entity]
    left = later(more, begun, 300, 4000)
    left[more.random(len(entity)) >= _LEFT] = NEVER
    world.log.add(
        "shareholder",
        entity,
        begun,
        people.known_on[entity],
        investor_id=np.where(owned, owner, investor),
        investor_kind=np.where(owned, "enterprise", "person"),
        subscribed_cny=np.round(subscribed, 2),
        paid_in_cny=np.round(paid, 2),
        share=share,
        contribution=np.full(len(entity), "money"),
        due_on=after(begun, 5 * 365),
        ended_on=left,
    )
