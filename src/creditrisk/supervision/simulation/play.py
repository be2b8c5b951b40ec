"""Play quarters of draw, inspect and refit under a policy, and count what comes of it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from creditrisk.models.inference.engines import Engine, Map
from creditrisk.models.loss import LossModel
from creditrisk.models.risk import RiskModel
from creditrisk.models.violation import ViolationModel
from creditrisk.supervision.estimates import estimate_assisted, estimate_by_class
from creditrisk.supervision.loop import Round, close_loop
from creditrisk.supervision.simulation.policies import POLICIES, Choice, by_rules
from creditrisk.supervision.simulation.world import DIRECTIONS, GROUPS, LoopWorld, Quarter

REMEMBERED = 8


def play(
    policy: str,
    *,
    entities: int = 100_000,
    capacity: int = 5000,
    quarters: int = 12,
    seed: int = 1,
    inference: Engine | Map | None = None,
) -> pd.DataFrame:
    """Play quarters under one policy; before the first, one quarter was inspected by rules.

    Parameters
    ----------
    policy : str
        A name of `POLICIES`.
    entities : int, default 100_000
        How many there are.
    capacity : int, default 5000
        Visits a quarter.
    quarters : int, default 12
        How many quarters.
    seed : int, default 1
        Of the world and the draws.
    inference : Engine or Map, optional
        How the probability of violation is fitted; ``Map()`` if not given.

    Returns
    -------
    DataFrame, (quarters, 12)
        Indexed by first day: `visits`, `found`, `visits_d` and `found_d` (class D), `compliant_visits`,
        `loss_found` and `loss_all` in yuan, `true_rate` (share of all who are in violation), `estimate` of it
        with `lower` and `upper` (missing where the policy has no interval), and `claimed` (the finding rate).
    """
    world = LoopWorld(entities=entities, seed=seed)
    unfitted = risk_model(inference or Map(), seed)
    rounds: tuple[Round, ...] = ()
    model: RiskModel | None = None
    rows = {}
    for number in range(quarters + 1):
        quarter = world.next_quarter()
        choose = by_rules if number == 0 else POLICIES[policy]
        choice = choose(quarter.X, model, f"{seed} {quarter.as_of}", capacity)
        results = inspect(quarter, choice.draw)
        if policy in ("the loop", "greedy targeting"):
            after = close_loop(
                unfitted,
                choice.draw,
                results,
                quarter.X,
                as_of=quarter.as_of,
                earlier=rounds[-REMEMBERED + 1 :],
            )
            model, rounds = after.model, after.rounds
        if number > 0:
            rows[quarter.as_of] = _counts(quarter, choice, results)
        world.punish(choice.draw["drawn"].to_numpy(dtype=bool) & quarter.violates, quarter.violates)
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("as_of")


def risk_model(inference: Engine | Map, seed: int) -> RiskModel:
    """Return the unfitted model of the simulation.

    Parameters
    ----------
    inference : Engine or Map
        How the probability of violation is fitted; losses are fitted by their mode.
    seed : int
        Of its draws.

    Returns
    -------
    RiskModel
        With the directions and groups of the world.
    """
    violation = ViolationModel(
        groups=GROUPS, directions=DIRECTIONS, interactions=0, inference=inference, random_state=seed
    )
    return RiskModel(violation, LossModel(inference=Map(), random_state=seed))


def inspect(quarter: Quarter, draw: pd.DataFrame) -> pd.DataFrame:
    """Return what visits to the drawn find: every violation, and its loss.

    Parameters
    ----------
    quarter : Quarter
        What is true.
    draw : DataFrame
        Who is visited.

    Returns
    -------
    DataFrame, (visits, 2)
        `violation` and `loss_cny` by entity.
    """
    violation = pd.Series(quarter.violates.astype(float), index=quarter.X.index)
    results = pd.DataFrame({"violation": violation, "loss_cny": quarter.loss})
    results["loss_cny"] = results["loss_cny"].where(violation == 1)
    results["channel"] = draw["channel"]
    return results[draw["drawn"].to_numpy(dtype=bool)]


def _counts(quarter: Quarter, choice: Choice, results: pd.DataFrame) -> Mapping[str, Any]:
    found = results["violation"]
    in_d = choice.draw.loc[results.index, "risk_class"] == "D"
    counts = {
        "visits": len(results),
        "found": found.sum(),
        "visits_d": in_d.sum(),
        "found_d": found[in_d].sum(),
        "compliant_visits": (found == 0).sum(),
        "loss_found": results["loss_cny"].sum(),
        "loss_all": quarter.loss[quarter.violates].sum(),
        "true_rate": quarter.violates.mean(),
        "claimed": found.mean(),
    }
    return counts | _estimate(choice, found)


def _estimate(choice: Choice, found: pd.Series) -> dict[str, float]:
    """Return what the policy takes for the rate of everybody."""
    if choice.draw["inclusion_probability"].isna().any():
        believed = found if choice.predicted is None else choice.predicted
        return {"estimate": float(believed.mean()), "lower": np.nan, "upper": np.nan}
    if choice.predicted is not None:
        assisted = estimate_assisted(choice.draw, found, choice.predicted)
        return {"estimate": assisted.value, "lower": assisted.lower, "upper": assisted.upper}
    columns = ["hajek", "hajek_lower", "hajek_upper"]
    ends = estimate_by_class(choice.draw, found)[columns].to_numpy(dtype=np.float64)[-1]
    return dict(zip(("estimate", "lower", "upper"), ends.tolist(), strict=True))
