"""The result of setting one policy against another."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What would change under another policy; nobody's class is touched.

    Parameters
    ----------
    before, after : str
        Names and versions of the policies.
    classes : DataFrame, (entities, 2)
        Columns `before` and `after`: the class of each entity.
    migration : DataFrame, (4, 4)
        Numbers of entities by class before (rows) and after (columns).
    movers : DataFrame
        By `column` and `value`: `entities`, `up`, `down`, `into_d`, `out_of_d`, `moved`.
    effects : DataFrame
        `inspections`, `violations_found`, `loss_found` and `precision_d` before and after, their change, and
        its interval over the draws.
    direct : int
        How many entities of D are direct determinations, which no cut moves.
    interval : float
        The probability of the intervals.
    currency : str
        Of `loss_found`.
    as_of : str or None
        The date that the indicators describe.
    """

    before: str
    after: str
    classes: pd.DataFrame
    migration: pd.DataFrame
    movers: pd.DataFrame
    effects: pd.DataFrame
    direct: int
    interval: float
    currency: str
    as_of: str | None

    @property
    def moved(self) -> pd.DataFrame:
        """The entities whose class changes."""
        return self.classes[self.classes["before"] != self.classes["after"]]

    def to_markdown(self, *, language: Literal["en", "zh"] = "en") -> str:
        """Return the comparison as a page of Markdown.

        Parameters
        ----------
        language : {"en", "zh"}, default "en"
            The language.

        Returns
        -------
        str
            Tables and sentences.
        """
        from creditrisk.grading.comparison.markdown import to_markdown

        return to_markdown(self, language)
