"""Peers on the same rows: logistic regression and LightGBM, prepared as the public splits say."""

import warnings
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression, Ridge

from creditrisk.errors import SourceError

Floats = NDArray[np.float64]
BOOSTED = {"lgbm_default": {}, "lgbm_200x0.05": {"n_estimators": 200, "learning_rate": 0.05}}


@dataclass(frozen=True, kw_only=True)
class Task:
    """One data set with its split.

    Parameters
    ----------
    X : DataFrame, (rows, features)
        The features of the public splits.
    y : ndarray of float, (rows,)
        0 or 1.
    train, test : ndarray of bool, (rows,)
        Which rows.
    matrix : ndarray, (rows, columns)
        X as logistic regression sees it: clipped, filled, one-hot, standardised by the training rows.
    """

    X: pd.DataFrame
    y: Floats
    train: NDArray[np.bool_]
    test: NDArray[np.bool_]
    matrix: Floats

    @classmethod
    def of(cls, splits: ModuleType, loaded: dict[str, Any]) -> "Task":
        """Prepare what a `load_*` function of the splits returned."""
        train = np.asarray(loaded["train"], dtype=bool)
        X = splits.prep(loaded["X"], train)
        return cls(
            X=X,
            y=np.asarray(loaded["y"], dtype=float),
            train=train,
            test=np.asarray(loaded["test"], dtype=bool),
            matrix=splits.lr_matrix(X, train),
        )


def probabilities(task: Task) -> dict[str, Floats]:
    """Return each peer's probabilities of the test rows.

    Parameters
    ----------
    task : Task
        Data and split.

    Returns
    -------
    dict of str to ndarray
        ``constant`` (the training rate), ``logreg``, ``lgbm_default`` and ``lgbm_200x0.05``.

    Raises
    ------
    SourceError
        If LightGBM is not installed.
    """
    logistic = LogisticRegression(max_iter=3000).fit(task.matrix[task.train], task.y[task.train])
    found: dict[str, Floats] = {
        "constant": np.full(int(task.test.sum()), task.y[task.train].mean()),
        "logreg": logistic.predict_proba(task.matrix[task.test])[:, 1],
    }
    for name, settings in BOOSTED.items():
        found[name] = _boosted("LGBMClassifier", settings, task, task.train, task.y)
    return found


def severities(task: Task, amount: Floats) -> dict[str, Floats]:
    """Return each peer's typical amount of the test rows, learned from the positive amounts.

    Parameters
    ----------
    task : Task
        Data and split.
    amount : ndarray, (rows,)
        Money; 0 where nothing happened.

    Returns
    -------
    dict of str to ndarray
        By the name of the peer whose probabilities it goes with.
    """
    positive = task.train & (amount > 0)
    logs = np.log(np.where(amount > 0, amount, 1.0))
    ridge = Ridge(1.0).fit(task.matrix[positive], logs[positive]).predict(task.matrix[task.test])
    boosted = _boosted("LGBMRegressor", BOOSTED["lgbm_200x0.05"], task, positive, logs)
    return {"logreg": np.exp(ridge), "lgbm_200x0.05": np.exp(boosted)}


def _boosted(
    kind: str, settings: dict[str, float], task: Task, rows: NDArray[np.bool_], target: Floats
) -> Floats:
    try:
        import lightgbm
    except ImportError:
        raise SourceError(
            "The peers need LightGBM, which is not installed; install creditrisk[bench]."
        ) from None
    model = getattr(lightgbm, kind)(random_state=0, n_jobs=2, verbose=-1, **settings)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(task.X[rows], target[rows])
        test = task.X[task.test]
        predicted: Floats = (
            model.predict_proba(test)[:, 1] if kind == "LGBMClassifier" else model.predict(test)
        )
    return predicted
