"""The classes of Chicago's test inspections, month by month: how often each class had a critical violation.

    python -m benchmarks.accuracy.chicago_classes --data ../shared/data [--quick]

A model of the earlier years gives every inspection a probability, and the cuts give the shares of Guangdong
among the inspections that it learned from. Nothing is chosen on the test months. Rates should rise strictly
from A to D in every test month with 100 inspections or more. Beside them the chance that they rise, were the
months drawn again: a class of few may fall behind by luck.
"""

from collections.abc import Mapping
from types import ModuleType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.accuracy.chicago_table import DIRECTIONS
from benchmarks.command import Options, main
from benchmarks.splits import load_splits
from benchmarks.table import Bar, print_bars, print_json, print_table
from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.shares import load_shares
from creditrisk.models.inference.engines import Auto, Map
from creditrisk.models.posterior import RiskPosterior
from creditrisk.models.violation import ViolationModel

LETTERS, FEWEST, SAMPLES = ("A", "B", "C", "D"), 100, 4000


def classes(options: Options, splits: ModuleType) -> pd.DataFrame:
    """Fit on the earlier years, and grade the test inspections.

    Parameters
    ----------
    options : Options
        Of this run.
    splits : ModuleType
        The public splits.

    Returns
    -------
    DataFrame
        `month`, `risk_class` and `critical` of every test inspection.
    """
    loaded = splits.load_chicago()
    X, y, train, test = loaded["X"], loaded["y"].to_numpy(dtype=float), loaded["train"], loaded["test"]
    engine = options.inference if isinstance(options.inference, Map) else Auto(on_failure="return")
    model = ViolationModel(
        groups=loaded["groups"], directions=DIRECTIONS, inference=engine, random_state=0
    ).fit(X[train], y[train])
    print(model.status_.sentence)
    learned, asked = (_posterior(model, X[rows]) for rows in (train, test))
    policy = GradingPolicy.calibrate_on(learned, X[train], on="p", shares=load_shares())
    dates = pd.read_parquet(options.data / "chicago_food_table.parquet", columns=["inspection_date"])
    month = dates["inspection_date"].dt.strftime("%Y-%m").to_numpy()[test]
    risk_class = policy.grade(asked, X[test]).table["risk_class"].to_numpy()
    return pd.DataFrame({"month": month, "risk_class": risk_class, "critical": y[test]})


def by_month(graded: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return inspections and rate of every class, for the months with enough inspections.

    Parameters
    ----------
    graded : DataFrame
        As `classes` returns it.

    Returns
    -------
    dict of str to DataFrame
        By month, indexed by class: `inspections`, `critical`, `rate`.
    """
    found = {}
    for month, rows in graded.groupby("month"):
        if len(rows) >= FEWEST:
            table = rows.groupby("risk_class")["critical"].agg(["size", "sum"]).reindex(list(LETTERS))
            table = table.set_axis(["inspections", "critical"], axis=1).fillna(0)
            found[str(month)] = table.assign(rate=table["critical"] / table["inspections"])
    return found


def rises(rates: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return whether rates rise strictly along the last axis."""
    rising: NDArray[np.bool_] = (np.diff(rates, axis=-1) > 0).all(axis=-1)
    return rising


def chance_to_rise(table: pd.DataFrame) -> float:
    """Return the posterior probability that the true rates of a month rise from A to D (Jeffreys' prior)."""
    critical, inspections = (table[name].to_numpy() for name in ("critical", "inspections"))
    draws = np.random.default_rng(1).beta(
        critical + 0.5, inspections - critical + 0.5, (SAMPLES, len(LETTERS))
    )
    return float(rises(draws).mean())


def figures(tables: Mapping[str, pd.DataFrame]) -> dict[str, dict[str, float]]:
    """Return one row a month.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        As `by_month` returns them.

    Returns
    -------
    dict of str to dict of str to float
        By month: inspections and rate of each class, and the chance that the true rates rise.
    """
    rows = {}
    for month, table in tables.items():
        sizes = {f"n {letter}": float(table.loc[letter, "inspections"]) for letter in LETTERS}
        rates = {letter: float(table.loc[letter, "rate"]) for letter in LETTERS}
        rows[month] = sizes | rates | {"chance to rise": chance_to_rise(table)}
    return rows


def run(options: Options) -> None:
    """Print the table, the bar and the JSON line.

    Parameters
    ----------
    options : Options
        Of this run.
    """
    tables = by_month(classes(options, load_splits(options.data)))
    rows = figures(tables)
    rising = sum(bool(rises(table["rate"].to_numpy(dtype=float))) for table in tables.values())
    asked = {
        f"test months of {len(tables)} with rates that rise from A to D": Bar(
            value=float(rising), sign="≥", limit=float(len(tables))
        )
    }
    print_table("Chicago: share of inspections with a critical violation, by class", rows)
    print_bars(asked)
    print_json("accuracy.chicago_classes", rows, {}, asked)


def _posterior(model: ViolationModel, X: pd.DataFrame) -> RiskPosterior:
    """Return a posterior in which every violation costs one, since these inspections have no losses."""
    p = model.posterior(X)
    return RiskPosterior(entity_ids=X.index, p=p, expected_loss=p)


if __name__ == "__main__":
    main(run)
