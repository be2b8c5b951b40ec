r"""Where a Pareto tail may begin: mean excess and :math:`\xi` over thresholds, each with an interval.

Above a threshold from which the tail is generalised Pareto, :math:`\xi` stays the same and the mean excess is
a straight line of slope :math:`\xi / (1 - \xi)`. The lowest threshold of which that holds is the best: it
leaves the most losses to learn the tail from.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit
from scipy.stats import norm

from creditrisk.errors import OutcomeError
from creditrisk.models.design_matrix import Design
from creditrisk.models.frames import as_numbers
from creditrisk.models.loss_quantile import check_level
from creditrisk.models.losses.data import LossData
from creditrisk.models.losses.kernels import LARGEST_XI
from creditrisk.models.losses.mode import find_loss_mode
from creditrisk.models.losses.priors import LossPriors, SpreadPrior

Floats = NDArray[np.float64]

SHARES = (0.4, 0.3, 0.2, 0.15, 0.1, 0.075, 0.05, 0.025)
FEWEST_ABOVE = 10


def tail_by_threshold(
    loss: ArrayLike, *, shares: Sequence[float] = SHARES, prob: float = 0.9, priors: LossPriors | None = None
) -> pd.DataFrame:
    r"""Return mean excess and :math:`\xi` of the losses above several thresholds.

    Parameters
    ----------
    loss : array of shape (n_losses,)
        Money; missing and 0 are left out.
    shares : sequence of float, optional
        Shares of the losses above the thresholds; ``tail_share`` of `LogNormalPareto` is one of them.
    prob : float, default 0.9
        Probability of the intervals.
    priors : LossPriors, optional
        Of the tail, as in a loss model.

    Returns
    -------
    DataFrame
        A row a share with at least ten losses above it: ``threshold``, ``losses_above``, ``mean_excess``,
        ``mean_excess_lower``, ``mean_excess_upper``, ``xi``, ``xi_lower``, ``xi_upper``; :math:`\xi` is the
        mode, its interval that of the normal approximation there.

    Raises
    ------
    OutcomeError
        If no threshold has ten losses above it.
    SpecError
        If a share or prob is not between 0 and 1.

    Examples
    --------
    >>> loss = 1000 * np.random.default_rng(7).pareto(2.0, 4000)
    >>> tail_by_threshold(loss, shares=[0.2, 0.1])["xi"].round(1).tolist()
    [0.5, 0.5]
    """
    check_level(prob, "prob")
    for share in shares:
        check_level(share, "share")
    amounts = as_numbers(loss, "Losses")
    amounts = amounts[amounts > 0]
    if len(amounts) == 0:
        raise OutcomeError("A tail is looked for in losses above 0; got none.")
    rows = {}
    for share in shares:
        threshold = float(np.quantile(amounts, 1 - share, method="lower"))
        excess = amounts[amounts > threshold] - threshold
        if len(excess) >= FEWEST_ABOVE:
            rows[share] = {"threshold": threshold, **_described(excess, prob, priors or LossPriors())}
    if not rows:
        raise OutcomeError(
            f"A tail needs at least {FEWEST_ABOVE} losses above its threshold; got {len(amounts)} losses in "
            "all; take a longer period."
        )
    found = pd.DataFrame.from_dict(rows, orient="index")
    return found.rename_axis("tail_share").astype({"losses_above": int})


def _described(excess: Floats, prob: float, priors: LossPriors) -> dict[str, float]:
    reach = float(norm.ppf(0.5 + prob / 2))
    mean, error = float(excess.mean()), float(excess.std(ddof=1) / np.sqrt(len(excess)))
    none, weight = Design(terms=()), np.ones(len(excess))
    frame = pd.DataFrame(index=range(len(excess)))
    data = LossData(frame=frame, loss=excess, weight=weight, design=none, groups=())
    tail = data.pareto_rows(none, float(np.log(mean)))
    shape = SpreadPrior(anchor=-1.0, deviation=priors.shape, group=priors.tail_group)
    mode = find_loss_mode(tail, priors, shape)
    precision = tail.expand(mode).hessian + np.diag([0.0, shape.deviation**-2])
    sd = float(np.sqrt(np.linalg.inv(precision)[1, 1]))
    xi, lower, upper = (LARGEST_XI * float(expit(mode[1] + k * sd)) for k in (0.0, -reach, reach))
    return {
        "losses_above": float(len(excess)),
        "mean_excess": mean,
        "mean_excess_lower": mean - reach * error,
        "mean_excess_upper": mean + reach * error,
        "xi": xi,
        "xi_lower": lower,
        "xi_upper": upper,
    }
