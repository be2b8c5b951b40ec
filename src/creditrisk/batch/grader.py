"""From the indicators of a slice to its ratings, by summaries where a policy allows it, else draw by draw."""

from collections.abc import Callable

import pandas as pd

from creditrisk.grading.grade_pieces import check_currency, grade_pieces
from creditrisk.grading.grade_summary import grade_summary, scale_of
from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.ratings import Ratings
from creditrisk.models.risk import RiskModel
from creditrisk.models.scoring.summarise import ReadyModel, check_method, question_of

Grader = Callable[[pd.DataFrame], Ratings]


def grader_of(policy: GradingPolicy, model: RiskModel, method: str) -> Grader:
    """Return what rates the entities of a slice.

    Parameters
    ----------
    policy : GradingPolicy
        Of any kind; one with a matrix counts every draw, whichever the method.
    model : RiskModel
        A fitted model, whose tables are made once.
    method : {"moments", "draws"}
        As in `RiskModel.summary`.

    Returns
    -------
    callable
        From indicators to ratings without reasons.

    Raises
    ------
    SpecError
        If there is no such method, or the currencies differ.
    """
    check_currency(policy, model.currency_)
    if policy.matrix is not None:
        check_method(method)
        return lambda X: grade_pieces(policy, model, X)
    ready = ReadyModel(model, question_of(policy.inner_cuts, scale_of(policy), policy.interval), method)
    return lambda X: grade_summary(policy, ready.summary(X), X)
