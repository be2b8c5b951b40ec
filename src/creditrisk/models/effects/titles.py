"""What people call the terms of a model, in English and Chinese."""

from typing import Literal

import pandas as pd

from creditrisk.indicators.frame import title_of

_BRANCH = {"en": "{title} (first {prefix} characters)", "zh": "{title}（前{prefix}位）"}
_DEVIATION = {"en": "{title} in {column} {level}", "zh": "{title}（{column} {level}）"}
_PAIR, _IN = " × ", " in "


def term_title(X: pd.DataFrame, term: str, language: Literal["en", "zh"] = "en") -> str:
    """Return what people call a term: a column, two of them, a depth of a code tree, a deviation.

    Parameters
    ----------
    X : DataFrame, (entities, columns)
        A table of indicators.
    term : str
        Name of a term.
    language : {"en", "zh"}, default "en"
        Of the title.

    Returns
    -------
    str
        Made of the titles of its columns.

    Examples
    --------
    >>> X = pd.DataFrame({"region": ["510104"], "penalty_n": [1.0]})
    >>> term_title(X, "region:4"), term_title(X, "penalty_n")
    ('region (first 4 characters)', 'penalty n')
    >>> term_title(X, "region:4", "zh")
    'region（前4位）'
    """
    if term in X.columns:
        return title_of(X, term, language)
    if _PAIR in term:
        return _PAIR.join(term_title(X, part, language) for part in term.split(_PAIR))
    indicator, _, place = term.partition(_IN)
    group, _, level = place.partition("=")
    if indicator in X.columns and group in X.columns:
        title, column = title_of(X, indicator, language), title_of(X, group, language)
        return _DEVIATION[language].format(title=title, column=column, level=level)
    column, _, prefix = term.rpartition(":")
    if column in X.columns and prefix.isdigit():
        return _BRANCH[language].format(title=title_of(X, column, language), prefix=prefix)
    return title_of(X, term, language)
