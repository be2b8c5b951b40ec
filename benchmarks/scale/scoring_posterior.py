"""A matrix of indicators, a model fitted to it, and any number of independent draws of such a model.

Twenty thousand independent draws of NUTS would take hours. The draws here have the marginals and the rank
correlations of the coefficients of a fitted model, joined by a Gaussian copula.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, ndtr, ndtri
from scipy.stats import rankdata

from creditrisk import LossModel, RiskModel, Surrogate, ViolationModel
from creditrisk.models.linear import LinearPosterior
from creditrisk.models.scoring.lookup import Designs
from creditrisk.models.scoring.scorer import Predictors

Floats = NDArray[np.float64]
COLUMNS = 45
TRAINING_ROWS = 20_000


def indicators(rows: int, seed: int) -> NDArray[np.float32]:
    """Return counts, amounts and days of 45 indicators, 70 % of them zero."""
    rng = np.random.default_rng(seed)
    matrix = np.zeros((rows, COLUMNS), dtype=np.float32)
    for j in range(COLUMNS):
        some = np.flatnonzero(rng.random(rows) < 0.7 * 0.956**j)
        if j % 3 == 0:
            matrix[some, j] = 1 + rng.poisson(1.0, len(some))
        elif j % 3 == 1:
            matrix[some, j] = np.exp(rng.normal(8, 1.5, len(some)))
        else:
            matrix[some, j] = np.ceil(1000 * rng.random(len(some)))
    return matrix


def labels(matrix: NDArray[np.float32], seed: int) -> tuple[Floats, Floats]:
    """Return violations (about 5 %) and losses that depend on sixty per cent of the indicators."""
    rng = np.random.default_rng(seed)
    weight = np.random.default_rng(0).gamma(1.0, 0.3, COLUMNS)
    weight *= np.random.default_rng(1).random(COLUMNS) < 0.6
    scale = np.log1p(matrix) / np.log1p(matrix).max(axis=0)
    logit = scale @ weight
    violation = (rng.random(len(matrix)) < expit(logit - logit.mean() - 3.2)).astype(np.float64)
    loss = np.exp(8 + scale @ weight / 2 + rng.normal(size=len(matrix)))
    return violation, np.where(violation == 1, loss, np.nan)


def fitted(draws: int) -> RiskModel:
    """Return a model of the indicators."""
    matrix = indicators(TRAINING_ROWS, seed=2)
    violation, loss = labels(matrix, seed=3)
    X = pd.DataFrame(matrix, columns=[f"x{j}" for j in range(COLUMNS)])
    engine = Surrogate(draws=draws, tune=max(200, draws // 2), keep=2 * draws, on_failure="return")
    raises = dict.fromkeys(X.columns, "raises")
    model = RiskModel(ViolationModel(directions=raises, inference=engine), LossModel(inference=engine))
    return model.fit(X, pd.DataFrame({"violation": violation, "loss_cny": loss}))


@dataclass(frozen=True, kw_only=True)
class Population:
    """A distribution of coefficients.

    Attributes
    ----------
    basis : ndarray of shape (1 + levels, coefficients)
        Coefficients to intercept and levels.
    sorted_draws : ndarray of shape (coefficients, fitted draws)
        The marginals.
    root : ndarray of shape (coefficients, coefficients)
        Of the correlation of their normal scores.
    """

    basis: Floats
    sorted_draws: Floats
    root: Floats

    @classmethod
    def of(cls, posterior: LinearPosterior) -> "Population":
        """Take the coefficients out of the levels of a fitted model."""
        values = np.vstack([posterior.intercept[None], posterior.levels]).astype(np.float64)
        basis = posterior.design.basis
        theta = np.linalg.lstsq(basis, values, rcond=None)[0]
        scores = ndtri((np.apply_along_axis(rankdata, 1, theta) - 0.5) / theta.shape[1])
        correlation = 0.98 * np.corrcoef(scores) + 0.02 * np.eye(len(theta))
        return cls(basis=basis, sorted_draws=np.sort(theta, axis=1), root=np.linalg.cholesky(correlation))

    def draw(self, number: int, rng: np.random.Generator) -> tuple[Floats, NDArray[np.float32]]:
        """Return draws of the intercept and of the levels."""
        places = ndtr(self.root @ rng.standard_normal((len(self.root), number)))
        at = (np.arange(self.sorted_draws.shape[1]) + 0.5) / self.sorted_draws.shape[1]
        theta = np.stack([np.interp(u, at, q) for u, q in zip(places, self.sorted_draws, strict=True)])
        values = self.basis @ theta
        return values[0], values[1:].astype(np.float32)


@dataclass(frozen=True, kw_only=True)
class Populations:
    """Of both models.

    Attributes
    ----------
    designs : tuple of two Design
        Their terms.
    violation, loss : Population
        Their coefficients.
    shift : ndarray
        Half the variance of log losses and the log of the share with a loss, of the fitted draws.
    """

    designs: Designs
    violation: Population
    loss: Population
    shift: Floats

    @classmethod
    def of(cls, model: RiskModel) -> "Populations":
        """Take both from a fitted model."""
        violation, loss = model.violation_, model.loss_
        return cls(
            designs=(violation.posterior_.design, loss.posterior_.design),
            violation=Population.of(violation.posterior_),
            loss=Population.of(loss.posterior_),
            shift=0.5 * np.asarray(loss.sigma_) ** 2 + np.log(loss.positive_share_),
        )

    def draw(self, number: int, seed: int) -> Predictors:
        """Return that many independent draws."""
        rng = np.random.default_rng(seed)
        first, second = self.violation.draw(number, rng), self.loss.draw(number, rng)
        intercepts = first[0], second[0] + rng.choice(self.shift, number)
        return Predictors(designs=self.designs, intercepts=intercepts, levels=(first[1], second[1]))
