"""What was owed and not delivered: the result of every check of coverage (全面性)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

OWED = ["table", "source_org", "rule", "checked", "failed"]
MISSING = ["table", "entity_id", "source_org", "rule", "detail"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gaps:
    """What is missing, by one rule.

    Parameters
    ----------
    owed : pandas.DataFrame
        `table`, `source_org`, `rule`, `checked` (how much was owed) and `failed` (how much of it is missing).
    missing : pandas.DataFrame
        `table`, `entity_id`, `source_org`, `rule` and `detail`: each thing that is missing.
    notes : tuple of str
        What could not be checked.
    """

    owed: pd.DataFrame
    missing: pd.DataFrame
    notes: tuple[str, ...] = ()


def gaps(owed: Iterable[Mapping[Any, object]], missing: Iterable[Mapping[Any, object]]) -> Gaps:
    """Return gaps from rows of both kinds; what a row does not say is missing.

    Parameters
    ----------
    owed, missing : iterable of mapping
        Rows of `Gaps.owed` and `Gaps.missing`.

    Returns
    -------
    Gaps
        The same as data frames.
    """
    return Gaps(
        owed=pd.DataFrame(list(owed), columns=OWED),
        missing=pd.DataFrame(list(missing), columns=MISSING, dtype=object),
    )
