"""What a policy file says of how its cuts were found."""

import math
from typing import Any

from creditrisk.grading.calibration.evidence import Evidence
from creditrisk.grading.calibration.found_in_d import found_in_d
from creditrisk.grading.calibration.goal import Found, Goal
from creditrisk.grading.calibration.intervals import CutIntervals
from creditrisk.grading.calibration.shares_goal import TargetShares
from creditrisk.grading.risk_class import RiskClass


def record(
    goal: Goal, found: Found, intervals: CutIntervals | None, evidence: Evidence, as_of: str | None
) -> dict[str, Any]:
    """Return the calibration in plain values.

    Parameters
    ----------
    goal : Goal
        What was wanted.
    found : Found
        What was found.
    intervals : CutIntervals or None
        How sure the cuts are.
    evidence : Evidence
        The entities.
    as_of : str or None
        The date that they describe.

    Returns
    -------
    dict
        `method`, `as_of`, `entities`, notes, target `shares` if there are any, `reached`, `conditions`,
        `violations_in_d` (the expected rate), `intervals`.
    """
    said: dict[str, Any] = {
        "method": goal.method,
        "as_of": as_of or "",
        "entities": len(evidence),
        "note_en": found.notes["en"],
        "note_zh": found.notes["zh"],
    }
    if isinstance(goal, TargetShares):
        said["shares"] = {str(risk_class): share for risk_class, share in goal.shares.items()}
    said["reached"] = {str(one): float(found.tally.shares[one.rank]) for one in RiskClass}
    if found.checks:
        said["conditions"] = [
            {"kind": one.kind, "limit": one.limit, "holds": one.holds}
            | ({} if math.isnan(one.figure) else {"figure": one.figure})
            for one in found.checks
        ]
    in_d = found_in_d(evidence, found.cuts, probability=0.9 if intervals is None else intervals.probability)
    if in_d:
        said["violations_in_d"] = in_d
    if intervals is not None:
        said["intervals"] = _plain(intervals)
    return said


def _plain(intervals: CutIntervals) -> dict[str, Any]:
    said: dict[str, Any] = {"probability": intervals.probability}
    for name, found in (("posterior", intervals.posterior), ("entities", intervals.entities)):
        if found is not None:
            said[name] = {"lower": list(found.lower), "upper": list(found.upper)}
    return said
