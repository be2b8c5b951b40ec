"""A new version of a policy, from ratings that are there, beside what it would change."""

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Unpack

from creditrisk.grading.calibration.from_ratings import decide_again, evidence_of_ratings
from creditrisk.grading.calibration.intervals import cut_intervals
from creditrisk.grading.calibration.record import record
from creditrisk.grading.calibration.wanted import Wishes, goal_of
from creditrisk.grading.comparison.compare import comparison_of
from creditrisk.grading.comparison.comparison import Comparison
from creditrisk.grading.comparison.effects import Known
from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.ratings import Ratings
from creditrisk.grading.scale import said_cuts


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalibration:
    """A new version, and what it would change.

    Parameters
    ----------
    policy : GradingPolicy
        The new version; its parent is named in it.
    parent : GradingPolicy
        The version that it would replace.
    comparison : Comparison
        What would change among the entities of the ratings.
    """

    policy: GradingPolicy
    parent: GradingPolicy
    comparison: Comparison


def recalibrate(
    ratings: Ratings,
    parent: GradingPolicy,
    *,
    version: str | None = None,
    author: str = "",
    in_force_from: dt.date | None = None,
    rates: Mapping[str, float] | None = None,
    by: Sequence[str] = (),
    random_state: int | None = 0,
    **wishes: Unpack[Wishes],
) -> Recalibration:
    """Return a new version of a policy whose cuts reach a goal among the entities of ratings.

    Parameters
    ----------
    ratings : Ratings
        Made with the rules of the policy.
    parent : GradingPolicy
        The present version; what is not cut stays as it is.
    version : str, optional
        The new version; one more than that of the parent if not given.
    author : str, default ""
        Who makes it.
    in_force_from : date, optional
        From when it shall hold.
    rates : mapping of str to float, optional
        Inspection rates for the comparison; those of Daqing if not given.
    by : sequence of str, default ()
        Columns of the ratings to tell the movers by.
    random_state : int, optional
        Seed of the samples behind the intervals.
    **wishes : shares, capacity, precision, costs, most_loss, max_share
        The goal, as in `GradingPolicy.calibrate`.

    Returns
    -------
    Recalibration
        The new version and what it would change; nothing is written.

    Raises
    ------
    SpecError
        If the goal breaks its rules, or the ratings were made with other rules.
    """
    goal = goal_of(**wishes)
    evidence = evidence_of_ratings(ratings, parent)
    found = goal.solve(evidence)
    intervals = cut_intervals(
        goal, evidence, found.cuts, probability=parent.interval, random_state=random_state
    )
    policy = dataclasses.replace(
        parent,
        cuts=said_cuts(found.cuts, parent.score),
        calibrated=record(goal, found, intervals, evidence, ratings.as_of),
    )
    return succeed(
        ratings,
        parent,
        policy,
        version=version,
        author=author,
        in_force_from=in_force_from,
        rates=rates,
        by=by,
    )


def succeed(
    ratings: Ratings,
    parent: GradingPolicy,
    like: GradingPolicy,
    *,
    version: str | None = None,
    author: str = "",
    in_force_from: dt.date | None = None,
    rates: Mapping[str, float] | None = None,
    by: Sequence[str] = (),
) -> Recalibration:
    """Return a new version that grades like another policy; this is also how one rolls back.

    Parameters
    ----------
    ratings : Ratings
        Made with the rules of both policies.
    parent : GradingPolicy
        The present version.
    like : GradingPolicy
        What the new version takes over, an older version for instance.
    version : str, optional
        The new version; one more than that of the parent if not given.
    author : str, default ""
        Who makes it.
    in_force_from : date, optional
        From when it shall hold.
    rates : mapping of str to float, optional
        Inspection rates for the comparison; those of Daqing if not given.
    by : sequence of str, default ()
        Columns of the ratings to tell the movers by.

    Returns
    -------
    Recalibration
        The new version and what it would change; nothing is written.

    Raises
    ------
    SpecError
        If the ratings were made with other rules, or the currencies differ.
    """
    policy = dataclasses.replace(
        like,
        name=parent.name,
        version=version or next_version(parent.version),
        author=author,
        parent=f"{parent.name} {parent.version}",
        in_force_from=in_force_from,
        in_force_to=None,
    )
    known = Known(
        p=ratings.table["p_violation"].to_numpy(dtype="float64"),
        loss=ratings.table[ratings.loss_column].to_numpy(dtype="float64"),
    )
    decisions = [decide_again(ratings, one) for one in (parent, policy)]
    comparison = comparison_of(
        parent, policy, decisions, known, ratings.table, by=by, rates=rates, date=ratings.as_of
    )
    return Recalibration(policy=policy, parent=parent, comparison=comparison)


def next_version(version: str) -> str:
    """Return the version after one.

    Parameters
    ----------
    version : str
        A number, or anything else.

    Returns
    -------
    str
        One more; a date or a word gets a number behind a dot.

    Examples
    --------
    >>> next_version("1"), next_version("2025-01-01"), next_version("2025-01-01.2")
    ('2', '2025-01-01.2', '2025-01-01.3')
    """
    numbered = re.fullmatch(r"(.*\.)?(\d+)", version)
    if numbered is None:
        return f"{version}.2"
    return f"{numbered[1] or ''}{int(numbered[2]) + 1}"
