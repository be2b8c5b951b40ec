"""Increments of a regulator's points table, as log-normal variables of a graph."""

from typing import Any

import numpy as np
import pymc as pm

from creditrisk.models.design_matrix import Design
from creditrisk.models.elicited.means import is_told, told_means
from creditrisk.models.elicited.table import PointsTable


def increments_block(design: Design, table: PointsTable | None) -> tuple[Any, Any]:
    """Return the increments of all terms of the table (see `creditrisk.models.elicited.means`), and where."""
    mean, places = told_means(design, table)
    if table is None or not places.any():
        return None, []
    told = [where for term, where in zip(design.terms, design.slices, strict=True) if is_told(term, table)]
    place = np.flatnonzero(places)
    owner = np.searchsorted([where.stop for where in told], place, side="right")
    by_bin = pm.Normal("told_increments", 0.0, 1.0, shape=len(place))
    by_term = pm.Normal("told_terms", 0.0, 1.0, shape=len(told))
    wide, far = table.bin_spread, table.term_spread
    logs = wide * by_bin - wide**2 / 2 + (far * by_term - far**2 / 2)[owner]
    return mean[place] * pm.math.exp(logs), place
