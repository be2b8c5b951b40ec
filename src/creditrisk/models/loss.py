r"""How much damage a violation does: a heavy-tailed loss with pooled groups, and a share without any loss.

.. math:: P(L > 0) = \pi, \qquad \log L \mid L > 0 \sim N(\mu_i, \sigma^2), \qquad
          E[L_i] = \pi\,e^{\mu_i + \sigma^2 / 2}

with the same linear predictor :math:`\mu_i` as the violation model, shrunk harder: on real losses a constant
often beats a regression. Other families are in `creditrisk.models.losses`; of several, each draw of the
posterior has one, as often as stacking by leave-one-out densities says.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.utils.validation import check_is_fitted

from creditrisk.models import frames
from creditrisk.models.effects import Grouping, Hinges, Steps
from creditrisk.models.inference.engines import Auto, Engine, Map
from creditrisk.models.loss_quantile import check_level
from creditrisk.models.losses.choice import Chosen, chosen_families
from creditrisk.models.losses.explored import MOST_ROWS, ExploredLosses
from creditrisk.models.losses.families import LossFamily, listed
from creditrisk.models.losses.mixture import LossMixture
from creditrisk.models.losses.part import LossPart, joined
from creditrisk.models.losses.prepared import PreparedLosses, prepared_losses
from creditrisk.models.losses.priors import loss_priors
from creditrisk.models.priors import Priors

Floats = NDArray[np.float64]
Draws = NDArray[np.float32]

LOSS_STEPS = Steps(bins=6)
LOSS_ENGINE = Auto(tune=500)


class LossModel(ExploredLosses):
    """Money lost in a violation, with its posterior.

    Parameters
    ----------
    groups : sequence of str or CodeTree, default ()
        Columns whose levels are partially pooled.
    directions : mapping of str to {"raises", "lowers", "either"}, optional
        How a column moves the loss; ``either`` where not named (an indicator system declares directions of
        the probability, not of the loss).
    effect : Steps or Hinges, optional
        How numbers enter; steps of six bins if not given.
    family : LogNormal, Gamma or LogNormalPareto, or a sequence of them, optional
        Distribution of the losses above 0; several are stacked. ``LogNormal()`` if not given.
    priors : Priors, optional
        Prior scales in log-money, `LossPriors` for those of spread and tail too; half the violation model's
        for steps if not given.
    inference : Auto, Nuts, Surrogate or Map, optional
        How the posterior is computed; a plain `LogNormal` is exact under all but `Map`.
        ``Auto(tune=500)`` if not given.
    random_state : int or numpy.random.Generator, optional
        Seed of all draws; None is seed 0.

    Attributes
    ----------
    parts_ : tuple of LossPart
        Draws of each family.
    posterior_ : LinearPosterior
        Draws of the intercept and of every level's value, on the scale of log-money, over all families.
    sigma_ : ndarray of shape (draws,) or None
        Spread of log losses, where it is a plain `LogNormal`.
    positive_share_ : ndarray of shape (draws,)
        Share of violations with a loss above 0.
    family_weights_ : dict of str to float
        Share of the draws of each family.
    status_ : FitStatus
        How the fit went; of the family with the most draws.

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

    def __init__(
        self,
        *,
        groups: Sequence[Grouping] = (),
        directions: Mapping[str, str] | None = None,
        effect: Steps | Hinges | None = None,
        family: LossFamily | Sequence[LossFamily] | None = None,
        priors: Priors | None = None,
        inference: Engine | Map | None = None,
        random_state: int | np.random.Generator | None = None,
    ) -> None:
        super().__init__(
            groups=groups,
            directions=directions,
            effect=effect,
            priors=priors,
            inference=inference,
            random_state=random_state,
        )
        self.family = family

    def fit(
        self,
        X: Any,
        loss: ArrayLike,
        *,
        sample_weight: ArrayLike | None = None,
        exposure: ArrayLike | None = None,
    ) -> Self:
        """Fit to the losses of violations; rows with a missing loss are left out.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators and groups.
        loss : array of shape (n_entities,)
            Money, at least 0; NaN where there was no violation.
        sample_weight : array of shape (n_entities,), optional
            Weight of each row.
        exposure : array of shape (n_entities,), optional
            What a loss grows with, such as years or turnover; predictions are for an exposure of 1.

        Returns
        -------
        LossModel
            Itself.

        Raises
        ------
        OutcomeError
            If a loss is negative, or fewer than ten are above 0.
        SpecError
            If a family is pooled by what is not a group, or an exposure is not above 0.
        FitError
            If inference fails its checks.
        """
        ready = self.prepare(X, loss, sample_weight=sample_weight, exposure=exposure)
        chosen = chosen_families(
            listed(self.family),
            ready.data,
            loss_priors(self.priors),
            self.inference or LOSS_ENGINE,
            frames.seed_of(self.random_state),
        )
        return self.take(ready, chosen)

    def prepare(
        self,
        X: Any,
        loss: ArrayLike,
        *,
        sample_weight: ArrayLike | None = None,
        exposure: ArrayLike | None = None,
    ) -> PreparedLosses:
        """Return the losses above 0 in the design that `fit` would choose, before any draw.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators and groups.
        loss, sample_weight, exposure : array of shape (n_entities,)
            As in `fit`.

        Returns
        -------
        PreparedLosses
            Rows and design.
        """
        return prepared_losses(
            frames.as_frame(X),
            loss,
            groups=tuple(self.groups),
            directions=dict(self.directions or {}),
            effect=self.effect or LOSS_STEPS,
            sample_weight=sample_weight,
            exposure=exposure,
        )

    def take(self, ready: PreparedLosses, chosen: Chosen) -> Self:
        """Take draws as the posterior; `fit` and joint fits end here.

        Parameters
        ----------
        ready : PreparedLosses
            What they are from.
        chosen : Chosen
            The draws of each family.

        Returns
        -------
        LossModel
            Itself.
        """
        self.take_parts(chosen.parts)
        self.status_, self.tree_ = chosen.fit.status, chosen.fit.tree
        self.losses_ = ready.data.thinned(MOST_ROWS)
        self.feature_names_in_ = np.array([str(name) for name in ready.frame.columns], dtype=object)
        self.n_features_in_ = ready.frame.shape[1]
        rng = np.random.default_rng([frames.seed_of(self.random_state), 4])
        some = 0.5 + float(ready.data.weight.sum())
        draws = len(self.posterior_.intercept)
        self.positive_share_ = rng.beta(some, 0.5 + ready.without, size=draws)
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
        return self._mixture().expected(self._frame(X))

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

    def monte_carlo_error(self, X: Any) -> Floats:
        """Return the standard error of `predict` that the number of draws leaves.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators.

        Returns
        -------
        ndarray of shape (n_entities,)
            Money; taken from the smallest effective sample size of the fit. 0 if only the mode was computed.
        """
        draws = self.posterior(X)
        effective = min(self.status_.ess or 1.0, len(draws))
        error: Floats = draws.std(axis=0, dtype=np.float64) / np.sqrt(effective)
        return error

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
        return self._mixture().quantile(self._frame(X), q)

    def tail_value_at_risk(self, X: Any, level: float = 0.95) -> Floats:
        """Return the mean of the worst losses of a violation, the share ``1 - level`` of them.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators.
        level : float, default 0.95
            Between 0 and 1.

        Returns
        -------
        ndarray of shape (n_entities,)
            Money, at least the quantile.

        Raises
        ------
        SpecError
            If the level is not between 0 and 1.
        """
        check_level(level, "level")
        return self._mixture().tail_mean(self._frame(X), level)

    def sample(self, X: Any, *, random_state: int | np.random.Generator | None = None) -> Draws:
        """Return a loss of a violation for each draw of the posterior: a posterior predictive sample.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators.
        random_state : int or numpy.random.Generator, optional
            Seed; None is seed 0.

        Returns
        -------
        ndarray of float32 of shape (draws, n_entities)
            Money, 0 for a violation without a loss.
        """
        rng = np.random.default_rng(frames.seed_of(random_state))
        return self._mixture().sample(self._frame(X), rng)

    def exceedance(self, X: Any, amount: float) -> Draws:
        """Return draws of the probability that a violation costs more than an amount.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators.
        amount : float
            Money, at least 0.

        Returns
        -------
        ndarray of float32 of shape (draws, n_entities)
            Probabilities.
        """
        return self._mixture().exceedance(self._frame(X), amount)

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
        return self._mixture().log_location(self._frame(X))

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
        return self._mixture().log_density(self._frame(X), np.asarray(loss, dtype=np.float64))

    def take_parts(self, parts: tuple[LossPart, ...]) -> None:
        """Set what follows from the draws of the families, fitted or from a file.

        Parameters
        ----------
        parts : tuple of LossPart
            Of one design of location.
        """
        self.parts_ = parts
        self.posterior_ = joined([part.location for part in parts])
        plain = len(parts) == 1 and parts[0].plain
        self.sigma_ = np.exp(parts[0].log_spread.intercept.astype(np.float64)) if plain else None
        total = len(self.posterior_.intercept)
        self.family_weights_ = {type(part.family).__name__: part.n_draws / total for part in parts}

    def _mixture(self) -> LossMixture:
        check_is_fitted(self, "parts_")
        return LossMixture(parts=self.parts_, positive_share=self.positive_share_)

    def _frame(self, X: Any) -> Any:
        check_is_fitted(self, "parts_")
        return frames.same_columns(frames.as_frame(X), self.posterior_.design.columns)
