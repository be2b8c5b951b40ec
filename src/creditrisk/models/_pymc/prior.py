"""Draws from the prior alone."""

from typing import Any

import numpy as np
import pymc as pm
from numpy.typing import NDArray

from creditrisk.models._pymc.coefficients import coefficients, coords
from creditrisk.models.design_matrix import Design
from creditrisk.models.priors import Priors

Floats = NDArray[np.float64]


def prior_graph(design: Design, priors: Priors) -> Any:
    """Return the model of the violation model's coefficients without any data."""
    with pm.Model(coords=coords(design, priors.table)) as model:
        coefficients(design, priors, anchor=0.0)
    return model


def prior_draws(design: Design, priors: Priors, draws: int, seed: int) -> Floats:
    """Return draws of the coefficients, shape (draws, coefficients)."""
    model = prior_graph(design, priors)
    found: Floats = np.asarray(pm.draw(model["theta"], draws=draws, random_seed=seed), dtype=np.float64)
    return found
