"""What entities own and owe on it: rights (知识产权), freezes (冻结), pledges (出质) and mortgages (抵押)."""

import numpy as np

from creditrisk.records.synthetic.log import NEVER, Array, Days, after, days, later, new_year
from creditrisk.records.synthetic.world import Habit, World

IP_RIGHT = Habit(name="ip_right", rate=0.12, load=-0.2, silent=0.6, sectors="CFIM")
EQUITY_FREEZE = Habit(name="equity_freeze", rate=0.012, load=0.8)
EQUITY_PLEDGE = Habit(name="equity_pledge", rate=0.012, load=0.0)
CHATTEL_MORTGAGE = Habit(name="chattel_mortgage", rate=0.015, load=0.1, sectors="ACEFG")

_PLEDGED_RIGHTS = 0.02
_YEAR = 365


def record_property(world: World, year: int) -> None:
    """Add the rights, freezes, pledges and mortgages of the year."""
    _record_ip_pledges(world, year)
    _record_ip_rights(world, year)
    _record_freezes(world, year)
    _record_equity_pledges(world, year)
    _record_mortgages(world, year)


def _record_ip_rights(world: World, year: int) -> None:
    rng = world.streams("ip_right", year)
    entity = world.happenings(IP_RIGHT, year)
    granted = days(rng, year, len(entity), start=(1, 4), end=(12, 20))
    kinds = np.array(["trademark", "invention", "utility_model", "design", "software"])
    world.log.add(
        "ip_right",
        entity,
        granted,
        later(rng, granted, 5, 40),
        kind=rng.choice(kinds, len(entity), p=[0.55, 0.06, 0.14, 0.1, 0.15]),
        name=np.char.mod("right %06d", rng.integers(0, 10**6, len(entity))),
        valid_to=after(granted, 10 * _YEAR),
        ended_on=_sometimes(rng, later(rng, granted, 300, 2000), 0.15),
    )


def _record_ip_pledges(world: World, year: int) -> None:
    """Pledge a few of the rights known before the year, each at most once in it."""
    rng = world.streams("ip_pledge", year)
    rights = world.log.columns("ip_right")
    if rights is None:
        return
    known = (rights["known_on"] < new_year(year)) & world.active(year)[rights["entity"]]
    chosen = np.flatnonzero(known & (rng.random(len(known)) < _PLEDGED_RIGHTS))
    day = days(rng, year, len(chosen), start=(1, 4), end=(12, 20))
    world.log.add(
        "ip_pledge",
        rights["entity"][chosen],
        day,
        later(rng, day, 1, 20),
        ip_right_id=chosen,
        pledgee_id=rng.integers(0, 60, len(chosen)),
        amount_cny=_amount(rng, 13.0, len(chosen)),
        pledged_to=after(day, 2 * _YEAR),
        ended_on=_sometimes(rng, later(rng, day, 200, 900), 0.6),
    )


def _record_freezes(world: World, year: int) -> None:
    rng = world.streams("equity_freeze", year)
    entity = world.happenings(EQUITY_FREEZE, year)
    day = days(rng, year, len(entity), start=(1, 4), end=(12, 20))
    world.log.add(
        "equity_freeze",
        entity,
        day,
        later(rng, day, 3, 30),
        holder_id=world.ties.person[entity],
        court=np.full(len(entity), "people's court"),
        amount_cny=_amount(rng, 12.5, len(entity)),
        share=rng.uniform(0.05, 1.0, len(entity)).round(2),
        frozen_to=after(day, 3 * _YEAR),
        lifted_on=_sometimes(rng, later(rng, day, 60, 1000), 0.5),
    )


def _record_equity_pledges(world: World, year: int) -> None:
    rng = world.streams("equity_pledge", year)
    entity = world.happenings(EQUITY_PLEDGE, year)
    day = days(rng, year, len(entity), start=(1, 4), end=(12, 20))
    world.log.add(
        "equity_pledge",
        entity,
        day,
        later(rng, day, 0, 10),
        pledgor_id=world.ties.person[entity],
        pledgee_id=rng.integers(0, 60, len(entity)),
        amount_cny=_amount(rng, 13.0, len(entity)),
        share=rng.uniform(0.1, 1.0, len(entity)).round(2),
        ended_on=_sometimes(rng, later(rng, day, 200, 1100), 0.6),
    )


def _record_mortgages(world: World, year: int) -> None:
    rng = world.streams("chattel_mortgage", year)
    entity = world.happenings(CHATTEL_MORTGAGE, year)
    day = days(rng, year, len(entity), start=(1, 4), end=(12, 20))
    world.log.add(
        "chattel_mortgage",
        entity,
        day,
        later(rng, day, 0, 10),
        mortgagee_id=rng.integers(0, 60, len(entity)),
        amount_cny=_amount(rng, 12.5, len(entity)),
        collateral=rng.choice(np.array(["machines", "vehicles", "stock"]), len(entity)),
        debt_due_on=later(rng, day, 300, 1100),
        ended_on=_sometimes(rng, later(rng, day, 200, 1200), 0.6),
    )


def _amount(rng: np.random.Generator, mean_log: float, size: int) -> Array:
    return np.round(np.exp(rng.normal(mean_log, 1.2, size)), 2)


def _sometimes(rng: np.random.Generator, day: Days, share: float) -> Days:
    return np.where(rng.random(len(day)) < share, day, NEVER)
