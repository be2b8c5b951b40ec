"""Who stands behind the entities: legal persons, telephones, registration agents and parents."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.population import ENTERPRISE, Population
from creditrisk.records.synthetic.streams import Streams

_NONE = -1
_OWN = 10_000_000
_SHARED_PERSON, _SHARED_PHONE, _BY_AGENT, _BRANCHES, _OWNED = 0.12, 0.08, 0.4, 0.02, 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """Ties by position of the entity; -1 for none.

    Parameters
    ----------
    person : array of int, shape (n,)
        Number of the legal person or operator; some have several entities.
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
    rng = streams("ties")
    size = len(people)
    prone = np.exp(0.4 * people.tendency - 0.08)
    person = _shared(rng, prone * _SHARED_PERSON, size, groups=max(1, size // 25))
    phone = _shared(rng, prone * _SHARED_PHONE, size, groups=max(1, size // 40))
    agent = np.where(rng.random(size) < _BY_AGENT, rng.integers(0, max(2, size // 150), size), _NONE)
    enterprise = people.entity_type == ENTERPRISE
    branch = enterprise & (rng.random(size) < _BRANCHES)
    owned = enterprise & ~branch & (rng.random(size) < _OWNED)
    parent = _older(rng, people, branch, enterprise & ~branch)
    return Ties(
        person=person, phone=phone, agent=agent, parent=parent, owner=_older(rng, people, owned, enterprise)
    )


def _shared(
    rng: np.random.Generator, chance: NDArray[np.float64], size: int, groups: int
) -> NDArray[np.int64]:
    shares = rng.random(size) < chance
    return np.where(shares, rng.integers(0, groups, size), _OWN + np.arange(size))


def _older(
    rng: np.random.Generator, people: Population, chosen: NDArray[np.bool_], candidates: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return for each chosen entity a candidate that was known before it was established, else none."""
    drawn = rng.choice(np.flatnonzero(candidates), len(people))
    older = people.known_on[drawn] < people.established_on
    return np.where(chosen & older, drawn, _NONE)
