"""The simplest peers: the training rate, and a logistic regression as the public splits prepare it."""

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.accuracy.task import Floats, Task


def constant(task: Task) -> Floats:
    """Return the rate of the training rows for every test row.

    Parameters
    ----------
    task : Task
        Data and split.

    Returns
    -------
    ndarray, (test rows,)
        Probabilities.
    """
    return np.full(int(task.test.sum()), task.y[task.train].mean())


def logistic(task: Task) -> Floats:
    """Return what a logistic regression with the default penalty predicts.

    Parameters
    ----------
    task : Task
        Data and split.

    Returns
    -------
    ndarray, (test rows,)
        Probabilities.
    """
    model = LogisticRegression(max_iter=3000).fit(task.matrix[task.train], task.y[task.train])
    p: Floats = model.predict_proba(task.matrix[task.test])[:, 1]
    return p
