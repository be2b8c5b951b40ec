"""What a policy cuts, and the classes of values and of draws on that scale."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from creditrisk.grading.cuts import Cuts, model_ranks
from creditrisk.grading.draws import Draws, class_probabilities, mean_of
from creditrisk.grading.score_scale import ScoreScale

if TYPE_CHECKING:
    from creditrisk.grading.policy import GradingPolicy

ON = ("expected_loss", "p", "score", "matrix")
_CHUNK = 4096

Floats = NDArray[np.float64]


def graded_draws(posterior: Draws, on: str) -> NDArray[np.float32]:
    """Return the draws that the cuts apply to; a score is cut by its probability.

    Parameters
    ----------
    posterior : RiskPosterior
        Draws of p and of the expected loss.
    on : {"expected_loss", "p", "score"}
        What is cut.

    Returns
    -------
    ndarray of float32, (draws, entities)
        The draws.
    """
    return posterior.expected_loss if on == "expected_loss" else posterior.p


def inner_cuts(cuts: Cuts, score: ScoreScale | None) -> Cuts:
    """Return cuts in the unit of the draws: those of a score as probabilities.

    Parameters
    ----------
    cuts : tuple of 3 floats
        As the policy says them.
    score : ScoreScale or None
        The scale of a score, if one is cut.

    Returns
    -------
    tuple of 3 floats
        Not falling.
    """
    if score is None:
        return cuts
    return score.probability(cuts[0]), score.probability(cuts[1]), score.probability(cuts[2])


def said_cuts(cuts: Cuts, score: ScoreScale | None) -> Cuts:
    """Return cuts as the policy says them, from the unit of the draws.

    Parameters
    ----------
    cuts : tuple of 3 floats
        In the unit of the draws.
    score : ScoreScale or None
        The scale of a score, if one is cut.

    Returns
    -------
    tuple of 3 floats
        Points where a score is cut.
    """
    if score is None:
        return cuts
    low, middle, high = score.points(np.asarray(cuts)).tolist()
    return low, middle, high


def mean_ranks(policy: "GradingPolicy", posterior: Draws) -> NDArray[np.int8]:
    """Return the classes in which the posterior means lie.

    Parameters
    ----------
    policy : GradingPolicy
        Cuts or matrix.
    posterior : RiskPosterior
        Draws.

    Returns
    -------
    ndarray of int8, (entities,)
        0 for A to 3 for D.
    """
    if policy.matrix is not None:
        return policy.matrix.ranks(mean_of(posterior.p), mean_of(posterior.expected_loss))
    return model_ranks(mean_of(graded_draws(posterior, policy.on)), policy.inner_cuts)


def probabilities(policy: "GradingPolicy", posterior: Draws) -> Floats:
    """Return the share of draws in each class, before any rule.

    Parameters
    ----------
    policy : GradingPolicy
        Cuts or matrix.
    posterior : RiskPosterior
        Draws.

    Returns
    -------
    ndarray of float, (entities, 4)
        P(A) to P(D).
    """
    if policy.matrix is None:
        return class_probabilities(graded_draws(posterior, policy.on), policy.inner_cuts)
    number, entities = posterior.p.shape
    counts = np.empty((entities, 4))
    for start in range(0, entities, _CHUNK):
        part = slice(start, start + _CHUNK)
        ranks = policy.matrix.ranks(posterior.p[:, part], posterior.expected_loss[:, part])
        for rank in range(4):
            counts[part, rank] = np.count_nonzero(ranks == rank, axis=0)
    found: Floats = counts / number
    return found
