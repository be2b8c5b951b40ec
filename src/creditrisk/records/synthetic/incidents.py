"""What goes wrong in public: recalls (召回), accidents (事故) and opinion (舆情)."""

import numpy as np

from creditrisk.records.synthetic.log import NEVER, days, later
from creditrisk.records.synthetic.world import Habit, World

RECALL = Habit(name="recall", rate=0.02, load=0.5, silent=0.5, sectors="CF")
ACCIDENT = Habit(name="accident", rate=0.008, load=0.5, sectors="CEGK")
OPINION = Habit(name="opinion", rate=0.07, load=0.5, silent=0.5)

_LEVELS = ("ordinary", "larger", "major")


def record_incidents(world: World, year: int) -> None:
    """Add the recalls, accidents and opinion of the year."""
    _record_recalls(world, year)
    _record_accidents(world, year)
    _record_opinion(world, year)


def _record_recalls(world: World, year: int) -> None:
    rng = world.streams("recall", year)
    entity = world.happenings(RECALL, year)
    size = len(entity)
    begun = days(rng, year, size, start=(1, 10), end=(12, 10))
    units = rng.geometric(1 / 400, size)
    finished = later(rng, begun, 20, 150)
    finished[rng.random(size) < 0.12] = NEVER
    world.log.add(
        "recall",
        entity,
        begun,
        later(rng, begun, 0, 8),
        field=np.where(world.in_sectors("F")[entity], "food", "industrial_product"),
        product=rng.choice(np.array(["food", "toy", "appliance", "textile", "furniture"]), size),
        batch=np.char.mod("batch %05d", rng.integers(0, 10**5, size)),
        recall_class=rng.choice(np.array(["1", "2", "3"]), size, p=[0.15, 0.45, 0.4]),
        ordered=rng.random(size) < 0.2,
        defect=rng.choice(np.array(["label", "safety", "contamination"]), size),
        units=units,
        unit_price_cny=np.round(np.exp(rng.normal(4.0, 1.0, size)), 2),
        due_on=later(rng, begun, 60, 60),
        finished_on=finished,
        recovered_units=np.floor(units * rng.beta(4.0, 1.5, size)),
    )


def _record_accidents(world: World, year: int) -> None:
    rng = world.streams("accident", year)
    entity = world.happenings(ACCIDENT, year)
    size = len(entity)
    day = days(rng, year, size, start=(1, 1), end=(12, 20))
    level = rng.choice(3, size, p=[0.85, 0.12, 0.03])
    world.log.add(
        "accident",
        entity,
        day,
        later(rng, day, 0, 5),
        field=np.full(size, "other"),
        level=np.array(_LEVELS)[level],
        deaths=rng.binomial(2, 0.15, size) + np.array([0, 3, 10])[level],
        injuries=rng.poisson(0.8, size),
        direct_loss_cny=np.round(np.exp(rng.normal(11.5, 1.0, size)), 2),
        concluded_on=later(rng, day, 30, 200),
        responsible=rng.random(size) < 0.6,
    )


def _record_opinion(world: World, year: int) -> None:
    rng = world.streams("opinion", year)
    entity = world.happenings(OPINION, year)
    size = len(entity)
    day = days(rng, year, size, start=(1, 1), end=(12, 24))
    checked = later(rng, day, 1, 40)
    checked[rng.random(size) < 0.4] = NEVER
    number = rng.integers(0, 10**9, size)
    world.log.add(
        "opinion",
        entity,
        day,
        later(rng, day, 0, 3),
        url=np.char.mod("https://example.org/post/%09d", number),
        headline=np.char.mod("post %09d", number),
        medium=rng.choice(np.array(["newspaper", "video", "forum", "review site"]), size),
        field=rng.choice(np.array(["food", "price", "advertising", "online_trading", "other"]), size),
        sentiment=rng.choice(np.array(["negative", "neutral", "positive"]), size, p=[0.55, 0.3, 0.15]),
        readers=rng.geometric(1 / 3000, size),
        verified=rng.random(size) < 0.4,
        checked_on=checked,
    )
