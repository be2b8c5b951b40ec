"""LightGBM tuned by a random search over the folds of the training rows, without and with directions.

All candidates are drawn once from a seed, so both variants and every data set search the same ones. The
number of trees of each comes from the mean log-loss over the folds.
"""

import warnings
from functools import lru_cache
from typing import Any

import numpy as np
from joblib import Parallel, delayed

from benchmarks.accuracy.peers.library import library
from benchmarks.accuracy.task import Floats, Task

Settings = dict[str, Any]

CHOICES: dict[str, tuple[float, ...]] = {
    "learning_rate": (0.03, 0.06, 0.1),
    "num_leaves": (3, 5, 8, 15, 31),
    "min_data_in_leaf": (5, 20, 60, 200),
    "lambda_l2": (0.0, 1.0, 10.0, 50.0),
    "feature_fraction": (0.3, 0.6, 1.0),
}
ALWAYS: Settings = {
    "objective": "binary",
    "num_threads": 1,
    "seed": 0,
    "deterministic": True,
    "force_col_wise": True,
    "feature_pre_filter": False,
    "verbosity": -1,
}
SIGNS = {"raises": 1, "lowers": -1}
MOST_TREES, PATIENCE = 1500, 30


def candidates(count: int, seed: int = 0) -> list[Settings]:
    """Draw settings at random.

    Parameters
    ----------
    count : int
        How many.
    seed : int, default 0
        Of the draw.

    Returns
    -------
    list of dict
        Settings of LightGBM.
    """
    rng = np.random.default_rng(seed)
    return [
        {name: values[rng.integers(len(values))] for name, values in CHOICES.items()} for _ in range(count)
    ]


@lru_cache(maxsize=1)
def tuned_free(task: Task, count: int) -> Floats:
    """Return what the tuned LightGBM predicts.

    Parameters
    ----------
    task : Task
        Data and split.
    count : int
        Number of candidates.

    Returns
    -------
    ndarray, (test rows,)
        Probabilities.
    """
    return _search(task, candidates(count), {})


def tuned_monotone(task: Task, count: int) -> Floats:
    """Return what the tuned LightGBM predicts, monotone where a direction is known beforehand.

    Where none is known, it is the free one, which is not searched again.

    Parameters
    ----------
    task : Task
        Data and split.
    count : int
        Number of candidates.

    Returns
    -------
    ndarray, (test rows,)
        Probabilities.
    """
    signs = [SIGNS.get(task.directions.get(name, ""), 0) for name in task.X.columns]
    if not any(signs):
        return tuned_free(task, count)
    constraints = {"monotone_constraints": signs, "monotone_constraints_method": "intermediate"}
    return _search(task, candidates(count), constraints)


def _search(task: Task, settings: list[Settings], constraints: Settings) -> Floats:
    """Take the candidate and number of trees of least mean log-loss; fit it to all training rows."""
    lightgbm = library("lightgbm")
    folds = task.folds()
    fixed = {**ALWAYS, **constraints}

    def judged(candidate: Settings) -> tuple[float, int]:
        stop = lightgbm.early_stopping(PATIENCE, verbose=False)
        found = lightgbm.cv(
            {**fixed, **candidate},
            _data(lightgbm, task, fixed),
            num_boost_round=MOST_TREES,
            folds=folds,
            callbacks=[stop],
        )
        losses = np.asarray(found["valid binary_logloss-mean"])
        return float(losses.min()), int(losses.argmin()) + 1

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = Parallel(n_jobs=2, prefer="threads")(delayed(judged)(one) for one in settings)
        best = int(np.argmin([loss for loss, _ in found]))
        model = lightgbm.train(
            {**fixed, **settings[best]}, _data(lightgbm, task, fixed), num_boost_round=found[best][1]
        )
        p: Floats = model.predict(task.X[task.test])
    return p


def _data(lightgbm: Any, task: Task, fixed: Settings) -> Any:
    params = {name: fixed[name] for name in ("feature_pre_filter", "verbosity")}
    return lightgbm.Dataset(task.X[task.train], task.y[task.train], params=params, free_raw_data=False)
