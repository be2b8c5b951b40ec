r"""What all entities of a region or sector may cost together: totals of the coming period, by simulation.

For each draw s of the posterior every entity violates with probability :math:`p_{is}`, independently given
the draw, and costs :math:`L_{is}` if it does; the total of a group is the sum. Entities share the draw, so
what is not known of a region moves all of it at once: totals do not average out as those of independent
entities would.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.errors import SpecError, hint
from creditrisk.models import frames
from creditrisk.models.effects.group import level_names
from creditrisk.models.loss_quantile import check_level
from creditrisk.models.risk import RiskModel

Floats = NDArray[np.float64]
ENTITIES = 2000


def portfolio_losses(
    model: RiskModel,
    X: pd.DataFrame,
    by: str | Sequence[str] = (),
    *,
    level: float = 0.95,
    random_state: int | np.random.Generator | None = None,
) -> pd.DataFrame:
    """Return the distribution of the total loss of every group of entities.

    Parameters
    ----------
    model : RiskModel
        Fitted.
    X : DataFrame of shape (n_entities, n_columns)
        Indicators with the columns of the fit; every row is an entity of the coming period.
    by : str or sequence of str, default ()
        Columns of X whose levels make the groups, such as region and sector; one total of all if none.
    level : float, default 0.95
        Of value at risk and tail value at risk.
    random_state : int or numpy.random.Generator, optional
        Seed of the simulation; None is seed 0.

    Returns
    -------
    DataFrame
        Indexed by the group, the largest expected loss first: ``entities``, ``violations`` (expected number),
        ``expected_loss``, ``monte_carlo_error`` (its standard error from the number of simulations),
        ``median``, ``value_at_risk`` and ``tail_value_at_risk`` (the mean of the worst totals), in the money
        of ``attrs["currency"]``.

    Raises
    ------
    SpecError
        If a column is missing, or the level is not between 0 and 1.

    Examples
    --------
    >>> from creditrisk.models.inference.engines import Map
    >>> from creditrisk.models.loss import LossModel
    >>> from creditrisk.models.violation import ViolationModel
    >>> rng = np.random.default_rng(7)
    >>> X = pd.DataFrame({"region": rng.choice(["north", "south"], 600)})
    >>> hit = (rng.random(600) < 0.2).astype(float)
    >>> outcomes = pd.DataFrame({"violation": hit, "loss_cny": np.where(hit == 1, 5000.0, np.nan)})
    >>> parts = (cls(groups=["region"], inference=Map()) for cls in (ViolationModel, LossModel))
    >>> totals = portfolio_losses(RiskModel(*parts).fit(X, outcomes), X, "region")
    >>> sorted(totals.index), totals["entities"].sum().item()
    (['north', 'south'], 600)
    """
    check_level(level, "level")
    frame = frames.as_frame(X)
    names = (by,) if isinstance(by, str) else tuple(by)
    groups, owner = _groups(frame, names)
    rng = np.random.default_rng(frames.seed_of(random_state))
    totals: Floats | None = None
    violations = np.zeros(len(groups))
    for start in range(0, len(frame), ENTITIES):
        here = slice(start, start + ENTITIES)
        p = model.violation_.posterior(frame.iloc[here])
        loss = model.loss_.sample(frame.iloc[here], random_state=rng)
        suffered = np.where(rng.random(p.shape, dtype=np.float32) < p, loss, 0.0).astype(np.float64)
        if totals is None:
            totals = np.zeros((len(p), len(groups)))
        for k in np.unique(owner[here]):
            inside = owner[here] == k
            totals[:, k] += suffered[:, inside].sum(axis=1)
            violations[k] += p[:, inside].mean(axis=0, dtype=np.float64).sum()
    result = _described(totals if totals is not None else np.zeros((1, len(groups))), groups, level)
    result.insert(0, "entities", np.bincount(owner, minlength=len(groups)))
    result.insert(1, "violations", violations)
    result = result.sort_values("expected_loss", ascending=False)
    result.attrs["currency"] = model.currency_
    return result


def probability_above(model: RiskModel, X: pd.DataFrame, amount: float) -> Floats:
    """Return the probability that an entity costs more than an amount in the coming period.

    Parameters
    ----------
    model : RiskModel
        Fitted.
    X : DataFrame of shape (n_entities, n_columns)
        Indicators with the columns of the fit.
    amount : float
        Money, at least 0; at 0 it is the probability of a violation that costs anything.

    Returns
    -------
    ndarray of shape (n_entities,)
        Probabilities, averaged over the draws of p and of the loss together.

    Raises
    ------
    SpecError
        If the amount is negative or not a number.
    """
    if not amount >= 0:
        raise SpecError(f"An amount is money and at least 0; got {amount}.")
    frame = frames.as_frame(X)
    found = np.empty(len(frame))
    for start in range(0, len(frame), ENTITIES):
        here = slice(start, start + ENTITIES)
        block = frame.iloc[here]
        joint = model.violation_.posterior(block) * model.loss_.exceedance(block, amount)
        found[here] = joint.mean(axis=0, dtype=np.float64)
    return found


def _groups(frame: pd.DataFrame, names: tuple[str, ...]) -> tuple[pd.Index, NDArray[np.intp]]:
    for name in names:
        if name not in frame.columns:
            raise SpecError(f"Totals are by columns of X; got {name!r}.{hint(name, map(str, frame.columns))}")
    if not names:
        return pd.Index(["all"], name="group"), np.zeros(len(frame), dtype=np.intp)
    levels = [level_names(frame[name].to_numpy(dtype=object)) for name in names]
    if len(names) == 1:
        index = pd.Index(levels[0], name=names[0])
    else:
        index = pd.MultiIndex.from_arrays(levels, names=names)
    owner, groups = pd.factorize(index, sort=True)
    return groups.set_names(list(names)), owner


def _described(totals: Floats, groups: pd.Index, level: float) -> pd.DataFrame:
    at_risk = np.quantile(totals, level, axis=0)
    worst = np.where(totals >= at_risk, totals, np.nan)
    return pd.DataFrame(
        {
            "expected_loss": totals.mean(axis=0),
            "monte_carlo_error": totals.std(axis=0) / np.sqrt(len(totals)),
            "median": np.median(totals, axis=0),
            "value_at_risk": at_risk,
            "tail_value_at_risk": np.nanmean(worst, axis=0),
        },
        index=groups,
    )
