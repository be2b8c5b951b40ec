"""Laws of the synthetic registry, each with a wrong law that must be refused.

Seeds are fixed, so that these tests do not fail by chance; the bounds are those of a test at 1 in 1000.
"""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from creditrisk.records.synthetic import SyntheticRegistry, simulate
from creditrisk.records.synthetic.effects import INSPECTIONS, LOSS

LEVEL = 0.001


@pytest.fixture(scope="module")
def registry() -> SyntheticRegistry:
    return simulate(6000, seed=20)


@pytest.fixture(scope="module")
def truth(registry: SyntheticRegistry) -> pd.DataFrame:
    return registry.truth


@pytest.fixture(scope="module")
def visits(registry: SyntheticRegistry) -> pd.DataFrame:
    """Inspections with the truth of their year."""
    inspection = registry.tables["inspection"]
    start = inspection["occurred_on"].dt.to_period("Y").dt.start_time.astype("datetime64[us]")
    return inspection.assign(as_of=start, problem=inspection["result_codes"].ne("1")).merge(
        registry.truth, on=["entity_id", "as_of"]
    )


def chance_of_sum(p: np.ndarray, successes: int) -> float:
    """Return the exact two-sided chance of so many successes of independent draws (Poisson binomial)."""
    size = len(p) + 1
    angles = np.exp(-2j * np.pi * np.arange(size) / size)
    transform = np.array([np.prod(1 + p * (angle - 1)) for angle in angles])
    mass = np.clip(np.fft.ifft(transform).real, 0, 1)
    mass /= mass.sum()
    return float(min(1.0, 2 * min(mass[: successes + 1].sum(), mass[successes:].sum())))


def calibration_chance(p: np.ndarray, outcome: np.ndarray) -> float:
    """Return the chance of deviations this large over ten groups of p."""
    groups = np.digitize(p, np.quantile(p, np.arange(0.1, 1, 0.1)))
    gap = np.bincount(groups, outcome - p)
    variance = np.bincount(groups, p * (1 - p))
    return float(stats.chi2.sf((gap**2 / variance).sum(), df=10))


def test_the_exact_chance_agrees_with_the_binomial() -> None:
    expected = min(1.0, 2 * stats.binom.cdf(12, 200, 0.1))
    assert chance_of_sum(np.full(200, 0.1), 12) == pytest.approx(expected, rel=1e-6)


def test_violations_follow_p(truth: pd.DataFrame) -> None:
    p, outcome = truth["p_violation"].to_numpy(), truth["violation"].to_numpy().astype(float)
    assert calibration_chance(p, outcome) > LEVEL


def test_violations_do_not_follow_a_flatter_p(truth: pd.DataFrame) -> None:
    p, outcome = truth["p_violation"].to_numpy(), truth["violation"].to_numpy().astype(float)
    assert calibration_chance(0.7 * p + 0.3 * p.mean(), outcome) < LEVEL


def test_random_inspections_find_as_often_as_p_says(visits: pd.DataFrame) -> None:
    drawn = visits[visits["channel"] == "random"]
    assert len(drawn) > 800
    assert chance_of_sum(drawn["p_violation"].to_numpy(), int(drawn["problem"].sum())) > LEVEL


def test_random_inspections_find_as_often_as_in_the_population(
    visits: pd.DataFrame, truth: pd.DataFrame
) -> None:
    drawn = visits.loc[visits["channel"] == "random", "problem"]
    chance = stats.binomtest(int(drawn.sum()), len(drawn), truth["p_violation"].mean()).pvalue
    assert chance > LEVEL


def test_all_inspections_together_find_far_more(visits: pd.DataFrame, truth: pd.DataFrame) -> None:
    labelled = visits.groupby(["entity_id", "as_of"])["problem"].first()
    chance = stats.binomtest(int(labelled.sum()), len(labelled), truth["p_violation"].mean()).pvalue
    assert chance < LEVEL
    assert labelled.mean() > 1.3 * truth["p_violation"].mean()


def test_targeted_inspections_find_as_often_as_p_says(visits: pd.DataFrame) -> None:
    chosen = visits[visits["channel"] == "targeted"]
    assert chance_of_sum(chosen["p_violation"].to_numpy(), int(chosen["problem"].sum())) > LEVEL


def test_complaints_multiply_the_odds(visits: pd.DataFrame) -> None:
    reported = visits[visits["channel"] == "complaint"]
    p, found = reported["p_violation"].to_numpy(), int(reported["problem"].sum())
    odds = INSPECTIONS.complaint_odds * p / (1 - p)
    assert chance_of_sum(odds / (1 + odds), found) > LEVEL
    assert chance_of_sum(p, found) < LEVEL


def test_the_random_draw_keeps_its_inclusion_probabilities(visits: pd.DataFrame, truth: pd.DataFrame) -> None:
    drawn = visits.loc[visits["channel"] == "random", "inclusion_probability"].to_numpy()
    could_be_drawn = (truth["as_of"] < truth["as_of"].max()).sum()
    spread = np.sqrt(((1 - drawn) / drawn**2).sum())
    assert abs((1 / drawn).sum() - could_be_drawn) < 3.3 * spread
    assert abs((0.8 / drawn).sum() - could_be_drawn) > 3.3 * spread


def test_losses_are_log_normal_about_their_mean(truth: pd.DataFrame) -> None:
    costly = truth[truth["loss_cny"] > 0]
    residual = (np.log(costly["loss_cny"]) - costly["mean_log_loss"]).to_numpy()
    assert stats.kstest(residual / LOSS.sd, "norm").pvalue > LEVEL
    assert stats.kstest(residual / (0.75 * LOSS.sd), "norm").pvalue < LEVEL


def test_warnings_have_their_share(truth: pd.DataFrame) -> None:
    loss = truth["loss_cny"].dropna()
    warnings = int((loss == 0).sum())
    assert stats.binomtest(warnings, len(loss), LOSS.warning_share).pvalue > LEVEL
    assert stats.binomtest(warnings, len(loss), 2 * LOSS.warning_share).pvalue < LEVEL


def test_expected_loss_is_the_mean_loss(truth: pd.DataFrame) -> None:
    realised = truth["loss_cny"].fillna(0.0)
    expected = truth["expected_loss_cny"]
    error = realised.std() / np.sqrt(len(truth))
    assert abs(realised.mean() - expected.mean()) < 3.3 * error
    median_instead = expected.mean() / np.exp(LOSS.sd**2 / 2)
    assert abs(realised.mean() - median_instead) > 3.3 * error


def test_p_separates_well_but_not_perfectly(truth: pd.DataFrame) -> None:
    ranks = stats.rankdata(truth["p_violation"])
    positives = truth["violation"].to_numpy()
    count = positives.sum()
    area = (ranks[positives].sum() - count * (count + 1) / 2) / (count * (len(truth) - count))
    assert 0.73 < area < 0.82


def test_base_rates_are_those_of_the_field(registry: SyntheticRegistry, truth: pd.DataFrame) -> None:
    day = pd.Timestamp("2024-01-01")
    entities = (truth["as_of"] == day).sum()

    def listed(name: str) -> float:
        table = registry.tables[name]
        return (
            float(table[(table["known_on"] < day) & ~(table["end_known_on"] < day)]["entity_id"].nunique())
            / entities
        )

    assert 0.05 < truth["p_violation"].mean() < 0.095
    assert 0.05 < listed("abnormal_list") < 0.1
    assert 0.002 < listed("serious_list") < 0.02
    inspected = registry.tables["inspection"]
    looked_at = inspected[inspected["occurred_on"].dt.year == day.year]["entity_id"].nunique() / entities
    assert 0.2 < looked_at < 0.27
