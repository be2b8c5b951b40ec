"""The same inspections in another order: critical violations that Chicago would have found a month earlier.

    python -m benchmarks.accuracy.chicago_order --data ../shared/data [--quick]

The test inspections of September and October 2014 took place; half of the critical violations was found in
September, as business as usual had it. Here a plan by capacity chooses which of the same inspections fill the
slots of September: most by the probability of a critical violation, and everybody with a chance of at least
1 %. What it finds is the sum of the chances of the violations, so that no lucky seed enters. Intervals are
over 4,000 bootstrap samples of the test inspections.
"""

from dataclasses import dataclass
from types import ModuleType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.accuracy.chicago_table import DIRECTIONS
from benchmarks.command import Options, main
from benchmarks.splits import load_splits
from benchmarks.table import Bar, print_bars, print_json, print_table
from creditrisk.models.inference.engines import Auto, Map
from creditrisk.models.violation import ViolationModel
from creditrisk.supervision.chances import by_loss

Floats = NDArray[np.float64]
LEAST, SAMPLES, SECOND_HALF = 0.01, 4000, "2014-10-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """The test inspections.

    Parameters
    ----------
    critical : ndarray of float, (inspections,)
        1 where a critical violation was found.
    early : ndarray of bool, (inspections,)
        Whether the inspection took place in September.
    p : ndarray of float, (inspections,)
        Predicted probability of a critical violation.
    """

    critical: Floats
    early: NDArray[np.bool_]
    p: Floats

    def sampled(self, rows: NDArray[np.int64]) -> "Season":
        """Return some of the inspections, with repetitions."""
        return Season(critical=self.critical[rows], early=self.early[rows], p=self.p[rows])

    def found_as_usual(self) -> float:
        """Return the share of critical violations that September found."""
        return float(self.critical[self.early].sum() / self.critical.sum())

    def found_by_plan(self, *, exploration: float = 0.0) -> float:
        """Return the share that the plan finds in as many inspections, on average over draws."""
        chances = by_loss(
            float(self.early.sum()),
            loss=self.p,
            width=np.sqrt(self.p * (1 - self.p)),
            least=LEAST,
            exploration=exploration,
        )
        return float(chances @ self.critical / self.critical.sum())


def season(options: Options, splits: ModuleType) -> Season:
    """Fit on the earlier years, and predict the test inspections.

    Parameters
    ----------
    options : Options
        Of this run.
    splits : ModuleType
        The public splits.

    Returns
    -------
    Season
        The test inspections.
    """
    loaded = splits.load_chicago()
    X, y, train, test = loaded["X"], loaded["y"].to_numpy(dtype=float), loaded["train"], loaded["test"]
    engine = options.inference if isinstance(options.inference, Map) else Auto(on_failure="return")
    model = ViolationModel(
        groups=loaded["groups"], directions=DIRECTIONS, inference=engine, random_state=0
    ).fit(X[train], y[train])
    print(model.status_.sentence)
    dates = pd.read_parquet(options.data / "chicago_food_table.parquet", columns=["inspection_date"])
    early = (dates["inspection_date"] < SECOND_HALF).to_numpy()[test]
    return Season(critical=y[test], early=early, p=model.predict_proba(X[test])[:, 1])


def run(options: Options) -> None:
    """Print the table, the bar and the JSON line.

    Parameters
    ----------
    options : Options
        Of this run.
    """
    held = season(options, load_splits(options.data))
    rng = np.random.default_rng(1)
    size = len(held.critical)
    samples = [held.sampled(rng.integers(size, size=size)) for _ in range(SAMPLES)]
    usual = np.array([one.found_as_usual() for one in samples])
    planned = np.array([one.found_by_plan() for one in samples])
    rows = {
        "business as usual": _with_interval(held.found_as_usual(), usual),
        "the plan": _with_interval(held.found_by_plan(), planned),
        "the plan, as a multiple": _with_interval(
            held.found_by_plan() / held.found_as_usual(), planned / usual
        ),
        "the plan, a tenth explored": {"found in September": held.found_by_plan(exploration=0.1)},
    }
    counts = (
        f"{size:,} inspections, {held.early.sum():,} of them in September, {held.critical.sum():.0f} critical"
    )
    print_table(f"Chicago, the same inspections re-ordered: {counts}", rows)
    more = rows["the plan, as a multiple"]["found in September"]
    asked = {
        "critical violations in the first half, of business as usual": Bar(value=more, sign="≥", limit=1.25)
    }
    print_bars(asked)
    usual_row = {"business as usual": rows.pop("business as usual")}
    print_json("accuracy.chicago_order", rows, usual_row, asked)


def _with_interval(value: float, samples: Floats) -> dict[str, float]:
    lower, upper = np.quantile(samples, [0.05, 0.95])
    return {"found in September": value, "90 % from": float(lower), "to": float(upper)}


if __name__ == "__main__":
    main(run)
