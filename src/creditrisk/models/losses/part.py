"""The posterior of one family, and the table that it gives for entities."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from creditrisk.models.linear import LinearPosterior
from creditrisk.models.losses.families import Gamma, LogNormal, LossFamily
from creditrisk.models.losses.kernels import LARGEST_XI
from creditrisk.models.losses.tables import GammaTable, LogNormalTable, LossTable, ParetoTailTable

SMALLEST_XI = 1e-3


@dataclass(frozen=True, kw_only=True)
class Tail:
    """A generalised Pareto tail.

    Attributes
    ----------
    threshold : float
        Where it begins, in money.
    log_scale, logit_shape : LinearPosterior
        Draws of its predictors.
    """

    threshold: float
    log_scale: LinearPosterior
    logit_shape: LinearPosterior


@dataclass(frozen=True, kw_only=True)
class LossPart:
    """Draws of one family.

    Attributes
    ----------
    family : LossFamily
        Which.
    location, log_spread : LinearPosterior
        Draws of its predictors.
    tail : Tail or None
        Of `LogNormalPareto`.
    """

    family: LossFamily
    location: LinearPosterior
    log_spread: LinearPosterior
    tail: Tail | None = None

    @property
    def n_draws(self) -> int:
        """Number of draws."""
        return len(self.location.intercept)

    @property
    def plain(self) -> bool:
        """Whether it is log-normal with one spread for all."""
        return isinstance(self.family, LogNormal) and not self.log_spread.design.terms

    def table(self, frame: pd.DataFrame) -> LossTable:
        """Return what the family says of the losses of these entities.

        Parameters
        ----------
        frame : DataFrame of shape (n_entities, n_columns)
            Indicators.

        Returns
        -------
        LossTable
            A row a draw, a column an entity.
        """
        location = _predictor(self.location, frame)
        spread = np.exp(_predictor(self.log_spread, frame))
        if isinstance(self.family, Gamma):
            return GammaTable(location=location, spread=spread)
        body = LogNormalTable(location=location, spread=spread)
        if self.tail is None:
            return body
        share = expit(_predictor(self.tail.logit_shape, frame))
        return ParetoTailTable(
            body=body,
            threshold=self.tail.threshold,
            scale=np.exp(_predictor(self.tail.log_scale, frame)),
            xi=np.maximum(LARGEST_XI * share, SMALLEST_XI),
        )

    def chosen(self, draws: NDArray[Any]) -> "LossPart":
        """Return the same with only these draws.

        Parameters
        ----------
        draws : ndarray of int
            Which.

        Returns
        -------
        LossPart
            The part.
        """
        tail = self.tail and Tail(
            threshold=self.tail.threshold,
            log_scale=_chosen(self.tail.log_scale, draws),
            logit_shape=_chosen(self.tail.logit_shape, draws),
        )
        return LossPart(
            family=self.family,
            location=_chosen(self.location, draws),
            log_spread=_chosen(self.log_spread, draws),
            tail=tail,
        )


def _predictor(posterior: LinearPosterior, frame: pd.DataFrame) -> NDArray[Any]:
    if not posterior.design.terms:
        return posterior.intercept.astype(np.float64)[:, None]
    return posterior.draws(posterior.design.encode(frame)).astype(np.float64)


def _chosen(posterior: LinearPosterior, draws: NDArray[Any]) -> LinearPosterior:
    return LinearPosterior(
        design=posterior.design,
        intercept=posterior.intercept[draws],
        levels=np.ascontiguousarray(posterior.levels[:, draws]),
    )


def joined(posteriors: Sequence[LinearPosterior]) -> LinearPosterior:
    """Return the draws of several posteriors of the same design, one after the other.

    Parameters
    ----------
    posteriors : sequence of LinearPosterior
        At least one.

    Returns
    -------
    LinearPosterior
        All their draws.
    """
    return LinearPosterior(
        design=posteriors[0].design,
        intercept=np.concatenate([one.intercept for one in posteriors]),
        levels=np.concatenate([one.levels for one in posteriors], axis=1),
    )
