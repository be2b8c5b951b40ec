"""The penalty (处罚) that follows an inspection: the act, how heavy, and what is paid back."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.acts import OVERCHARGES, draw_acts
from creditrisk.records.synthetic.lists import record_serious
from creditrisk.records.synthetic.log import NEVER, Array, after, later
from creditrisk.records.synthetic.truth import TrueYear
from creditrisk.records.synthetic.working_days import collected_after
from creditrisk.records.synthetic.world import World

if TYPE_CHECKING:
    from creditrisk.records.synthetic.inspections import Visits

_KINDS = np.array(["warning", "criticism", "fine", "fine,confiscation", "fine,suspension"])
_CRIMINAL_CNY = 500_000
_OVERTURNED_SHARE = 0.04


def punish(world: World, truth: TrueYear, visits: "Visits", rows: NDArray[np.int64], year: int) -> None:
    """Decide one penalty for each entity found to break a rule, after its first inspection of the year.

    Parameters
    ----------
    world : World
        Its log grows by penalties and serious listings.
    truth : TrueYear
        Whose rules are broken this year, and the loss.
    visits : Visits
        The inspections of the year.
    rows : array of int, shape (n,)
        Their rows in the log.
    year : int
        The year.
    """
    rng = world.streams("penalty", year)
    order = np.argsort(visits.day, kind="stable")
    entity, first = np.unique(visits.entity[order], return_index=True)
    found = truth.violates[entity]
    entity, first = entity[found], order[first[found]]
    inspected = visits.day[first]
    size = len(entity)
    decided = later(rng, inspected, 7, 50)
    loss = truth.loss_cny[entity]
    confiscated = np.round(loss * np.where(rng.random(size) < 0.4, rng.beta(1.5, 3.0, size), 0.0), 2)
    overturned = later(rng, decided, 366, 900)
    overturned[rng.random(size) >= _OVERTURNED_SHARE] = NEVER
    act = draw_acts(world.streams("penalty act", year), visits.field[first], world.trades.does_upkeep[entity])
    severity = _severity(rng, loss, confiscated)
    penalty = world.log.add(
        "penalty",
        entity,
        decided,
        collected_after(rng, decided, 2, 7),
        act_type=act,
        field=visits.field[first],
        authority=np.full(size, "market supervision"),
        case_source=np.where(visits.channel[first] == "complaint", "complaint", "inspection"),
        inspection_id=rows[first],
        complaint_id=visits.complaint[first],
        opened_on=inspected,
        penalty_kinds=_KINDS[severity],
        severity=severity,
        fine_cny=np.round(loss - confiscated, 2),
        confiscated_cny=confiscated,
        goods_value_cny=np.round(loss * rng.uniform(0.2, 1.0, size), 2),
        licence_revoked=np.zeros(size, dtype=bool),
        transferred=(loss >= _CRIMINAL_CNY),
        publish_until=after(decided, 3 * 365),
        fulfilled_on=later(rng, decided, 5, 120),
        revoked_on=overturned,
        **_overcharged(world.streams("penalty overcharge", year), act, loss),
    )
    record_serious(world, year, entity, decided, loss, penalty)


def _severity(rng: np.random.Generator, loss: Array, confiscated: Array) -> NDArray[np.int64]:
    severity = np.where(loss > 0, np.where(confiscated > 0, 3, 2), 0)
    return np.where((loss >= 50_000) & (rng.random(len(loss)) < 0.15), 4, severity)


def _overcharged(rng: np.random.Generator, act: Array, loss: Array) -> dict[str, Array]:
    """Return what was charged too much, where the act is of that kind, and how much of it was paid back."""
    overcharged = np.round(loss * rng.uniform(0.1, 0.8, len(act)) + 10.0, 2)
    returned = np.where(rng.random(len(act)) < 0.5, 1.0, rng.random(len(act)))
    charged = np.isin(act, OVERCHARGES)
    return {
        "overcharged_cny": np.where(charged, overcharged, np.nan),
        "refunded_cny": np.where(charged, np.round(returned * overcharged, 2), np.nan),
    }
