"""Two models learn from one posterior."""

import numpy as np
import pandas as pd

from creditrisk.errors import SpecError
from creditrisk.models import frames
from creditrisk.models.inference.engines import Auto
from creditrisk.models.joint.fit import Both, fit_both
from creditrisk.models.joint.shared import SharedGroups
from creditrisk.models.loss import LossModel
from creditrisk.models.losses.body import body_of
from creditrisk.models.losses.build import with_tail
from creditrisk.models.losses.choice import Chosen
from creditrisk.models.losses.families import listed
from creditrisk.models.losses.prepared import PreparedLosses
from creditrisk.models.losses.priors import loss_priors
from creditrisk.models.prepared import Prepared
from creditrisk.models.priors import Priors
from creditrisk.models.violation import ViolationModel


def learn_jointly(
    violation: ViolationModel, loss: LossModel, labels: Prepared, losses: PreparedLosses
) -> pd.DataFrame:
    """Fit both models in one graph, in place, and return the draws of the correlations of their groups.

    Engine and seed are those of the violation model; a Pareto tail is fitted apart.

    Parameters
    ----------
    violation : ViolationModel
        To be fitted.
    loss : LossModel
        To be fitted, of one family.
    labels : Prepared
        What the violation model learns from.
    losses : PreparedLosses
        What the loss model learns from.

    Returns
    -------
    DataFrame of shape (draws, groups)
        Correlation of the effects of each group that both models have.

    Raises
    ------
    SpecError
        If the models share no group, the loss has several families, or the engine is `Map`.
    FitError
        If inference fails its checks.
    """
    families = listed(loss.family)
    if len(families) != 1:
        raise SpecError(
            f"joint=True fits one family of losses; got {len(families)}: compare them with LossModel first."
        )
    shared = SharedGroups.of(labels.design, losses.data.design)
    engine, seed = violation.inference or Auto(), frames.seed_of(violation.random_state)
    priors = loss_priors(loss.priors)
    body = body_of(families[0], losses.data, priors)
    both = Both(violations=labels, priors=violation.priors or Priors(), losses=body, eta=priors.correlation)
    found = fit_both(both, engine, seed)
    rng = np.random.default_rng([seed, 6])
    own, other = rng.standard_normal((2, *found.correlation.shape))
    related = found.correlation * own + np.sqrt(1 - found.correlation**2) * other
    violation.take(labels, found.violation, dict(zip(shared.names, own.T, strict=True)))
    part = body.part(found.loss, seed, dict(zip(shared.names, related.T, strict=True)))
    part = with_tail(part, losses.data, priors, engine, seed)
    loss.take(losses, Chosen(parts=(part,), fit=found.loss[0]))
    return pd.DataFrame(found.correlation, columns=list(shared.names))
