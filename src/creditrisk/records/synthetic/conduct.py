"""What else is seen: changes (变更), complaints (投诉举报), lawsuits (诉讼), merits (表彰), tests (抽检)."""

import numpy as np

from creditrisk.records.synthetic.log import NEVER, Array, after, days, later
from creditrisk.records.synthetic.world import Habit, World

CHANGE = Habit(name="registration_change", rate=0.42, load=0.5, silent=0.3)
COMPLAINT = Habit(name="complaint", rate=0.85, load=0.9, silent=0.4)
LAWSUIT = Habit(name="lawsuit", rate=0.2, load=0.8, silent=0.3)
COMMENDATION = Habit(name="commendation", rate=0.09, load=-0.5, silent=0.3)
COMMITMENT = Habit(name="commitment", rate=0.15, load=0.0)
SAMPLING = Habit(name="sampling_test", rate=0.28, load=0.2, silent=0.4)

_ITEMS = ("legal_person", "address", "name", "scope", "capital", "shareholder", "other")
_ITEM_SHARES = (0.22, 0.24, 0.06, 0.22, 0.08, 0.1, 0.08)


def record_shareholders(world: World) -> None:
    """Add one to three shareholders for each entity, as of its establishment."""
    rng = world.streams("shareholder")
    people = world.people
    count = rng.choice([1, 2, 3], len(people), p=[0.6, 0.28, 0.12])
    entity = np.repeat(np.arange(len(people)), count)
    subscribed = people.capital_cny[entity] / count[entity]
    paid = subscribed * np.where(rng.random(len(entity)) < 0.35, 0.0, rng.beta(2.0, 1.0, len(entity)))
    investor = np.char.mod("investor-%08x", rng.integers(0, 2**32, len(entity)))
    world.log.add(
        "shareholder",
        entity,
        people.established_on[entity],
        people.known_on[entity],
        investor_id=investor,
        subscribed_cny=np.round(subscribed, 2),
        paid_in_cny=np.round(paid, 2),
    )


def record_changes(world: World, year: int) -> None:
    """Add changes of the registration."""
    rng = world.streams("registration_change", year)
    entity = world.happenings(CHANGE, year)
    occurred = days(rng, year, len(entity), start=(1, 4), end=(12, 24))
    item = rng.choice(np.array(_ITEMS), len(entity), p=_ITEM_SHARES)
    capital = item == "capital"
    old = world.people.capital_cny[entity]
    new = np.round(old * np.exp(rng.normal(0.3, 0.6, len(entity))), -3) + 1000.0
    world.log.add(
        "registration_change",
        entity,
        occurred,
        later(rng, occurred, 0, 10),
        item=item,
        before=_yuan(old, capital),
        after=_yuan(new, capital),
    )


def _yuan(amounts: Array, shown: Array) -> Array:
    text = np.full(len(amounts), None, dtype=object)
    text[shown] = np.char.mod("%.0f", amounts[shown])
    return text


def record_complaints(world: World, year: int, violates: Array) -> None:
    """Add complaints; they are found true more often where a rule is broken."""
    rng = world.streams("complaint", year)
    entity = world.happenings(COMPLAINT, year)
    occurred = days(rng, year, len(entity), start=(1, 2), end=(12, 24))
    true = rng.random(len(entity)) < 0.35 + 0.25 * violates[entity]
    add_complaints(world, rng, entity, occurred, later(rng, occurred, 3, 60), true)


def add_complaints(
    world: World,
    rng: np.random.Generator,
    entity: np.ndarray,
    occurred: np.ndarray,
    closed: np.ndarray,
    true: np.ndarray,
) -> None:
    """Add complaints whose dates and findings are given."""
    size = len(entity)
    world.log.add(
        "complaint",
        entity,
        occurred,
        later(rng, occurred, 0, 2),
        kind=np.where(rng.random(size) < 0.7, "complaint", "report"),
        category=rng.choice(np.array(["quality", "price", "advertising", "service", "contract"]), size),
        verified=true,
        closed_on=closed,
        amount_cny=np.round(np.exp(rng.normal(6.0, 1.4, size)), 2),
    )


def record_lawsuits(world: World, year: int) -> None:
    """Add lawsuits in any role."""
    rng = world.streams("lawsuit", year)
    entity = world.happenings(LAWSUIT, year)
    occurred = days(rng, year, len(entity), start=(1, 2), end=(12, 28))
    world.log.add(
        "lawsuit",
        entity,
        occurred,
        later(rng, occurred, 5, 60),
        role=rng.choice(np.array(["defendant", "plaintiff", "third"]), len(entity), p=[0.6, 0.33, 0.07]),
        amount_cny=np.round(np.exp(rng.normal(11.0, 1.6, len(entity))), 2),
    )


def record_merits(world: World, year: int) -> None:
    """Add commendations (表彰) and credit commitments (信用承诺), a few of them broken."""
    rng = world.streams("commendation", year)
    entity = world.happenings(COMMENDATION, year)
    occurred = days(rng, year, len(entity), start=(1, 10), end=(12, 24))
    world.log.add(
        "commendation",
        entity,
        occurred,
        later(rng, occurred, 2, 30),
        level=rng.choice(np.array(["municipal", "county"]), len(entity), p=[0.3, 0.7]),
        valid_to=after(occurred, 3 * 365),
    )
    rng = world.streams("commitment", year)
    entity = world.chances(COMMITMENT, year)
    occurred = days(rng, year, len(entity), start=(1, 10), end=(12, 24))
    broken = later(rng, occurred, 30, 400)
    broken[rng.random(len(entity)) < 0.95] = NEVER
    world.log.add("commitment", entity, occurred, later(rng, occurred, 0, 10), broken_on=broken)


def record_sampling(world: World, year: int) -> None:
    """Add product tests; they fail more often where the tendency is high."""
    rng = world.streams("sampling_test", year)
    entity = world.happenings(SAMPLING, year)
    occurred = days(rng, year, len(entity), start=(1, 10), end=(12, 10))
    chance = 1 / (1 + np.exp(2.3 - 0.7 * world.people.tendency[entity]))
    levels = np.array(["national", "provincial", "municipal", "county"])
    world.log.add(
        "sampling_test",
        entity,
        occurred,
        later(rng, occurred, 15, 60),
        product=rng.choice(np.array(["food", "clothing", "appliance", "toy", "fuel"]), len(entity)),
        level=rng.choice(levels, len(entity), p=[0.05, 0.2, 0.35, 0.4]),
        failed=rng.random(len(entity)) < chance,
    )
