"""LightGBM as it comes, and with 200 trees of a learning rate of 0.05, as in the public splits."""

import warnings

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.peers.library import library
from benchmarks.accuracy.task import Floats, Task

SLOWER = {"n_estimators": 200, "learning_rate": 0.05}


def boosted_default(task: Task) -> Floats:
    """Return what LightGBM predicts with its default settings.

    Parameters
    ----------
    task : Task
        Data and split.

    Returns
    -------
    ndarray, (test rows,)
        Probabilities.
    """
    return _boosted("LGBMClassifier", {}, task, task.train, task.y)


def boosted_slower(task: Task) -> Floats:
    """Return what LightGBM predicts with 200 trees of a learning rate of 0.05.

    Parameters
    ----------
    task : Task
        Data and split.

    Returns
    -------
    ndarray, (test rows,)
        Probabilities.
    """
    return _boosted("LGBMClassifier", SLOWER, task, task.train, task.y)


def boosted_amounts(task: Task, rows: NDArray[np.bool_], target: Floats) -> Floats:
    """Return the numbers that the slower LightGBM predicts of the test rows.

    Parameters
    ----------
    task : Task
        Data and split.
    rows : ndarray of bool, (rows,)
        Rows to learn from.
    target : ndarray, (rows,)
        What to learn.

    Returns
    -------
    ndarray, (test rows,)
        Predictions.
    """
    return _boosted("LGBMRegressor", SLOWER, task, rows, target)


def _boosted(
    kind: str, settings: dict[str, float], task: Task, rows: NDArray[np.bool_], target: Floats
) -> Floats:
    model = getattr(library("lightgbm"), kind)(random_state=0, n_jobs=2, verbose=-1, **settings)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(task.X[rows], target[rows])
        test = task.X[task.test]
        predicted: Floats = (
            model.predict_proba(test)[:, 1] if kind == "LGBMClassifier" else model.predict(test)
        )
    return predicted
