"""Pictures of ratings for notebooks and files: class distribution, p × loss with cuts, migration."""

import numpy as np
import pandas as pd

from creditrisk.errors import SpecError
from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.ratings import Ratings
from creditrisk.grading.risk_class import RiskClass
from creditrisk.grading.texts import Language
from creditrisk.report.charts import class_bars, risk_plane
from creditrisk.report.figures import count
from creditrisk.report.language import load_texts
from creditrisk.report.picture import Picture
from creditrisk.report.svg.sankey import sankey


def plot_classes(ratings: Ratings, *, language: Language = "en") -> Picture:
    """Return the shares of the classes as bars.

    Parameters
    ----------
    ratings : Ratings
        The ratings.
    language : {"en", "zh"}, default "en"
        Of the texts.

    Returns
    -------
    Picture
        Shows itself in a notebook; `write` makes a file.
    """
    return Picture.of(class_bars(ratings, load_texts(language)))


def plot_plane(
    ratings: Ratings, policy: GradingPolicy, *, months: int = 12, language: Language = "en"
) -> Picture:
    """Return entities by probability and loss, with the cuts on the expected loss as lines.

    Parameters
    ----------
    ratings : Ratings
        The ratings; some 1,500 entities are shown.
    policy : GradingPolicy
        The policy that made them.
    months : int, default 12
        The horizon of p.
    language : {"en", "zh"}, default "en"
        Of the texts.

    Returns
    -------
    Picture
        Without lines if the policy cuts something else.
    """
    return Picture.of(risk_plane(ratings, policy, months=months, t=load_texts(language)))


def plot_migration(counts: pd.DataFrame, *, language: Language = "en") -> Picture:
    """Return who went from which class to which, as bands (Sankey).

    Parameters
    ----------
    counts : DataFrame, (4, 4)
        Numbers by class before (rows) and after (columns): `Migration.counts` or `Comparison.migration`.
    language : {"en", "zh"}, default "en"
        Of the texts.

    Returns
    -------
    Picture
        Each band says its number when pointed at.

    Raises
    ------
    SpecError
        If rows or columns are not the four classes.
    """
    letters = [str(one) for one in RiskClass]
    if list(counts.index) != letters or list(counts.columns) != letters:
        raise SpecError(
            f"A migration is from A, B, C, D to A, B, C, D; got {list(counts.index)} to "
            f"{list(counts.columns)}: pass the counts of migration_between."
        )
    text = load_texts(language)["migration"]
    number = counts.to_numpy(dtype=np.int64)
    moved = int(number.sum() - np.trace(number))
    sides = [[count(int(one)) for one in number.sum(axis=axis)] for axis in (1, 0)]
    alt = text["alt"].format(moved=count(moved), entities=count(int(number.sum())))
    return Picture.of(sankey(counts, heads=(text["before"], text["after"]), figures=sides, alt=alt))
