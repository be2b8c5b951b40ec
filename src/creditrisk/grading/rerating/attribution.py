"""Because of what an entity moved: behaviour, records, model or policy, in parts that add up.

Between two dates four things may change: what is known of the old date (records that came late or were
repaired), what happened since (behaviour), the model, and the policy. One after the other they lead from the
old class to the new one, and each step is the part of its cause. The order matters, so the parts are means
over all twelve orders in which late records come before behaviour (a Shapley value under that constraint).
Each order adds up to the whole move, so their mean does; what does not change has no part in any order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.grading.draws import Draws
from creditrisk.grading.grade import decide
from creditrisk.grading.policy import GradingPolicy

CAUSES = ("behaviour", "records", "model", "policy")
ORDERS = tuple(one for one in permutations(CAUSES) if one.index("records") < one.index("behaviour"))

Ranks = NDArray[np.int8]


class Model(Protocol):
    """What attribution asks of a fitted model."""

    def posterior(self, X: pd.DataFrame) -> Draws:
        """Return draws of p and of the expected loss for every row of X."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a class was made from.

    Parameters
    ----------
    X : DataFrame, (entities, indicators)
        Indicators of one date, with the columns of both models and both policies.
    model : RiskModel
        The fitted model.
    policy : GradingPolicy
        Cuts and rules.
    """

    X: pd.DataFrame
    model: Model
    policy: GradingPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Why entities moved.

    Parameters
    ----------
    table : DataFrame, (entities, columns)
        `before` and `after` (classes), `move` (in classes, positive towards D), its parts `behaviour`,
        `records`, `model` and `policy` (they add up to `move`), and `cause`, the largest part in the
        direction of the move; empty where nobody moved.
    entered, left : int
        Entities that have a class only after, or only before.
    """

    table: pd.DataFrame
    entered: int
    left: int

    def summary(self) -> pd.DataFrame:
        """Return how many entities moved up and down because of each cause.

        Returns
        -------
        DataFrame
            Indexed by cause: `up`, `down`, and `classes`, the sum of its parts over all entities.
        """
        by_cause = self.table["cause"]
        rows = {
            cause: {
                "up": int(((by_cause == cause) & (self.table["move"] > 0)).sum()),
                "down": int(((by_cause == cause) & (self.table["move"] < 0)).sum()),
                "classes": float(self.table[cause].sum()),
            }
            for cause in CAUSES
        }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("cause")


def attribute(
    before: Situation, after: Situation, *, X_as_known_now: pd.DataFrame | None = None
) -> Attribution:
    """Return because of what each entity moved.

    Parameters
    ----------
    before, after : Situation
        Of the two dates.
    X_as_known_now : DataFrame, optional
        Indicators of the old date from what is known now: with records that came late, without those that
        were repaired. If not given, all that changed in the indicators counts as behaviour.

    Returns
    -------
    Attribution
        For the entities of both dates.

    Raises
    ------
    SpecError
        If an entity of both dates is not in `X_as_known_now`.
    """
    both = before.X.index.intersection(after.X.index)
    later = before.X if X_as_known_now is None else X_as_known_now
    missing = both.difference(later.index)
    if len(missing):
        raise SpecError(
            f"X_as_known_now has every entity of both dates; {missing[0]!r} and {len(missing) - 1} more are "
            "missing: extract it for the same entities."
        )
    tables = [_rows(X, both) for X in (before.X, later, after.X)]
    models, policies = (before.model, after.model), (before.policy, after.policy)
    posteriors: dict[tuple[int, int], Draws] = {}

    def rank_of(data: int, model: int, policy: int) -> Ranks:
        if (data, model) not in posteriors:
            posteriors[data, model] = models[model].posterior(tables[data])
        return decide(policies[policy], posteriors[data, model], tables[data]).ranks

    return Attribution(
        table=parts_of(rank_of, both),
        entered=len(after.X.index.difference(before.X.index)),
        left=len(before.X.index.difference(after.X.index)),
    )


def parts_of(rank_of: Callable[[int, int, int], Ranks], entities: pd.Index) -> pd.DataFrame:
    """Return the parts of every move.

    Parameters
    ----------
    rank_of : callable
        Takes the state of the data (0 old, 1 old as known now, 2 new), of the model and of the policy (0 old,
        1 new), and returns the classes.
    entities : Index
        The entities.

    Returns
    -------
    DataFrame
        The table of an `Attribution`.
    """
    ranks = {
        (data, model, policy): rank_of(data, model, policy).astype(np.int64)
        for data in range(3)
        for model in range(2)
        for policy in range(2)
    }
    sums = {cause: np.zeros(len(entities), dtype=np.int64) for cause in CAUSES}
    for order in ORDERS:
        state = (0, 0, 0)
        for cause in order:
            following = _after(state, cause)
            sums[cause] += ranks[following] - ranks[state]
            state = following
    first, last = ranks[0, 0, 0], ranks[2, 1, 1]
    letters = np.array(list("ABCD"), dtype=object)
    parts = pd.DataFrame({cause: one / len(ORDERS) for cause, one in sums.items()}, index=entities)
    move = last - first
    table = pd.DataFrame({"before": letters[first], "after": letters[last], "move": move}, index=entities)
    table[list(CAUSES)] = parts
    forward = np.stack([one * np.sign(move) for one in sums.values()])
    causes = np.array(CAUSES, dtype=object)[forward.argmax(axis=0)]
    return table.assign(cause=np.where(move == 0, "", causes))


def _after(state: tuple[int, int, int], cause: str) -> tuple[int, int, int]:
    data, model, policy = state
    following = {
        "records": (1, model, policy),
        "behaviour": (2, model, policy),
        "model": (data, 1, policy),
        "policy": (data, model, 1),
    }
    return following[cause]


def _rows(X: pd.DataFrame, entities: pd.Index) -> pd.DataFrame:
    found = X.loc[entities]
    found.attrs = X.attrs
    return found
