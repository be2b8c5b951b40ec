"""What entities do in public: online shops (网店), their monitoring (网络监测) and advertising (广告监测)."""

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.log import NEVER, Array, after, days, later, month_ends, new_year
from creditrisk.records.synthetic.population import ENTERPRISE
from creditrisk.records.synthetic.world import World

_ADVERTISER_SHARES = {"F": 0.04, "H": 0.04, "I": 0.06, "L": 0.06, "O": 0.06, "R": 0.05, "M": 0.04}
_PLATFORMS = 6
_CHECKS_A_YEAR, _PLATFORM_CHECKS = 1.3, 4.0
_SELLERS_LOOKED_AT = 60


def record_shops(world: World, last_year: int) -> None:
    """Add one or two online shops for some entities, most of them on a platform, and the platforms."""
    rng = world.streams("online_shop")
    people = world.people
    runs = np.flatnonzero(world.trades.runs_shop)
    shops = np.repeat(runs, rng.choice([1, 2], len(runs), p=[0.75, 0.25]))
    entity = np.concatenate([_platforms(world), shops])
    is_platform = np.arange(len(entity)) < _PLATFORMS
    size = len(entity)
    start = np.maximum(people.known_on[entity], new_year(2012))
    room = (new_year(last_year + 1) - start).astype(np.int64)
    opened = after(start, rng.integers(1, np.where(is_platform, 60, np.maximum(room, 2))))
    closed = later(rng, opened, 200, 2500)
    closed[is_platform | (rng.random(size) < 0.8)] = NEVER
    on_platform = ~is_platform & (rng.random(size) < 0.6)
    platform = np.full(size, None, dtype=object)
    platform[on_platform] = people.entity_id[_platforms(world)][
        rng.integers(0, _PLATFORMS, int(on_platform.sum()))
    ]
    personal = np.where(people.entity_type[entity] == ENTERPRISE, "institution_shop", "personal_shop")
    alone = np.where(is_platform, "platform", "own_site")
    world.log.add(
        "online_shop",
        entity,
        opened,
        later(rng, opened, 1, 30),
        kind=np.where(on_platform, personal, alone),
        shop_no=np.arange(size),
        shop_name=np.char.mod("shop %07d", np.arange(size)),
        platform_id=platform,
        live_streaming=rng.random(size) < 0.15,
        closed_on=closed,
    )


def _platforms(world: World) -> NDArray[np.int64]:
    """Return the positions of the entities that run platforms: the oldest of information services."""
    order = np.lexsort((world.people.established_on, ~world.in_sectors("I")))
    return order[:_PLATFORMS]


def record_monitoring(world: World, year: int) -> None:
    """Add the checks of the shops that were known before the year."""
    rng = world.streams("online_monitor", year)
    shops = world.log.columns("online_shop")
    if shops is None:
        raise AssertionError("shops are recorded before their checks")
    begins = new_year(year)
    open_now = (shops["known_on"] < begins) & ~(shops["closed_on"] < new_year(year + 1))
    usual = np.where(shops["kind"] == "platform", _PLATFORM_CHECKS, _CHECKS_A_YEAR)
    counts = rng.poisson(usual) * open_now * world.active(year)[shops["entity"]]
    shop = np.repeat(np.arange(len(open_now)), counts)
    size = len(shop)
    tendency = world.people.tendency[shops["entity"][shop]]
    worse = np.exp(0.4 * tendency - 0.08)
    day = days(rng, year, size, start=(1, 10), end=(12, 20))
    prohibited = rng.poisson(0.08 * worse)
    dealt_with = later(rng, day, 2, 30)
    dealt_with[(prohibited == 0) | (rng.random(size) < 0.1)] = NEVER
    world.log.add(
        "online_monitor",
        shops["entity"][shop],
        day,
        later(rng, day, 0, 10),
        online_shop_id=shop,
        licence_shown=rng.random(size) > 0.06 * worse,
        permit_shown=rng.random(size) > 0.08 * worse,
        identity_matches=rng.random(size) > 0.03 * worse,
        orders=rng.geometric(1 / 300, size),
        prohibited_goods=prohibited,
        bundles=rng.poisson(0.1 * worse),
        stream_violations=rng.poisson(0.03 * worse),
        takedown_due_on=np.where(prohibited > 0, after(day, 15), NEVER),
        taken_down_on=dealt_with,
        **_sellers(world.streams("online_monitor sellers", year), shops["kind"][shop] == "platform", worse),
    )


def _sellers(rng: np.random.Generator, of_platform: Array, worse: Array) -> dict[str, Array]:
    """Return how many sellers a check of a platform looked at, and how many of them showed their licence."""
    looked_at = rng.poisson(_SELLERS_LOOKED_AT, len(worse)) + 1
    shown = rng.binomial(looked_at, np.clip(1 - 0.1 * worse, 0, 1))
    return {
        "sellers": np.where(of_platform, looked_at, np.nan),
        "sellers_shown": np.where(of_platform, shown, np.nan),
    }


def record_advertising(world: World, year: int) -> None:
    """Add the monthly counts of advertisements of those that advertise much."""
    share = world.by_sector(_ADVERTISER_SHARES)
    chosen = world.streams("ad_monitor who").random(len(world.people)) < share
    rng = world.streams("ad_monitor", year)
    who = np.flatnonzero(chosen & world.active(year))
    entity, day = np.repeat(who, 12), np.tile(month_ends(year), len(who))
    size = len(entity)
    items = 1 + rng.poisson(25.0, size)
    illegal = rng.binomial(items, np.clip(0.02 * np.exp(0.5 * world.people.tendency[entity]), 0, 1))
    seconds = np.round(items * rng.uniform(10, 40, size), 1)
    world.log.add(
        "ad_monitor",
        entity,
        day,
        later(rng, day, 3, 20),
        role=np.where(world.in_sectors("L")[entity], "agent", "advertiser"),
        medium=rng.choice(np.array(["internet", "television", "radio", "outdoor"]), size),
        items=items,
        illegal_items=illegal,
        seconds=seconds,
        illegal_seconds=np.round(seconds * illegal / items, 1),
        serious_items=rng.binomial(illegal, 0.1),
        sensitive_items=rng.binomial(items, 0.15),
        absolute_items=rng.binomial(illegal, 0.4),
        medical_claim_items=rng.binomial(illegal, 0.15),
        emblem_items=rng.binomial(illegal, 0.01),
        unreviewed_items=rng.binomial(illegal, 0.2),
        unstopped_items=rng.binomial(illegal, 0.03),
    )
