r"""Last quarter's posterior as this quarter's prior, with forgetting, and how far each effect moved.

What earlier rows said is kept as the expansion of their log-likelihood; to a power :math:`1 - \varphi` it
stands beside the likelihood of the new rows (the power prior of Ibrahim & Chen 2000):

.. math:: p(\theta \mid new, old) \propto p(\theta)\, L_{new}(\theta)\, L_{old}(\theta)^{1 - \varphi}.

The prior counts once, whatever the number of updates.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from sklearn.base import clone
from sklearn.utils.validation import check_is_fitted

from creditrisk.errors import FitError, SpecError
from creditrisk.models import frames
from creditrisk.models.effects import ChannelTerm
from creditrisk.models.inference.engines import Auto, Engine, Map
from creditrisk.models.labelled_rows import evidence
from creditrisk.models.prepared import Prepared
from creditrisk.models.priors import Priors
from creditrisk.models.training_rows import training_rows
from creditrisk.models.violation import ViolationModel


def updated(
    model: ViolationModel,
    X: pd.DataFrame,
    y: ArrayLike,
    *,
    forgetting: float = 0.2,
    sample_weight: ArrayLike | None = None,
    exposure: ArrayLike | None = None,
    channel: ArrayLike | None = None,
    inclusion_probability: ArrayLike | None = None,
    entity: ArrayLike | None = None,
    inference: Engine | Map | None = None,
) -> ViolationModel:
    """Return a model that knows the new rows and, weaker, what the old one had learned.

    Knots, levels and pairs stay those of the old model, so that effects can be compared; a region that is new
    counts as unseen until the next `fit`.

    Parameters
    ----------
    model : ViolationModel
        Fitted, itself updated, or from a model file (`load_model(path).violation_`); it is not changed.
    X : DataFrame of shape (n_entities, n_columns)
        Indicators of the new rows.
    y : array of shape (n_entities,)
        1 violation, 0 none, NaN never inspected.
    forgetting : float, default 0.2
        Share of the old evidence that no longer counts: 0 keeps all of it, 1 none.
    sample_weight, exposure, channel, inclusion_probability, entity : array of shape (n_entities,), optional
        As in `ViolationModel.fit`.
    inference : Auto, Nuts, Surrogate or Map, optional
        How the posterior is computed; as the model was, ``Auto()`` for one from a file.

    Returns
    -------
    ViolationModel
        A new one.

    Raises
    ------
    SpecError
        If `forgetting` is no share.
    FitError
        If the model keeps no likelihood, since its file is of an older version, or if inference fails its
        checks.
    OutcomeError
        If the new rows have no label, or one class of labels only.

    Examples
    --------
    >>> from creditrisk.models.inference.engines import Map
    >>> rng = np.random.default_rng(0)
    >>> X = pd.DataFrame({"penalty_n": rng.poisson(1.0, 2000)})
    >>> y = rng.random(2000) < 0.1 + 0.1 * X["penalty_n"].clip(upper=3)
    >>> old = ViolationModel(directions={"penalty_n": "raises"}, inference=Map()).fit(X[:1500], y[:1500])
    >>> new = updated(old, X[1500:], y[1500:], forgetting=0.0)
    >>> all_rows = ViolationModel(directions={"penalty_n": "raises"}, inference=Map()).fit(X, y)
    >>> bool(np.abs(new.predict_proba(X) - all_rows.predict_proba(X)).max() < 0.01)
    True
    """
    if not 0 <= forgetting <= 1:
        raise SpecError(f"forgetting is a share between 0 and 1; got {forgetting}; give 0.2, say.")
    check_is_fitted(model, "posterior_")
    if not hasattr(model, "likelihood_"):
        raise FitError(
            "A model is updated by the likelihood that its file keeps; this one is from a file of an older "
            "version, which has none: fit to the old rows and save it again."
        )
    frame = frames.as_scored(X, model)
    given = training_rows(
        frame,
        y,
        groups=tuple(model.groups),
        sample_weight=sample_weight,
        exposure=exposure,
        channel=channel,
        inclusion_probability=inclusion_probability,
        entity=entity,
    )
    past = model.likelihood_.weakened(1 - forgetting)
    design, priors = model.posterior_.design, model.priors or Priors()
    said = evidence(given.rows, design, priors, past)
    new: ViolationModel = clone(model)
    new.inference = inference or model.inference
    fit = said.fit(priors, new.inference or Auto(), frames.seed_of(model.random_state))
    return new.take(Prepared(frame=frame, given=given, design=design, evidence=said), fit)


def drift(before: ViolationModel, after: ViolationModel) -> pd.DataFrame:
    """Return how far each effect moved from one model to the next, in log-odds.

    Parameters
    ----------
    before, after : ViolationModel
        Fitted, with the same terms: the second is an update of the first.

    Returns
    -------
    DataFrame
        A row a level of each indicator: ``before`` and ``after``, posterior means; ``change``; ``sd``, of the
        effect before; ``in_sd``, the change in these. The largest changes in standard deviations come first.

    Raises
    ------
    SpecError
        If the models have different terms.
    """
    for model in (before, after):
        check_is_fitted(model, "posterior_")
    old, new = before.posterior_, after.posterior_
    if [(t.name, t.labels) for t in old.design.terms] != [(t.name, t.labels) for t in new.design.terms]:
        raise SpecError(
            "Effects of models with the same terms are compared; got models of different columns or levels; "
            "use `updated`, which keeps them."
        )
    index, kept = [], []
    for term, first in zip(old.design.terms, old.design.offsets, strict=False):
        if not isinstance(term, ChannelTerm):
            index += [(term.name, label) for label in term.labels]
            kept += list(range(first, first + term.n_levels))
    was, now = old.levels[kept].astype(np.float64), new.levels[kept].astype(np.float64)
    table = pd.DataFrame(
        {"before": was.mean(axis=1), "after": now.mean(axis=1), "sd": was.std(axis=1)},
        index=pd.MultiIndex.from_tuples(index, names=["indicator", "level"]),
    )
    table.insert(2, "change", table["after"] - table["before"])
    table["in_sd"] = (table["change"] / table["sd"]).where(table["sd"] > 0, 0.0)
    return table.sort_values("in_sd", key=np.abs, ascending=False, kind="stable")
