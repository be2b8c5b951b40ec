"""Our own model on a data set of the splits, with its default settings."""

import time
from types import ModuleType

from benchmarks.accuracy.measures import probability_figures
from benchmarks.accuracy.task import Task
from creditrisk.models.inference.engines import Auto, Map
from creditrisk.models.violation import ViolationModel


def ours(splits: ModuleType, task: Task, inference: Auto | Map) -> tuple[dict[str, float], str]:
    """Fit to the training rows and measure on the test rows.

    Parameters
    ----------
    splits : ModuleType
        The public splits, which know the measures.
    task : Task
        Data and split; its groups and directions are all that the model is told.
    inference : Auto or Map
        How it is fitted.

    Returns
    -------
    tuple of dict and str
        Figures, with the seconds that fit and prediction took, and how the fit went.
    """
    start = time.perf_counter()
    model = ViolationModel(
        groups=task.groups, directions=dict(task.directions), inference=inference, random_state=0
    ).fit(task.raw[task.train], task.y[task.train])
    p = model.predict_proba(task.raw[task.test])[:, 1]
    seconds = time.perf_counter() - start
    figures = probability_figures(splits, task.y[task.test], p)
    return {**figures, "fit_seconds": seconds}, model.status_.sentence
