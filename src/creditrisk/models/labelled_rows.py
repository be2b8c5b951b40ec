"""From labelled entities to what they say of a violation model: design, pairs, mode, design effects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.models.design_matrix import Design, build_design
from creditrisk.models.deviations import check_deviations, with_deviations
from creditrisk.models.effects import Effect, Grouping
from creditrisk.models.inference.design_effects import StretchedRows, design_effects
from creditrisk.models.inference.draws import Fit
from creditrisk.models.inference.engines import Engine, Map
from creditrisk.models.inference.likelihood import BinomialRows, Expansion
from creditrisk.models.inference.mode import find_mode, prior_curvature
from creditrisk.models.inference.past import RowsAndPast
from creditrisk.models.inference.run import Rows, fit_binomial
from creditrisk.models.interactions import may_pair, with_pairs
from creditrisk.models.merge import merge_rows
from creditrisk.models.priors import Priors
from creditrisk.models.synergies import Residuals, directed, with_monotone_pairs

Floats = NDArray[np.float64]

SCREENED_ROWS = 200_000


@dataclass(frozen=True, kw_only=True)
class LabelledRows:
    """What a violation model learns from.

    Attributes
    ----------
    X : DataFrame of shape (n_rows, n_columns)
        The columns that the model uses.
    y : ndarray of shape (n_rows,)
        0 or 1.
    weight : ndarray of shape (n_rows,)
        Positive weights in the likelihood.
    offset : ndarray of shape (n_rows,)
        Log of the exposure.
    channel : ndarray of str of shape (n_rows,) or None
        Why each row was looked at.
    clusters : ndarray of int of shape (n_rows,) or None
        A number for each entity, where rows depend on each other or carry design weights.
    """

    X: pd.DataFrame
    y: Floats
    weight: Floats
    offset: Floats
    channel: NDArray[np.object_] | None = None
    clusters: NDArray[np.intp] | None = None

    def in_design(self, design: Design) -> BinomialRows:
        """Return the rows as places among the levels of a design."""
        return BinomialRows(
            design=design,
            places=design.encode(self.X, self.channel),
            offset=self.offset,
            n=self.weight,
            y=self.weight * self.y,
        )

    def thinned(self, most: int) -> "LabelledRows":
        """Return every k-th row, at most so many."""
        every = slice(None, None, -(-len(self.y) // most))
        return LabelledRows(
            X=self.X.iloc[every],
            y=self.y[every],
            weight=self.weight[every],
            offset=self.offset[every],
            channel=None if self.channel is None else self.channel[every],
        )


def choose_design(
    rows: LabelledRows,
    *,
    groups: Sequence[Grouping],
    directions: Mapping[str, str],
    effect: Effect,
    interactions: int,
    priors: Priors,
    deviations: str | None = None,
    specific: Sequence[str] = (),
) -> Design:
    """Choose a term for every column, and the pairs and deviations that the residuals ask for.

    Parameters
    ----------
    rows : LabelledRows
        Training rows.
    groups : sequence of str or CodeTree
        Columns to be pooled.
    directions : mapping of str to str
        Direction by column.
    effect : Steps or Hinges
        How numbers enter.
    interactions : int
        The largest number of pairs.
    priors : Priors
        Prior scales.
    deviations : str, optional
        The column of sectors whose deviations are looked for.
    specific : sequence of str, default ()
        Columns that apply to some entities only.

    Returns
    -------
    Design
        Main effects, pairs, deviations and channel.
    """
    design = build_design(
        rows.X,
        groups=groups,
        directions=directions,
        effect=effect,
        weight=rows.weight,
        channel=rows.channel,
        specific=specific,
    )
    if deviations is not None:
        check_deviations(deviations, design)
    pairs = interactions > 0 and (may_pair(design) or len(directed(design)) > 1)
    if not pairs and deviations is None:
        return design
    some = rows.thinned(SCREENED_ROWS)
    main = some.in_design(design)
    eta = main.predictors(find_mode(merge_rows(main), priors).at)
    left = Residuals.of(eta, main.n, main.y)
    paired = with_pairs(design, some.X, eta, main.n, main.y, interactions)
    room = interactions - len(paired.terms) + len(design.terms)
    whole = with_monotone_pairs(paired, some.X, left, room)
    return whole if deviations is None else with_deviations(whole, some.X, deviations, left)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What labelled rows say of the coefficients of a design.

    Attributes
    ----------
    rows : BinomialRows, StretchedRows or RowsAndPast
        Their likelihood, with that of the past if there was one.
    likelihood : Expansion
        Of its logarithm, at the mode.
    effects : ndarray of shape (1 + n_terms,)
        Design effects of the intercept and of each term; 1 where rows are independent and weigh alike.
    """

    rows: Rows
    likelihood: Expansion
    effects: Floats

    def fit(self, priors: Priors, engine: Engine | Map, seed: int) -> Fit:
        """Return draws of the coefficients.

        Raises
        ------
        FitError
            If the checks fail and the engine says ``on_failure="raise"``.
        """
        return self.noted(fit_binomial(self.rows, self.likelihood, priors, engine, seed))

    def noted(self, fit: Fit) -> Fit:
        """Return the fit with the design effect in its status, where rows depend on each other."""
        if (self.effects == 1).all():
            return fit
        return replace(fit, status=replace(fit.status, design_effect=float(np.median(self.effects))))


def evidence(rows: LabelledRows, design: Design, priors: Priors, past: Expansion | None = None) -> Evidence:
    """Return what the rows say, equal ones merged, and stretched where they depend on each other.

    Parameters
    ----------
    rows : LabelledRows
        Training rows.
    design : Design
        Terms of the model.
    priors : Priors
        Prior scales.
    past : Expansion, optional
        Log-likelihood of earlier rows in the same design.

    Returns
    -------
    Evidence
        Likelihood, its expansion, and design effects.
    """
    all_rows = rows.in_design(design)
    merged = merge_rows(all_rows)
    whole = _beside(merged, past)
    mode = find_mode(whole, priors)
    if rows.clusters is None:
        return Evidence(rows=whole, likelihood=mode, effects=np.ones(1 + len(design.terms)))
    own = mode if past is None else merged.expand(mode.at)
    effects = design_effects(all_rows, rows.clusters, own, prior_curvature(design, priors, mode.at))
    stretched = _beside(StretchedRows(rows=merged, mode=own, effects=effects), past)
    return Evidence(rows=stretched, likelihood=stretched.expand(mode.at), effects=effects)


def _beside[Own: (BinomialRows, StretchedRows)](rows: Own, past: Expansion | None) -> Own | RowsAndPast:
    return rows if past is None else RowsAndPast(rows=rows, past=past)
