"""The names of a table's columns, made safe for every engine."""

import re
from collections.abc import Sequence

from creditrisk.errors import SourceError

UNUSABLE = re.compile("[\x00\ud800-\udfff]")


def column_names(names: Sequence[object], title: str) -> list[str]:
    """Check the names of columns, and name those that have none.

    Parameters
    ----------
    names : sequence of object
        As the source has them.
    title : str
        What to call the source in an error, such as ``"File 'penalty.csv'"``.

    Returns
    -------
    list of str
        The same names as text; ``"unnamed 3"`` for the third column if it has no name.

    Raises
    ------
    SourceError
        If two columns have one name, upper and lower case apart, or a name is no text.

    Examples
    --------
    >>> column_names(["record_id", ""], "File 'penalty.csv'")
    ['record_id', 'unnamed 2']
    """
    named = [_name(name, number, title) for number, name in enumerate(names, start=1)]
    seen: dict[str, str] = {}
    for name in named:
        if UNUSABLE.search(name):
            raise SourceError(
                f"{title} has a column named {name[:40]!r}, with bytes that are no text; rename it, or save "
                "the file as UTF-8."
            )
        if name.casefold() in seen:
            first = seen[name.casefold()]
            both = (
                f"{name[:40]!r} twice"
                if first == name
                else f"{first[:40]!r} and {name[:40]!r}, one name to an engine"
            )
            raise SourceError(f"{title} has the column {both}; rename one.")
        seen[name.casefold()] = name
    return named


def _name(name: object, number: int, title: str) -> str:
    try:
        text = "" if name is None or name != name else str(name)
    except Exception:
        raise SourceError(
            f"{title} has a label of type {type(name).__name__} on its column {number}; use text."
        ) from None
    return text if text.strip() else f"unnamed {number}"
