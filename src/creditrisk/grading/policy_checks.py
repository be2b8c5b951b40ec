"""Whether the fields of a policy fit each other."""

import math
from typing import TYPE_CHECKING

from creditrisk.errors import SpecError, hint
from creditrisk.grading.scale import ON

if TYPE_CHECKING:
    from creditrisk.grading.policy import GradingPolicy


def check_policy(policy: "GradingPolicy") -> None:
    """Check every field.

    Parameters
    ----------
    policy : GradingPolicy
        The policy.

    Raises
    ------
    SpecError
        If a field breaks its rule, or two do not fit.
    """
    check_on(policy.on)
    for kind, given in (("matrix", policy.matrix), ("score", policy.score)):
        if (policy.on == kind) != (given is not None):
            raise SpecError(
                f"A policy has a {kind} if it grades by one, and only then; got on={policy.on!r} and "
                f"{kind}={given}: correct one of them."
            )
    if (policy.cuts is None) != (policy.on == "matrix"):
        raise SpecError(
            f"A policy has three cuts, or a matrix; got on={policy.on!r} and cuts={policy.cuts}: give one."
        )
    if policy.cuts is not None:
        _check_cuts(policy)
    if not 0 < policy.interval < 1:
        raise SpecError(
            f"An interval has a probability between 0 and 1; got {policy.interval}: write 0.9 for 90 %."
        )
    ids = [rule.id for rule in policy.rules]
    repeated = sorted({name for name in ids if ids.count(name) > 1})
    if repeated:
        raise SpecError(f"Rule ids must differ; got {', '.join(repeated)} more than once: rename one.")
    begin, end = policy.in_force_from, policy.in_force_to
    if begin is not None and end is not None and end <= begin:
        raise SpecError(
            f"A policy is in force for a while; got {begin} to before {end}, which is never: let in_force_to "
            "be later than in_force_from."
        )


def check_on(on: str) -> None:
    """Check what is graded by.

    Parameters
    ----------
    on : str
        One of `ON`.

    Raises
    ------
    SpecError
        If it is none.
    """
    if on not in ON:
        raise SpecError(
            f"A policy cuts on expected_loss, p, score or matrix; got on={on!r}.{hint(str(on), ON)}"
        )


def _check_cuts(policy: "GradingPolicy") -> None:
    cuts = policy.cuts
    assert cuts is not None
    signed = policy.on == "score"
    if len(cuts) != 3 or any(math.isnan(cut) or (cut < 0 and not signed) for cut in cuts):
        raise SpecError(f"A policy has three cuts of 0 or more; got {list(cuts)}: give B, C and D one each.")
    falling = policy.score is not None and policy.score.high == "credit"
    if list(cuts) != sorted(cuts, reverse=falling):
        raise SpecError(
            f"Cuts must not {'rise' if falling else 'fall'} from B to D; got {list(cuts)}: put them in "
            f"{'falling' if falling else 'rising'} order."
        )
