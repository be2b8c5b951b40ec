"""A ridge logistic on hinges, as a reference: what a smooth additive model reaches by itself."""

import warnings

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegressionCV
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from benchmarks.accuracy.task import Floats, Task

KNOTS = np.linspace(0.1, 0.9, 7)
PENALTIES = np.logspace(-4, 1, 11)


def ridge_hinges(task: Task) -> Floats:
    """Return what a logistic regression on hinges predicts, its penalty from the folds.

    Parameters
    ----------
    task : Task
        Data and split.

    Returns
    -------
    ndarray, (test rows,)
        Probabilities.
    """
    matrix = hinge_matrix(task)
    y = task.y[task.train].astype(int)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = LogisticRegressionCV(
            Cs=PENALTIES, cv=task.folds(), scoring="neg_log_loss", solver="newton-cholesky", n_jobs=2
        ).fit(matrix[task.train], y)
        p: Floats = model.predict_proba(matrix[task.test])[:, 1]
    return p


def hinge_matrix(task: Task) -> Floats:
    """Return hinges of numbers on a log scale, flags of missing and of zero, and one column a level of text.

    Parameters
    ----------
    task : Task
        Data and split; knots and scales come from its training rows.

    Returns
    -------
    ndarray, (rows, columns)
        Standardised by the training rows.
    """
    numbers = [name for name in task.X.columns if task.X[name].dtype == float]
    texts = [name for name in task.X.columns if name not in numbers]
    parts = [_hinges(task.X[name].to_numpy(), task.train) for name in numbers]
    if texts:
        encoder = OneHotEncoder(
            min_frequency=20, handle_unknown="infrequent_if_exist", sparse_output=False
        ).fit(task.X.loc[task.train, texts].astype(str))
        parts.append(encoder.transform(task.X[texts].astype(str)))
    matrix = np.hstack(parts)
    varies = matrix[task.train].std(axis=0) > 0
    scaled: Floats = StandardScaler().fit(matrix[task.train][:, varies]).transform(matrix[:, varies])
    return scaled


def _hinges(values: Floats, train: NDArray[np.bool_]) -> Floats:
    seen = values[train & np.isfinite(values)]
    away = np.abs(seen[seen != 0])
    scale = np.median(away) if len(away) else 1.0
    low, middle, high = np.quantile(seen, [0.005, 0.5, 0.995]) if len(seen) else (0.0, 0.0, 0.0)
    filled = np.clip(np.where(np.isfinite(values), values, middle), low, high)
    logs = np.arcsinh(filled / scale)
    knots = np.unique(np.quantile(np.arcsinh(seen / scale), KNOTS)) if len(seen) else np.zeros(1)
    flags = [~np.isfinite(values), values == 0]
    return np.column_stack([logs, np.maximum(logs[:, None] - knots, 0.0), *flags]).astype(float)
