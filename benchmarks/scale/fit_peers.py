"""The same question row by row in PyMC, sampled by nutpie: the best form of it, and the textbook's.

Both know less than ours: 45 straight lines on a log scale in place of monotone hinges, which favours them.
"""

import time

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.scale.fit_data import AMOUNTS, COUNTS, GROUPS

DRAWS = 500


def columns(X: pd.DataFrame, *, standardised: bool) -> NDArray[np.float64]:
    """Return the numbers, missing as 0: on a log scale and standardised, or as they are.

    Parameters
    ----------
    X : DataFrame, (rows, 47)
        As `benchmarks.scale.fit_data.labelled` draws it.
    standardised : bool
        Whether centred on a log scale.

    Returns
    -------
    ndarray of float of shape (rows, 45)
        One column an indicator.
    """
    values = X.drop(columns=list(GROUPS)).fillna(0.0).to_numpy(dtype=np.float64, copy=True)
    if not standardised:
        values[:, COUNTS : COUNTS + AMOUNTS] /= 1e4
        return values
    logs = np.log1p(values)
    return (logs - logs.mean(axis=0)) / logs.std(axis=0)


def sampled(X: pd.DataFrame, y: NDArray[np.float64], *, textbook: bool) -> dict[str, float]:
    """Compile and sample, and return what it took.

    Parameters
    ----------
    X : DataFrame, (rows, 47)
        Indicators, region and industry.
    y : ndarray of shape (rows,)
        Labels.
    textbook : bool
        Raw columns, non-centred effects and a diagonal mass matrix, or zero-sum effects, centred columns and
        a low-rank one.

    Returns
    -------
    dict of str to float
        Seconds, the smallest effective sample size of slopes and scales, and their ratio.
    """
    import nutpie
    import pymc as pm
    from arviz_stats.base import array_stats

    start = time.perf_counter()
    matrix = columns(X, standardised=not textbook)
    with pm.Model() as model:
        eta = pm.Normal("intercept", 0.0, 3.0) + matrix @ pm.Normal("slope", 0.0, 0.5, shape=matrix.shape[1])
        for name in GROUPS:
            codes = X[name].cat.codes.to_numpy()
            levels = len(X[name].cat.categories)
            tau = pm.HalfNormal(f"tau_{name}", 0.5)
            if textbook:
                effect = tau * pm.Normal(name, 0.0, 1.0, shape=levels)
            else:
                effect = pm.ZeroSumNormal(name, sigma=tau, shape=levels)
            eta = eta + effect[codes]
        pm.Bernoulli("y", logit_p=eta, observed=y)
    compiled = nutpie.compile_pymc_model(model)
    tree = nutpie.sample(
        compiled,
        draws=DRAWS,
        tune=DRAWS,
        chains=2,
        seed=1,
        progress_bar=False,
        low_rank_modified_mass_matrix=not textbook,
    )
    seconds = time.perf_counter() - start
    ess = min(
        float(np.min(array_stats.ess(tree["posterior"][name].values, chain_axis=0, draw_axis=1)))
        for name in ("slope", *(f"tau_{group}" for group in GROUPS))
    )
    return {"seconds": seconds, "min_ess": ess, "ess_per_second": ess / seconds}
