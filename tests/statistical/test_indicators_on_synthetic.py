"""On the simulated registry every indicator takes several values and points where the truth points.

The truth is the logarithm of the odds of a violation. What region, sector and age explain is taken out of
both sides, so that an indicator is compared among entities of one region, sector and age. What is a function
of age or of region and sector is compared without that; key sectors are left alone, since by the truth a
sector is riskier or not by chance. A repair is compared among those who had something to repair. Seeds are
fixed.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.load import load_system, packaged
from creditrisk.records.read import read_records
from creditrisk.records.synthetic import simulate
from creditrisk.records.synthetic.effects import VIOLATION

ENTITIES, SEED, DAY = 8000, 7, "2025-01-01"
SIGNIFICANT = 4.0
FEWEST = 30
FLIPPED = {"raises": "lowers", "lowers": "raises"}
OF_AGE = {"entity_age_years", "ib_age_years", "inv_age_years"}
OF_GROUPS = {"industry_base_rate", "region_base_rate"}
OF_REPAIR = {"repair_completed", "ib_repair_n"}
CLEAR = {
    *OF_AGE,
    *OF_GROUPS,
    *(points.indicator for points in VIOLATION.points),
    "abnormal_days",
    "abnormal_n",
    "ad_complaint_n",
    "addr_zero_insured",
    "days_since_penalty",
    "food_complaint_n",
    "food_penalty_n",
    "ib_change_n",
    "ib_report_missing_n",
    "inspection_problem_rate",
    "inv_person_change_n",
    "legal_person_firms_n",
    "penalty_amount_log",
    "price_complaint_n",
    "price_penalty_n",
    "product_complaint_n",
    "rectify_overdue",
    "related_abnormal_ratio",
    "ride_penalty_n",
    "sandbox_complaint_true_n",
    "tax_grade_d",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The indicators of every entity, the truth, and what is held equal."""

    indicators: tuple[Indicator, ...]
    X: pd.DataFrame
    log_odds: np.ndarray
    groups: np.ndarray
    ages: np.ndarray


@pytest.fixture(scope="module")
def world(repository: Path) -> World:
    """Return a simulated world under all packaged and regional systems, but those of other records."""
    system = load_system(*packaged(), *regional_paths(repository))
    registry = simulate(ENTITIES, SEED)
    truth = registry.truth[registry.truth["as_of"] == DAY].set_index("entity_id")
    snapshot = read_records(registry.tables).as_of(DAY)
    X = IndicatorExtractor(system, executor="scan").transform(snapshot).loc[truth.index]
    p = truth["p_violation"].to_numpy()
    age = X["entity_age_years"].to_numpy(float) // 0.5
    return World(
        indicators=system.indicators,
        X=X,
        log_odds=np.log(p / (1 - p)),
        groups=pd.get_dummies(X[["region", "sector"]]).to_numpy(float),
        ages=pd.get_dummies(age).to_numpy(float),
    )


def regional_paths(repository: Path) -> list[Path]:
    """Return the regional systems that bring new indicators and are not made for records of their own."""
    files = sorted((repository / "indicators").glob("*.toml"))
    mapped = {path.name.split(".")[0] for path in files if path.name.endswith(".mapping.toml")}
    known = set(load_system(*packaged()).names)
    systems = [path for path in files if path.name.split(".")[0] not in mapped]
    return [path for path in systems if not set(load_system(path).names) <= known]


def held_equal(world: World, name: str) -> np.ndarray:
    """Return the columns whose part is taken out of the indicator and the truth."""
    if name in OF_GROUPS:
        return np.ones((len(world.X), 1))
    return world.groups if name in OF_AGE else np.hstack([world.groups, world.ages])


def compared(world: World, name: str) -> np.ndarray:
    """Return which entities are compared."""
    there = world.X[name].notna().to_numpy()
    if name in OF_REPAIR:
        there = there & ((world.X["abnormal_n"] > 0) | (world.X["penalty_n"] > 0)).to_numpy()
    return there


def evidence(world: World, indicator: Indicator) -> float:
    """Return the partial correlation with the truth as a z value, positive in the declared direction."""
    rows = compared(world, indicator.name)
    both = np.column_stack([world.X.loc[rows, indicator.name].to_numpy(float), world.log_odds[rows]])
    columns = held_equal(world, indicator.name)[rows]
    gram = columns.T @ columns
    free = len(columns) - np.linalg.matrix_rank(gram, hermitian=True)
    if free < FEWEST:
        return 0.0
    left = both - columns @ (np.linalg.pinv(gram, hermitian=True) @ (columns.T @ both))
    if left[:, 0].std() <= 1e-6 * both[:, 0].std():
        return 0.0
    z = np.corrcoef(left, rowvar=False)[0, 1] * np.sqrt(free)
    return float(z if indicator.direction == "raises" else -z)


def directed(world: World) -> list[Indicator]:
    return [one for one in world.indicators if one.direction != "either"]


def constant(world: World) -> list[str]:
    """Return the indicators that take fewer than two values, missing ones aside."""
    values = world.X[[one.name for one in world.indicators]].apply(lambda column: len(set(column.dropna())))
    return values.index[values < 2].tolist()


def test_every_indicator_tells_entities_apart(world: World) -> None:
    assert constant(world) == []


def test_a_constant_indicator_is_named(world: World) -> None:
    spoiled = replace(world, X=world.X.assign(drug_recall_n=0.0, lift_worker_n=np.nan))
    assert constant(spoiled) == ["drug_recall_n", "lift_worker_n"]


def test_no_indicator_points_against_the_truth(world: World) -> None:
    found = {one.name: evidence(world, one) for one in directed(world)}
    assert {name: round(z, 1) for name, z in found.items() if z < -SIGNIFICANT} == {}
    assert {name: round(found[name], 1) for name in CLEAR if found[name] < SIGNIFICANT} == {}


@pytest.mark.parametrize("name", sorted(CLEAR))
def test_a_flipped_direction_is_caught(world: World, name: str) -> None:
    right = next(one for one in world.indicators if one.name == name)
    flipped = right.model_copy(update={"direction": FLIPPED[right.direction]})
    assert evidence(world, flipped) < -SIGNIFICANT


def test_an_indicator_without_any_effect_shows_none(world: World) -> None:
    noise = np.random.default_rng(0).permutation(world.X["complaint_n"].to_numpy())
    right = next(one for one in world.indicators if one.name == "complaint_n")
    assert abs(evidence(replace(world, X=world.X.assign(complaint_n=noise)), right)) < SIGNIFICANT
