"""What is counted every month: electricity, water and gas (水电气), and invoices (发票)."""

import numpy as np

from creditrisk.records.synthetic.log import Array, later, month_ends
from creditrisk.records.synthetic.population import ENTERPRISE
from creditrisk.records.synthetic.world import Habit, World

IDLE = Habit(name="idle", rate=0.05, load=0.6)
SHELL = Habit(name="shell", rate=0.015, load=0.8)

_METERED = {"C": 0.55, "H": 0.55, "K": 0.1}
_MONTHS = 12
_FULL_AMOUNT = 0.95
_EXPORTERS = {"C": 0.2, "F": 0.06}


def record_utilities(world: World, year: int) -> None:
    """Add the monthly use of the metered; those that idle use next to nothing."""
    metered = world.streams("utility who").random(len(world.people)) < world.by_sector(_METERED)
    usual = np.exp(world.streams("utility size").normal(7.0, 1.0, len(world.people)))
    rng = world.streams("utility", year)
    who = np.flatnonzero(metered & world.active(year))
    entity, day = np.repeat(who, _MONTHS), np.tile(month_ends(year), len(who))
    idle = np.repeat(np.isin(who, world.chances(IDLE, year)), _MONTHS)
    size = len(entity)
    used = usual[entity] * np.where(idle, 0.01, rng.gamma(8.0, 1 / 8.0, size))
    electricity = np.round(used, 1)
    water = np.round(used * 0.02, 1)
    bill = np.round(0.8 * electricity + 4.0 * water, 2)
    world.log.add(
        "utility",
        entity,
        day,
        later(rng, day, 3, 20),
        meter_id=entity,
        electricity_kwh=electricity,
        water_m3=water,
        bill_cny=bill,
        arrears_cny=np.where(rng.random(size) < 0.02, bill, 0.0),
    )


def record_invoices(world: World, year: int) -> None:
    """Add the monthly invoices of those that make or trade; shells issue at the limit, buy something else."""
    trades = world.in_sectors("FC") & (world.people.entity_type == ENTERPRISE)
    usual = np.exp(world.streams("invoice size").normal(2.6, 0.9, len(world.people)))
    rng = world.streams("invoice", year)
    who = np.flatnonzero(trades & world.active(year))
    entity, day = np.repeat(who, _MONTHS), np.tile(month_ends(year), len(who))
    shell = np.repeat(np.isin(who, world.chances(SHELL, year)), _MONTHS)
    size = len(entity)
    issued = rng.poisson(usual[entity] * np.where(shell, 3.0, 1.0))
    limit = np.where(world.people.capital_cny[entity] > 2e6, 1e6, 1e5)
    mean = limit * np.where(shell, _FULL_AMOUNT, rng.beta(1.5, 8.0, size))
    amount = np.round(issued * mean, 2)
    bought = np.round(amount * np.where(shell, 0.3, rng.uniform(0.6, 0.95, size)), 2)
    unbought = np.where(shell, 0.8, rng.beta(1.0, 30.0, size))
    world.log.add(
        "invoice",
        entity,
        day,
        later(rng, day, 5, 20),
        issued=issued,
        issued_cny=amount,
        output_tax_cny=np.round(0.13 * amount, 2),
        received=rng.poisson(issued * 0.7),
        received_cny=bought,
        input_tax_cny=np.round(0.13 * bought, 2),
        limit_cny=limit,
        unbought_cny=np.round(amount * unbought, 2),
        **_amounts(world, entity, year, amount, shell),
        **_counts(rng, issued, shell, np.tile(np.arange(1, _MONTHS + 1), len(who))),
    )


def _amounts(world: World, entity: Array, year: int, amount: Array, shell: Array) -> dict[str, Array]:
    """Return the sales outside the scope, and the rebates of those that export."""
    rng = world.streams("invoice amounts", year)
    exports = world.streams("invoice exporter").random(len(world.people)) < world.by_sector(_EXPORTERS)
    strays = shell | (rng.random(len(amount)) < 0.03)
    outside = np.where(strays, rng.beta(1.0, 6.0, len(amount)), 0.0)
    abroad = np.where(shell, 0.9, rng.beta(2.0, 3.0, len(amount)))
    return {
        "outside_scope_cny": np.round(amount * outside, 2),
        "rebate_cny": np.where(exports[entity], np.round(0.1 * abroad * amount, 2), 0.0),
    }


def _counts(rng: np.random.Generator, issued: Array, shell: Array, month: Array) -> dict[str, Array]:
    """Return how many of the invoices were at the limit, voided or taken back, and for how many buyers."""
    quarter_end = shell & (month % 3 == 0)
    return {
        "full_amount": rng.binomial(issued, np.where(shell, _FULL_AMOUNT, 0.03)),
        "voided": rng.binomial(issued, np.where(quarter_end, 0.3, 0.02)),
        "red_letter": rng.binomial(issued, np.where(shell, 0.06, 0.01)),
        "quota": np.maximum(25, (issued // 25 + 1) * 25),
        "quota_raises": rng.binomial(2, np.where(shell, 0.2, 0.01)),
        "buyers": np.minimum(issued, 1 + rng.poisson(issued * np.where(shell, 0.1, 0.5))),
        "suppliers": 1 + rng.poisson(np.where(shell, 1.0, 4.0)),
        "largest_buyer_share": np.round(np.where(shell, 0.8, rng.beta(2.0, 4.0, len(issued))), 2),
    }
