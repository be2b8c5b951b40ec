"""Grading against a known truth: shares, capacity, precision, costs and class probabilities.

    python -m benchmarks.statistics.grading [--replications 100] [--entities 1000000] [--quick]

Entities and posterior come from `grading_world`: exact by construction, so the figures judge grading alone,
not a fitted model. Four questions:

- Do the final classes of a million entities have the shares of Guangdong, rules included?
- Cuts for a capacity and for a precision of D are made on 4,000 entities. Do their 95 % intervals hold the
  cuts that reach the goal on 10,000 others: for the capacity by their number, for the precision by the truth?
  (The part over entities is widened by what chance does to the others: a prediction interval.)
- What do cuts by expected cost truly cost 100,000 entities, against the best cuts of one who knows the truth?
- Of entities that are D with a probability of 40 to 60 %, how many are truly D?
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.statistics.grading_world import Drawn, draw, draw_shift
from benchmarks.table import Bar, print_bars, print_json, print_table
from creditrisk.grading.calibration.costs import LeastCost
from creditrisk.grading.calibration.goal import Goal
from creditrisk.grading.calibration.intervals import Range, cut_intervals
from creditrisk.grading.calibration.wanted import goal_of
from creditrisk.grading.cost_matrix import CostMatrix
from creditrisk.grading.cuts import Cuts, model_ranks
from creditrisk.grading.draws import class_probabilities
from creditrisk.grading.rules import apply_rules
from creditrisk.grading.shares import load_shares

CALIBRATED, HELD_OUT, DRAWS = 4000, 10_000, 100
COSTED, COSTED_DRAWS = 100_000, 100
CAPACITY, PRECISION = 0.08, 0.35
TRUE_CUTS = (0.08, 0.2, 0.4)
COSTS = CostMatrix(costs=((0, 1, 2, 4), (2, 0, 1, 2), (6, 2, 0, 1), (20, 10, 4, 0)), true_cuts=TRUE_CUTS)


def shares(entities: int) -> dict[str, float]:
    """Return how far the shares of the final classes are from Guangdong's.

    Parameters
    ----------
    entities : int
        How many.

    Returns
    -------
    dict of str to float
        The largest gap in percentage points, the share of D by direct determination and by the model.
    """
    rng = np.random.default_rng(7)
    shared, shifts = draw_shift(20, rng)
    world = draw(entities, 20, rng, on="expected_loss", shared=shared, shifts=shifts)
    targets = load_shares()
    began = time.process_time()
    cuts = goal_of(shares=targets).cuts(world.evidence)
    seconds = time.process_time() - began
    decisions = apply_rules(world.evidence.hits, model_ranks(world.evidence.values, cuts))
    reached = np.bincount(decisions.ranks, minlength=4) / entities
    gaps = 100 * np.abs(reached - list(targets.values()))
    direct = float(decisions.vetoed.mean())
    return {
        "largest_gap_points": float(gaps.max()),
        "d_direct": direct,
        "d_by_model": float(reached[3]) - direct,
        "cpu_seconds": seconds,
    }


def replicate(seed: int) -> dict[str, float]:
    """Return the figures of one world.

    Parameters
    ----------
    seed : int
        Its seed.

    Returns
    -------
    dict of str to float
        Whether capacity and precision hold, and how many of the doubtful are D.
    """
    rng = np.random.default_rng(seed)
    shared, shifts = draw_shift(DRAWS, rng)
    known, others = (
        draw(size, DRAWS, rng, on="p", shared=shared, shifts=shifts) for size in (CALIBRATED, HELD_OUT)
    )
    share, precise = goal_of(max_share=CAPACITY), goal_of(precision=PRECISION)
    of_others = class_probabilities(others.evidence.drawn.values, TRUE_CUTS)  # type: ignore[union-attr]
    doubtful = (of_others[:, 3] >= 0.4) & (of_others[:, 3] <= 0.6)
    return {
        "capacity": float(_holds(share, known, lambda cuts: -float(_in_d(others, cuts).mean()), -CAPACITY)),
        "precision": float(_holds(precise, known, lambda cuts: _rate(others, cuts), PRECISION)),
        "doubtful": float(doubtful.sum()),
        "doubtful_d": float((others.p[doubtful] >= TRUE_CUTS[2]).sum()),
    }


def _holds(goal: Goal, known: Drawn, figure: Callable[[Cuts], float], limit: float) -> bool:
    """Return whether the goal is missed at the lower end of the cut of D and kept at the upper end."""
    cuts = goal.cuts(known.evidence)
    found = cut_intervals(goal, known.evidence, cuts, probability=0.95, random_state=1)
    wider = replace(found, entities=_for_others(found.entities, cuts))
    both = wider.together(cuts) if goal.moved_by == "outcome" else wider.entities
    return figure(replace_d(cuts, both.lower[2])) <= limit <= figure(replace_d(cuts, both.upper[2]))


def _for_others(found: Range, cuts: Cuts) -> Range:
    """Return the interval over entities, widened by the chance in who the others are."""
    factor = (1 + CALIBRATED / HELD_OUT) ** 0.5
    low, high = (
        np.asarray(cuts) + factor * (np.asarray(end) - np.asarray(cuts)) for end in (found.lower, found.upper)
    )
    return Range(lower=(low[0], low[1], low[2]), upper=(high[0], high[1], high[2]))


def replace_d(cuts: Cuts, cut: float) -> Cuts:
    """Return cuts whose D begins elsewhere; lower ones move down with it.

    Parameters
    ----------
    cuts : tuple of 3 floats
        The cuts.
    cut : float
        Where D shall begin.

    Returns
    -------
    tuple of 3 floats
        Not falling.
    """
    return min(cuts[0], cut), min(cuts[1], cut), cut


def _in_d(world: Drawn, cuts: Cuts) -> NDArray[np.bool_]:
    ranks = apply_rules(world.evidence.hits, model_ranks(world.evidence.values, cuts)).ranks
    return np.asarray(ranks == 3)


def _rate(world: Drawn, cuts: Cuts) -> float:
    return float(world.p[_in_d(world, cuts)].mean())


def costs_of_world(seed: int) -> dict[str, float]:
    """Return true mean costs in one world: of our cuts, of the oracle's, and of cuts at the true classes.

    Parameters
    ----------
    seed : int
        Its seed.

    Returns
    -------
    dict of str to float
        Costs by name.
    """
    rng = np.random.default_rng(seed)
    shared, shifts = draw_shift(COSTED_DRAWS, rng)
    world = draw(COSTED, COSTED_DRAWS, rng, on="p", shared=shared, shifts=shifts)
    evidence, goal = world.evidence, LeastCost(costs=COSTS)
    assert evidence.drawn is not None
    true_class = np.eye(4)[model_ranks(world.p, TRUE_CUTS)]
    believed = class_probabilities(evidence.drawn.values, TRUE_CUTS)
    cuts = {
        "cost_ours": goal.cuts(replace(evidence, true_class=believed)),
        "cost_oracle": goal.cuts(replace(evidence, true_class=true_class)),
        "cost_at_true_cuts": TRUE_CUTS,
    }
    costs = COSTS.expected(true_class)
    rows = np.arange(len(costs))
    return {
        name: float(costs[rows, apply_rules(evidence.hits, model_ranks(evidence.values, one)).ranks].mean())
        for name, one in cuts.items()
    }


def run(entities: int, replications: int) -> None:
    """Print the tables, the bars and the JSON line.

    Parameters
    ----------
    entities : int
        For the shares.
    replications : int
        Worlds for all else.
    """
    of_shares = shares(entities)
    found = [replicate(seed) for seed in range(1, replications + 1)]
    worlds = {name: np.array([one[name] for one in found]) for name in found[0]}
    costed = [costs_of_world(seed) for seed in range(1, max(replications // 5, 2) + 1)]
    costs = {name: np.array([one[name] for one in costed]) for name in costed[0]}
    regret = costs["cost_ours"] / costs["cost_oracle"] - 1
    ours = {
        "largest_gap_points": of_shares["largest_gap_points"],
        "capacity_held": 100 * float(worlds["capacity"].mean()),
        "precision_held": 100 * float(worlds["precision"].mean()),
        "cost_regret": float(regret.mean()),
        "cost_regret_worst": float(regret.max()),
        "doubtful_truly_d": float(worlds["doubtful_d"].sum() / worlds["doubtful"].sum()),
    }
    naive = {"cost_regret": float((costs["cost_at_true_cuts"] / costs["cost_oracle"] - 1).mean())}
    print_table(f"Shares of Guangdong on {entities:,} entities", {"creditrisk": of_shares})
    print_table(f"{replications} worlds", {"creditrisk": ours, "cuts where the true classes begin": naive})
    bars = {
        "largest_gap_points": Bar(value=ours["largest_gap_points"], sign="≤", limit=0.1),
        "capacity_held": Bar(value=ours["capacity_held"], sign="≥", limit=90),
        "precision_held": Bar(value=ours["precision_held"], sign="≥", limit=90),
        "cost_regret": Bar(value=ours["cost_regret"], sign="≤", limit=0.01),
        "doubtful_truly_d": Bar(value=ours["doubtful_truly_d"], sign="≥", limit=0.4),
        "doubtful_truly_d_at_most": Bar(value=ours["doubtful_truly_d"], sign="≤", limit=0.6),
    }
    print_bars(bars)
    about = {"entities": entities, "replications": replications, "shares": of_shares}
    print_json("statistics.grading", {**ours, **about}, {"cuts where the true classes begin": naive}, bars)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entities", type=int, default=1_000_000, help="for the shares")
    parser.add_argument("--replications", type=int, default=100, help="worlds for all else")
    parser.add_argument("--quick", action="store_true", help="50,000 entities and ten worlds")
    given = parser.parse_args()
    run(50_000 if given.quick else given.entities, 10 if given.quick else given.replications)
