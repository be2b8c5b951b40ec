"""What a table or column of a source may be for us, by its name or its Chinese term; never used silently."""

import difflib
import re
from collections.abc import Iterable

from creditrisk.records.schema import Table

NEAR = 0.6
NEAR_CHINESE = 0.5
CHINESE = re.compile("[\u4e00-\u9fff]+")


def suggested_table(name: str, shapes: Iterable[Table]) -> str:
    """Return the record type that a table of a source is most like.

    Parameters
    ----------
    name : str
        The table of the source.
    shapes : iterable of Table
        Record types that nothing fills yet.

    Returns
    -------
    str
        Its name, empty if none is like it.

    Examples
    --------
    >>> from creditrisk.records.tables import TABLES
    >>> suggested_table("行政处罚信息", TABLES.values())
    'penalty'
    """
    return _nearest(name, {shape.name: (shape.name, shape.title_zh) for shape in shapes})


def suggested_column(name: str, shape: Table, among: Iterable[str]) -> str:
    """Return the column of a record type that a column of a source is most like.

    Parameters
    ----------
    name : str
        The column of the source.
    shape : Table
        The record type.
    among : iterable of str
        Its columns that nothing fills yet.

    Returns
    -------
    str
        Its name, empty if none is like it.

    Examples
    --------
    >>> from creditrisk.records.tables import TABLES
    >>> suggested_column("处罚决定书文号", TABLES["penalty"], ["doc_no", "fine_cny"])
    'doc_no'
    """
    return _nearest(name, {one: (one, shape.column(one).title) for one in among})


def _nearest(name: str, known: dict[str, tuple[str, str]]) -> str:
    scores = {ours: _likeness(name, *words) for ours, words in known.items()}
    best = max(scores, key=lambda ours: scores[ours], default="")
    return best if best and scores[best] > 0 else ""


def _likeness(name: str, english: str, chinese: str) -> float:
    """Return how like two names are, 0 if not enough to be told."""
    if not CHINESE.search(name):
        found = difflib.SequenceMatcher(None, _plain(name), _plain(english)).ratio()
        return found if found >= NEAR else 0.0
    own = "".join(CHINESE.findall(name))
    scores = [_chinese_likeness(own, term) for term in CHINESE.findall(chinese)]
    return max(scores, default=0.0)


def _chinese_likeness(own: str, term: str) -> float:
    shorter, longer = sorted((own, term), key=len)
    if len(shorter) > 1 and shorter in longer:
        return 1 + len(shorter) / len(longer)
    found = difflib.SequenceMatcher(None, own, term).ratio()
    return found if found >= NEAR_CHINESE else 0.0


def _plain(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower().removesuffix("_cny"))
