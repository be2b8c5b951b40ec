"""The grading policy: where the classes are cut and which rules stand above the model."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Protocol, Self

import pandas as pd

from creditrisk.errors import SpecError, hint
from creditrisk.grading.calibrate import Cuts, cuts_by_shares
from creditrisk.grading.draws import Draws, mean_of
from creditrisk.grading.grade import as_of, check_aligned, grade, graded_draws
from creditrisk.grading.ratings import Ratings
from creditrisk.grading.rules import find_hits
from creditrisk.grading.shares import Shares, check_shares
from creditrisk.indicators.rule import Rule
from creditrisk.records.toml_text import to_toml

ON = ("expected_loss", "p")
SCHEMA_VERSION = 1


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
    on : {"expected_loss", "p"}, default "expected_loss"
        What is cut: posterior-mean expected loss (money within the horizon) or probability of violation.
    cuts : tuple of 3 floats
        The lower bounds of B, C and D, not falling; a value on a cut is in the riskier class.
    currency : str, default "CNY"
        ISO 4217 code of the losses.
    rules : tuple of Rule, default ()
        Notches, vetoes and floors, applied in this order of kinds.
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
    on: str = "expected_loss"
    cuts: Cuts
    currency: str = "CNY"
    rules: tuple[Rule, ...] = ()
    interval: float = 0.9
    calibrated: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check every field."""
        if self.on not in ON:
            raise SpecError(
                f"A policy cuts on expected_loss or p; got on={self.on!r}.{hint(str(self.on), ON)}"
            )
        if len(self.cuts) != 3 or any(math.isnan(cut) or cut < 0 for cut in self.cuts):
            raise SpecError(
                f"A policy has three cuts of 0 or more; got {list(self.cuts)}: give B, C and D one each."
            )
        if not self.cuts[0] <= self.cuts[1] <= self.cuts[2]:
            raise SpecError(
                f"Cuts must not fall from B to D; got {list(self.cuts)}: put them in rising order."
            )
        if not 0 < self.interval < 1:
            raise SpecError(
                f"An interval has a probability between 0 and 1; got {self.interval}: write 0.9 for 90 %."
            )
        ids = [rule.id for rule in self.rules]
        repeated = sorted({name for name in ids if ids.count(name) > 1})
        if repeated:
            raise SpecError(f"Rule ids must differ; got {', '.join(repeated)} more than once: rename one.")

    @classmethod
    def calibrate(
        cls,
        model: Model,
        X: pd.DataFrame,
        *,
        shares: Shares,
        rules: Sequence[Rule] = (),
        random_state: int | None = None,
    ) -> Self:
        """Return the policy whose final classes have the target shares among the entities of X.

        Parameters
        ----------
        model : RiskModel
            A fitted model.
        X : DataFrame, (entities, indicators)
            The entities over which the shares hold.
        shares : mapping of str to float
            Target shares of A, B, C and D after the rules; they add up to 1.
        rules : sequence of Rule, default ()
            The rules of the policy, mostly `system.rules`.
        random_state : int, optional
            Kept for calibrations that draw at random; this one does not.

        Returns
        -------
        GradingPolicy
            With the cuts, and in `calibrated` the shares reached and a note where they differ.

        Raises
        ------
        SpecError
            If the shares break the rules of `check_shares`.
        """
        check_shares(shares)
        return cls.calibrate_on(model.posterior(X), X, shares=shares, rules=rules)

    @classmethod
    def calibrate_on(
        cls,
        posterior: Draws,
        X: pd.DataFrame,
        *,
        shares: Shares,
        rules: Sequence[Rule] = (),
        name: str = "by-shares",
        version: str | None = None,
        basis: str = "",
    ) -> Self:
        """Return the same as `calibrate` for a posterior that is already there.

        Parameters
        ----------
        posterior : RiskPosterior
            Draws for the entities of X.
        X : DataFrame, (entities, indicators)
            The entities over which the shares hold.
        shares : mapping of str to float
            Target shares of A, B, C and D after the rules; they add up to 1.
        rules : sequence of Rule, default ()
            The rules of the policy.
        name : str, default "by-shares"
            What the policy is called.
        version : str, optional
            Its edition; the date of X if not given, else ``"1"``.
        basis : str, default ""
            The document that it rests on.

        Returns
        -------
        GradingPolicy
            With the cuts, and in `calibrated` the shares reached and a note where they differ.

        Raises
        ------
        SpecError
            If the shares break the rules of `check_shares`, or X and posterior hold different entities.
        """
        targets = check_shares(shares)
        check_aligned(posterior, X)
        found = cuts_by_shares(
            mean_of(graded_draws(posterior, "expected_loss")), find_hits(rules, X), targets
        )
        date = as_of(X)
        return cls(
            name=name,
            version=version or date or "1",
            basis=basis,
            cuts=found.cuts,
            currency=posterior.currency,
            rules=tuple(rules),
            calibrated={
                "method": "shares",
                "as_of": date or "",
                "entities": len(X),
                "note_en": found.notes["en"],
                "note_zh": found.notes["zh"],
                "shares": {str(risk_class): share for risk_class, share in targets.items()},
                "reached": {str(risk_class): share for risk_class, share in found.reached.items()},
            },
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
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        rules = [rule.model_dump(mode="json") for rule in self.rules]
        text = to_toml({"schema_version": SCHEMA_VERSION, **own, "rules": rules})
        if path is not None:
            Path(path).write_text(text, encoding="utf-8")
        return text
