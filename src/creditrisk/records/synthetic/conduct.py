"""What else is seen: changes (变更), lawsuits (诉讼) and merits (表彰、承诺)."""

import numpy as np

from creditrisk.records.synthetic.log import NEVER, Array, after, days, later
from creditrisk.records.synthetic.world import Habit, World

CHANGE = Habit(name="registration_change", rate=0.42, load=0.5, silent=0.3)
LAWSUIT = Habit(name="lawsuit", rate=0.2, load=0.8, silent=0.3)
COMMENDATION = Habit(name="commendation", rate=0.09, load=-0.5, silent=0.3)
COMMITMENT = Habit(name="commitment", rate=0.15, load=0.0)

_HONOURS = np.array(["诚信经营示范单位", "守合同重信用企业", "政府质量奖"])
_HONOUR_SHARES = (0.6, 0.34, 0.06)
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
        honour=world.streams("commendation honour", year).choice(_HONOURS, len(entity), p=_HONOUR_SHARES),
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
