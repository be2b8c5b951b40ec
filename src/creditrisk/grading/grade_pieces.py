"""Ratings of many entities from every one of their draws, which are kept for some thousand at a time."""

from typing import TYPE_CHECKING, Protocol

import pandas as pd

from creditrisk.errors import SpecError
from creditrisk.grading.draws import Draws
from creditrisk.grading.grade import as_of, grade
from creditrisk.grading.ratings import Ratings
from creditrisk.grading.texts import LANGUAGES

if TYPE_CHECKING:
    from creditrisk.grading.policy import GradingPolicy

PIECE = 4096
_REASONS = [f"reasons_{language}" for language in LANGUAGES]


class Model(Protocol):
    """What is asked of a fitted model."""

    def posterior(self, X: pd.DataFrame) -> Draws:
        """Return draws of p and of the expected loss for every row of X."""


def check_currency(policy: "GradingPolicy", currency: str) -> None:
    """Check that a model's losses are in the currency of a policy.

    Parameters
    ----------
    policy : GradingPolicy
        The policy.
    currency : str
        Of the model.

    Raises
    ------
    SpecError
        If they are not.
    """
    if currency != policy.currency:
        raise SpecError(
            f"A policy grades losses in its own currency; {policy.name!r} is in {policy.currency}, the model "
            f"in {currency}: use a policy for {currency}."
        )


def grade_pieces(policy: "GradingPolicy", model: Model, X: pd.DataFrame, *, entities: int = PIECE) -> Ratings:
    """Return the ratings of `grade` without reasons, for as many entities as there are.

    Parameters
    ----------
    policy : GradingPolicy
        Of any kind, one with a matrix as well.
    model : RiskModel
        A fitted model.
    X : DataFrame, (entities, indicators)
        The indicators.
    entities : int, default 4096
        Of how many the draws are held at once; it changes no number.

    Returns
    -------
    Ratings
        One row an entity.

    Raises
    ------
    SpecError
        If the currencies differ.
    """
    tables = []
    for start in range(0, len(X), entities):
        piece = X.iloc[start : start + entities]
        tables.append(grade(policy, model.posterior(piece), piece).table.drop(columns=_REASONS))
    return Ratings(
        table=pd.concat(tables),
        currency=policy.currency,
        interval=policy.interval,
        policy=f"{policy.name} {policy.version}",
        as_of=as_of(X),
    )
