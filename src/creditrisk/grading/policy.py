"""The grading policy: where the classes are cut and which rules stand above the model."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, Self, Unpack

import pandas as pd

from creditrisk.errors import SpecError
from creditrisk.grading.calibration.capacity import Capacity, InspectionCapacity
from creditrisk.grading.calibration.costs import LeastCost
from creditrisk.grading.calibration.from_posterior import evidence_of
from creditrisk.grading.calibration.intervals import cut_intervals
from creditrisk.grading.calibration.most_loss import MostLoss
from creditrisk.grading.calibration.precision import Precision
from creditrisk.grading.calibration.record import record
from creditrisk.grading.calibration.wanted import Wishes, goal_of
from creditrisk.grading.comparison.compare import compare
from creditrisk.grading.comparison.comparison import Comparison
from creditrisk.grading.cost_matrix import CostMatrix
from creditrisk.grading.cuts import Cuts
from creditrisk.grading.decision import ByMean, Decision
from creditrisk.grading.draws import Draws
from creditrisk.grading.grade import as_of, grade
from creditrisk.grading.policy_checks import check_on, check_policy
from creditrisk.grading.policy_document import to_document
from creditrisk.grading.ratings import Ratings
from creditrisk.grading.risk_matrix import RiskMatrix
from creditrisk.grading.scale import inner_cuts, said_cuts
from creditrisk.grading.score_scale import ScoreScale
from creditrisk.grading.shares import Shares
from creditrisk.indicators.rule import Rule
from creditrisk.records.toml_text import to_toml

_BY_MEAN = ByMean()


class Model(Protocol):
    """What calibration asks of a fitted model."""

    def posterior(self, X: pd.DataFrame) -> Draws:
        """Return draws of p and of the expected loss for every row of X."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingPolicy:
    """Cuts and rules that turn a posterior into classes; a changed policy is a new version.

    Parameters
    ----------
    name, version : str
        What it is called, and which edition.
    basis : str, default ""
        The document that it rests on.
    author, parent : str, default ""
        Who made it, and the name and version of the policy that it replaces.
    in_force_from, in_force_to : date, optional
        The first day on which it holds, and the first on which it no longer does.
    on : {"expected_loss", "p", "score", "matrix"}, default "expected_loss"
        What is graded by: expected loss (money within the horizon), probability of violation, a score of it,
        or the cells of p and loss.
    cuts : tuple of 3 floats, optional
        Where B, C and D begin; a value on a cut is in the riskier class. They do not fall, on a credit score
        they do not rise. Only a policy with a matrix has none.
    score : ScoreScale, optional
        The scale of a score, if one is cut.
    matrix : RiskMatrix, optional
        The classes of the cells, if it grades by them.
    decision : Decision, default ByMean()
        How the posterior becomes one class: `ByMean`, `ByConfidence` or `ByCosts`.
    currency : str, default "CNY"
        ISO 4217 code of the losses.
    rules : tuple of Rule, default ()
        Notches, vetoes, ceilings and floors, applied in this order of kinds.
    interval : float, default 0.9
        Probability of the equal-tailed intervals.
    calibrated : mapping, default {}
        How the cuts were found: method, date, entities, target shares, shares reached, and why
        they differ (`note_en`, `note_zh`).

    Raises
    ------
    SpecError
        If a field breaks these rules.

    Examples
    --------
    >>> policy = GradingPolicy(name="demo", version="1", cuts=(100.0, 500.0, 2000.0))
    >>> policy.cuts[2]
    2000.0
    """

    name: str
    version: str
    basis: str = ""
    author: str = ""
    parent: str = ""
    in_force_from: dt.date | None = None
    in_force_to: dt.date | None = None
    on: str = "expected_loss"
    cuts: Cuts | None = None
    score: ScoreScale | None = None
    matrix: RiskMatrix | None = None
    decision: Decision = _BY_MEAN
    currency: str = "CNY"
    rules: tuple[Rule, ...] = ()
    interval: float = 0.9
    calibrated: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check every field."""
        check_policy(self)

    @property
    def inner_cuts(self) -> Cuts:
        """The cuts in the unit of the draws: those of a score as probabilities."""
        if self.cuts is None:
            raise SpecError(f"Policy {self.name!r} grades by a matrix, which has no cuts: read `matrix`.")
        return inner_cuts(self.cuts, self.score)

    @classmethod
    def calibrate(
        cls,
        model: Model,
        X: pd.DataFrame,
        *,
        shares: Shares | None = None,
        capacity: int | Capacity | InspectionCapacity | None = None,
        precision: float | Precision | None = None,
        costs: CostMatrix | None = None,
        most_loss: MostLoss | None = None,
        max_share: float | None = None,
        rules: Sequence[Rule] = (),
        on: str = "expected_loss",
        score: ScoreScale | None = None,
        decision: Decision = _BY_MEAN,
        random_state: int | None = 0,
    ) -> Self:
        """Return the policy whose final classes reach a goal among the entities of X.

        Parameters
        ----------
        model : RiskModel
            A fitted model.
        X : DataFrame, (entities, indicators)
            The entities over which the goal holds.
        shares : mapping of str to float, optional
            Target shares of A, B, C and D after the rules; they add up to 1.
        capacity : int, Capacity or InspectionCapacity, optional
            Room for entities of D, for those of C and D, or for inspections; a number is that of D.
        precision : float or Precision, optional
            The lowest expected violation rate among the entities of D.
        costs : CostMatrix, optional
            Costs of misgrading, whose expectation is made smallest.
        most_loss : MostLoss, optional
            Inspections that shall find as much loss as can be.
        max_share : float, optional
            The largest share of D.
        rules : sequence of Rule, default ()
            The rules of the policy, mostly `system.rules`.
        on : {"expected_loss", "p", "score"}, default "expected_loss"
            What is cut.
        score : ScoreScale, optional
            The scale of the score, where `on` is ``"score"``.
        decision : Decision, default ByMean()
            How a posterior becomes one class: `ByMean` or `ByConfidence`.
        random_state : int, optional
            Seed of the samples behind the intervals of the cuts; the cuts themselves use no chance.

        Returns
        -------
        GradingPolicy
            With the cuts, and in `calibrated` what was reached, the intervals of the cuts, and a note where
            a goal was missed or two of them conflict.

        Raises
        ------
        SpecError
            If no goal is given, or goals exclude each other or break their own rules.

        Notes
        -----
        Shares alone are a target. With a capacity, a precision or a maximal share, D is as large as all of
        them allow, no larger than its target share where shares are given, and A, B and C share the rest.
        """
        wishes: Wishes = {
            "shares": shares,
            "capacity": capacity,
            "precision": precision,
            "costs": costs,
            "most_loss": most_loss,
            "max_share": max_share,
        }
        goal_of(**wishes)
        posterior = model.posterior(X)
        return cls.calibrate_on(
            posterior,
            X,
            rules=rules,
            on=on,
            score=score,
            decision=decision,
            random_state=random_state,
            **wishes,
        )

    @classmethod
    def calibrate_on(
        cls,
        posterior: Draws,
        X: pd.DataFrame,
        *,
        rules: Sequence[Rule] = (),
        on: str = "expected_loss",
        score: ScoreScale | None = None,
        decision: Decision = _BY_MEAN,
        name: str | None = None,
        version: str | None = None,
        basis: str = "",
        random_state: int | None = 0,
        **wishes: Unpack[Wishes],
    ) -> Self:
        """Return the same as `calibrate` for a posterior that is already there.

        Parameters
        ----------
        posterior : RiskPosterior
            Draws for the entities of X.
        X : DataFrame, (entities, indicators)
            The entities over which the goal holds.
        rules : sequence of Rule, default ()
            The rules of the policy.
        on : {"expected_loss", "p", "score"}, default "expected_loss"
            What is cut.
        score : ScoreScale, optional
            The scale of the score, where `on` is ``"score"``.
        decision : Decision, default ByMean()
            How a posterior becomes one class: `ByMean` or `ByConfidence`.
        name : str, optional
            What the policy is called; ``"by-"`` and its method if not given.
        version : str, optional
            Its edition; the date of X if not given, else ``"1"``.
        basis : str, default ""
            The document that it rests on.
        random_state : int, optional
            Seed of the samples behind the intervals of the cuts.
        **wishes : shares, capacity, precision, costs, most_loss, max_share
            The goal, as in `calibrate`.

        Returns
        -------
        GradingPolicy
            With the cuts, and in `calibrated` how they were found.

        Raises
        ------
        SpecError
            If the goal breaks its rules, or X and posterior hold different entities.
        """
        goal = goal_of(**wishes)
        check_on(on)
        if on == "matrix":
            raise SpecError("Goals move cuts; a matrix has none: calibrate on expected_loss, p or score.")
        if goal.method == "most_loss" and on != "expected_loss":
            raise SpecError(f"The most loss is found by cuts on expected_loss; got on={on!r}: leave it out.")
        true_cuts = goal.costs.true_cuts if isinstance(goal, LeastCost) else None
        evidence = evidence_of(posterior, X, rules, on=on, decision=decision, true_cuts=true_cuts)
        found = goal.solve(evidence)
        intervals = cut_intervals(goal, evidence, found.cuts, true_cuts=true_cuts, random_state=random_state)
        date = as_of(X)
        return cls(
            name=name or f"by-{goal.method.replace('_', '-')}",
            version=version or date or "1",
            basis=basis,
            on=on,
            cuts=said_cuts(found.cuts, score),
            score=score,
            decision=decision,
            currency=posterior.currency,
            rules=tuple(rules),
            calibrated=record(goal, found, intervals, evidence, date),
        )

    def grade(self, posterior: Draws, X: pd.DataFrame) -> Ratings:
        """Return the ratings of every entity of a posterior.

        Parameters
        ----------
        posterior : RiskPosterior
            Draws of p and of the expected loss.
        X : DataFrame, (entities, indicators)
            The indicators of the same entities in the same order.

        Returns
        -------
        Ratings
            Class, class probabilities, p, expected loss, decisions and reasons.

        Raises
        ------
        SpecError
            If posterior and X hold different entities, or the currencies differ.
        """
        return grade(self, posterior, X)

    def compare(
        self,
        other: "GradingPolicy",
        posterior: Draws,
        X: pd.DataFrame,
        *,
        rates: Mapping[str, float] | None = None,
        by: Sequence[str] | None = None,
    ) -> Comparison:
        """Return what would change if another policy took the place of this one.

        Parameters
        ----------
        other : GradingPolicy
            The policy on trial.
        posterior : RiskPosterior
            Draws of p and of the expected loss.
        X : DataFrame, (entities, indicators)
            The indicators of the same entities in the same order.
        rates : mapping of str to float, optional
            The chance of an inspection by class; those of Daqing if not given.
        by : sequence of str, optional
            Columns of X to tell the movers by; the groups of X if not given.

        Returns
        -------
        Comparison
            Migration, movers, and what is spent and found, with intervals over draws.

        Raises
        ------
        SpecError
            If entities or currencies differ.
        """
        return compare(self, other, posterior, X, rates=rates, by=by)

    def to_toml(self, path: str | Path | None = None) -> str:
        """Return the policy as TOML text, and write it if a path is given.

        Parameters
        ----------
        path : str or Path, optional
            The file to write.

        Returns
        -------
        str
            Text that `load_policy` reads back to an equal policy.
        """
        text = to_toml(to_document(self))
        if path is not None:
            Path(path).write_text(text, encoding="utf-8")
        return text
