"""Which of scikit-learn's own estimator checks the models do not pass, and why.

Run with ``parametrize_with_checks([...], expected_failed_checks=expected_failed_checks)`` on models with
``inference=Map()``, which is quick and gives the same answer for the same rows.
"""

from collections.abc import Mapping
from typing import Any

VIOLATION: Mapping[str, str] = {}

_NAMED_LOSS = "the second argument is called loss: it is money, NaN where there was no violation"
_TEN_LOSSES = "a loss model needs ten positive losses, and says so, before it looks at anything else"

LOSS: Mapping[str, str] = {
    "check_fit_score_takes_y": _NAMED_LOSS,
    "check_sample_weight_equivalence_on_dense_data": _NAMED_LOSS,
    "check_estimators_unfitted": "AttributeError where nothing is fitted",
    "check_n_features_in_after_fitting": "columns are found by name, so more of them are no mistake",
    "check_fit2d_1sample": _TEN_LOSSES,
    "check_fit2d_1feature": _TEN_LOSSES,
}

EXPECTED_FAILED_CHECKS: Mapping[str, Mapping[str, str]] = {"ViolationModel": VIOLATION, "LossModel": LOSS}


def expected_failed_checks(estimator: Any) -> dict[str, str]:
    """Return the checks that an estimator does not pass, each with its reason.

    Parameters
    ----------
    estimator : ViolationModel or LossModel
        What is checked.

    Returns
    -------
    dict of str to str
        Reason by name of the check; empty where all pass.

    Examples
    --------
    >>> from creditrisk.models.violation import ViolationModel
    >>> expected_failed_checks(ViolationModel())
    {}
    """
    return dict(EXPECTED_FAILED_CHECKS.get(type(estimator).__name__, {}))
