"""The area of an entity: the first digits of its region code, or a cell of a grid."""

from typing import Literal

import numpy as np
import pandas as pd

from creditrisk.errors import SpecError, shown

type Level = Literal[2, 4, 6]

UNKNOWN = "unknown 未知"
LEVELS: tuple[Level, ...] = (2, 4, 6)
_KM_A_DEGREE = 111.32


def area_of(region: pd.Series, level: Level) -> pd.Series:
    """Return the province, prefecture or county of each entity.

    Parameters
    ----------
    region : Series of str
        Codes of GB/T 2260 with six digits or more, by entity id.
    level : {2, 4, 6}
        How many digits: province, prefecture, county.

    Returns
    -------
    Series of str
        The first digits; ``"unknown 未知"`` for what is no code of six digits or more.

    Raises
    ------
    SpecError
        If there is no such level.

    Examples
    --------
    >>> area_of(pd.Series(["510104", "510104001", None, "5101"]), 4).tolist()
    ['5101', '5101', 'unknown 未知', 'unknown 未知']
    """
    if level not in LEVELS:
        raise SpecError(f"Areas have 2, 4 or 6 digits; got {shown(level)}: choose one of these.")
    codes = region.astype("string").str.strip()
    known = codes.str.fullmatch(r"\d{6,}").fillna(False).astype(bool)
    return codes.str[:level].where(known, UNKNOWN).astype(object)


def grid_cell(longitude: pd.Series, latitude: pd.Series, *, km: float) -> pd.Series:
    """Return the cell of a grid in which each entity lies.

    Rows are `km` high and cells about `km` wide, whatever the latitude of their row.

    Parameters
    ----------
    longitude, latitude : Series of float
        In degrees, by entity id.
    km : float
        Size of a cell.

    Returns
    -------
    Series of str
        Such as ``"3412:8801"``: row and column; ``"unknown 未知"`` where a coordinate is missing.

    Raises
    ------
    SpecError
        If the size is not positive, or a coordinate is not on the globe.

    Examples
    --------
    >>> near = pd.Series([104.0660, 104.0665, 105.0]), pd.Series([30.5720, 30.5725, 30.5720])
    >>> grid_cell(*near, km=1.0).nunique()
    2
    """
    if not np.isfinite(km) or km <= 0:
        raise SpecError(f"A cell has a size in km above 0; got {shown(km)}: write 1.0 for instance.")
    lon, lat = longitude.to_numpy(dtype=np.float64), latitude.to_numpy(dtype=np.float64)
    if (np.abs(lon) > 180).any() or (np.abs(lat) > 90).any():
        raise SpecError(
            "Longitudes lie within 180 degrees and latitudes within 90; others came: check order and unit."
        )
    row = np.floor((lat + 90) * _KM_A_DEGREE / km)
    middle = np.radians((row + 0.5) * km / _KM_A_DEGREE - 90)
    column = np.floor((lon + 180) * _KM_A_DEGREE * np.cos(middle) / km)
    known = np.isfinite(row) & np.isfinite(column)
    cells = [f"{int(r)}:{int(c)}" if ok else UNKNOWN for r, c, ok in zip(row, column, known, strict=True)]
    return pd.Series(cells, index=longitude.index, dtype=object)
