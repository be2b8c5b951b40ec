"""The graphs of a fitted violation model, to be looked at or sampled by other means."""

from dataclasses import dataclass
from typing import Any

from creditrisk.models._pymc.graph import exact_graph, surrogate_graph
from creditrisk.models.inference.design_effects import StretchedRows
from creditrisk.models.inference.likelihood import BinomialRows, Expansion
from creditrisk.models.priors import Priors


@dataclass(frozen=True, slots=True, kw_only=True)
class Graphs:
    """Two PyMC models with the same priors.

    Attributes
    ----------
    sampled : pymc.Model
        What was sampled: the quadratic likelihood, or the exact one where the fit was exact. Gibbs moves draw
        the coefficients themselves, NUTS units of them, whose names begin with ``unit_``.
    exact : pymc.Model
        With the likelihood of every row that the model has kept.
    """

    sampled: Any
    exact: Any


def graphs(rows: BinomialRows | StretchedRows, expansion: Expansion, priors: Priors) -> Graphs:
    """Return the graph of a surrogate, and the exact one beside it."""
    return Graphs(sampled=surrogate_graph(rows.design, priors, expansion), exact=exact_graph(rows, priors))
