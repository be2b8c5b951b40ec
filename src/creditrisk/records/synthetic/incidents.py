"""What goes wrong in public: recalls (召回), accidents (事故) and opinion (舆情)."""

import numpy as np

from creditrisk.records.synthetic.log import NEVER, days, later
from creditrisk.records.synthetic.matters import Matter, draw_fields
from creditrisk.records.synthetic.world import Habit, World

RECALL = Habit(name="recall", rate=0.02, load=0.5, silent=0.5, sectors="CF")
HEALTH_RECALL = Habit(name="health recall", rate=0.12, load=0.5, silent=0.4, sectors="CF")
RECALLED = Matter(own=1.0, anyone={"industrial_product": 0.1}, apart=("special_equipment",))
ACCIDENT = Habit(name="accident", rate=0.008, load=0.5, sectors="CEFGHK")
SUFFERED = Matter(
    own=2.0, anyone={"other": 2.0}, devices=3.0, apart=("drug", "medical_device", "industrial_product")
)
OPINION = Habit(name="opinion", rate=0.07, load=0.5, silent=0.5)

PUBLIC = Matter(
    own=3.0,
    anyone={"price": 1.0, "advertising": 1.0, "industrial_product": 0.5, "other": 1.0},
    shop=2.5,
)

_PRODUCTS = {"food": "食品", "drug": "药品", "medical_device": "医疗器械", "industrial_product": "工业产品"}
_DEFECTS = np.array(["label", "safety", "contamination"])
_LEVELS = ("ordinary", "larger", "major")
_LEVEL_SHARES = (0.76, 0.16, 0.08)


def record_incidents(world: World, year: int) -> None:
    """Add the recalls, accidents and opinion of the year."""
    _record_recalls(world, year)
    _record_accidents(world, year)
    _record_opinion(world, year)


def _record_recalls(world: World, year: int) -> None:
    """Recall some products; drugs and medical devices are recalled far more often than others."""
    rng = world.streams("recall", year)
    often = world.happenings(HEALTH_RECALL, year)
    often = often[world.trades.among("drug", "medical_device")[often]]
    entity = np.concatenate([world.happenings(RECALL, year), often])
    field = draw_fields(world, world.streams("recall field", year), RECALLED, entity)
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
        field=field,
        product=np.array([_PRODUCTS[name] for name in field.tolist()], dtype="U8"),
        batch=np.char.mod("batch %05d", rng.integers(0, 10**5, size)),
        recall_class=rng.choice(np.array(["1", "2", "3"]), size, p=[0.15, 0.45, 0.4]),
        ordered=rng.random(size) < 0.2,
        defect=rng.choice(_DEFECTS, size),
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
    level = rng.choice(3, size, p=_LEVEL_SHARES)
    world.log.add(
        "accident",
        entity,
        day,
        later(rng, day, 0, 5),
        field=draw_fields(world, world.streams("accident field", year), SUFFERED, entity),
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
        field=draw_fields(world, world.streams("opinion field", year), PUBLIC, entity),
        sentiment=rng.choice(np.array(["negative", "neutral", "positive"]), size, p=[0.55, 0.3, 0.15]),
        readers=rng.geometric(1 / 3000, size),
        verified=rng.random(size) < 0.4,
        checked_on=checked,
    )
