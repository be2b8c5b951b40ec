"""Persons in office (主要人员): legal persons one after the other, directors and officers."""

import numpy as np

from creditrisk.records.synthetic.log import NEVER, Array, Days, later
from creditrisk.records.synthetic.population import ENTERPRISE, INDIVIDUAL
from creditrisk.records.synthetic.world import World

_NEW_PERSON = 20_000_000
_OFFICER = 30_000_000
_KNOWN_SUCCESSOR = 0.15
_DIRECTOR_LEFT = 0.25


def record_persons(world: World) -> None:
    """Add the persons in office; a legal person stays until the first change that names another."""
    rng = world.streams("person_role")
    _record_legal_persons(world, rng)
    _record_directors(world)
    people = world.people
    for office, share in (("supervisor", 0.9), ("manager", 0.35), ("finance", 0.5)):
        chosen = (people.entity_type == ENTERPRISE) & (rng.random(len(people)) < share)
        entity = np.flatnonzero(chosen)
        number = _OFFICER + rng.integers(0, 40 * len(people), len(entity))
        nobody, stays = np.full(len(entity), -1), np.full(len(entity), NEVER)
        day, known = people.established_on[entity], people.known_on[entity]
        _add(world, rng, entity, day, known, number, np.full(len(entity), office), nobody, stays)


def _record_legal_persons(world: World, rng: np.random.Generator) -> None:
    people = world.people
    everyone = np.arange(len(people))
    entity, day, known = _changes_of_person(world)
    first = np.concatenate([np.ones(len(people), dtype=bool), np.zeros(len(entity), dtype=bool)])
    person = np.concatenate([world.ties.person, _successors(world, entity)])
    entity = np.concatenate([everyone, entity])
    day, known = np.concatenate([people.established_on, day]), np.concatenate([people.known_on, known])
    order = np.lexsort((~first, day, entity))
    entity, day, known, person = entity[order], day[order], known[order], person[order]
    ended = np.append(day[1:], NEVER)
    ended[np.append(entity[1:] != entity[:-1], True)] = NEVER
    role = np.where(people.entity_type[entity] == INDIVIDUAL, "operator", "legal_person")
    phone = np.where(first[order], world.ties.phone[entity], -1)
    _add(world, rng, entity, day, known, person, role, phone, ended)


def _changes_of_person(world: World) -> tuple[Array, Days, Days]:
    columns = world.log.columns("registration_change")
    if columns is None:
        raise AssertionError("persons are recorded after the changes of registration")
    changed = columns["item"] == "legal_person"
    return columns["entity"][changed], columns["occurred_on"][changed], columns["known_on"][changed]


def _successors(world: World, entity: Array) -> Array:
    """Return who follows as legal person: somebody new, or, once, somebody with other entities."""
    known = world.streams("person_role successor").random(len(entity)) < _KNOWN_SUCCESSOR
    once = np.zeros(len(entity), dtype=bool)
    once[np.unique(entity, return_index=True)[1]] = True
    return np.where(known & once, world.ties.successor[entity], _NEW_PERSON + np.arange(len(entity)))


def _record_directors(world: World) -> None:
    rng = world.streams("person_role director")
    people, director = world.people, world.ties.director
    entity = np.flatnonzero(director >= 0)
    day = people.established_on[entity]
    left = later(rng, day, 400, 5000)
    left[rng.random(len(entity)) >= _DIRECTOR_LEFT] = NEVER
    office, nobody = np.full(len(entity), "director"), np.full(len(entity), -1)
    _add(world, rng, entity, day, people.known_on[entity], director[entity], office, nobody, left)


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
