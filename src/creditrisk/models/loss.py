r"""How much damage a violation does: a log-normal loss with pooled groups, and a share without any loss.

.. math:: P(L > 0) = \pi, \qquad \log L \mid L > 0 \sim N(\mu_i, \sigma^2), \qquad
          E[L_i] = \pi\,e^{\mu_i + \sigma^2 / 2}

with the same linear predictor :math:`\mu_i` as the violation model, shrunk harder: on real losses a constant
often beats a regression. The likelihood needs only the moments of the rows, so it is exact at any size.
"""

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import logsumexp, ndtr
from sklearn.utils.validation import check_is_fitted

from creditrisk.errors import OutcomeError
from creditrisk.models import frames
from creditrisk.models.base import LinearEstimator
from creditrisk.models.design_matrix import build_design
from creditrisk.models.effects import Steps
from creditrisk.models.inference.engines import Auto
from creditrisk.models.inference.moments import Moments
from creditrisk.models.inference.run import fit_gaussian
from creditrisk.models.loss_quantile import check_level, mixture_quantile
from creditrisk.models.priors import Priors

Floats = NDArray[np.float64]
Draws = NDArray[np.float32]

LOSS_PRIORS = Priors(steps=0.25)
LOSS_STEPS = Steps(bins=6)
LOSS_ENGINE = Auto(tune=500)
FEWEST_LOSSES = 10


class LossModel(LinearEstimator):
    """Money lost in a violation, with its posterior.

    Parameters
    ----------
    groups : sequence of str, default ()
        Columns whose levels are partially pooled.
    directions : mapping of str to {"raises", "lowers", "either"}, optional
        How a column moves the loss; ``either`` where not named (an indicator system declares directions of
        the probability, not of the loss).
    effect : Steps, optional
        How numbers are cut into bins; six bins if not given.
    priors : Priors, optional
        Prior scales in log-money; half the violation model's for steps if not given.
    inference : Auto, Nuts, Surrogate or Map, optional
        How the posterior is computed; all but `Map` are exact here. ``Auto(tune=500)`` if
        not given.
    random_state : int or numpy.random.Generator, optional
        Seed of all draws; None is seed 0.

    Attributes
    ----------
    posterior_ : LinearPosterior
        Draws of the intercept and of every level's value, on the scale of log-money.
    sigma_ : ndarray of shape (draws,)
        Spread of log losses.
    positive_share_ : ndarray of shape (draws,)
        Share of violations with a loss above 0.
    status_ : FitStatus
        How the fit went.

    Examples
    --------
    >>> import pandas as pd
    >>> from creditrisk.models.inference.engines import Map
    >>> rng = np.random.default_rng(7)
    >>> X = pd.DataFrame({"sector": rng.choice(["C", "F"], 300)})
    >>> loss = np.exp(9 + (X["sector"] == "F") + rng.normal(size=300))
    >>> model = LossModel(groups=["sector"], inference=Map()).fit(X, loss)
    >>> bool(np.diff(model.predict(pd.DataFrame({"sector": ["C", "F"]})))[0] > 0)
    True
    """

    def fit(self, X: Any, loss: ArrayLike, *, sample_weight: ArrayLike | None = None) -> Self:
        """Fit to the losses of violations; rows with a missing loss are left out.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators and groups.
        loss : array of shape (n_entities,)
            Money, at least 0; NaN where there was no violation.
        sample_weight : array of shape (n_entities,), optional
            Weight of each row.

        Returns
        -------
        LossModel
            Itself.

        Raises
        ------
        OutcomeError
            If a loss is negative, or fewer than ten are above 0.
        FitError
            If inference fails its checks.
        """
        frame = frames.as_frame(X)
        amount = _amounts(loss, len(frame))
        weight = frames.weights(sample_weight, len(frame))
        positive = (amount > 0) & (weight > 0)
        used = frames.training_columns(frame, tuple(self.groups))[positive]
        priors = self.priors or LOSS_PRIORS
        design = build_design(
            used,
            groups=tuple(self.groups),
            directions=dict(self.directions or {}),
            effect=self.effect or LOSS_STEPS,
            weight=weight[positive],
        )
        moments = Moments.of(design, design.encode(used), np.log(amount[positive]), weight[positive])
        seed = frames.seed_of(self.random_state)
        fitted = fit_gaussian(moments, priors, self.inference or LOSS_ENGINE, seed)
        rng = np.random.default_rng([seed, 2])
        self._keep(frame, design, fitted, priors, rng)
        self.sigma_ = fitted.hyper["sigma"]
        without = float(weight[amount == 0].sum())
        self.positive_share_ = rng.beta(0.5 + moments.weight, 0.5 + without, size=len(self.sigma_))
        return self

    def posterior(self, X: Any) -> Draws:
        """Return draws of the expected loss of a violation.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators with the columns of the fit.

        Returns
        -------
        ndarray of float32 of shape (draws, n_entities)
            Money a violation.
        """
        shift = 0.5 * self.sigma_**2 + np.log(self.positive_share_)
        expected: Draws = np.exp(self.log_location(X) + shift.astype(np.float32)[:, None])
        return expected

    def predict(self, X: Any) -> Floats:
        """Return the expected loss of a violation.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators with the columns of the fit.

        Returns
        -------
        ndarray of shape (n_entities,)
            Money a violation, the posterior mean.
        """
        return self.posterior(X).mean(axis=0, dtype=np.float64)

    def log_location(self, X: Any) -> Draws:
        """Return draws of the mean log loss of violations with a loss.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators with the columns of the fit.

        Returns
        -------
        ndarray of float32 of shape (draws, n_entities)
            In log-money.
        """
        check_is_fitted(self, "posterior_")
        frame = frames.same_columns(frames.as_frame(X), self.posterior_.design.columns)
        return self.posterior_.draws(self.posterior_.design.encode(frame))

    def quantile(self, X: Any, q: float) -> Floats:
        """Return the amount that the loss of a violation stays below with probability q.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators.
        q : float
            Between 0 and 1.

        Returns
        -------
        ndarray of shape (n_entities,)
            Money; 0 where violations without a loss are that many.

        Raises
        ------
        SpecError
            If q is not between 0 and 1.
        """
        check_level(q, "q")
        location, share = self.log_location(X), self.positive_share_

        def below(amount: Floats) -> Floats:
            inside = ndtr((np.log(amount) - location) / self.sigma_[:, None])
            mean: Floats = (1 - share[:, None] * (1 - inside)).mean(axis=0)
            return mean

        rows = location.shape[1]
        if 1 - share.mean() >= q:
            return np.zeros(rows)
        centre = np.exp(location.mean(axis=0, dtype=np.float64))
        return mixture_quantile(below, np.full(rows, q), centre / 10, centre * 10)

    def log_density(self, X: Any, loss: ArrayLike) -> Floats:
        """Return the log predictive density of positive losses, averaged over the posterior.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators.
        loss : array of shape (n_entities,)
            Money above 0.

        Returns
        -------
        ndarray of shape (n_entities,)
            Natural logarithm of the density at each loss; a higher mean is a better model.
        """
        log_loss = np.log(np.asarray(loss, dtype=np.float64))
        z = (log_loss - self.log_location(X)) / self.sigma_[:, None]
        density = -0.5 * z**2 - np.log(self.sigma_[:, None]) - 0.5 * np.log(2 * np.pi) - log_loss
        mean: Floats = logsumexp(density, axis=0) - np.log(len(self.sigma_))
        return mean


def _amounts(loss: ArrayLike, rows: int) -> Floats:
    values = frames.as_numbers(loss, "Losses")
    if len(values) != rows:
        raise OutcomeError(f"loss must have one amount a row of X; got {len(values)} for {rows} rows.")
    if (values < 0).any() or np.isinf(values).any():
        raise OutcomeError("A loss is money and at least 0; got a negative or infinite one; check its unit.")
    positive = int((values > 0).sum())
    if positive < FEWEST_LOSSES:
        raise OutcomeError(
            f"At least {FEWEST_LOSSES} losses above 0 are needed to fit a loss model; got {positive}; "
            "take a longer period."
        )
    return values
