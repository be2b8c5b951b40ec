r"""Effects of the loss model given those of the violation model for the same region or sector.

With the standardised effect :math:`u_l / \tau_p` of a level, that of the loss model is

.. math:: v_l \mid u_l \sim N(\rho_g \tau_L u_l / \tau_p,\; \tau_L \sqrt{1 - \rho_g^2}),

which makes :math:`(u_l, v_l)` bivariate normal with correlation :math:`\rho_g`. Its prior is
:math:`LKJ(\eta)` (Lewandowski, Kurowicka & Joe 2009), of two dimensions :math:`(\rho + 1) / 2 \sim
Beta(\eta, \eta)`.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pymc as pm
import pytensor.tensor as pt

from creditrisk.models.joint.shared import SharedGroups


@dataclass(frozen=True, kw_only=True)
class Related:
    """What is known of the standardised pooled effects of the loss model, of shape (effects,).

    Attributes
    ----------
    mean : tensor
        Their means.
    spread : tensor
        Their standard deviations.
    """

    mean: Any
    spread: Any


def related(shared: SharedGroups, theta: Any, tau: Any, eta: float) -> Related:
    """Return the loss model's effects given the violation model's, and name the correlation.

    Parameters
    ----------
    shared : SharedGroups
        Which effects correspond.
    theta, tau : tensor
        Coefficients and scales of the groups of the violation model.
    eta : float
        Of the prior.

    Returns
    -------
    Related
        Means and spreads; 0 and 1 for effects that only the loss model has.
    """
    unit = pm.Beta("correlation_unit", eta, eta, dims="shared_group", initval=np.full(len(shared.names), 0.5))
    rho = pm.Deterministic("correlation", 2 * unit - 1, dims="shared_group")
    is_shared = shared.effect >= 0
    own = pt.switch(is_shared, rho[np.maximum(shared.group, 0)], 0.0)
    standard = theta[np.maximum(shared.effect, 0)] / tau[np.maximum(shared.scale, 0)]
    return Related(mean=own * standard, spread=pt.sqrt(1 - own**2))
