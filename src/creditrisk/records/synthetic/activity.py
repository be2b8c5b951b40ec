"""Annual reports (年报), insured staff (社保) and tax grades (纳税信用)."""

import numpy as np

from creditrisk.records.synthetic.log import Array, days, later
from creditrisk.records.synthetic.world import Habit, World

MISSED_REPORT = Habit(name="missed report", rate=0.075, load=1.0)
NO_STAFF = Habit(name="no staff", rate=0.16, load=0.7)
BAD_TAXPAYER = Habit(name="bad taxpayer", rate=0.03, load=0.8)

_MAJOR_TAX = 0.05
_ALL_ZERO = 0.06


def record_annual_reports(world: World, year: int) -> None:
    """Add one report for each entity that owes one by 30 June, filed or missed."""
    rng, more = world.streams("annual_report", year), world.streams("annual_report items", year)
    entity = np.flatnonzero(world.active(year))
    size = len(entity)
    filed = ~np.isin(entity, world.chances(MISSED_REPORT, year))
    due = np.full(size, np.datetime64(f"{year}-07-01", "D"))
    occurred = np.where(filed, days(rng, year, size, start=(1, 4), end=(6, 30)), due)
    zero = rng.random(size) < _ALL_ZERO * np.exp(0.8 * world.people.tendency[entity] - 0.32)
    revenue = np.exp(rng.normal(13.0, 1.5, size)) * (world.people.capital_cny[entity] / 1e6) ** 0.3
    assets = revenue * np.exp(rng.normal(0.2, 0.6, size))
    shown = np.where(filed, np.where(zero, 0.0, 1.0), np.nan)
    known = later(rng, occurred, 0, 6)
    assets = np.round(assets * shown, 2)
    liabilities = np.round(assets * rng.beta(2.0, 2.5, size) * 1.3, 2)
    revenue = np.round(revenue * shown, 2)
    profit = np.round(revenue * rng.normal(0.06, 0.1, size), 2)
    world.log.add(
        "annual_report",
        entity,
        occurred,
        known,
        year=np.full(size, year - 1),
        filed=filed,
        assets_cny=assets,
        liabilities_cny=liabilities,
        equity_cny=np.round(assets - liabilities, 2),
        revenue_cny=revenue,
        main_revenue_cny=np.round(0.95 * revenue, 2),
        profit_cny=profit,
        net_profit_cny=np.round(np.where(profit > 0, 0.8 * profit, profit), 2),
        tax_cny=np.round(revenue * rng.uniform(0.005, 0.06, size), 2),
        employees=shown * np.ceil(np.exp(rng.normal(1.3, 1.0, size))),
        insured_persons=shown * more.poisson(2.5, size),
        websites=shown * more.binomial(2, 0.1, size),
        operating_status=_stated(more, filed),
        all_zero=np.where(filed, zero, np.nan),
        amounts_public=np.where(filed, more.random(size) < 0.2, np.nan),
        self_check_filed=np.where(filed, more.random(size) < 0.5, np.nan),
    )


def _stated(rng: np.random.Generator, filed: Array) -> Array:
    """Return the state of business that each filed report names."""
    states = rng.choice(np.array(["open", "paused"], dtype=object), len(filed), p=[0.96, 0.04])
    states[~filed] = None
    return states


def record_staff(world: World, year: int) -> None:
    """Add the number of insured persons in May and in November."""
    usual = np.exp(world.streams("staff").normal(1.4, 1.0, len(world.people)))
    covered = world.streams("staff covered").random(len(world.people)) < 0.9
    for month in (5, 11):
        rng = world.streams(f"social_insurance {month}", year)
        entity = np.flatnonzero(world.active(year) & covered)
        persons = 1 + rng.poisson(usual[entity])
        none = np.isin(entity, world.chances(NO_STAFF, year))
        occurred = days(rng, year, len(entity), start=(month, 10), end=(month, 25))
        known = later(rng, occurred, 1, 20)
        world.log.add(
            "social_insurance",
            entity,
            occurred,
            known,
            persons=np.where(none, 0, persons),
            contributions_cny=np.where(none, 0.0, 900.0 * persons),
        )


def record_taxes(world: World, year: int) -> None:
    """Add last year's tax grade, known in May."""
    rng, more = world.streams("tax_status", year), world.streams("tax_status arrears", year)
    entity = np.flatnonzero(world.active(year))
    bad = np.isin(entity, world.chances(BAD_TAXPAYER, year))
    grade = rng.choice(np.array(["A", "B", "M", "C"]), len(entity), p=[0.12, 0.5, 0.3, 0.08])
    occurred = days(rng, year, len(entity), start=(4, 1), end=(4, 30))
    world.log.add(
        "tax_status",
        entity,
        occurred,
        later(rng, occurred, 5, 30),
        tax_grade=np.where(bad, "D", grade),
        non_normal=bad & (rng.random(len(entity)) < 0.4),
        year=np.full(len(entity), year - 1),
        arrears_cny=np.where(bad, np.round(np.exp(more.normal(9.0, 1.0, len(entity))), 2), 0.0),
        major_violation=bad & (world.streams("tax_status major", year).random(len(entity)) < _MAJOR_TAX),
    )
