"""The scorecard of optbinning: optimal bins as weights of evidence, then a logistic regression."""

import warnings

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from benchmarks.accuracy.peers.library import library
from benchmarks.accuracy.task import Floats, Task


def scorecard(task: Task) -> Floats:
    """Return what a scorecard predicts; missing values have their own bin with its empirical weight.

    Parameters
    ----------
    task : Task
        Data and split.

    Returns
    -------
    ndarray, (test rows,)
        Probabilities.
    """
    optbinning = library("optbinning")
    names = list(map(str, task.X.columns))
    kinds = [name for name in names if task.X[name].dtype != float]
    X = task.X.astype(dict.fromkeys(kinds, object)).replace([np.inf, -np.inf], np.nan)
    y = task.y[task.train].astype(int)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        process = optbinning.BinningProcess(names, categorical_variables=kinds)
        weights = process.fit_transform(X[task.train], y, metric="woe", metric_missing="empirical")
        tested = process.transform(X[task.test], metric="woe", metric_missing="empirical")
        model = LogisticRegression(max_iter=3000).fit(pd.DataFrame(weights), y)
        p: Floats = model.predict_proba(pd.DataFrame(tested))[:, 1]
    return p
