"""Relations (关联关系) as the bureau derives them: holdings, branches, persons, addresses, phones, agents."""

import numpy as np
import pandas as pd

from creditrisk.records.synthetic.log import NEVER, Array, Days, after, later
from creditrisk.records.synthetic.world import World

_OFFICES = {"legal_person": "legal_person", "operator": "legal_person", "director": "director"}
_PHONE_GIVEN_UP, _AGENT_LEFT = 0.15, 0.3


def record_relations(world: World) -> None:
    """Add the relations; one ends when what it rests on ends, or one of its ends is deregistered.

    A person or an agent that only one entity has relates it to nobody, and leaves no record.
    """
    people, ties = world.people, world.ties
    _relate_persons(world)
    _relate_agents(world)
    _relate_holdings(world)
    branches = np.flatnonzero(ties.parent >= 0)
    _relate(world, "branch", ties.parent[branches], branches, np.full(len(branches), NEVER))
    one, other = _neighbours(pd.factorize(people.address)[0], people.established_on)
    moved = np.fmin(_next_move(world, one, other), _next_move(world, other, one))
    _relate(world, "same_address", one, other, moved)
    one, other = _neighbours(ties.phone, people.established_on)
    begun = people.established_on[one]
    _relate(world, "same_phone", one, other, _sometimes(world, "same_phone", begun, _PHONE_GIVEN_UP))


def _relate_persons(world: World) -> None:
    """Relate entities to those of their legal persons, operators and directors that have several."""
    roles = world.log.columns("person_role")
    if roles is None:
        raise AssertionError("persons are recorded before relations")
    kept = np.isin(roles["role"], list(_OFFICES)) & _several(roles["person_id"], roles["entity"])
    relation = np.where(roles["role"][kept] == "director", "director", "legal_person")
    _add(
        world,
        roles["entity"][kept],
        roles["occurred_on"][kept],
        after(roles["known_on"][kept], 1),
        np.char.mod("person-%08d", roles["person_id"][kept]).astype(object),
        relation,
        np.full(int(kept.sum()), np.nan),
        roles["ended_on"][kept],
    )


def _several(person: Array, entity: Array) -> Array:
    """Return which rows name somebody whom rows of another entity name too."""
    frame = pd.DataFrame({"person": person, "entity": entity})
    return np.asarray(frame.groupby("person")["entity"].transform("nunique") > 1)


def _relate_agents(world: World) -> None:
    people, agent = world.people, world.ties.agent
    entity = np.flatnonzero(agent >= 0)
    begun = people.established_on[entity]
    size = len(entity)
    _add(
        world,
        entity,
        begun,
        after(people.known_on[entity], 1),
        np.char.mod("agent-%08d", agent[entity]).astype(object),
        np.full(size, "same_agent"),
        np.full(size, np.nan),
        _sometimes(world, "same_agent", begun, _AGENT_LEFT),
    )


def _relate_holdings(world: World) -> None:
    shareholders = world.log.columns("shareholder")
    if shareholders is None:
        raise AssertionError("shareholders are recorded before relations")
    owned = np.flatnonzero(world.ties.owner >= 0)
    first = np.searchsorted(shareholders["entity"], owned)
    left = shareholders["ended_on"][first]
    _relate(world, "invests_in", world.ties.owner[owned], owned, left, shareholders["share"][first])


def _neighbours(groups: Array, established: Days) -> tuple[Array, Array]:
    """Return each entity with the next older one of the same group."""
    order = np.lexsort((established, groups))
    same = groups[order][1:] == groups[order][:-1]
    return order[1:][same], order[:-1][same]


def _next_move(world: World, entity: Array, other: Array) -> Days:
    """Return when each entity first moved after both were there."""
    changes = world.log.columns("registration_change")
    if changes is None:
        raise AssertionError("relations are recorded after the changes of registration")
    moved = changes["item"] == "address"
    who, when = changes["entity"][moved].astype(np.int64), changes["occurred_on"][moved].astype(np.int64)
    order = np.lexsort((when, who))
    who, when = np.append(who[order], -1), np.append(when[order], 0)
    begun = world.people.established_on[other].astype(np.int64)
    place = np.searchsorted((who[:-1] << 32) + when[:-1], (entity.astype(np.int64) << 32) + begun)
    day = when[place].astype("datetime64[D]")
    return np.where(who[place] == entity, day, NEVER)


def _sometimes(world: World, relation: str, begun: Days, share: float) -> Days:
    rng = world.streams(f"relation_edge {relation}")
    ended = later(rng, begun, 300, 4000)
    ended[rng.random(len(begun)) >= share] = NEVER
    return ended


def _relate(
    world: World, relation: str, one: Array, other: Array, ended: Days, share: Array | None = None
) -> None:
    """Add relations between entities, which begin when both are established."""
    people = world.people
    begins = np.maximum(people.established_on[one], people.established_on[other])
    ended = np.fmin(ended, world.deregistered_on[other])
    there = ~(ended < begins)
    held = np.full(len(one), np.nan) if share is None else share
    _add(
        world,
        one[there],
        begins[there],
        after(np.maximum(people.known_on[one], people.known_on[other])[there], 1),
        people.entity_id[other[there]].astype(object),
        np.full(int(there.sum()), relation),
        held[there],
        ended[there],
    )


def _add(
    world: World,
    entity: Array,
    begins: Days,
    known: Days,
    other_id: Array,
    relation: Array,
    share: Array,
    ended: Days,
) -> None:
    left = world.deregistered_on[entity]
    world.log.add(
        "relation_edge",
        entity,
        begins,
        known,
        other_id=other_id,
        relation=relation,
        share=share,
        ended_on=np.fmin(ended, np.where(left < begins, NEVER, left)),
    )
