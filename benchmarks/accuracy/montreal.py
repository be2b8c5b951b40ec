"""Food businesses of Montréal that were convicted before: who offends again in the year, and at what fine?

    python -m benchmarks.accuracy.montreal --data ../shared/data [--quick]

Rows are business-years on eleven first days of January; 2013 to 2018 train, 2019 to 2023 test. Indicators
and outcomes come out of the records; both must be those of the public splits, or the run stops.
"""

from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.accuracy.measures import money_in_first, probability_figures
from benchmarks.accuracy.part import Part
from benchmarks.accuracy.peers.roster import untuned
from benchmarks.accuracy.report import report
from benchmarks.accuracy.severities import severities
from benchmarks.accuracy.task import Task
from benchmarks.command import Options, main
from benchmarks.splits import load_splits
from benchmarks.table import Bar
from creditrisk.errors import OutcomeError
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.load import load_system
from creditrisk.models.loss import LossModel
from creditrisk.models.risk import RiskModel
from creditrisk.models.violation import ViolationModel
from creditrisk.records.read import read_records

SYSTEMS = Path(__file__).resolve().parents[2] / "indicators"
SOURCE = "montreal_fines_events"


def business_years(data: Path, years: list[int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the indicators of every business on each first of January, and its outcome of the year.

    Parameters
    ----------
    data : Path
        Folder of the public data sets.
    years : list of int
        Which years.

    Returns
    -------
    tuple of DataFrame
        Indicators and outcomes, both indexed by (as_of, entity_id), in the same order.
    """
    system = load_system(SYSTEMS / "montreal-food.toml")
    events = pd.read_parquet(data / f"{SOURCE}.parquet")
    records = read_records({SOURCE: events}, mapping=SYSTEMS / "montreal-food.mapping.toml")
    days = [pd.Timestamp(year, 1, 1) for year in years]
    X = IndicatorExtractor(system).panel(records, days)
    found = {day: records.outcomes(day, definition=system.outcome) for day in days}
    outcomes = pd.concat(found, names=["as_of", "entity_id"])
    outcomes.attrs = found[days[-1]].attrs
    return X, outcomes.reindex(X.index)


def montreal(options: Options, splits: ModuleType) -> Part:
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
        Probability of an offence in each test year, and the money found by expected loss.
    """
    panel = splits.montreal_panel()
    task = Task.of(splits, splits.load_montreal())
    amount = panel["amount"].to_numpy(dtype=float)
    X, outcomes = _in_order_of(panel, *business_years(options.data, sorted(set(panel["year"]))))
    groups = tuple(X.attrs["creditrisk"]["groups"])
    model = RiskModel(
        ViolationModel(groups=groups, inference=options.inference, random_state=0),
        LossModel(groups=groups, inference=options.inference, random_state=0),
    ).fit(X[task.train], outcomes[task.train])
    posterior = model.posterior(X[task.test])
    expected = posterior.expected_loss.mean(axis=0, dtype=np.float64)
    p = posterior.p.mean(axis=0, dtype=np.float64)
    ours = _figures(splits, task, amount, p, expected)
    typical = severities(task, amount)
    peers = {
        name: _figures(splits, task, amount, one, one * typical[name] if name in typical else None)
        for name, one in untuned(task).items()
    }
    return Part(
        title=f"Montréal: {task.train.sum():,} business-years to learn from, {task.test.sum():,} to predict",
        ours=ours,
        peers=peers,
        bars={
            "log_loss": Bar(value=ours["log_loss"], sign="≤", limit=0.392),
            "money_first_half": Bar(value=ours["money_first_half"], sign="≥", limit=0.82),
        },
        fits=(model.violation_.status_.sentence, model.loss_.status_.sentence),
        about={
            "train": int(task.train.sum()),
            "test": int(task.test.sum()),
            "indicators": [str(name) for name in X.columns],
        },
    )


def _in_order_of(
    panel: pd.DataFrame, X: pd.DataFrame, outcomes: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put our rows into the order of the public panel; stop if rows or outcomes differ."""
    days = pd.to_datetime(panel["year"].astype(str) + "-01-01")
    rows = pd.MultiIndex.from_arrays([days, panel["business_id"].astype(str)], names=X.index.names)
    if len(rows) != len(X) or not rows.isin(X.index).all():
        raise OutcomeError(
            f"Our records must give the {len(rows)} business-years of the public panel; they give {len(X)}, "
            f"{int(rows.isin(X.index).sum())} of them the same: correct the mapping."
        )
    ordered = outcomes.loc[rows]
    same = (ordered["violation"].to_numpy() == panel["y"].to_numpy()) & (
        ordered["loss_cad"].fillna(0.0).to_numpy() == panel["amount"].to_numpy()
    )
    if not same.all():
        raise OutcomeError(
            f"Our outcomes must be those of the public panel; {int((~same).sum())} of {len(same)} differ: "
            "correct the outcome definition."
        )
    attributes, notes = X.attrs, outcomes.attrs
    X = X.loc[rows]
    X.attrs, ordered.attrs = attributes, notes
    return X, ordered


def _figures(
    splits: ModuleType,
    task: Task,
    amount: NDArray[np.float64],
    p: NDArray[np.float64],
    expected: NDArray[np.float64] | None,
) -> dict[str, float]:
    figures = probability_figures(splits, task.y[task.test], p)
    if expected is not None:
        money = amount[task.test]
        figures["money_top_tenth"] = money_in_first(0.1, money, expected)
        figures["money_first_half"] = money_in_first(0.5, money, expected)
    return figures


def run(options: Options) -> None:
    """Print the table, the bars and the JSON line.

    Parameters
    ----------
    options : Options
        Of this run.
    """
    part = montreal(options, load_splits(options.data))
    report("accuracy.montreal", part, options)


if __name__ == "__main__":
    main(run)
