"""What else is seen: changes (变更), lawsuits (诉讼), merits (表彰、承诺) and product tests (抽检)."""

import numpy as np

from creditrisk.records.synthetic.log import NEVER, Array, after, days, later
from creditrisk.records.synthetic.world import Habit, World

CHANGE = Habit(name="registration_change", rate=0.42, load=0.5, silent=0.3)
LAWSUIT = Habit(name="lawsuit", rate=0.2, load=0.8, silent=0.3)
COMMENDATION = Habit(name="commendation", rate=0.09, load=-0.5, silent=0.3)
COMMITMENT = Habit(name="commitment", rate=0.15, load=0.0)
SAMPLING = Habit(name="sampling_test", rate=0.28, load=0.2, silent=0.4)

_ITEMS = ("legal_person", "address", "name", "scope", "capital", "shareholder", "other")
_ITEM_SHARES = (0.22, 0.24, 0.06, 0.22, 0.08, 0.1, 0.08)


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


def record_lawsuits(world: World, year: int) -> None:
    """Add lawsuits in any role."""
    rng, more = world.streams("lawsuit", year), world.streams("lawsuit end", year)
    entity = world.happenings(LAWSUIT, year)
    size = len(entity)
    occurred = days(rng, year, size, start=(1, 2), end=(12, 28))
    closed = later(more, occurred, 40, 600)
    closed[more.random(size) < 0.05] = NEVER
    outcomes = np.array(["won", "partly_won", "lost", "settled", "withdrawn"])
    world.log.add(
        "lawsuit",
        entity,
        occurred,
        later(rng, occurred, 5, 60),
        role=rng.choice(np.array(["defendant", "plaintiff", "third"]), size, p=[0.6, 0.33, 0.07]),
        amount_cny=np.round(np.exp(rng.normal(11.0, 1.6, size)), 2),
        court=np.full(size, "people's court"),
        cause=more.choice(np.array(["sale", "loan", "labour", "lease", "service"]), size),
        closed_on=closed,
        outcome=more.choice(outcomes, size),
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
        honour=np.full(len(entity), "honest trader"),
        level=rng.choice(np.array(["municipal", "county"]), len(entity), p=[0.3, 0.7]),
        valid_to=after(occurred, 3 * 365),
    )
    _record_commitments(world, year)


def _record_commitments(world: World, year: int) -> None:
    rng, more = world.streams("commitment", year), world.streams("commitment kind", year)
    entity = world.chances(COMMITMENT, year)
    occurred = days(rng, year, len(entity), start=(1, 10), end=(12, 24))
    broken = later(rng, occurred, 30, 400)
    broken[rng.random(len(entity)) < 0.95] = NEVER
    kept = after(occurred, more.integers(366, 500, len(entity)))
    kinds = np.array(["approval", "repair", "price", "voluntary"])
    world.log.add(
        "commitment",
        entity,
        occurred,
        later(rng, occurred, 0, 10),
        broken_on=broken,
        kept_on=np.where(np.isnat(broken), kept, NEVER),
        due_on=after(occurred, 365),
        kind=more.choice(kinds, len(entity), p=[0.4, 0.1, 0.1, 0.4]),
    )


def record_sampling(world: World, year: int) -> None:
    """Add product tests; they fail more often where the tendency is high."""
    rng, more = world.streams("sampling_test", year), world.streams("sampling_test item", year)
    entity = world.happenings(SAMPLING, year)
    size = len(entity)
    occurred = days(rng, year, size, start=(1, 10), end=(12, 10))
    chance = 1 / (1 + np.exp(2.3 - 0.7 * world.people.tendency[entity]))
    levels = np.array(["national", "provincial", "municipal", "county"])
    known = later(rng, occurred, 15, 60)
    product = rng.choice(np.array(["food", "clothing", "appliance", "toy", "fuel"]), size)
    level = rng.choice(levels, size, p=[0.05, 0.2, 0.35, 0.4])
    failed = rng.random(size) < chance
    items = more.choice(np.array(["label", "additive", "microbe", "material"]), size).astype(object)
    items[~failed] = None
    world.log.add(
        "sampling_test",
        entity,
        occurred,
        known,
        product=product,
        level=level,
        failed=failed,
        field=np.where(product == "food", "food", "industrial_product"),
        batch=np.char.mod("batch %06d", more.integers(0, 10**6, size)),
        laboratory=more.choice(np.array(["institute 1", "institute 2", "institute 3"]), size),
        serious=failed & (more.random(size) < 0.25),
        failed_items=items,
    )
