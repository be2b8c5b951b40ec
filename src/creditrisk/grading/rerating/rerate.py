"""Ratings of today that remember those of last time."""

import dataclasses
import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.errors import DateError, SpecError
from creditrisk.grading.calibration.from_ratings import hits_of
from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.ratings import Ratings
from creditrisk.grading.rerating.hysteresis import Hysteresis
from creditrisk.grading.rules import apply_rules

_LETTERS = np.array(list("ABCD"), dtype=object)
_RANKS = {letter: rank for rank, letter in enumerate("ABCD")}


def rerate(now: Ratings, previous: Ratings, policy: GradingPolicy, hysteresis: Hysteresis) -> Ratings:
    """Return the ratings of today with the classes that margins and time allow.

    Parameters
    ----------
    now : Ratings
        Made by `policy`, without memory.
    previous : Ratings
        Of last time; those that `rerate` made know since when each class was held, others count from their
        own date.
    policy : GradingPolicy
        The policy of `now`, with cuts.
    hysteresis : Hysteresis
        When a class may change.

    Returns
    -------
    Ratings
        With the columns `model_since`, the day from which the model's class is held, and `kept`, whether it
        would be another without memory. Entities that are new have the class of today.

    Raises
    ------
    DateError
        If either has no date, or `now` is not the later one.
    SpecError
        If the policy has a matrix, or is not that of `now`.
    """
    today, last = _days(now, previous)
    if policy.matrix is not None:
        raise SpecError(f"Margins lie around cuts; policy {policy.name!r} has a matrix: use one with cuts.")
    before = previous.table.reindex(now.table.index)
    known = before["model_class"].notna().to_numpy()
    held = np.asarray(before["model_class"].map(_RANKS).fillna(-1), dtype=np.int8)
    since = _since(before, last)
    values = now.table[now.loss_column if policy.on == "expected_loss" else "p_violation"]
    settled = hysteresis.settle(
        held, _months(since, today), values.to_numpy(dtype=np.float64), policy.inner_cuts
    )
    decisions = apply_rules(hits_of(now, policy), settled)
    fresh = now.table["model_class"].map(_RANKS).to_numpy(dtype=np.int8)
    stayed = known & (settled == held)
    columns: dict[str, NDArray[Any]] = {
        "risk_class": _LETTERS[decisions.ranks],
        "model_class": _LETTERS[settled],
        "decided_by": decisions.decided_by,
        "model_since": np.where(stayed, [day.isoformat() for day in since], today.isoformat()).astype(object),
        "kept": settled != fresh,
    }
    return dataclasses.replace(now, table=now.table.assign(**columns))


def _days(now: Ratings, previous: Ratings) -> tuple[dt.date, dt.date]:
    if now.as_of is None or previous.as_of is None:
        raise DateError(
            "Ratings follow each other by date; one of the two has none: rate indicators that do."
        )
    today, last = dt.date.fromisoformat(now.as_of), dt.date.fromisoformat(previous.as_of)
    if today <= last:
        raise DateError(f"New ratings are later than the previous ones; got {today} after {last}: swap them.")
    return today, last


def _since(before: pd.DataFrame, last: dt.date) -> list[dt.date]:
    if "model_since" not in before:
        return [last] * len(before)
    return [
        dt.date.fromisoformat(day) if isinstance(day, str) else last for day in before["model_since"].tolist()
    ]


def _months(since: list[dt.date], today: dt.date) -> NDArray[np.int64]:
    """Return the whole months from each day to today."""
    months = {
        day: 12 * (today.year - day.year) + today.month - day.month - (today.day < day.day)
        for day in set(since)
    }
    return np.array([months[day] for day in since], dtype=np.int64)
