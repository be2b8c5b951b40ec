"""The registration of every entity (登记), as it is written out."""

import numpy as np

from creditrisk.records.synthetic.log import NEVER, Array, after
from creditrisk.records.synthetic.population import INDIVIDUAL, KEY_SECTORS, REGIONS, SECTORS
from creditrisk.records.synthetic.world import World

_STAGES = np.array(["survival", "growth", "development"])
_DISTINCTIONS = np.array(["known", "special", "excellent", "new"])


def registration_of(world: World) -> dict[str, Array]:
    """Return the columns of `registration`, one row for each entity.

    Parameters
    ----------
    world : World
        The world after its last year.

    Returns
    -------
    dict of str to array, each of shape (n,)
        The columns; `entity` by position.
    """
    people, ties = world.people, world.ties
    parent = people.entity_id[ties.parent].astype(object)
    parent[ties.parent < 0] = None
    rng = world.streams("registration")
    size = len(people)
    return {
        "entity": np.arange(size),
        "occurred_on": people.established_on,
        "known_on": people.known_on,
        "name": np.char.mod("Entity %06d", np.arange(size)),
        "entity_type": people.entity_type,
        "industry": people.industry,
        "region": REGIONS[people.region],
        "registered_capital_cny": people.capital_cny,
        "address": people.address,
        "shared_address": rng.random(size) < 0.03,
        "home_address": rng.random(size) < 0.06,
        "business_scope": np.char.add("industry ", people.industry),
        "registration_authority": np.char.add(REGIONS, " market supervision")[people.region],
        "parent_id": parent,
        "legal_person_id": ties.person,
        "phone_id": ties.phone,
        "agent_id": ties.agent,
        "term_from": people.established_on,
        "key_sector": np.isin(SECTORS[people.sector], KEY_SECTORS),
        "revoked_on": world.revoked_on,
        "revoked_known_on": world.revoked_known_on,
        "deregistered_on": world.deregistered_on,
        "deregistered_known_on": world.deregistered_known_on,
        **_kind_of_individual(world, rng),
    }


def _kind_of_individual(world: World, rng: np.random.Generator) -> dict[str, Array]:
    """Return stage and distinction (分型分类) of individual businesses, found a year after they began."""
    people = world.people
    size = len(people)
    individual = people.entity_type == INDIVIDUAL
    distinct = individual & (rng.random(size) < 0.05)
    stage = rng.choice(_STAGES, size, p=[0.6, 0.3, 0.1]).astype(object)
    distinction = rng.choice(_DISTINCTIONS, size).astype(object)
    stage[~individual], distinction[~distinct] = None, None
    found = after(people.known_on, 365)
    return {
        "individual_stage": stage,
        "individual_stage_on": np.where(individual, found, NEVER),
        "individual_distinction": distinction,
        "individual_distinction_on": np.where(distinct, found, NEVER),
    }
