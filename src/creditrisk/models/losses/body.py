"""What training losses say of location and spread, by family: sums where they suffice, cells elsewhere."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from creditrisk.models.design_matrix import Design
from creditrisk.models.inference.draws import Fit
from creditrisk.models.inference.engines import Engine, Map
from creditrisk.models.inference.likelihood import Expansion
from creditrisk.models.inference.mode import find_mode
from creditrisk.models.inference.moments import Moments
from creditrisk.models.inference.run import fit_gaussian
from creditrisk.models.linear import LinearPosterior
from creditrisk.models.losses.data import LossData
from creditrisk.models.losses.families import Gamma, LogNormal, LogNormalPareto, LossFamily
from creditrisk.models.losses.fit import fit_losses, parted
from creditrisk.models.losses.mode import find_loss_mode
from creditrisk.models.losses.part import LossPart
from creditrisk.models.losses.priors import LossPriors, SpreadPrior
from creditrisk.models.losses.rows import LossRows
from creditrisk.models.priors import Priors

Floats = NDArray[np.float64]
Unseen = dict[str, Floats]


@dataclass(frozen=True, kw_only=True)
class PlainBody:
    """Log-normal losses with one spread: the moments of the losses are all that the likelihood needs.

    Attributes
    ----------
    family : LossFamily
        Which.
    moments : Moments
        Of log losses.
    priors : Priors
        Prior scales.
    """

    family: LossFamily
    moments: Moments
    priors: Priors

    @property
    def design(self) -> Design:
        """Terms of location."""
        return self.moments.design

    @property
    def weight(self) -> float:
        """Number of losses, weighted."""
        return self.moments.weight

    @property
    def n_rows(self) -> int:
        """Number of losses."""
        return round(self.moments.weight)

    def expansion(self, thetas: Floats | None = None) -> Expansion:
        """Return the expansion of the log-likelihood at the mode; it is the same at all draws."""
        return find_mode(self.moments, self.priors)

    def fit(self, engine: Engine | Map, seed: int) -> tuple[Fit, Fit]:
        """Return draws of location and log-spread."""
        return self.parted(fit_gaussian(self.moments, self.priors, engine, seed))

    def parted(self, fit: Fit) -> tuple[Fit, Fit]:
        """Return location, and log-spread as a fit of its own."""
        return fit, replace(fit, theta=np.log(fit.hyper["sigma"])[:, None], hyper={})

    def part(self, fits: tuple[Fit, Fit], seed: int, unseen: Unseen | None = None) -> LossPart:
        """Return the posterior as tables of levels."""
        location, spread = fits
        first, second = np.random.default_rng([seed, 2]), np.random.default_rng(seed)
        return LossPart(
            family=self.family,
            location=LinearPosterior.of(self.design, location, self.priors, first, unseen),
            log_spread=LinearPosterior.of(Design(terms=()), spread, self.priors, second),
        )


@dataclass(frozen=True, kw_only=True)
class CellBody:
    """Losses in cells of equal predictors, location and log-spread both with a design.

    Attributes
    ----------
    family : LossFamily
        Which.
    rows : LossRows
        The cells.
    centre : float
        From where the logarithms are taken.
    priors : Priors
        Prior scales of location.
    spread : SpreadPrior
        Of the second predictor.
    """

    family: LossFamily
    rows: LossRows
    centre: float
    priors: Priors
    spread: SpreadPrior

    @property
    def design(self) -> Design:
        """Terms of location."""
        return self.rows.designs[0]

    @property
    def weight(self) -> float:
        """Number of losses, weighted."""
        return self.rows.weight

    @property
    def n_rows(self) -> int:
        """Number of cells."""
        return len(self.rows.cells.n)

    def expansion(self, thetas: Floats | None = None) -> Expansion:
        """Return the expansion of the log-likelihood at the mean of these draws, at the mode without any."""
        if thetas is None:
            return self.rows.expand(find_loss_mode(self.rows, self.priors, self.spread))
        return self.rows.expand(thetas.mean(axis=0))

    def parted(self, fit: Fit) -> tuple[Fit, Fit]:
        """Return location, and log-spread as a fit of its own."""
        return parted(fit)

    def fit(self, engine: Engine | Map, seed: int) -> tuple[Fit, Fit]:
        """Return draws of location and log-spread."""
        return fit_losses(self.rows, self.priors, self.spread, engine, seed)

    def part(self, fits: tuple[Fit, Fit], seed: int, unseen: Unseen | None = None) -> LossPart:
        """Return the posterior as tables of levels, location back to where the logarithms were taken from."""
        location, spread = self.posteriors(fits, seed, unseen)
        return LossPart(family=self.family, location=location, log_spread=spread)

    def posteriors(
        self, fits: tuple[Fit, Fit], seed: int, unseen: Unseen | None = None
    ) -> tuple[LinearPosterior, LinearPosterior]:
        """Return the tables of both predictors."""
        theta = fits[0].theta.copy()
        theta[:, 0] += self.centre
        location = replace(fits[0], theta=theta)
        first, second = np.random.default_rng([seed, 2]), np.random.default_rng([seed, 3])
        designs = self.rows.designs
        return (
            LinearPosterior.of(designs[0], location, self.priors, first, unseen),
            LinearPosterior.of(designs[1], fits[1], self.priors, second),
        )


Body = PlainBody | CellBody


def body_of(family: LossFamily, data: LossData, priors: LossPriors) -> Body:
    """Return what the losses say of location and spread, below the threshold where the family has a tail.

    Parameters
    ----------
    family : LossFamily
        Which.
    data : LossData
        Training losses.
    priors : LossPriors
        Prior scales.

    Returns
    -------
    PlainBody or CellBody
        Ready to be fitted.
    """
    if isinstance(family, LogNormal) and not (family.spread_by or family.cap or family.floor):
        places = data.design.encode(data.frame)
        moments = Moments.of(data.design, places, np.log(data.loss), data.weight)
        return PlainBody(family=family, moments=moments, priors=priors)
    spread = data.pooled(family.spread_by)
    prior = SpreadPrior(anchor=0.0, deviation=priors.spread, group=priors.spread_group)
    if isinstance(family, Gamma):
        centre = float(np.log(np.average(data.loss, weights=data.weight)))
        rows = data.gamma_rows(spread, centre)
    else:
        centre = float(np.average(np.log(data.loss), weights=data.weight))
        rows = data.log_normal_rows(spread, centre, _known_up_to(family, data), _known_from(family))
    return CellBody(family=family, rows=rows, centre=centre, priors=priors, spread=prior)


def _known_up_to(family: LogNormal | LogNormalPareto, data: LossData) -> float:
    if isinstance(family, LogNormalPareto):
        return data.threshold(family.tail_share)
    return np.inf if family.cap is None else float(np.nextafter(family.cap, 0.0))


def _known_from(family: LogNormal | LogNormalPareto) -> float:
    return 0.0 if isinstance(family, LogNormalPareto) else family.floor or 0.0
