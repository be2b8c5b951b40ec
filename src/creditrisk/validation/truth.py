"""Ratings against the truth of a simulated registry, which no real bureau has."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from creditrisk.errors import DateError, SourceError, hint
from creditrisk.grading.ratings import Ratings
from creditrisk.grading.risk_class import RiskClass

_COLUMNS = ("entity_id", "as_of", "p_violation", "violation")


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthComparison:
    """How near the ratings come to the truth.

    Parameters
    ----------
    by_class : DataFrame
        Indexed by class A to D: `entities`, `estimated_p`, `true_p` (means), `violation_rate` (found in the
        months after, seen or not).
    coverage_p : float
        Share of entities whose true probability lies within its interval.
    interval : float
        What that share should be.
    entities : int
        How many entities both know.
    as_of : str
        The date of both, in ISO form.
    """

    by_class: pd.DataFrame
    coverage_p: float
    interval: float
    entities: int
    as_of: str

    def summary(self) -> dict[str, Any]:
        """Return the comparison in plain values.

        Returns
        -------
        dict
            Ready for JSON; None for the means of an empty class.
        """
        rows = self.by_class.reset_index().rename(columns={"risk_class": "class"}).astype(object)
        return {
            "as_of": self.as_of,
            "entities": self.entities,
            "interval": self.interval,
            "coverage_p": self.coverage_p,
            "classes": rows.where(rows.notna(), None).to_dict("records"),
        }


def compare_truth(ratings: Ratings, truth: pd.DataFrame) -> TruthComparison:
    """Compare ratings with the truth of the same date.

    Parameters
    ----------
    ratings : Ratings
        What `GradingPolicy.grade` returned.
    truth : DataFrame
        `entity_id`, `as_of`, `p_violation` and `violation`, one row an entity and date.

    Returns
    -------
    TruthComparison
        By class, and the coverage of the intervals of p over all entities.

    Raises
    ------
    DateError
        If the truth has no row of the date of the ratings.
    SourceError
        If it has none of their entities.
    """
    days = pd.to_datetime(truth["as_of"]).dt.date.astype(str)
    if ratings.as_of not in set(days):
        known = ", ".join(sorted(days.unique()))
        raise DateError(
            f"Truth is compared on the date of the ratings; they are of {ratings.as_of}, "
            f"the truth of {known}: rate one of those dates."
        )
    true = truth[days == ratings.as_of].rename(columns={"p_violation": "true_p"}).set_index("entity_id")
    true.index = true.index.astype(str)
    both = ratings.table.join(true[["true_p", "violation"]], how="inner")
    if both.empty:
        raise SourceError("Truth and ratings have no entity in common: compare results of the same registry.")
    inside = both["true_p"].between(both["p_violation_lower"], both["p_violation_upper"])
    groups = both.groupby("risk_class")
    by_class = pd.DataFrame(
        {
            "entities": groups.size(),
            "estimated_p": groups["p_violation"].mean(),
            "true_p": groups["true_p"].mean(),
            "violation_rate": both["violation"].astype(np.float64).groupby(both["risk_class"]).mean(),
        }
    ).reindex([str(risk_class) for risk_class in RiskClass])
    by_class["entities"] = by_class["entities"].fillna(0).astype(int)
    return TruthComparison(
        by_class=by_class.rename_axis("risk_class"),
        coverage_p=float(inside.mean()),
        interval=ratings.interval,
        entities=len(both),
        as_of=str(ratings.as_of),
    )


def read_truth(path: str | Path) -> pd.DataFrame:
    """Read the truth that `simulate` wrote.

    Parameters
    ----------
    path : str or Path
        Its Parquet file.

    Returns
    -------
    DataFrame
        One row an entity and date.

    Raises
    ------
    SourceError
        If there is no such file, or it does not hold a truth.
    """
    path = Path(path)
    if not path.is_file():
        raise SourceError(
            f"The truth is read from a Parquet file; there is none at {str(path)!r}: check the path."
        )
    try:
        truth = pd.read_parquet(path)
    except Exception as error:
        raise SourceError(
            f"The truth is read from a Parquet file; {path.name!r} is damaged or is none."
        ) from error
    missing = [column for column in _COLUMNS if column not in truth.columns]
    if missing:
        raise SourceError(
            f"A truth has the column {missing[0]!r}; {path.name!r} has not."
            f"{hint(missing[0], map(str, truth))}"
        )
    return truth
