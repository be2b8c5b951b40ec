"""From class to class between two dates, with intervals."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import beta

from creditrisk.grading.comparison.movers import LETTERS, migration


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """How classes changed between two dates.

    Parameters
    ----------
    counts : DataFrame, (4, 4)
        Numbers of entities by class before (rows) and after (columns).
    shares, lower, upper : DataFrame, (4, 4)
        Of each row, and their equal-tailed intervals (Jeffreys' prior); NaN for an empty row.
    entered, left : int
        Entities that have a class only after, or only before.
    interval : float
        The probability of the intervals.
    """

    counts: pd.DataFrame
    shares: pd.DataFrame
    lower: pd.DataFrame
    upper: pd.DataFrame
    entered: int
    left: int
    interval: float


def migration_between(before: pd.Series, after: pd.Series, *, interval: float = 0.9) -> Migration:
    """Return how classes changed between two dates.

    Parameters
    ----------
    before, after : Series of str
        Classes, indexed by entity.
    interval : float, default 0.9
        The probability of the intervals.

    Returns
    -------
    Migration
        Over the entities that have both.

    Examples
    --------
    >>> found = migration_between(pd.Series({"a": "A", "b": "A"}), pd.Series({"a": "A", "b": "D", "c": "B"}))
    >>> float(found.shares.loc["A", "D"]), found.entered
    (0.5, 1)
    """
    both = before.index.intersection(after.index)
    ranks = [one.loc[both].map("ABCD".index).to_numpy(dtype=np.int8) for one in (before, after)]
    counts = migration(ranks[0], ranks[1])
    total = counts.sum(axis=1).to_numpy()[:, None].repeat(4, axis=1)
    number = counts.to_numpy()
    known = total > 0
    ends = [
        np.where(known, beta.ppf(tail, number + 0.5, total - number + 0.5), np.nan)
        for tail in ((1 - interval) / 2, (1 + interval) / 2)
    ]
    shares = np.divide(number, total, out=np.full((4, 4), np.nan), where=known)
    tables = [pd.DataFrame(one, index=counts.index, columns=LETTERS) for one in (shares, *ends)]
    return Migration(
        counts=counts,
        shares=tables[0],
        lower=tables[1],
        upper=tables[2],
        entered=len(after.index.difference(before.index)),
        left=len(before.index.difference(after.index)),
        interval=interval,
    )
