r"""How wrong could the rate of all be, if inspectors know what no record shows?

Of two entities with the same records, one looked at and one not, the odds of a violation may differ by a
factor between :math:`1/\Gamma` and :math:`\Gamma` (the marginal sensitivity model: Tan 2006). Records cannot
tell Γ; this says what each Γ would mean.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit

from creditrisk.errors import SchemaError, SpecError
from creditrisk.models.violation import ViolationModel

Floats = NDArray[np.float64]

_BLOCK = 20_000


def selection_sensitivity(
    model: ViolationModel,
    X: pd.DataFrame,
    looked_at: ArrayLike,
    *,
    odds: Sequence[float] = (1.0, 1.25, 1.5, 2.0, 3.0),
    prob: float = 0.9,
) -> pd.DataFrame:
    """Return the rate of violations of a population under hidden reasons for looking, of each strength.

    Parameters
    ----------
    model : ViolationModel
        Fitted.
    X : DataFrame of shape (n_entities, n_columns)
        Indicators of the whole population.
    looked_at : array-like of bool of shape (n_entities,)
        Whose labels the model learned from: their probability stays.
    odds : sequence of float, default (1, 1.25, 1.5, 2, 3)
        Γ, by which factor the odds of those never looked at may differ; at least 1.
    prob : float, default 0.9
        Probability of the posterior intervals.

    Returns
    -------
    DataFrame
        Indexed by ``odds``: ``least`` and ``most``, the posterior mean of the rate if all hidden reasons
        point one way; ``lower`` and ``upper``, where the intervals of these begin and end.

    Raises
    ------
    SchemaError
        If `looked_at` has another length than X, or says nothing of some.
    SpecError
        If a factor is below 1 or no number, or `prob` is no probability.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> from creditrisk.models.inference.engines import Map
    >>> rng = np.random.default_rng(0)
    >>> X = pd.DataFrame({"penalty_n": rng.poisson(1.0, 400)})
    >>> looked_at = rng.random(400) < 0.3
    >>> model = ViolationModel(inference=Map()).fit(X[looked_at], rng.random(looked_at.sum()) < 0.2)
    >>> selection_sensitivity(model, X, looked_at, odds=(1, 2)).round(2)["most"].tolist()
    [0.26, 0.37]
    """
    factors = _checked(odds, prob)
    hidden = ~_flags(looked_at, len(X))
    shifts = np.log(np.concatenate([1 / factors[::-1], factors]))
    sums: Floats | None = None
    for start in range(0, len(X), _BLOCK):
        part, own = X.iloc[start : start + _BLOCK], hidden[start : start + _BLOCK]
        eta = logit(model.posterior(part).astype(np.float64))
        found = np.stack([expit(eta + shift * own).sum(axis=1) for shift in shifts])
        sums = found if sums is None else sums + found
    rates = np.full((len(shifts), 1), np.nan) if sums is None else sums / len(X)
    low, high = rates[: len(factors)][::-1], rates[len(factors) :]
    tail = (1 - prob) / 2
    return pd.DataFrame(
        {
            "lower": np.quantile(low, tail, axis=1),
            "least": low.mean(axis=1),
            "most": high.mean(axis=1),
            "upper": np.quantile(high, 1 - tail, axis=1),
        },
        index=pd.Index(factors, name="odds"),
    )


def _checked(odds: Sequence[float], prob: float) -> Floats:
    factors = np.asarray(odds, dtype=np.float64)
    if factors.ndim != 1 or not len(factors) or not (np.isfinite(factors) & (factors >= 1)).all():
        raise SpecError(f"odds are factors of at least 1; got {list(odds)}; give (1, 1.5, 2), say.")
    if not 0 < prob < 1:
        raise SpecError(f"prob is a probability between 0 and 1; got {prob}; give 0.9.")
    return factors


def _flags(looked_at: ArrayLike, n: int) -> NDArray[np.bool_]:
    flags = pd.Series(np.asarray(looked_at), dtype="object")
    if len(flags) != n:
        raise SchemaError(f"looked_at has one value an entity of X, {n}; got {len(flags)}; align them.")
    if not flags.isin([True, False]).all():
        unknown = int((~flags.isin([True, False])).sum())
        raise SchemaError(
            f"looked_at says yes or no of every entity; got {unknown} values that are neither; fill them "
            "with False where nobody looked."
        )
    return flags.to_numpy(dtype=bool)
