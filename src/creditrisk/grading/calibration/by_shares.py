"""Cuts from target shares of the final classes, exact under any set of rules."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from creditrisk.grading.calibration.ladder import Ladder
from creditrisk.grading.cuts import Cuts
from creditrisk.grading.risk_class import RiskClass

Shares = Mapping[RiskClass, float]


def cuts_by_shares(ladder: Ladder, shares: Shares) -> Cuts:
    """Return the cuts at which the final classes have the target shares, or are as near as can be.

    Where rules alone put more into D than its share, D keeps them, and A, B and C share the rest in
    proportion.

    Parameters
    ----------
    ladder : Ladder
        The entities.
    shares : mapping of RiskClass to float
        Target shares of A, B, C and D that add up to 1.

    Returns
    -------
    tuple of 3 floats
        Not falling.
    """
    return ladder.cuts_at(below_targets(ladder, shares))


def below_targets(ladder: Ladder, shares: Shares) -> NDArray[np.int64]:
    """Return how many entities shall end below B, C and D.

    Parameters
    ----------
    ladder : Ladder
        The entities.
    shares : mapping of RiskClass to float
        Target shares of A, B, C and D that add up to 1.

    Returns
    -------
    ndarray of int, (3,)
        Numbers of entities.
    """
    wanted = np.array([shares[risk_class] for risk_class in RiskClass])
    direct = direct_share(ladder)
    if direct > wanted[3]:
        wanted = np.append(wanted[:3] * (1 - direct) / (1 - wanted[3]), direct)
    return np.floor(wanted.cumsum()[:3] * len(ladder.lowest) + 0.5).astype(np.int64)


def direct_share(ladder: Ladder) -> float:
    """Return the share of the entities that rules alone put into D.

    Parameters
    ----------
    ladder : Ladder
        The entities.

    Returns
    -------
    float
        0–1.
    """
    return float(np.count_nonzero(ladder.lowest == RiskClass.D.rank) / len(ladder.lowest))


def scaled(shares: Shares, classes: tuple[RiskClass, ...], share: float) -> dict[RiskClass, float]:
    """Return shares in which some classes have a given share together, and the others the rest.

    Parameters
    ----------
    shares : mapping of RiskClass to float
        In whose proportions the parts are divided.
    classes : tuple of RiskClass
        Those whose share is given.
    share : float
        Their share together, 0–1.

    Returns
    -------
    dict of RiskClass to float
        All four classes; where a part has no share to go by, its classes have equal ones.

    Examples
    --------
    >>> rest = {RiskClass.A: 0.6, RiskClass.B: 0.2, RiskClass.C: 0.1, RiskClass.D: 0.1}
    >>> [round(s, 3) for s in scaled(rest, (RiskClass.D,), 0.2).values()]
    [0.533, 0.178, 0.089, 0.2]
    """
    found: dict[RiskClass, float] = {}
    for part, whole in ((set(classes), share), (set(RiskClass) - set(classes), 1 - share)):
        total = sum(shares[one] for one in part)
        for one in part:
            found[one] = whole * (shares[one] / total if total else 1 / len(part))
    return {risk_class: found[risk_class] for risk_class in RiskClass}
