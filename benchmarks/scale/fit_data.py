"""Labelled rows of a made-up registry: 45 indicators, most of them mostly zero, regions and industries."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

REGIONS, INDUSTRIES = 31, 96
COUNTS, AMOUNTS, LEVELS = 25, 10, 10
DIRECTIONS = {
    **{f"count_{j:02d}": "raises" for j in range(COUNTS)},
    **{f"amount_{j:02d}": "raises" for j in range(AMOUNTS)},
    **{f"years_{j:02d}": "lowers" for j in range(LEVELS)},
}
GROUPS = ("region", "industry")


def labelled(rows: int, seed: int) -> tuple[pd.DataFrame, NDArray[np.float64]]:
    """Draw indicators, and labels of about one violation in ten.

    Parameters
    ----------
    rows : int
        How many.
    seed : int
        Of all draws.

    Returns
    -------
    tuple of X, (rows, 47), and y, (rows,)
        Numbers are float32.
    """
    rng = np.random.default_rng(seed)
    tendency = rng.normal(size=rows).astype(np.float32)
    columns: dict[str, NDArray[np.float32] | pd.Categorical] = {}
    eta = np.full(rows, -3.6, dtype=np.float32)
    for j in range(COUNTS):
        rate = np.exp(-2.5 + 2.0 * j / COUNTS + 0.5 * tendency)
        values = rng.poisson(rate).astype(np.float32)
        columns[f"count_{j:02d}"] = values
        eta += np.float32(0.3 * (j % 3 == 0)) * np.log1p(values)
    for j in range(AMOUNTS):
        some = rng.random(rows, dtype=np.float32) < 0.1 + 0.04 * j
        values = np.where(some, np.exp(8 + 1.5 * rng.standard_normal(rows, dtype=np.float32)), 0)
        columns[f"amount_{j:02d}"] = values.astype(np.float32)
        eta += np.float32(0.06 * (j % 2)) * np.log1p(values)
    for j in range(LEVELS):
        values = rng.gamma(2.0, 4.0, rows).astype(np.float32)
        if j % 5 == 4:
            values[rng.random(rows, dtype=np.float32) < 0.2] = np.nan
        columns[f"years_{j:02d}"] = values
        eta += np.float32(0.8 * (j % 2)) * np.nan_to_num(np.exp(-values / 5))
    for name, levels, sd in (("region", REGIONS, 0.3), ("industry", INDUSTRIES, 0.4)):
        weight = rng.dirichlet(np.full(levels, 2.0))
        codes = rng.choice(levels, size=rows, p=weight)
        columns[name] = pd.Categorical.from_codes(codes, [f"{name}_{k:03d}" for k in range(levels)])
        eta += rng.normal(scale=sd, size=levels).astype(np.float32)[codes]
    y = rng.random(rows, dtype=np.float32) < expit(eta)
    return pd.DataFrame(columns), y.astype(np.float64)
