"""The truth is a function of the written tables: nothing else, and nothing later, goes into p."""

import numpy as np
import pandas as pd

from creditrisk.records.synthetic import SyntheticRegistry
from creditrisk.records.synthetic.effects import VIOLATION, Points


def counts_from_tables(
    tables: dict[str, pd.DataFrame], points: Points, day: pd.Timestamp, slack: int
) -> pd.Series:
    """Count the records of an effect, known up to `slack` days too late."""
    records = tables[points.table]
    seen = day + pd.Timedelta(days=slack)
    kept = records[records["known_on"] < seen]
    if points.measure == "count":
        start = day - pd.DateOffset(months=points.months)
        kept = kept[(kept["occurred_on"] >= start) & (kept["occurred_on"] < seen)]
    if points.measure == "listed":
        kept = kept[~(kept["end_known_on"] < seen)]
    if points.measure == "expired":
        kept = kept[(kept["valid_to"] < seen) & ~(kept["withdrawn_on"] < seen)]
    if points.where is not None:
        kept = kept[kept[points.where[0]] == points.where[1]]
    if points.unless is not None:
        kept = kept[~(kept[points.unless] < seen)]
    return kept.groupby("entity_id").size()


def unexplained(registry: SyntheticRegistry, *, slack: int) -> float:
    """Return the largest part of logit p that neither records nor region and sector explain."""
    registration = registry.tables["registration"].set_index("entity_id")
    rests, groups = [], []
    for day, truth in registry.truth.groupby("as_of"):
        who = truth["entity_id"]
        p = truth["p_violation"].to_numpy()
        age = (day - registration["occurred_on"].loc[who]).dt.days.to_numpy() / 365.25
        rest = np.log(p / (1 - p)) - VIOLATION.age_height * np.exp(-age / VIOLATION.age_years)
        for points in VIOLATION.points:
            counts = counts_from_tables(registry.tables, points, day, slack).reindex(who).fillna(0)
            rest = rest - points.log_odds(counts.to_numpy().astype(int))
        rests.append(rest)
        groups.append(
            pd.DataFrame(
                {
                    "region": registration["region"].loc[who],
                    "sector": registration["industry"].loc[who].str[0],
                }
            )
        )
    design = pd.get_dummies(pd.concat(groups)).to_numpy(dtype=float)
    rest = np.concatenate(rests)
    fitted = design @ np.linalg.lstsq(design, rest, rcond=None)[0]
    return float(np.abs(rest - fitted).max())


def test_p_is_exactly_the_declared_function_of_the_tables(small_registry: SyntheticRegistry) -> None:
    assert unexplained(small_registry, slack=0) < 1e-9


def test_a_look_of_one_month_ahead_does_not_give_p(small_registry: SyntheticRegistry) -> None:
    assert unexplained(small_registry, slack=31) > 0.1


def test_truth_has_one_row_for_each_entity_that_the_bureau_knows(small_registry: SyntheticRegistry) -> None:
    registration = small_registry.tables["registration"]
    for day, truth in small_registry.truth.groupby("as_of"):
        known = registration["known_on"] < day
        left = registration["deregistered_known_on"] < day
        assert sorted(truth["entity_id"]) == sorted(registration.loc[known & ~left, "entity_id"])


def test_loss_is_there_with_a_violation_and_only_then(small_registry: SyntheticRegistry) -> None:
    truth = small_registry.truth
    assert (truth["loss_cny"].notna() == truth["violation"]).all()
    assert (truth["expected_loss_cny"] > 0).all()
