"""The peers of the severity benchmark: a constant, ridge and LightGBM on logs, and a gamma regression.

The spread of a peer is that of its residuals on rows it was not fitted to (five folds of the training rows):
boosting's residuals on its own rows would be too small. Ranked by p times loss, LightGBM goes with its own
probabilities, the others with logistic regression's.
"""

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
from scipy.optimize import brentq
from scipy.special import digamma
from scipy.stats import gamma
from sklearn.linear_model import Ridge

from benchmarks.accuracy.peers.boosted import SLOWER, boosted_slower
from benchmarks.accuracy.peers.library import library
from benchmarks.accuracy.peers.logistic import logistic
from benchmarks.accuracy.severity_figures import COVERAGE, Amounts, Predicted
from benchmarks.accuracy.task import Floats, Fold

SHAPES = (1e-3, 1e3)

logistic_once, boosted_once = cache(logistic), cache(boosted_slower)


def constant_log_normal(data: Amounts) -> Predicted:
    """Return one log-normal for all.

    Parameters
    ----------
    data : Amounts
        Features, split and amounts.

    Returns
    -------
    Predicted
        Of the test rows.
    """
    logs = data.logs[data.train]
    location = np.full(int(data.task.test.sum()), logs.mean())
    return Predicted.log_normal(data, location, float(logs.std(ddof=1)), logistic_once(data.task))


def ridge_on_logs(data: Amounts) -> Predicted:
    """Return ridge regression of the logs, as the public splits fit it.

    Parameters
    ----------
    data : Amounts
        Features, split and amounts.

    Returns
    -------
    Predicted
        Of the test rows.
    """
    matrix = data.task.matrix

    def fitted(rows: Floats, logs: Floats) -> Ridge:
        return Ridge(1.0).fit(rows, logs)

    spread = _spread(data, matrix[data.train], lambda rows, logs, new: fitted(rows, logs).predict(new))
    model = fitted(matrix[data.train], data.logs[data.train])
    return Predicted.log_normal(data, model.predict(matrix[data.task.test]), spread, logistic_once(data.task))


def boosted_on_logs(data: Amounts) -> Predicted:
    """Return LightGBM on the logs: 200 trees of a learning rate of 0.05, as in the public splits.

    Parameters
    ----------
    data : Amounts
        Features, split and amounts.

    Returns
    -------
    Predicted
        Of the test rows.
    """
    return _boosted(data, {**SLOWER})


def small_boosted_on_logs(data: Amounts) -> Predicted:
    """Return LightGBM on the logs with few small trees, for data that say little.

    Parameters
    ----------
    data : Amounts
        Features, split and amounts.

    Returns
    -------
    Predicted
        Of the test rows.
    """
    return _boosted(data, {"n_estimators": 60, "learning_rate": 0.05, "num_leaves": 6})


def gamma_regression(data: Amounts) -> Predicted:
    """Return a gamma regression with log link (glum), its penalty chosen by five folds.

    Parameters
    ----------
    data : Amounts
        Features, split and amounts.

    Returns
    -------
    Predicted
        Of the test rows.
    """
    glum, matrix, task = library("glum"), data.task.matrix, data.task
    rows, losses = matrix[data.train], data.amount[data.train]
    chosen = glum.GeneralizedLinearRegressorCV(family="gamma", link="log", l1_ratio=0, cv=5).fit(rows, losses)
    held_out = np.empty(len(losses))
    for learn, judge in _folds(len(losses)):
        fold = glum.GeneralizedLinearRegressor(family="gamma", link="log", alpha=chosen.alpha_)
        held_out[judge] = fold.fit(rows[learn], losses[learn]).predict(rows[judge])
    shape = _gamma_shape(losses / held_out)
    mean = chosen.predict(matrix[task.test])
    there = mean[data.positive]
    tail = (1 - COVERAGE) / 2
    return Predicted(
        log_density=gamma.logpdf(data.losses, shape, scale=there / shape),
        log_mean=np.log(there / shape) + digamma(shape),
        lower=gamma.ppf(tail, shape, scale=there / shape),
        upper=gamma.ppf(1 - tail, shape, scale=there / shape),
        expected=logistic_once(task) * mean,
    )


PEERS: Mapping[str, Callable[[Amounts], Predicted]] = {
    "constant": constant_log_normal,
    "ridge_log": ridge_on_logs,
    "lgbm_log_200x0.05": boosted_on_logs,
    "lgbm_log_small": small_boosted_on_logs,
    "gamma_glm": gamma_regression,
}


def _boosted(data: Amounts, settings: dict[str, float]) -> Predicted:
    regressor, X = library("lightgbm").LGBMRegressor, data.task.X

    def predicted(rows: object, logs: Floats, new: object) -> Floats:
        model = regressor(random_state=0, n_jobs=2, verbose=-1, **settings).fit(rows, logs)
        found: Floats = model.predict(new)
        return found

    spread = _spread(data, X[data.train], predicted)
    location = predicted(X[data.train], data.logs[data.train], X[data.task.test])
    return Predicted.log_normal(data, location, spread, boosted_once(data.task))


def _spread(data: Amounts, rows: object, predicted: Callable[[object, Floats, object], Floats]) -> float:
    """Root mean square of the residuals of rows that the model was not fitted to."""
    logs = data.logs[data.train]
    residual = np.empty(len(logs))
    take = rows.iloc.__getitem__ if hasattr(rows, "iloc") else rows.__getitem__  # type: ignore[attr-defined]
    for learn, judge in _folds(len(logs)):
        residual[judge] = logs[judge] - predicted(take(learn), logs[learn], take(judge))
    return float(np.sqrt(np.mean(residual**2)))


def _folds(rows: int) -> list[Fold]:
    order = np.random.default_rng(0).permutation(rows)
    parts = np.array_split(order, 5)
    return [(np.concatenate([p for j, p in enumerate(parts) if j != i]), parts[i]) for i in range(5)]


def _gamma_shape(ratio: Floats) -> float:
    """Shape of most likelihood, of losses divided by their means."""
    gap = float(np.mean(ratio) - 1 - np.mean(np.log(ratio)))
    return float(brentq(lambda k: np.log(k) - digamma(k) - gap, *SHAPES))
