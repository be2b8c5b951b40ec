"""Code trees (编码树): a column of codes whose first characters say what is part of what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.models.effects.group import level_names

Names = NDArray[np.object_]

REGION_DEPTHS = (2, 4, 6)
INDUSTRY_DEPTHS = (1, 3, 4, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTree:
    """A column of codes as nested groups: one pooled effect a branch at each depth, its scale its own.

    A code that no training row had takes the effects of the branches above it.

    Parameters
    ----------
    column : str
        Column of X.
    prefixes : tuple of int
        How many first characters make the branches of each depth, the coarsest first.
    letters : int, default 0
        How many letters A to Z a code begins with; all else of it are digits.

    Raises
    ------
    SpecError
        If the prefixes are not rising whole numbers of at least 1.

    Examples
    --------
    >>> CodeTree(column="region", prefixes=(2, 6)).names
    ('region:2', 'region:6')
    """

    column: str
    prefixes: tuple[int, ...]
    letters: int = 0

    def __post_init__(self) -> None:
        given = self.prefixes
        whole = isinstance(given, tuple) and all(type(one) is int and one > 0 for one in given)
        if not whole or not given or list(given) != sorted(set(given)):
            raise SpecError(
                f"The depths of a code tree are rising whole numbers of characters; got {given!r} for "
                f"{self.column!r}; give (2, 4, 6), say."
            )

    @property
    def names(self) -> tuple[str, ...]:
        """What the group of each depth is called."""
        return tuple(branch_name(self.column, prefix) for prefix in self.prefixes)


Grouping = str | CodeTree


def regions(column: str = "region", *, depths: Sequence[int] = REGION_DEPTHS) -> CodeTree:
    """Return the tree of regions (GB/T 2260): province, prefecture, county.

    Parameters
    ----------
    column : str, default "region"
        Column of codes of six or more digits.
    depths : sequence of int, default (2, 4, 6)
        Numbers of digits.

    Returns
    -------
    CodeTree
        For `groups` of a model.

    Examples
    --------
    >>> regions().names
    ('region:2', 'region:4', 'region:6')
    """
    return CodeTree(column=column, prefixes=tuple(depths))


def industries(column: str = "industry", *, depths: Sequence[int] = INDUSTRY_DEPTHS) -> CodeTree:
    """Return the tree of industries (GB/T 4754): section, division, group, class.

    Parameters
    ----------
    column : str, default "industry"
        Column of codes that begin with the letter of their section;
        `creditrisk.records.codes.industries.industry_tree().with_section` puts it before bare digits.
    depths : sequence of int, default (1, 3, 4, 5)
        Numbers of characters, the letter included.

    Returns
    -------
    CodeTree
        For `groups` of a model.

    Examples
    --------
    >>> industries("sector", depths=(1, 3)).names
    ('sector:1', 'sector:3')
    """
    return CodeTree(column=column, prefixes=tuple(depths), letters=1)


def branch_name(column: str, prefix: int) -> str:
    """Return what the branches of one depth are called."""
    return f"{column}:{prefix}"


def branches(values: Names, prefix: int, letters: int) -> Names:
    """Return the first characters of each code; none where it is missing, too short or no code.

    Parameters
    ----------
    values : ndarray of object of shape (n,)
        Codes.
    prefix : int
        How many characters.
    letters : int
        How many letters a code begins with.

    Returns
    -------
    ndarray of object of shape (n,)
        Texts or None.

    Examples
    --------
    >>> branches(np.array(["510104", 5101.0, "51", "n/a", None], dtype=object), 4, 0).tolist()
    ['5101', '5101', None, None, None]
    """
    at, distinct = pd.factorize(values, use_na_sentinel=False)
    code = re.compile(f"[A-Z]{{{letters}}}[0-9]*")
    cut = [
        name[:prefix] if len(name) >= prefix and code.fullmatch(name) else None
        for name in level_names(np.asarray(distinct, dtype=object))
    ]
    return np.array([*cut, None], dtype=object)[:-1][at]


def group_columns(groups: Sequence[Grouping]) -> tuple[str, ...]:
    """Return the columns of plain groups and trees.

    Raises
    ------
    SpecError
        If a column is grouped twice.
    """
    columns = [group.column if isinstance(group, CodeTree) else group for group in groups]
    for name in columns:
        if columns.count(name) > 1:
            raise SpecError(
                f"A column is grouped once, plainly or as a tree; groups names {name!r} twice; leave one out."
            )
    return tuple(columns)


def group_names(groups: Sequence[Grouping]) -> tuple[str, ...]:
    """Return the names of all pooled effects: those of plain groups, and one a depth of each tree."""
    return tuple(
        name for group in groups for name in (group.names if isinstance(group, CodeTree) else (group,))
    )
