"""Areas with more than is to be expected, with a bound on the share of false ones (热点区域)."""

import numpy as np
import pandas as pd
from scipy.stats import poisson

from creditrisk.errors import SpecError, shown
from creditrisk.supervision.areas.rates import checked_found


def hot_spots(
    found: pd.Series,
    area: pd.Series,
    *,
    expected: pd.Series | None = None,
    least_ratio: float = 1.0,
    false_share: float = 0.1,
) -> pd.DataFrame:
    """Return which areas have more findings than is to be expected.

    The count of an area is compared with a Poisson count of the mean that is to be expected, whose upper tail
    is above that of a sum of entities that do or do not. Of the areas named as hot at most `false_share` are
    expected to be false (Benjamini and Hochberg), as long as entities are found independently of each other.

    Parameters
    ----------
    found : Series
        By entity id: 1, 0, or missing if nobody looked.
    area : Series
        Area or cell of each entity, by entity id.
    expected : Series, optional
        Probability of each entity to be found, from the model for instance, so that an area is not hot only
        because risky trades are there; the rate of all if not given. It is scaled to the findings of all.
    least_ratio : float, default 1
        How many times what is expected still passes as ordinary; large areas are hot by small differences
        otherwise.
    false_share : float, default 0.1
        Between 0 and 1.

    Returns
    -------
    DataFrame
        Indexed by area, the most surprising first: `known`, `found`, `expected`, `ratio`, `p_value`,
        `q_value` (the smallest `false_share` at which it is hot) and `hot`.

    Raises
    ------
    SpecError
        If a share or ratio lies outside its bounds, or an expected probability does.

    Examples
    --------
    >>> area = pd.Series(["a"] * 50 + ["b"] * 50 + ["c"] * 50)
    >>> spots = hot_spots(pd.Series(([1] + [0] * 9) * 10 + [1, 0] * 25), area)
    >>> spots.index[spots["hot"]].tolist()
    ['c']
    """
    if not 0 < false_share < 1:
        raise SpecError(
            f"A share of false hot spots is between 0 and 1; got {shown(false_share)}: write 0.1."
        )
    if not (np.isfinite(least_ratio) and least_ratio >= 1):
        raise SpecError(
            f"A hot spot has at least what is expected; got least_ratio={shown(least_ratio)}: give 1 or more."
        )
    values = checked_found(found)
    seen = values.notna()
    chances = _chances(values[seen], expected)
    frame = pd.DataFrame(
        {"area": area.reindex(values.index)[seen], "known": 1, "found": values[seen], "expected": chances}
    )
    spots = frame.groupby("area")[["known", "found", "expected"]].sum()
    spots["found"] = spots["found"].astype(int)
    spots["ratio"] = spots["found"] / spots["expected"]
    spots["p_value"] = poisson.sf(spots["found"] - 1, spots["expected"] * least_ratio)
    spots = spots.sort_values(["p_value", "ratio"], ascending=[True, False])
    ranks = np.arange(1, len(spots) + 1)
    raised = spots["p_value"].to_numpy() * len(spots) / ranks
    spots["q_value"] = np.minimum.accumulate(raised[::-1])[::-1].clip(max=1.0)
    spots["hot"] = spots["q_value"] <= false_share
    return spots


def _chances(values: pd.Series, expected: pd.Series | None) -> pd.Series:
    if expected is None:
        return pd.Series(values.mean(), index=values.index)
    chances = expected.reindex(values.index).astype(float)
    if not chances.between(0, 1).all() or chances.sum() == 0:
        raise SpecError(
            "Everybody who was looked at has an expected probability from 0 to 1; some have none, or all "
            "have 0: pass p_violation of the ratings."
        )
    return chances * values.sum() / chances.sum()
