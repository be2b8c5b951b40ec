"""Who stands behind the entities: legal persons, directors, telephones, registration agents and parents.

Like finds like: those who share somebody or something are more alike in their tendency than chance would have
it, so what is known of one entity says something about those around it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.population import ENTERPRISE, Population
from creditrisk.records.synthetic.streams import Streams
from creditrisk.records.synthetic.tendency import alike

_NONE = -1
_OWN = 10_000_000
_SHARED_PERSON, _SHARED_PHONE, _BY_AGENT, _BRANCHES, _OWNED = 0.14, 0.08, 0.4, 0.05, 0.12
_DIRECTED = 0.15
_PERSON_EACH, _PHONE_EACH, _AGENT_EACH = 25, 40, 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """Ties by position of the entity; -1 for none.

    Parameters
    ----------
    person : array of int, shape (n,)
        Number of the legal person or operator; some have several entities.
    successor : array of int, shape (n,)
        Number of somebody with several entities, who may become the next legal person.
    director : array of int, shape (n,)
        Number of a director with other offices.
    phone : array of int, shape (n,)
        Number of the telephone.
    agent : array of int, shape (n,)
        Number of the registration agent.
    parent : array of int, shape (n,)
        Position of the enterprise of which the entity is a branch.
    owner : array of int, shape (n,)
        Position of an older enterprise that holds shares of it.
    """

    person: NDArray[np.int64]
    successor: NDArray[np.int64]
    director: NDArray[np.int64]
    phone: NDArray[np.int64]
    agent: NDArray[np.int64]
    parent: NDArray[np.int64]
    owner: NDArray[np.int64]


def draw_ties(streams: Streams, people: Population) -> Ties:
    """Draw the ties; legal persons and telephones are shared more often where the tendency is high.

    Parameters
    ----------
    streams : Streams
        Where the random numbers come from.
    people : Population
        The entities.

    Returns
    -------
    Ties
        Their ties.
    """
    size, tendency = len(people), people.tendency
    prone = np.exp(0.4 * tendency - 0.08)
    persons = max(1, size // _PERSON_EACH)
    rng = streams("ties person")
    person = _shared(rng, prone * _SHARED_PERSON, tendency, groups=persons)
    successor = alike(rng, tendency, persons)
    rng = streams("ties phone")
    phone = _shared(rng, prone * _SHARED_PHONE, tendency, groups=max(1, size // _PHONE_EACH))
    rng = streams("ties agent")
    by_agent = rng.random(size) < _BY_AGENT
    agent = np.where(by_agent, alike(rng, tendency, max(2, size // _AGENT_EACH)), _NONE)
    enterprise = people.entity_type == ENTERPRISE
    rng = streams("ties director")
    directed = enterprise & (rng.random(size) < _DIRECTED)
    director = np.where(directed, alike(rng, tendency, persons), _NONE)
    rng = streams("ties enterprise")
    branch = enterprise & (rng.random(size) < _BRANCHES)
    owned = enterprise & ~branch & (rng.random(size) < _OWNED)
    return Ties(
        person=person,
        successor=successor,
        director=director,
        phone=phone,
        agent=agent,
        parent=_older(rng, people, branch, enterprise & ~branch),
        owner=_older(rng, people, owned, enterprise),
    )


def _shared(
    rng: np.random.Generator, chance: NDArray[np.float64], tendency: NDArray[np.float64], groups: int
) -> NDArray[np.int64]:
    size = len(tendency)
    shares = rng.random(size) < chance
    return np.where(shares, alike(rng, tendency, groups), _OWN + np.arange(size))


def _older(
    rng: np.random.Generator, people: Population, chosen: NDArray[np.bool_], candidates: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return for each chosen entity a like candidate that was known before it was established, else none."""
    there = np.flatnonzero(candidates)
    there = there[np.argsort(people.tendency[there])]
    drawn = there[alike(rng, people.tendency, len(there))]
    older = people.known_on[drawn] < people.established_on
    return np.where(chosen & older, drawn, _NONE)
