"""Who moves when a policy changes: from which class to which, in which region, sector or size."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.errors import SpecError, hint
from creditrisk.grading.risk_class import RiskClass

LETTERS = [str(risk_class) for risk_class in RiskClass]


def migration(before: NDArray[np.int8], after: NDArray[np.int8]) -> pd.DataFrame:
    """Return how many entities went from which class to which.

    Parameters
    ----------
    before, after : ndarray of int8, (entities,)
        Classes of the same entities, 0 for A to 3 for D.

    Returns
    -------
    DataFrame
        A row for each class before, a column for each class after.

    Examples
    --------
    >>> migration(np.array([0, 0, 3]), np.array([0, 1, 3])).loc["A"].tolist()
    [1, 1, 0, 0]
    """
    counts = np.bincount(4 * before.astype(np.int64) + after, minlength=16).reshape(4, 4)
    return pd.DataFrame(counts, index=pd.Index(LETTERS, name="before"), columns=LETTERS)


def movers(
    before: NDArray[np.int8], after: NDArray[np.int8], groups: pd.DataFrame, by: Sequence[str]
) -> pd.DataFrame:
    """Return for each value of each column how many entities go up and down in risk.

    Parameters
    ----------
    before, after : ndarray of int8, (entities,)
        Classes of the same entities.
    groups : DataFrame, (entities, columns)
        Where the columns are; a missing value counts as a group of its own.
    by : sequence of str
        Columns, such as region, sector or a band of size.

    Returns
    -------
    DataFrame
        Indexed by `column` and `value`: `entities`, `up`, `down`, `into_d`, `out_of_d`, and `moved`, the
        share of the group that moves.

    Raises
    ------
    SpecError
        If there is no such column.
    """
    flags = pd.DataFrame(
        {
            "entities": 1,
            "up": (after > before).astype(int),
            "down": (after < before).astype(int),
            "into_d": ((after == 3) & (before < 3)).astype(int),
            "out_of_d": ((after < 3) & (before == 3)).astype(int),
        }
    )
    found = []
    for column in by:
        if column not in groups.columns:
            known = [str(name) for name in groups.columns]
            raise SpecError(
                f"Movers are told by a column that is there; got {column!r}.{hint(column, known)}"
            )
        values = groups[column].astype("string").fillna("–").to_numpy(dtype=object)
        sums = flags.groupby(values).sum()
        sums.index = pd.MultiIndex.from_product([[column], sums.index], names=["column", "value"])
        found.append(sums)
    empty = pd.MultiIndex.from_arrays([[], []], names=["column", "value"])
    table = pd.concat(found) if found else flags.iloc[:0].set_index(empty)
    table["moved"] = (table["up"] + table["down"]) / table["entities"]
    return table
