"""Probability and loss together: one model, one posterior, one file."""

from collections.abc import Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, clone
from sklearn.utils.validation import check_is_fitted

from creditrisk.errors import SchemaError, SpecError
from creditrisk.models import frames
from creditrisk.models.joint.learn import learn_jointly
from creditrisk.models.loss import LossModel
from creditrisk.models.posterior import RiskPosterior
from creditrisk.models.summary import RiskSummary
from creditrisk.models.trained_on import TrainedOn
from creditrisk.models.violation import ViolationModel

if TYPE_CHECKING:
    from creditrisk.models.scoring.one import OneRisk


class RiskModel(BaseEstimator):  # type: ignore[misc]
    """Violation model and loss model, fitted to the same outcomes.

    Parameters
    ----------
    violation : ViolationModel
        How often; fitted as a clone.
    loss : LossModel
        How much; fitted as a clone.
    joint : bool, default False
        Whether both are fitted in one graph, in which the effects of a region or sector that both models
        have as a group are correlated: where violations are frequent they may cost more. Engine and seed
        are then those of the violation model.

    Attributes
    ----------
    violation_ : ViolationModel
        The fitted clone.
    loss_ : LossModel
        The fitted clone.
    currency_ : str
        Currency of the losses.
    trained_on_ : TrainedOn
        Which system, dates and outcomes it was fitted to, and when.
    correlations_ : DataFrame of shape (draws, groups)
        Of a joint fit: draws of the correlation of the effects of each shared group.

    Examples
    --------
    >>> from creditrisk.models.inference.engines import Map
    >>> rng = np.random.default_rng(7)
    >>> X = pd.DataFrame({"penalties": rng.poisson(1.0, 900)}, index=[f"e{i}" for i in range(900)])
    >>> hit = (rng.random(900) < 0.1 + 0.1 * (X["penalties"] > 1)).astype(float)
    >>> outcomes = pd.DataFrame({"violation": hit, "loss_cny": np.where(hit == 1, 5000.0, np.nan)})
    >>> model = RiskModel(ViolationModel(inference=Map()), LossModel(inference=Map())).fit(X, outcomes)
    >>> model.posterior(X).currency
    'CNY'
    """

    def __init__(self, violation: ViolationModel, loss: LossModel, *, joint: bool = False) -> None:
        self.violation = violation
        self.loss = loss
        self.joint = joint

    def fit(self, X: pd.DataFrame, outcomes: pd.DataFrame) -> Self:
        """Fit both models.

        Parameters
        ----------
        X : DataFrame of shape (n_entities, n_columns)
            Indicators, indexed by entity.
        outcomes : DataFrame
            Indexed by entity: ``violation`` (0, 1, NaN = never inspected) and ``loss_<currency>`` (or
            ``loss``), optionally ``channel`` and ``inclusion_probability``; entities of X without a row count
            as never inspected. Where the index has several dates of an entity (level ``entity_id``), its rows
            may depend on each other.

        Returns
        -------
        RiskModel
            Itself.

        Raises
        ------
        SchemaError
            If a column is missing, or outcomes and X share no entity.
        OutcomeError
            If the labels cannot train a model.
        SpecError
            If a joint fit has no group that both models share, several families of losses, or no draws.
        FitError
            If inference fails its checks.
        """
        column, currency = _loss_column(outcomes)
        aligned = _aligned(X, outcomes)
        violation = aligned["violation"].to_numpy(dtype=np.float64, na_value=np.nan)
        channel = aligned["channel"].to_numpy(dtype=object) if "channel" in aligned else None
        drawn = aligned.get("inclusion_probability")
        entity = X.index.get_level_values("entity_id") if "entity_id" in X.index.names else X.index
        of_rows = {"channel": channel, "inclusion_probability": drawn, "entity": entity}
        loss = np.where(violation == 1, aligned[column].to_numpy(dtype=np.float64, na_value=np.nan), np.nan)
        often, much = clone(self.violation), clone(self.loss)
        if self.joint:
            labels, losses = often.prepare(X, violation, **of_rows), much.prepare(X, loss)
            self.correlations_ = learn_jointly(often, much, labels, losses)
        else:
            often.fit(X, violation, **of_rows)
            much.fit(X, loss)
        self.violation_, self.loss_, self.currency_ = often, much, currency
        self.trained_on_ = TrainedOn.of(X, outcomes)
        return self

    def posterior(self, X: pd.DataFrame) -> RiskPosterior:
        """Return the draws of every entity of X.

        Parameters
        ----------
        X : DataFrame of shape (n_entities, n_columns)
            Indicators with the columns of the fit.

        Returns
        -------
        RiskPosterior
            Draws of p and of the expected loss, and what each column contributed.
        """
        check_is_fitted(self, "violation_")
        frame = frames.as_frame(X)
        p = self.violation_.posterior(frame)
        a_violation = self.loss_.posterior(frame)
        return RiskPosterior(
            entity_ids=frame.index,
            p=p,
            expected_loss=p * a_violation,
            currency=self.currency_,
            contributions=self.violation_.contributions(frame),
        )

    def summary(
        self,
        X: pd.DataFrame,
        *,
        cuts: Sequence[float],
        on: str = "expected_loss",
        interval: float = 0.9,
        method: str = "moments",
        threads: int | None = None,
    ) -> RiskSummary:
        """Return class probabilities, means and intervals of millions of entities, without their draws.

        Parameters
        ----------
        X : DataFrame of shape (n_entities, n_columns)
            Indicators with the columns of the fit; numbers as float32 are read without a copy.
        cuts : sequence of three floats
            Where the classes B, C and D begin, as in `GradingPolicy.cuts`.
        on : {"expected_loss", "p"}, default "expected_loss"
            What is cut.
        interval : float, default 0.9
            Probability of the equal-tailed intervals.
        method : {"moments", "draws"}, default "moments"
            ``"draws"`` computes every draw of every entity and counts: the figures of `posterior`, to
            single precision. ``"moments"`` takes the mean, variance and skewness of logit p and log loss,
            and is some five times faster; on the model of ``python -m benchmarks.scale.scoring`` it is
            nearer to 20 000 draws than 400 draws are, in the mean and the largest error of a class
            probability and the median and 99th percentile of those of the quantiles.
        threads : int, optional
            Threads to use; one a core if not given. They change no figure.

        Returns
        -------
        RiskSummary
            In the order of X.

        Raises
        ------
        SpecError
            If cuts, on, interval or method are not as above.
        SchemaError
            If X lacks a column of the fit.
        """
        from creditrisk.models.scoring.summarise import summarise

        check_is_fitted(self, "violation_")
        return summarise(self, X, cuts=cuts, on=on, interval=interval, method=method, threads=threads)

    def grade_one(
        self,
        values: Mapping[str, object],
        *,
        cuts: Sequence[float],
        on: str = "expected_loss",
        interval: float = 0.9,
    ) -> "OneRisk":
        """Return class, probabilities and intervals of one entity by every draw, for services.

        Parameters
        ----------
        values : mapping of str to object
            A number, a text or None for every column of the fit; other names are not read.
        cuts : sequence of three floats
            Where the classes B, C and D begin, as in `GradingPolicy.cuts`.
        on : {"expected_loss", "p"}, default "expected_loss"
            What is cut.
        interval : float, default 0.9
            Probability of the equal-tailed intervals.

        Returns
        -------
        OneRisk
            The class by the posterior mean, before any rule, with its uncertainty.

        Raises
        ------
        SchemaError
            If a column is not given, or a number is none.
        SpecError
            If cuts, on or interval are not as above, or the loss is of a family that needs a DataFrame.
        """
        from creditrisk.models.scoring.one import OneByOne
        from creditrisk.models.scoring.summarise import predictors_of, question_of

        check_is_fitted(self, "violation_")
        question = question_of(cuts, on, interval)
        first, second = self.violation_.posterior_, self.loss_.posterior_
        kept = getattr(self, "_one", None)
        if kept is None or kept[0] is not first or kept[1] is not second:
            predictors = predictors_of(self)
            if predictors is None:
                raise SpecError(
                    "grade_one needs log-normal losses with one spread for all; this model has others: use "
                    "summary with a DataFrame of one row."
                )
            kept = self._one = (first, second, OneByOne(predictors))
        return kept[2].answer(values, question)

    @property
    def status_(self) -> Any:
        """How the fit of the violation model went; the loss model's is ``loss_.status_``."""
        return self.violation_.status_

    def save(self, path: str | PathLike[str]) -> None:
        """Write one netCDF file: draws, bins and groups; no training row, nothing executable.

        Parameters
        ----------
        path : path-like
            Where to; replaced only when the new file is complete.
        """
        from creditrisk.models.file import save_model

        save_model(self, path)


def _loss_column(outcomes: pd.DataFrame) -> tuple[str, str]:
    if "violation" not in outcomes:
        raise SchemaError(
            f"Outcomes need the column 'violation'; got {', '.join(map(str, outcomes.columns))}."
        )
    found = [name for name in map(str, outcomes.columns) if name == "loss" or name.startswith("loss_")]
    if len(found) != 1:
        raise SchemaError(
            f"Outcomes need one loss column, 'loss_cny' for instance; got {', '.join(found) or 'none'}."
        )
    declared = outcomes.attrs.get("creditrisk", {}).get("currency", "CNY")
    currency = declared if found[0] == "loss" else found[0].removeprefix("loss_").upper()
    return found[0], str(currency)


def _aligned(X: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    if not outcomes.index.is_unique:
        raise SchemaError("Outcomes must have one row an entity; some entity has several.")
    if len(X.index.intersection(outcomes.index)) == 0:
        raise SchemaError("X and outcomes share no entity; index both by entity_id.")
    return outcomes.reindex(X.index)
