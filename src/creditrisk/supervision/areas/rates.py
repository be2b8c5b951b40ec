"""Rates by area, where small areas borrow from the area around them.

A county is thought to be like the other counties of its prefecture, a prefecture like the others of its
province, a province like the others of the country. How alike the areas of each level are is found from the
data; see `smooth`. An area where few were looked at is drawn to what is around it, and one where nobody was
has the rate of what is around it, with a wide interval.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm

from creditrisk.errors import SpecError, shown
from creditrisk.supervision.areas.places import LEVELS, UNKNOWN, Level, area_of
from creditrisk.supervision.areas.smooth import smooth

Floats = NDArray[np.float64]

_ROUNDS, _EDGE = 6, 0.02
_COLUMNS = ["entities", "known", "found", "raw_rate", "rate", "lower", "upper", "around"]


def area_rates(found: pd.Series, region: pd.Series, *, level: Level = 6, prob: float = 0.9) -> pd.DataFrame:
    """Return the rate of every area, pooled along the tree of region codes.

    Parameters
    ----------
    found : Series
        By entity id: 1 if so (a violation found, class D, a complaint), 0 if not, missing if nobody looked.
    region : Series of str
        Region codes by entity id.
    level : {2, 4, 6}, default 6
        Which areas: provinces, prefectures or counties.
    prob : float, default 0.9
        Probability of the intervals.

    Returns
    -------
    DataFrame
        Indexed by area: `entities`, `known` (looked at), `found`, `raw_rate` (missing where nobody looked),
        `rate` (pooled), `lower`, `upper`, and `around`, the area that it is drawn to (``""``: the country).

    Raises
    ------
    SpecError
        If `found` holds something else, nobody was looked at, or the level or probability is none.

    Examples
    --------
    >>> region = pd.Series(["510104"] * 2 + ["510105"] * 40 + ["510106"] * 40)
    >>> rates = area_rates(pd.Series([1, 1] + [1, 0] * 40), region)
    >>> rates["raw_rate"].tolist()
    [1.0, 0.5, 0.5]
    >>> bool(rates["rate"].iloc[0] < 0.6)
    True
    """
    frame = pd.DataFrame({"area": area_of(region.reindex(found.index), level), "found": checked_found(found)})
    counts = _of_area(frame)
    names = pd.Series(counts.index, index=counts.index)
    above = [names.str[:one].where(names != UNKNOWN, UNKNOWN) for one in LEVELS if one < level]
    counts["around"] = above[-1].where(names != UNKNOWN, "") if above else ""
    return _smoothed(counts, above, prob)


def cell_rates(found: pd.Series, cell: pd.Series, *, prob: float = 0.9) -> pd.DataFrame:
    """Return the rate of every cell of a grid, pooled with all the others.

    Parameters
    ----------
    found : Series
        As for `area_rates`.
    cell : Series of str
        Cells by entity id, as `grid_cell` returns them.
    prob : float, default 0.9
        Probability of the intervals.

    Returns
    -------
    DataFrame
        As `area_rates` returns it.

    Raises
    ------
    SpecError
        As for `area_rates`.
    """
    frame = pd.DataFrame({"area": cell.reindex(found.index).fillna(UNKNOWN), "found": checked_found(found)})
    return _smoothed(_of_area(frame).assign(around=""), [], prob)


def checked_found(found: pd.Series) -> pd.Series:
    """Return what was found as 0, 1 or missing.

    Parameters
    ----------
    found : Series
        Booleans or numbers by entity id.

    Returns
    -------
    Series of float
        The same.

    Raises
    ------
    SpecError
        If it holds something else, or nobody was looked at.
    """
    values = pd.to_numeric(found.astype(object), errors="coerce").astype(float)
    odd = found[(values.isna() & found.notna()) | (values.notna() & ~values.isin([0.0, 1.0]))]
    if len(odd):
        raise SpecError(f"What was found is 1, 0 or missing; got {odd.iloc[0]}: count entities, not events.")
    if values.notna().sum() == 0:
        raise SpecError("A rate needs somebody who was looked at; all values are missing: pass outcomes.")
    return values


def _of_area(frame: pd.DataFrame) -> pd.DataFrame:
    found = frame.groupby("area")["found"]
    counts = pd.DataFrame({"entities": found.size(), "known": found.count(), "found": found.sum()})
    return counts.astype(int)


def _smoothed(counts: pd.DataFrame, above: list[pd.Series], prob: float) -> pd.DataFrame:
    """Return the counts with raw and pooled rates; `above` are the areas around each, the largest first."""
    if not 0 < prob < 1:
        raise SpecError(f"Intervals have a probability between 0 and 1; got {shown(prob)}: write 0.9.")
    found, known = (counts[name].to_numpy(dtype=np.float64) for name in ("found", "known"))
    angle, variance = _angles(found, known, [pd.factorize(one)[0] for one in above])
    half = norm.ppf((1 + prob) / 2) * np.sqrt(variance)
    rates = {"rate": angle, "lower": angle - half, "upper": angle + half}
    table = counts.assign(**{name: np.sin(values.clip(0, np.pi / 2)) ** 2 for name, values in rates.items()})
    table["raw_rate"] = table["found"] / table["known"].where(table["known"] > 0)
    return table[_COLUMNS]


def _angles(found: Floats, known: Floats, groups: list[NDArray[np.intp]]) -> tuple[Floats, Floats]:
    """Return mean and variance of the arcsines of the roots of the rates.

    A rate is measured with precision 4 · known on that scale, whatever it is; the count is taken there by its
    slope at the rate so far, some times over, so that a few entities do not pull to one half.
    """
    start = (found.sum() + 0.5) / (known.sum() + 1)
    angle, variance = np.full(len(known), np.arcsin(np.sqrt(start))), np.zeros(len(known))
    for _ in range(_ROUNDS):
        bent = angle.clip(_EDGE, np.pi / 2 - _EDGE)
        surplus = found - known * np.sin(bent) ** 2
        measured = bent + surplus / np.where(known > 0, known * np.sin(2 * bent), 1)
        angle, variance = smooth(measured, 4 * known, groups)
    return angle, variance
