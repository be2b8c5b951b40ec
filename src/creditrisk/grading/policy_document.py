"""A policy as plain values, in the order of a policy file, and back."""

from typing import TYPE_CHECKING, Any

from creditrisk.grading.cost_matrix import CostMatrix
from creditrisk.grading.decision import ByConfidence, ByCosts, ByMean, Decision

if TYPE_CHECKING:
    from creditrisk.grading.policy import GradingPolicy

SCHEMA_VERSION = 2


def to_document(policy: "GradingPolicy") -> dict[str, Any]:
    """Return a policy as plain values.

    Parameters
    ----------
    policy : GradingPolicy
        The policy.

    Returns
    -------
    dict
        What a policy file holds; None for what it leaves out.
    """
    score, matrix = policy.score, policy.matrix
    return {
        "schema_version": SCHEMA_VERSION,
        "name": policy.name,
        "version": policy.version,
        "basis": policy.basis,
        "author": policy.author or None,
        "parent": policy.parent or None,
        "in_force_from": policy.in_force_from,
        "in_force_to": policy.in_force_to,
        "on": policy.on,
        "cuts": policy.cuts,
        "currency": policy.currency,
        "interval": policy.interval,
        "decision": _plain_decision(policy.decision),
        "score": score and {name: getattr(score, name) for name in ("top", "high", "base", "odds", "pdo")},
        "matrix": matrix and {name: getattr(matrix, name) for name in ("p_edges", "loss_edges", "classes")},
        "calibrated": policy.calibrated,
        "rules": [rule.model_dump(mode="json") for rule in policy.rules],
    }


def _plain_decision(decision: Decision) -> dict[str, object]:
    if isinstance(decision, ByConfidence):
        return {"by": decision.by, "level": decision.level}
    if isinstance(decision, ByCosts):
        return {"by": decision.by, "costs": decision.costs.costs}
    return {"by": decision.by}


def decision_of(by: str, level: float | None, costs: tuple[tuple[float, ...], ...] | None) -> Decision:
    """Return the decision that a file states.

    Parameters
    ----------
    by : {"mean", "confidence", "costs"}
        Which one.
    level : float or None
        The confidence.
    costs : tuple of tuple of float or None
        The costs of misgrading.

    Returns
    -------
    Decision
        The spec.
    """
    if by == "confidence" and level is not None:
        return ByConfidence(level=level)
    if by == "costs" and costs is not None:
        return ByCosts(costs=CostMatrix(costs=costs))  # type: ignore[arg-type]
    return ByMean()
