"""CatBoost: categories by ordered statistics, the number of trees by early stopping on one fold."""

import warnings

from benchmarks.accuracy.peers.library import library
from benchmarks.accuracy.task import Floats, Task

MOST_TREES, PATIENCE = 1000, 50


def catboost(task: Task) -> Floats:
    """Return what CatBoost predicts after as many trees as a held-out fold of the training rows asks for.

    Parameters
    ----------
    task : Task
        Data and split.

    Returns
    -------
    ndarray, (test rows,)
        Probabilities.
    """
    module = library("catboost")
    X, y = task.X[task.train], task.y[task.train].astype(int)
    kinds = [name for name in X.columns if X[name].dtype != float]
    settings = {"random_seed": 0, "thread_count": 2, "verbose": False, "allow_writing_files": False}
    learn, judge = task.folds()[0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        first = module.CatBoostClassifier(
            iterations=MOST_TREES, early_stopping_rounds=PATIENCE, cat_features=kinds, **settings
        ).fit(X.iloc[learn], y[learn], eval_set=(X.iloc[judge], y[judge]))
        model = module.CatBoostClassifier(
            iterations=max(first.tree_count_, 1),
            learning_rate=first.get_all_params()["learning_rate"],
            cat_features=kinds,
            **settings,
        ).fit(X, y)
        p: Floats = model.predict_proba(task.X[task.test])[:, 1]
    return p
