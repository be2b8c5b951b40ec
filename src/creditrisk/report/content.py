"""What a report is made from: the results of one assessment."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.ratings import Ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well one part of the model was fitted.

    Parameters
    ----------
    part : {"violation", "loss"}
        Which part.
    ok : bool
        Whether inference passed its own checks.
    sentence : str
        What the fit says of itself, in English.
    state : str, default ""
        How it ended, in one word (`FitState`).
    figures : mapping of str to float
        Of `k_hat`, `r_hat`, `ess`, `divergences` and `rows`, those that are known.
    """

    part: str
    ok: bool
    sentence: str
    state: str = ""
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent:
    """The parts of a report.

    Parameters
    ----------
    system_en, system_zh : str
        The titles of the indicator system.
    ratings : Ratings
        Classes of the present.
    policy : GradingPolicy
        The policy that made them.
    X : DataFrame, (entities, indicators)
        Indicators of the present, in the order of the ratings.
    months : int
        The horizon of p and of the loss.
    fits : tuple of Fit
        One for each part of the model.
    contributions : DataFrame, optional
        Contributions to logit p, (entities, terms).
    outcomes : DataFrame, optional
        What the training periods showed, a row an entity and period: `inspected`, `violation`, `channel`.
    trained_p : Series, optional
        Posterior-mean p at the start of each period, at the random channel, indexed like `outcomes`; NaN
        where nobody was inspected.
    trained_from : tuple of str, default ()
        First days of the training periods, in ISO form.
    rejections : DataFrame, optional
        `table`, `rule`, `rows`: how many records were set aside and why.
    ignored : tuple of str, default ()
        Files of the source that were not read.
    """

    system_en: str
    system_zh: str
    ratings: Ratings
    policy: GradingPolicy
    X: pd.DataFrame
    months: int
    fits: tuple[Fit, ...] = ()
    contributions: pd.DataFrame | None = None
    outcomes: pd.DataFrame | None = None
    trained_p: pd.Series | None = None
    trained_from: tuple[str, ...] = ()
    rejections: pd.DataFrame | None = None
    ignored: tuple[str, ...] = ()
