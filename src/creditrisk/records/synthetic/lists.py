"""Entries into lists and removals from them (列入、移出), and entities revoked or deregistered."""

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.activity import MISSED_REPORT
from creditrisk.records.synthetic.log import DAY, Array, Days, after, days, later
from creditrisk.records.synthetic.world import Habit, World

UNREACHABLE = Habit(name="unreachable", rate=0.012, load=0.7)
DEFAULTER = Habit(name="judgment_defaulter", rate=0.012, load=1.0)

_LISTED_AFTER_MISSED = 0.8
_LONG_LISTED_DAYS = 500
_REVOKED_SHARE = 0.12
_CLOSED_SHARE = 0.03
_GRAVE_CNY = 50_000.0


def add_listing(
    world: World,
    rng: np.random.Generator,
    table: str,
    entity: Array,
    occurred: Days,
    stay: Array,
    reason: str,
    **own: Array,
) -> None:
    """Enter entities that are not yet on the list, for `stay` days."""
    free = world.free(table, entity, occurred)
    entity, occurred, stay = entity[free], occurred[free], stay[free]
    ended = after(occurred, stay)
    world.listed_until[table][entity] = ended
    world.log.add(
        table,
        entity,
        occurred,
        later(rng, occurred, 0, 7),
        reason=np.full(len(entity), reason),
        ended_on=ended,
        end_known_on=later(rng, ended, 0, 7),
        repaired=rng.random(len(entity)) < 0.85,
        end_reason=np.full(len(entity), "no longer the case"),
        **{name: values[free] for name, values in own.items()},
    )


def record_abnormal(world: World, year: int) -> None:
    """List entities that missed the annual report, from July, and a few that could not be reached."""
    rng = world.streams("abnormal_list", year)
    missed = world.chances(MISSED_REPORT, year)
    missed = missed[rng.random(len(missed)) < _LISTED_AFTER_MISSED]
    when = days(rng, year, len(missed), start=(7, 3), end=(9, 30))
    stay = 20 + rng.geometric(1 / 420, len(missed))
    add_listing(world, rng, "abnormal_list", missed, when, stay, "annual report not published")
    lost = world.chances(UNREACHABLE, year)
    when = days(rng, year, len(lost), start=(1, 10), end=(12, 20))
    stay = 10 + rng.geometric(1 / 300, len(lost))
    add_listing(world, rng, "abnormal_list", lost, when, stay, "unreachable at the registered address")


def record_defaulters(world: World, year: int) -> None:
    """List debtors who do not obey a judgment (失信被执行人)."""
    rng = world.streams("judgment_defaulter", year)
    entity = world.chances(DEFAULTER, year)
    when = days(rng, year, len(entity), start=(1, 2), end=(12, 24))
    stay = rng.integers(200, 1100, len(entity))
    more = world.streams("judgment_defaulter case", year)
    size = len(entity)
    add_listing(
        world,
        rng,
        "judgment_defaulter",
        entity,
        when,
        stay,
        "judgment not obeyed",
        court=np.full(size, "people's court"),
        opened_on=after(when, -more.integers(30, 200, size)),
        debtor=more.choice(np.array(["entity", "legal_person"]), size, p=[0.8, 0.2]),
        obligation_cny=np.round(np.exp(more.normal(12.0, 1.5, size)), 2),
        performed=more.choice(np.array(["none", "part"]), size, p=[0.7, 0.3]),
    )


def record_serious(
    world: World, year: int, entity: Array, decided: Days, loss: Array, penalty: NDArray[np.int64]
) -> None:
    """List some of the punished, the costly ones more often: for three years, or less if they repair."""
    rng = world.streams("serious_list", year)
    chosen = rng.random(len(entity)) < np.where(loss >= _GRAVE_CNY, 0.35, 0.05)
    entity, decided, penalty = entity[chosen], decided[chosen], penalty[chosen]
    full = rng.random(len(entity)) < 0.7
    stay = np.where(full, 3 * 365, rng.integers(370, 700, len(entity)))
    listed = later(rng, decided, 1, 6)
    add_listing(world, rng, "serious_list", entity, listed, stay, "heavier penalty", penalty_id=penalty)


def close_some(world: World, year: int) -> None:
    """Revoke entities long on the abnormal list; deregister others, after their last matter of the year."""
    rng = world.streams("closing", year)
    active = world.active(year)
    lingers = _long_listed(world, year) & active & np.isnat(world.revoked_on)
    revoked = np.flatnonzero(lingers & (rng.random(len(active)) < _REVOKED_SHARE))
    world.revoked_on[revoked] = days(rng, year, len(revoked), start=(9, 1), end=(12, 15))
    world.revoked_known_on[revoked] = later(rng, world.revoked_on[revoked], 0, 10)
    leaves = rng.random(len(active)) < _CLOSED_SHARE
    closed = np.flatnonzero(leaves & active & np.isnat(world.revoked_on))
    first = np.full(len(active), np.datetime64(f"{year}-01-10", "D"))
    for table in ("inspection", "penalty", "serious_list"):
        columns = world.log.columns(table)
        if columns is not None:
            np.maximum.at(first, columns["entity"], columns["occurred_on"])
    room = (np.datetime64(f"{year}-12-27", "D") - first[closed]) // DAY
    world.deregistered_on[closed] = after(first[closed], rng.integers(0, room + 1))
    world.deregistered_known_on[closed] = later(rng, world.deregistered_on[closed], 0, 4)
    _report_before_leaving(world)


def _report_before_leaving(world: World) -> None:
    """Let those that leave hand in the report of the year by then, or miss it."""
    reports = world.log.columns("annual_report")
    if reports is None:
        raise AssertionError("annual reports are recorded before entities leave")
    left = world.deregistered_on[reports["entity"]]
    late = np.flatnonzero(reports["occurred_on"] > left)
    reports["known_on"][late] = after(left[late], 3)
    reports["occurred_on"][late] = left[late]


def _long_listed(world: World, year: int) -> NDArray[np.bool_]:
    columns = world.log.columns("abnormal_list")
    listed = np.zeros(len(world.people), dtype=bool)
    if columns is None:
        return listed
    autumn = np.datetime64(f"{year}-09-01", "D")
    open_then = (columns["occurred_on"] < after(autumn, -_LONG_LISTED_DAYS)) & (columns["ended_on"] > autumn)
    listed[columns["entity"][open_then]] = True
    return listed
