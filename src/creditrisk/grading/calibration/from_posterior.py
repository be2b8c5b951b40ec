"""What a posterior says of every entity, made ready for calibration."""

from collections.abc import Sequence

import pandas as pd

from creditrisk.grading.calibration.evidence import DrawnEvidence, Evidence
from creditrisk.grading.cuts import Cuts
from creditrisk.grading.decision import ByMean, Decision
from creditrisk.grading.draws import Draws, class_probabilities, mean_of
from creditrisk.grading.grade import check_aligned
from creditrisk.grading.rules import find_hits
from creditrisk.grading.scale import graded_draws
from creditrisk.indicators.rule import Rule

_BY_MEAN = ByMean()


def evidence_of(
    posterior: Draws,
    X: pd.DataFrame,
    rules: Sequence[Rule],
    *,
    on: str,
    decision: Decision = _BY_MEAN,
    true_cuts: Cuts | None = None,
) -> Evidence:
    """Return what is known of every entity when cuts are looked for.

    Parameters
    ----------
    posterior : RiskPosterior
        Draws of p and of the expected loss.
    X : DataFrame, (entities, indicators)
        The indicators of the same entities in the same order.
    rules : sequence of Rule
        The rules of the policy.
    on : {"expected_loss", "p", "score"}
        What is cut.
    decision : Decision, default ByMean()
        How a posterior becomes one class.
    true_cuts : tuple of 3 floats, optional
        Where the true classes begin, for costs of misgrading.

    Returns
    -------
    Evidence
        Means, draws and hits.

    Raises
    ------
    SpecError
        If posterior and X do not hold the same entities, or a rule reads an unknown indicator.
    """
    check_aligned(posterior, X)
    graded = graded_draws(posterior, on)
    return Evidence(
        values=decision.values(graded),
        p=mean_of(posterior.p),
        loss=mean_of(posterior.expected_loss),
        hits=find_hits(rules, X),
        drawn=DrawnEvidence(values=graded, p=posterior.p, loss=posterior.expected_loss),
        true_class=None if true_cuts is None else class_probabilities(graded, true_cuts),
    )
