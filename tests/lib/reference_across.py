"""Measures of other entities in plain Python: related ones, and those of the same industry or region."""

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from tests.lib.drawn import Row
from tests.lib.reference_measures import Reading, current, flag, holds

Edge = tuple[str, str]
Values = dict[str, float | None]
Met = Callable[[Any, Reading, list[Reading]], float | None]


@dataclass(frozen=True)
class World:
    """What is known on a day of everybody: of every entity by the indicator, and all relations."""

    readings: Mapping[str, Reading]
    register: Mapping[str, Row]
    edges: list[Row]
    day: dt.date


def related_share(measure: Any, spine: list[str], world: World) -> Values:
    return _related(flag, measure, spine, world)


def related_current_share(measure: Any, spine: list[str], world: World) -> Values:
    return _related(current, measure, spine, world)


def _related(met: Met, measure: Any, spine: list[str], world: World) -> Values:
    edges = _edges(measure.over, world)
    hit = {one for one, own in world.readings.items() if met(measure, own, [])}
    weights = {one: related_entities(measure.over, one, edges, world) for one in spine}
    k = {one: math.fsum(w for other, w in own.items() if other in hit) for one, own in weights.items()}
    n = {one: math.fsum(own.values()) for one, own in weights.items()}
    common, strength = measure.prior_mean, measure.prior_strength
    if common == "population":
        common = (math.fsum(k.values()) + 0.5) / (math.fsum(n.values()) + 1)
    return {one: (k[one] + strength * common) / (n[one] + strength) if n[one] else None for one in spine}


def related_entities(over: Any, entity: str, edges: list[Edge], world: World) -> dict[str, float]:
    """Return the related entities with their weights, walking the edges one by one."""

    def steps(node: str) -> dict[str, float]:
        out = {other for one, other in edges if one == node and over.follow != "inward"}
        back = {one for one, other in edges if other == node and over.follow != "outward"}
        degrees = {
            other: len({*chain(*(edge for edge in edges if other in edge))}) - 1 for other in out | back
        }
        return {
            other: 1 / math.log(math.e - 1 + degree)
            for other, degree in degrees.items()
            if degree <= over.most
        }

    found: dict[str, float] = {}
    for near, weight in steps(entity).items():
        ways = {near: weight}
        if over.hops == 2:
            ways |= {far: over.decay * weight * second for far, second in steps(near).items()}
        for end, total in ways.items():
            found[end] = max(found.get(end, 0.0), total)
    return {
        other: weight
        for other, weight in found.items()
        if other != entity and other in world.register and _alike(over, entity, other, world)
    }


def _edges(over: Any, world: World) -> list[Edge]:
    rows = [row for row in world.edges if row["occurred_on"] <= world.day and holds(over.edges, row)]
    rows = [row for row in rows if row["ended_on"] is None or row["ended_on"] > world.day]
    return sorted(
        {(row["entity_id"], row["other_id"]) for row in rows if row["entity_id"] != row["other_id"]}
    )


def _alike(over: Any, entity: str, other: str, world: World) -> bool:
    if over.alike is None:
        return True
    texts = [world.register[one][over.alike.column] for one in (entity, other)]
    return None not in texts and texts[0][: over.alike.prefix] == texts[1][: over.alike.prefix]


def base_rate(measure: Any, spine: list[str], world: World) -> Values:
    codes = {one: world.register[one][measure.code] for one in spine}
    met = {one: bool(flag(measure, world.readings[one], [])) for one in spine}
    return {one: _rate_of_others(measure, one, codes, met) for one in spine}


def _rate_of_others(
    measure: Any, entity: str, codes: dict[str, str | None], met: dict[str, bool]
) -> float | None:
    own = codes[entity]
    if own is None:
        return None
    others = [one for one in codes if one != entity]
    rate = (sum(met[one] for one in others) + 0.5) / (len(others) + 1)
    for level in measure.levels:
        if len(own) >= level:
            group = [one for one in others if (codes[one] or "")[:level] == own[:level]]
            hits = sum(met[one] for one in group)
            rate = (hits + measure.prior_strength * rate) / (len(group) + measure.prior_strength)
    return rate


ACROSS: dict[str, Callable[[Any, list[str], World], Values]] = {
    "BaseRate": base_rate,
    "RelatedCurrentShare": related_current_share,
    "RelatedShare": related_share,
}
