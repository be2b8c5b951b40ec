r"""How likely is a violation: a Bayesian monotone scorecard.

For a labelled entity i with indicators x, groups g and channel c,

.. math:: \mathrm{logit}\,p_i = \alpha + \sum_j f_j(x_{ij}) + \sum_g u_{g[i]} + \gamma_{c[i]}

with monotone step functions :math:`f_j`, partially pooled group effects :math:`u` and a channel effect
:math:`\gamma` that is 0 for the random channel, at which we predict.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit
from sklearn.base import ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from creditrisk.models import frames
from creditrisk.models.design_matrix import Places
from creditrisk.models.effects import Grouping, Hinges, Steps
from creditrisk.models.elicited.bands import with_bands
from creditrisk.models.explored import Explored
from creditrisk.models.inference.draws import Fit
from creditrisk.models.inference.engines import Auto, Engine, Map
from creditrisk.models.labelled_rows import choose_design, evidence
from creditrisk.models.linear import LinearPosterior
from creditrisk.models.prepared import Prepared
from creditrisk.models.prior_predictive import PriorChecked
from creditrisk.models.priors import Priors
from creditrisk.models.training_rows import training_rows
from creditrisk.models.training_sample import TrainingSample

if TYPE_CHECKING:
    from creditrisk.models.scorecard.card import Scorecard

Floats = NDArray[np.float64]
Draws = NDArray[np.float32]


class ViolationModel(ClassifierMixin, Explored, PriorChecked):  # type: ignore[misc]
    """Probability of a violation over the horizon of the outcomes, with its posterior.

    Parameters
    ----------
    groups : sequence of str or CodeTree, default ()
        Columns whose levels are partially pooled (region, sector …); `regions()` and `industries()` pool
        codes at every depth of their tree.
    directions : mapping of str to {"raises", "lowers", "either"}, optional
        How a column moves the risk; overrides what the indicator system declares.
    effect : Steps or Hinges, optional
        How numbers enter: in ordered bins or piecewise linearly; ``Hinges()`` if not given.
    interactions : int, default 10
        The largest number of pairs of columns that get an effect of their own, where the residuals ask for
        it: of columns without a direction a free table, then of columns with one increments that keep both
        directions. 0 for none.
    deviations : str, optional
        A plain group, such as the sector: where the residuals ask for it, an indicator says more in one of
        its levels than in all, in at most ten pairs of an indicator and a level.
    specific : sequence of str, default ()
        Indicators that apply to some entities only (专业型): where one is missing it adds exactly nothing.
    priors : Priors, optional
        Prior scales; ``Priors()`` if not given.
    inference : Auto, Nuts, Surrogate or Map, optional
        How the posterior is computed; ``Auto()`` if not given.
    random_state : int or numpy.random.Generator, optional
        Seed of all draws; None is seed 0.

    Attributes
    ----------
    posterior_ : LinearPosterior
        Draws of the intercept and of every level's value, on the logit scale.
    status_ : FitStatus
        How the fit went.
    design_effects_ : Series
        By how much the variance of each term exceeds that of as many independent, equally weighted rows; 1
        where neither `entity` nor `inclusion_probability` was given.
    n_unlabelled_ : int
        Rows that were left out because nobody had inspected them.
    classes_ : ndarray of shape (2,)
        0 and 1, or what the labels called them; the second is the violation.
    feature_names_in_ : ndarray of str
        Columns of X at fit.

    Examples
    --------
    >>> from creditrisk.models.inference.engines import Map
    >>> rng = np.random.default_rng(7)
    >>> X = pd.DataFrame({"penalties": rng.poisson(1.0, 500)})
    >>> y = rng.random(500) < expit(-2 + 0.8 * X["penalties"])
    >>> model = ViolationModel(directions={"penalties": "raises"}, inference=Map()).fit(X, y)
    >>> p = model.predict_proba(pd.DataFrame({"penalties": [0, 3]}))[:, 1]
    >>> bool(p[0] < p[1])
    True
    """

    def __init__(
        self,
        *,
        groups: Sequence[Grouping] = (),
        directions: Mapping[str, str] | None = None,
        effect: Steps | Hinges | None = None,
        interactions: int = 10,
        deviations: str | None = None,
        specific: Sequence[str] = (),
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
        self.interactions = interactions
        self.deviations = deviations
        self.specific = specific

    def fit(
        self,
        X: Any,
        y: ArrayLike,
        *,
        sample_weight: ArrayLike | None = None,
        exposure: ArrayLike | None = None,
        channel: ArrayLike | None = None,
        inclusion_probability: ArrayLike | None = None,
        entity: ArrayLike | None = None,
    ) -> Self:
        """Fit to labelled entities; the others are left out and counted.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators and groups; missing values are information.
        y : array of shape (n_entities,)
            1 violation, 0 none, NaN never inspected; or two other labels, of which the greater one is the
            violation.
        sample_weight : array of shape (n_entities,), optional
            Weight of each row in the likelihood.
        exposure : array of shape (n_entities,), optional
            Share of the horizon that each row was watched, positive; its log is added to the predictor.
            Probabilities are of the whole horizon.
        channel : array of str of shape (n_entities,), optional
            Why each labelled entity was looked at.
        inclusion_probability : array of shape (n_entities,), optional
            With which probability each labelled entity was drawn, in (0, 1]; NaN = not drawn at random. Its
            inverse is the design weight, scaled to a mean of 1, and intervals widen by the design effect.
        entity : array of shape (n_entities,), optional
            Whose row it is, where an entity has several (dates): intervals widen by how much its rows
            depend on each other.

        Returns
        -------
        ViolationModel
            Itself.

        Raises
        ------
        OutcomeError
            If no label, or only one class of labels, is there.
        SpecError
            If groups or directions name columns that X does not have.
        FitError
            If inference fails its checks.
        """
        ready = self.prepare(
            X,
            y,
            sample_weight=sample_weight,
            exposure=exposure,
            channel=channel,
            inclusion_probability=inclusion_probability,
            entity=entity,
        )
        engine, seed = self.inference or Auto(), frames.seed_of(self.random_state)
        return self.take(ready, ready.evidence.fit(self.priors or Priors(), engine, seed))

    def prepare(self, X: Any, y: ArrayLike, **of_rows: ArrayLike | None) -> Prepared:
        """Return the design that `fit` would choose and what the labels say in it, before any draw.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators and groups.
        y : array of shape (n_entities,)
            Labels.
        **of_rows : array of shape (n_entities,), optional
            All else that `fit` takes of a row.

        Returns
        -------
        Prepared
            Rows, design and likelihood.
        """
        frame = frames.as_frame(X)
        given = training_rows(frame, y, groups=tuple(self.groups), **of_rows)
        priors = self.priors or Priors()
        design = choose_design(
            given.rows,
            groups=tuple(self.groups),
            directions=frames.chosen_directions(frame, dict(self.directions or {})),
            effect=with_bands(priors.table, self.effect or Hinges(), given.rows.X.columns),
            interactions=self.interactions,
            priors=priors,
            deviations=self.deviations,
            specific=frames.known_numbers("specific", self.specific, given.rows.X),
        )
        said = evidence(given.rows, design, priors)
        return Prepared(frame=frame, given=given, design=design, evidence=said)

    def take(self, ready: Prepared, fit: Fit, unseen: Mapping[str, Floats] | None = None) -> Self:
        """Take draws as the posterior; `fit`, `updated` and joint fits end here.

        Parameters
        ----------
        ready : Prepared
            What they are from.
        fit : Fit
            The draws.
        unseen : mapping of str to ndarray of shape (draws,), optional
            Standardised effects of the unseen level, by group; drawn here where not given.

        Returns
        -------
        ViolationModel
            Itself.
        """
        priors, design, given = self.priors or Priors(), ready.design, ready.given
        rng = np.random.default_rng([frames.seed_of(self.random_state), 1])
        self.posterior_ = LinearPosterior.of(design, fit, priors, rng, unseen)
        self.status_, self.tree_ = fit.status, fit.tree
        self.feature_names_in_ = np.array([str(name) for name in ready.frame.columns], dtype=object)
        self.n_features_in_ = ready.frame.shape[1]
        names = ["intercept", *(term.name for term in design.terms)]
        self.design_effects_ = pd.Series(ready.evidence.effects, index=names)
        self.likelihood_ = ready.evidence.likelihood
        self.n_unlabelled_ = given.n_unlabelled
        self.classes_ = given.classes
        self.sample_ = TrainingSample.of(given.rows, design)
        return self

    def posterior(self, X: Any) -> Draws:
        """Return draws of p, at the random channel.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators with the columns of the fit.

        Returns
        -------
        ndarray of float32 of shape (draws, n_entities)
            Probability of a violation, draw by draw.
        """
        places = self._encode(X)
        p: Draws = expit(self.posterior_.draws(places))
        return p

    def predict_proba(self, X: Any) -> Floats:
        """Return the posterior mean of the probability of each class.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators with the columns of the fit.

        Returns
        -------
        ndarray of shape (n_entities, 2)
            No violation, violation; rows add up to 1.
        """
        p = self.posterior(X).mean(axis=0, dtype=np.float64)
        return np.column_stack([1 - p, p])

    def predict(self, X: Any) -> NDArray[Any]:
        """Return 1 where a violation is more likely than not, which in this field is rare.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators with the columns of the fit.

        Returns
        -------
        ndarray of int of shape (n_entities,)
            0 or 1.
        """
        likely = self.predict_proba(X)[:, 1] > 0.5
        labels: NDArray[Any] = self.classes_[likely.astype(int)]
        return labels

    def contributions(self, X: Any) -> pd.DataFrame:
        """Return each column's posterior-mean part of logit p, 0 at the average training entity.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators with the columns of the fit.

        Returns
        -------
        DataFrame of shape (n_entities, n_terms)
            In log-odds, indexed like X.
        """
        frame = frames.as_frame(X)
        return self.posterior_.contributions(self._encode(frame)).set_index(frame.index)

    def scorecard(
        self, *, pdo: float = 20.0, base: float = 600.0, odds: float = 1 / 9, prob: float = 0.9
    ) -> "Scorecard":
        """Return the points of every level, with intervals; more points are more risk.

        Parameters
        ----------
        pdo : float, default 20
            Points that double the odds of a violation.
        base, odds : float, default 600 and 1 / 9
            The points at which the odds of a violation are `odds`; 1 / 9 is a probability of 10 %.
        prob : float, default 0.9
            Probability of the equal-tailed intervals.

        Returns
        -------
        Scorecard
            Scores entities; prints itself as a table, Markdown, TOML and SQL.
        """
        from creditrisk.models.scorecard.card import Scorecard

        check_is_fitted(self, "posterior_")
        return Scorecard.of(self.posterior_, pdo=pdo, base=base, odds=odds, prob=prob)

    def __sklearn_tags__(self) -> Any:
        """Say that there are two classes."""
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        return tags

    def _encode(self, X: Any) -> Places:
        check_is_fitted(self, "posterior_")
        return self.posterior_.design.encode(frames.as_scored(X, self))
