"""EBM, the explainable boosting machine of interpret: additive, with pairs, bagged."""

import warnings

from benchmarks.accuracy.peers.library import library
from benchmarks.accuracy.task import Floats, Task


def ebm(task: Task, bags: int) -> Floats:
    """Return what an EBM predicts; it bins missing values and categories itself, all else is its default.

    Parameters
    ----------
    task : Task
        Data and split.
    bags : int
        Outer bags; its time grows with them.

    Returns
    -------
    ndarray, (test rows,)
        Probabilities.
    """
    glassbox = library("interpret.glassbox")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = glassbox.ExplainableBoostingClassifier(outer_bags=bags, random_state=0, n_jobs=2)
        model.fit(task.X[task.train], task.y[task.train].astype(int))
        p: Floats = model.predict_proba(task.X[task.test])[:, 1]
    return p
