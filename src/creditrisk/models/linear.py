"""The posterior of a linear predictor as a table: draws of the intercept and of every level's value."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.models.design_matrix import Design, Places
from creditrisk.models.effects import DeviationTerm, NumberTerm, PooledTerm, Term
from creditrisk.models.inference.draws import Fit
from creditrisk.models.priors import Priors
from creditrisk.models.scoring.tables import predictor_draws

Floats = NDArray[np.float64]
Draws = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class LinearPosterior:
    """What scoring needs of a fitted model; no training row is kept.

    Attributes
    ----------
    design : Design
        Terms of the model.
    intercept : ndarray of float32 of shape (draws,)
        Draws of the intercept.
    levels : ndarray of float32 of shape (levels, draws)
        Draws of every level's value, all terms end to end.
    """

    design: Design
    intercept: Draws
    levels: Draws

    @classmethod
    def of(
        cls,
        design: Design,
        fit: Fit,
        priors: Priors,
        rng: np.random.Generator,
        unseen: Mapping[str, Floats] | None = None,
    ) -> "LinearPosterior":
        """Turn coefficients into level values; levels without data are drawn from the population.

        Parameters
        ----------
        design : Design
            Terms of the model.
        fit : Fit
            Draws of the coefficients and scales.
        priors : Priors
            For the missing level of a column that never was missing.
        rng : numpy.random.Generator
            For those levels.
        unseen : mapping of str to ndarray of shape (draws,), optional
            Standardised effects of the unseen level, by group; drawn here where not given.

        Returns
        -------
        LinearPosterior
            The table.
        """
        values = design.basis @ fit.theta.T
        levels = values[1:].copy()
        sampled = fit.tree is not None
        groups = [term.name for term in design.terms if isinstance(term, PooledTerm)]
        for j, term in enumerate(design.terms):
            last = int(design.offsets[j + 1]) - 1
            noise: Floats = np.asarray(sampled * rng.standard_normal(levels.shape[1]))
            if isinstance(term, PooledTerm):
                noise = (unseen or {}).get(term.name, noise)
                levels[last] = fit.hyper["tau"][:, groups.index(term.name)] * noise
            elif isinstance(term, NumberTerm) and not (term.missing_seen or term.silent):
                levels[last] = priors.missing * noise
        return cls(
            design=design,
            intercept=values[0].astype(np.float32),
            levels=np.ascontiguousarray(levels, dtype=np.float32),
        )

    def draws(self, places: Places) -> Draws:
        """Return the linear predictor, shape (draws, rows), at the channel of the places."""
        return predictor_draws(places, self.intercept, self.levels)

    def contributions(self, places: Places) -> pd.DataFrame:
        """Return each term's posterior-mean part of the predictor, 0 at the average training row.

        Deviations are 0 outside of their sector instead, and indicators of some entities 0 where missing.

        Parameters
        ----------
        places : Places
            Of the rows.

        Returns
        -------
        DataFrame of shape (n_rows, n_terms)
            Columns are the names of the terms, the channel left out.
        """
        mean = self.levels.mean(axis=1, dtype=np.float64)
        parts = {}
        for j, term in enumerate(self.design.terms):
            if term.kind == "channel":
                continue
            here = slice(int(self.design.offsets[j]), int(self.design.offsets[j + 1]))
            average = _average(term, mean[here])
            at, share = places.level[:, j], places.share[:, j]
            between = share * (mean[np.minimum(at + 1, len(mean) - 1)] - mean[at])
            parts[term.name] = (mean[at] + between - average).astype(np.float32)
        return pd.DataFrame(parts)

    def table(self, prob: float = 0.9) -> pd.DataFrame:
        """Return every level's value with an equal-tailed interval, one row a level.

        Parameters
        ----------
        prob : float, default 0.9
            Probability of the interval.

        Returns
        -------
        DataFrame
            Columns ``term, kind, level, share, points, lower, upper``; points in units of the predictor.
        """
        tail = (1 - prob) / 2
        lower, upper = np.quantile(self.levels, [tail, 1 - tail], axis=1)
        mean = self.levels.mean(axis=1, dtype=np.float64)
        rows = []
        for j, term in enumerate(self.design.terms):
            start = int(self.design.offsets[j])
            for k, label in enumerate(term.labels):
                share = float("nan") if term.frequencies is None else float(term.frequencies[k])
                at = start + k
                rows.append((term.name, term.kind, label, share, mean[at], lower[at], upper[at]))
        return pd.DataFrame(rows, columns=["term", "kind", "level", "share", "points", "lower", "upper"])


def _average(term: Term, values: Floats) -> float:
    """Return what a term adds on average; what is nothing somewhere stays exactly so."""
    exact = isinstance(term, DeviationTerm) or (isinstance(term, NumberTerm) and term.silent)
    return 0.0 if exact or term.frequencies is None else float(term.frequencies @ values)
