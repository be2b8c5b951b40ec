"""The table of the Chicago paper, straight into the violation model, on the paper's own split."""

from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.measures import probability_figures
from benchmarks.accuracy.part import Part
from benchmarks.accuracy.peers.roster import untuned
from benchmarks.accuracy.task import Task
from benchmarks.command import Options
from benchmarks.table import Bar
from creditrisk.models.violation import ViolationModel

# What the last inspection found can only raise the risk; no other column has a direction that is certain.
DIRECTIONS = dict.fromkeys(("pastCritical", "pastSerious", "pastMinor", "pastFail"), "raises")


def chicago_table(options: Options, splits: ModuleType) -> Part:
    """Fit, predict and measure.

    Parameters
    ----------
    options : Options
        Of this run.
    splits : ModuleType
        The public splits.

    Returns
    -------
    Part
        Probability of a critical violation at each test inspection.
    """
    loaded = splits.load_chicago()
    task = Task.of(splits, loaded)
    X = loaded["X"]
    model = ViolationModel(
        groups=loaded["groups"], directions=DIRECTIONS, inference=options.inference, random_state=0
    ).fit(X[task.train], task.y[task.train])
    p = {
        "ours": model.predict_proba(X[task.test])[:, 1],
        **untuned(task),
        **loaded["extra_scores"],
    }
    figures = _figures(splits, loaded, task, p)
    ours = figures.pop("ours")
    bars = {
        "table_auc": Bar(value=ours["auc"], sign="≥", limit=0.675),
        "table_log_loss": Bar(value=ours["log_loss"], sign="≤", limit=0.410),
        "table_found_in_september": Bar(value=ours["found_in_september"], sign="≥", limit=0.69),
        "table_days_earlier": Bar(value=ours["days_earlier"], sign="≥", limit=7.4),
    }
    return Part(
        title=f"Chicago, the paper's table: {task.train.sum():,} inspections to learn from, "
        f"{task.test.sum():,} to predict",
        ours=ours,
        peers=figures,
        bars=bars,
        fits=(model.status_.sentence,),
        about={"train": int(task.train.sum()), "test": int(task.test.sum()), "features": X.shape[1]},
    )


def _figures(
    splits: ModuleType, loaded: dict[str, Any], task: Task, p: dict[str, NDArray[np.float64]]
) -> dict[str, dict[str, float]]:
    """Add the paper's own measures: the test inspections re-ordered by score into the same days."""
    reordered = loaded["post"](p)
    figures = {name: probability_figures(splits, task.y[task.test], one) for name, one in p.items()}
    for name, found in reordered.items():
        if name in figures:
            figures[name]["found_in_september"] = found["found_in_september_slots"]
            figures[name]["days_earlier"] = found["mean_days_earlier"]
    figures["constant"]["found_in_september"] = reordered["business_as_usual"]
    figures["constant"]["days_earlier"] = 0.0
    return figures
