"""Chicago's raw inspections: read by the mapping, measured by the extractor, one row a visit.

The indicators of a visit are those of its licence as known on the day before. The group of the inspector
who comes belongs to the visit, not to the licence, so it is added as its context.
"""

from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd

from benchmarks.accuracy.measures import probability_figures
from benchmarks.accuracy.part import Part
from benchmarks.accuracy.peers.roster import untuned
from benchmarks.accuracy.task import Task
from benchmarks.command import Options
from benchmarks.table import Bar
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.load import load_system
from creditrisk.models.violation import ViolationModel
from creditrisk.records.read import read_records

SYSTEMS = Path(__file__).resolve().parents[2] / "indicators"
SOURCE = "chicago_food_events"


def visits(data: Path) -> pd.DataFrame:
    """Return the indicators of every inspection, on its own day, and its context.

    Parameters
    ----------
    data : Path
        Folder of the public data sets.

    Returns
    -------
    DataFrame, (inspections, indicators + groups)
        In the order of the source; two inspections of a licence on one day have the same indicators.
    """
    events = pd.read_parquet(data / f"{SOURCE}.parquet")
    mapping = SYSTEMS / "chicago-food.mapping.toml"
    records = read_records({SOURCE: events}, mapping=mapping)
    visited = pd.DataFrame(
        {"as_of": events["inspection_date"], "entity_id": events["license_id"].astype(str)}
    )
    extractor = IndicatorExtractor(load_system(SYSTEMS / "chicago-food.toml"))
    measured = extractor.transform(records.as_of(visited.drop_duplicates()))
    X = measured.reindex(pd.MultiIndex.from_frame(visited))
    inspector = events["inspector_group"].astype(object)
    X["inspector_group"] = inspector.where(inspector.notna(), None).to_numpy()
    X.attrs = measured.attrs
    return X


def chicago_events(options: Options, splits: ModuleType) -> Part:
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
    task = Task.of(splits, splits.load_chicago_events())
    X = visits(options.data)
    groups = (*X.attrs["creditrisk"]["groups"], "inspector_group")
    model = ViolationModel(groups=groups, inference=options.inference, random_state=0)
    model.fit(X[task.train], task.y[task.train])
    y = task.y[task.test]
    ours = probability_figures(splits, y, model.predict_proba(X[task.test])[:, 1])
    peers = {name: probability_figures(splits, y, p) for name, p in untuned(task).items()}
    return Part(
        title=f"Chicago, raw inspections: {task.train.sum():,} to learn from, {task.test.sum():,} to predict",
        ours=ours,
        peers=peers,
        bars={"events_log_loss": Bar(value=ours["log_loss"], sign="≤", limit=0.370)},
        fits=(model.status_.sentence,),
        about={
            "train": int(np.sum(task.train)),
            "test": int(np.sum(task.test)),
            "indicators": list(map(str, X.columns)),
        },
    )
