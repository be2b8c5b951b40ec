"""How sure the cuts are: once over the draws of the posterior, once over the entities.

Over draws: where each draw would put the cuts if it were the truth. Draws spread more than posterior means,
so their cuts are taken as distances from their own median, and laid around the cuts that were found.
Over entities: the cuts of entities drawn again from the same population (bootstrap).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from creditrisk.grading.calibration.evidence import Evidence, Floats
from creditrisk.grading.calibration.goal import Goal
from creditrisk.grading.cuts import Cuts, model_ranks

_MOST_ENTITIES = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Lower and upper ends of the three cuts.

    Parameters
    ----------
    lower, upper : tuple of 3 floats
        Of B, C and D.
    """

    lower: Cuts
    upper: Cuts


@dataclass(frozen=True, slots=True, kw_only=True)
class CutIntervals:
    """Equal-tailed intervals of the cuts.

    Parameters
    ----------
    probability : float
        Of the intervals, 0–1.
    entities : Range
        Over entities drawn again.
    posterior : Range, optional
        Over the draws of the posterior; none where there are no draws.
    """

    probability: float
    entities: Range
    posterior: Range | None

    def together(self, cuts: Cuts) -> Range:
        """Return the intervals over draws and entities at once, as of two independent sources.

        Parameters
        ----------
        cuts : tuple of 3 floats
            The cuts that the intervals lie around.

        Returns
        -------
        Range
            The distances of both, joined by the root of their squares.
        """
        sources = [one for one in (self.entities, self.posterior) if one is not None]
        centre = np.asarray(cuts)
        below = np.sqrt(sum((centre - np.asarray(one.lower)) ** 2 for one in sources))
        above = np.sqrt(sum((np.asarray(one.upper) - centre) ** 2 for one in sources))
        return Range(lower=_cuts(np.maximum(centre - below, 0.0)), upper=_cuts(centre + above))


def cut_intervals(
    goal: Goal,
    evidence: Evidence,
    cuts: Cuts,
    *,
    probability: float = 0.9,
    replications: int = 50,
    true_cuts: Cuts | None = None,
    random_state: int | None = 0,
) -> CutIntervals:
    """Return how far the cuts would move with other draws and other entities.

    More than 20 000 entities are sampled, and the spread over entities is scaled to their true number.

    Parameters
    ----------
    goal : Goal
        What the cuts were made for.
    evidence : Evidence
        What is known of the entities.
    cuts : tuple of 3 floats
        The cuts that were found.
    probability : float, default 0.9
        Of the intervals.
    replications : int, default 50
        How many draws, and how many new sets of entities.
    true_cuts : tuple of 3 floats, optional
        Where the true classes begin, for goals of cost.
    random_state : int, optional
        Seed of the samples; none for one that differs on every call.

    Returns
    -------
    CutIntervals
        None of them below 0.
    """
    rng = np.random.default_rng(random_state)
    n = len(evidence)
    size = min(n, _MOST_ENTITIES)

    def again(replication: int) -> Evidence:
        return evidence.sample(rng.integers(0, n, size))

    entities = _range(goal, again, cuts, replications, probability, (size / n) ** 0.5)
    if evidence.drawn is None:
        return CutIntervals(probability=probability, entities=entities, posterior=None)
    rows = np.sort(rng.choice(n, size, replace=False))
    draws = len(evidence.drawn.values)
    chosen = np.unique(np.linspace(0, draws - 1, min(replications, draws)).astype(int))
    base = evidence.sample(rows)

    def as_drawn(replication: int) -> Evidence:
        return _as_drawn(base, evidence, int(chosen[replication]), rows, goal, true_cuts)

    posterior = _range(goal, as_drawn, cuts, len(chosen), probability, 1.0)
    return CutIntervals(probability=probability, entities=entities, posterior=posterior)


def _as_drawn(
    base: Evidence,
    evidence: Evidence,
    draw: int,
    rows: NDArray[np.intp],
    goal: Goal,
    true_cuts: Cuts | None,
) -> Evidence:
    """Return the sampled entities as if one draw were the truth, in its order or in what it expects."""
    drawn = evidence.drawn
    assert drawn is not None
    values, p, loss = (one[draw, rows].astype(np.float64) for one in (drawn.values, drawn.p, drawn.loss))
    if goal.moved_by == "order":
        return replace(base, values=values, p=p, loss=loss)
    true_class = None if true_cuts is None else np.eye(4)[model_ranks(values, true_cuts)]
    return replace(base, p=p, loss=loss, true_class=true_class)


def _range(
    goal: Goal,
    evidence_of: Callable[[int], Evidence],
    cuts: Cuts,
    replications: int,
    probability: float,
    scale: float,
) -> Range:
    found = np.array([goal.cuts(evidence_of(replication)) for replication in range(replications)])
    tails = [(1 - probability) / 2, (1 + probability) / 2]
    with np.errstate(invalid="ignore"):
        apart = np.quantile(found - np.median(found, axis=0), tails, axis=0) * scale
    lower, upper = np.maximum(np.asarray(cuts) + apart, 0.0)
    return Range(lower=_cuts(lower), upper=_cuts(upper))


def _cuts(values: Floats) -> Cuts:
    return float(values[0]), float(values[1]), float(values[2])
