"""Shareholders (股东), persons in office (主要人员) and relations (关联关系) of entities."""

import numpy as np
import pandas as pd

from creditrisk.records.synthetic.log import NEVER, Array, Days, after
from creditrisk.records.synthetic.population import ENTERPRISE, INDIVIDUAL
from creditrisk.records.synthetic.world import World

_NEW_PERSON = 20_000_000
_OFFICER = 30_000_000


def record_shareholders(world: World) -> None:
    """Add one to three shareholders for each entity, as of its establishment; some are enterprises."""
    rng = world.streams("shareholder")
    people = world.people
    count = rng.choice([1, 2, 3], len(people), p=[0.6, 0.28, 0.12])
    entity = np.repeat(np.arange(len(people)), count)
    subscribed = people.capital_cny[entity] / count[entity]
    paid = subscribed * np.where(rng.random(len(entity)) < 0.35, 0.0, rng.beta(2.0, 1.0, len(entity)))
    investor = np.char.mod("investor-%08x", rng.integers(0, 2**32, len(entity)))
    owned = np.append(True, entity[1:] != entity[:-1]) & (world.ties.owner[entity] >= 0)
    owner = people.entity_id[world.ties.owner[entity]]
    share = np.round(1 / count[entity], 4)
    world.log.add(
        "shareholder",
        entity,
        people.established_on[entity],
        people.known_on[entity],
        investor_id=np.where(owned, owner, investor),
        investor_kind=np.where(owned, "enterprise", "person"),
        subscribed_cny=np.round(subscribed, 2),
        paid_in_cny=np.round(paid, 2),
        share=share,
        contribution=np.full(len(entity), "money"),
        due_on=after(people.established_on[entity], 5 * 365),
    )


def record_persons(world: World) -> None:
    """Add the persons in office; a legal person stays until the first change that names another."""
    rng = world.streams("person_role")
    people = world.people
    everyone = np.arange(len(people))
    entity, day, known = _changes_of_person(world)
    first = np.concatenate([np.ones(len(people), dtype=bool), np.zeros(len(entity), dtype=bool)])
    person = np.concatenate([world.ties.person, _NEW_PERSON + np.arange(len(entity))])
    entity = np.concatenate([everyone, entity])
    day, known = np.concatenate([people.established_on, day]), np.concatenate([people.known_on, known])
    order = np.lexsort((~first, day, entity))
    entity, day, known, person = entity[order], day[order], known[order], person[order]
    ended = np.append(day[1:], NEVER)
    ended[np.append(entity[1:] != entity[:-1], True)] = NEVER
    role = np.where(people.entity_type[entity] == INDIVIDUAL, "operator", "legal_person")
    phone = np.where(first[order], world.ties.phone[entity], -1)
    _add(world, rng, entity, day, known, person, role, phone, ended)
    for office, share in (("supervisor", 0.9), ("manager", 0.35), ("finance", 0.5)):
        chosen = (people.entity_type == ENTERPRISE) & (rng.random(len(people)) < share)
        entity = np.flatnonzero(chosen)
        number = _OFFICER + rng.integers(0, 40 * len(people), len(entity))
        nobody, stays = np.full(len(entity), -1), np.full(len(entity), NEVER)
        day, known = people.established_on[entity], people.known_on[entity]
        _add(world, rng, entity, day, known, number, np.full(len(entity), office), nobody, stays)


def _add(
    world: World,
    rng: np.random.Generator,
    entity: Array,
    day: Days,
    known: Days,
    person: Array,
    role: Array,
    phone: Array,
    ended: Days,
) -> None:
    age = rng.integers(22, 66, len(entity))
    world.log.add(
        "person_role",
        entity,
        day,
        known,
        person_id=person,
        role=role,
        birth_year=day.astype("datetime64[Y]").astype(np.int64) + 1970 - age,
        phone_id=phone,
        ended_on=ended,
    )


def _changes_of_person(world: World) -> tuple[Array, Days, Days]:
    columns = world.log.columns("registration_change")
    if columns is None:
        raise AssertionError("persons are recorded after the changes of registration")
    changed = columns["item"] == "legal_person"
    return columns["entity"][changed], columns["occurred_on"][changed], columns["known_on"][changed]


def record_relations(world: World) -> None:
    """Add what the bureau derives: shareholdings, branches, shared persons, addresses and telephones."""
    people, ties = world.people, world.ties
    everyone = np.arange(len(people))
    same = [
        ("same_address", *_neighbours(pd.factorize(people.address)[0], people.established_on)),
        ("same_phone", *_neighbours(ties.phone, people.established_on)),
    ]
    owned, branches = np.flatnonzero(ties.owner >= 0), np.flatnonzero(ties.parent >= 0)
    world.log.add(
        "relation_edge",
        everyone,
        people.established_on,
        people.known_on,
        other_id=np.char.mod("person-%08d", ties.person).astype(object),
        relation=np.full(len(people), "legal_person"),
        share=np.full(len(people), np.nan),
        ended_on=np.full(len(people), NEVER),
    )
    _add_edges(world, "invests_in", ties.owner[owned], owned, _shares_held(world, owned))
    _add_edges(world, "branch", ties.parent[branches], branches, np.full(len(branches), np.nan))
    for relation, one, other in same:
        _add_edges(world, relation, one, other, np.full(len(one), np.nan))


def _shares_held(world: World, owned: Array) -> Array:
    shareholders = world.log.columns("shareholder")
    if shareholders is None:
        raise AssertionError("shareholders are recorded before relations")
    first = np.searchsorted(shareholders["entity"], owned)
    return shareholders["share"][first]


def _neighbours(groups: Array, established: Days) -> tuple[Array, Array]:
    """Return each entity with the next older one of the same group."""
    order = np.lexsort((established, groups))
    same = groups[order][1:] == groups[order][:-1]
    return order[1:][same], order[:-1][same]


def _add_edges(world: World, relation: str, one: Array, other: Array, share: Array) -> None:
    """Add relations that begin when both are established."""
    people = world.people
    begins = np.maximum(people.established_on[one], people.established_on[other])
    known = np.maximum(people.known_on[one], people.known_on[other])
    world.log.add(
        "relation_edge",
        one,
        begins,
        after(known, 1),
        other_id=people.entity_id[other].astype(object),
        relation=np.full(len(one), relation),
        share=share,
        ended_on=np.full(len(one), NEVER),
    )
