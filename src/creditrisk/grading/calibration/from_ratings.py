"""What ratings say of every entity, made ready for calibration: means and rules, no draws."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.grading.calibration.evidence import Evidence
from creditrisk.grading.cuts import model_ranks
from creditrisk.grading.decision import ByMean
from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.ratings import Ratings
from creditrisk.grading.rules import Decisions, RuleHits, apply_rules


def evidence_of_ratings(ratings: Ratings, policy: GradingPolicy) -> Evidence:
    """Return what ratings know of the entities, to be cut as a policy cuts.

    The probabilities of the true classes are those that the ratings hold.

    Parameters
    ----------
    ratings : Ratings
        Made with the rules of the policy.
    policy : GradingPolicy
        Cuts on expected loss, p or a score, decided by the mean.

    Returns
    -------
    Evidence
        Without draws.

    Raises
    ------
    SpecError
        If the policy reads more of the posterior than its mean, or the ratings hit a rule it does not have.
    """
    _check_means(policy)
    if policy.matrix is not None:
        raise SpecError(
            f"Goals move cuts; policy {policy.name!r} has a matrix: calibrate on expected_loss, p or score."
        )
    p = ratings.table["p_violation"].to_numpy(dtype=np.float64)
    loss = ratings.table[ratings.loss_column].to_numpy(dtype=np.float64)
    return Evidence(
        values=loss if policy.on == "expected_loss" else p,
        p=p,
        loss=loss,
        hits=hits_of(ratings, policy),
        true_class=ratings.table[[f"prob_{letter}" for letter in "ABCD"]].to_numpy(dtype=np.float64),
    )


def decide_again(ratings: Ratings, policy: GradingPolicy) -> Decisions:
    """Return the classes that a policy gives to the entities of ratings.

    Parameters
    ----------
    ratings : Ratings
        Made with the rules of the policy.
    policy : GradingPolicy
        Decided by the mean.

    Returns
    -------
    Decisions
        Classes and who decided them.

    Raises
    ------
    SpecError
        If the policy reads more of the posterior than its mean, or the ratings hit a rule it does not have.
    """
    _check_means(policy)
    p = ratings.table["p_violation"].to_numpy(dtype=np.float64)
    loss = ratings.table[ratings.loss_column].to_numpy(dtype=np.float64)
    if policy.matrix is not None:
        ranks = policy.matrix.ranks(p, loss)
    else:
        ranks = model_ranks(loss if policy.on == "expected_loss" else p, policy.inner_cuts)
    return apply_rules(hits_of(ratings, policy), ranks)


def hits_of(ratings: Ratings, policy: GradingPolicy) -> RuleHits:
    """Return the rules that each entity hit, as the ratings list them.

    Parameters
    ----------
    ratings : Ratings
        Classes with the ids of the rules.
    policy : GradingPolicy
        Its rules.

    Returns
    -------
    RuleHits
        In the order of the policy.

    Raises
    ------
    SpecError
        If the ratings hit a rule that the policy does not have.
    """
    place = {rule.id: j for j, rule in enumerate(policy.rules)}
    hit: NDArray[np.bool_] = np.zeros((len(ratings), len(policy.rules)), dtype=bool)
    codes, texts = pd.factorize(ratings.table["rules_hit"])
    for code, text in enumerate(texts):
        ids = [one for one in str(text).split(";") if one]
        strange = [one for one in ids if one not in place]
        if strange:
            raise SpecError(
                f"Ratings are graded again under the rules that made them; rule {strange[0]!r} is not in "
                f"policy {policy.name!r}: use the policy of the ratings, or assess again."
            )
        if ids:
            hit[np.ix_(codes == code, [place[one] for one in ids])] = True
    return RuleHits(rules=policy.rules, hit=hit)


def _check_means(policy: GradingPolicy) -> None:
    if not isinstance(policy.decision, ByMean):
        raise SpecError(
            "Ratings hold posterior means only, and this policy decides by "
            f"{policy.decision.by}: calibrate on the posterior with GradingPolicy.calibrate_on."
        )
