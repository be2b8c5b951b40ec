"""What a table of indicators says about itself: plain values in ``X.attrs["creditrisk"]``.

Layers above read indicators only through these functions, so any DataFrame is a table of indicators;
without attributes every column is a model input of either direction.
"""

from typing import Any, Literal

import pandas as pd

KEY = "creditrisk"


def directions_of(X: pd.DataFrame) -> dict[str, str]:
    """Return the declared direction of every model input.

    Parameters
    ----------
    X : DataFrame, (entities, columns)
        A table of indicators.

    Returns
    -------
    dict of str to str
        ``"raises"``, ``"lowers"`` or ``"either"`` by column.

    Examples
    --------
    >>> directions_of(pd.DataFrame({"penalty_n": [1.0]}))
    {'penalty_n': 'either'}
    """
    declared = _about(X, "directions")
    return {name: declared.get(name, "either") for name in model_columns(X)}


def model_columns(X: pd.DataFrame) -> list[str]:
    """Return the columns that a model may learn from: neither groups nor indicators kept for rules.

    Parameters
    ----------
    X : DataFrame, (entities, columns)
        A table of indicators.

    Returns
    -------
    list of str
        Names, in the order of the columns.

    Examples
    --------
    >>> X = pd.DataFrame({"serious_list_now": [0.0], "penalty_n": [1.0]})
    >>> X.attrs["creditrisk"] = {"uses": {"serious_list_now": "rule", "penalty_n": "model"}}
    >>> model_columns(X)
    ['penalty_n']
    """
    uses, groups = _about(X, "uses"), groups_of(X)
    names = [str(column) for column in X.columns]
    return [name for name in names if uses.get(name, "model") == "model" and name not in groups]


def groups_of(X: pd.DataFrame) -> list[str]:
    """Return the columns that hold groups, such as region and sector.

    Parameters
    ----------
    X : DataFrame, (entities, columns)
        A table of indicators.

    Returns
    -------
    list of str
        Names; empty if none is declared.

    Examples
    --------
    >>> groups_of(pd.DataFrame({"region": ["510100"]}))
    []
    """
    return [name for name in X.attrs.get(KEY, {}).get("groups", []) if name in X.columns]


def title_of(X: pd.DataFrame, name: str, language: Literal["en", "zh"] = "en") -> str:
    """Return what people call a column.

    Parameters
    ----------
    X : DataFrame, (entities, columns)
        A table of indicators.
    name : str
        A column.
    language : {"en", "zh"}, default "en"
        Of the title.

    Returns
    -------
    str
        Its title; its name with spaces if it has none.

    Examples
    --------
    >>> title_of(pd.DataFrame({"penalty_n": [1.0]}), "penalty_n")
    'penalty n'
    """
    english, chinese = _about(X, "titles").get(name, (name.replace("_", " "), name.replace("_", " ")))
    return str(chinese if language == "zh" else english)


def unit_of(X: pd.DataFrame, name: str) -> str:
    """Return the unit of a column.

    Parameters
    ----------
    X : DataFrame, (entities, columns)
        A table of indicators.
    name : str
        A column.

    Returns
    -------
    str
        Its unit; empty if it has none.

    Examples
    --------
    >>> unit_of(pd.DataFrame({"penalty_n": [1.0]}), "penalty_n")
    ''
    """
    return str(_about(X, "units").get(name) or "")


def absent_of(X: pd.DataFrame) -> list[str]:
    """Return the indicators that are missing for everybody because their record type is absent.

    Parameters
    ----------
    X : DataFrame, (entities, columns)
        A table of indicators.

    Returns
    -------
    list of str
        Names of columns.

    Examples
    --------
    >>> absent_of(pd.DataFrame({"penalty_n": [1.0]}))
    []
    """
    return list(X.attrs.get(KEY, {}).get("absent", []))


def _about(X: pd.DataFrame, what: str) -> dict[str, Any]:
    found: dict[str, Any] = X.attrs.get(KEY, {}).get(what, {})
    return found
