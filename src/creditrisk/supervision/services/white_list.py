"""The white list (白名单): entities of a good class without anything that excludes them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from creditrisk.errors import SchemaError, SpecError, hint, shown
from creditrisk.grading.ratings import Ratings
from creditrisk.supervision.screening.screen import Tagged
from creditrisk.supervision.services.catalogue import CLASSES

EXCLUDED_BY = ("abnormal", "serious", "defaulter", "penalised")


@dataclass(frozen=True, slots=True, kw_only=True)
class WhiteListRule:
    """Who can be on a white list.

    Parameters
    ----------
    classes : tuple of str, default ("A",)
        The classes.
    excluded_by : tuple of str, default ("abnormal", "serious", "defaulter", "penalised")
        Tags, none of which an entity may have.
    most_p : float, default 1
        The largest upper end of the interval of the probability of a violation.

    Raises
    ------
    SpecError
        If a class is unknown, no tag excludes anybody, or the probability is not above 0 and up to 1.

    Examples
    --------
    >>> WhiteListRule(classes=("A", "B")).excluded_by
    ('abnormal', 'serious', 'defaulter', 'penalised')
    """

    classes: tuple[str, ...] = ("A",)
    excluded_by: tuple[str, ...] = EXCLUDED_BY
    most_p: float = 1.0

    def __post_init__(self) -> None:
        """Check every field."""
        for one in self.classes:
            if one not in CLASSES:
                raise SpecError(f"A class is one of A, B, C, D; got {shown(one)}.{hint(str(one), CLASSES)}")
        if not self.classes or not self.excluded_by:
            raise SpecError(
                f"A white list has classes and tags that exclude; got {shown(self.classes)} and "
                f"{shown(self.excluded_by)}: name at least one of each."
            )
        if not 0 < self.most_p <= 1:
            raise SpecError(
                f"A probability is above 0 and up to 1; got most_p={shown(self.most_p)}: change it."
            )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WhiteList:
    """Who is on the list, and who of a good class is not.

    Parameters
    ----------
    table : DataFrame
        Indexed by entity id, the best first: `rank` from 1, `risk_class`, `p_violation`, its upper end and
        the expected loss.
    excluded : Series of str
        By entity id: why an entity of these classes is not on the list, tags joined by semicolons, or
        ``"p_violation"``.
    """

    table: pd.DataFrame
    excluded: pd.Series


def white_list(ratings: Ratings, tagged: Tagged, rule: WhiteListRule | None = None) -> WhiteList:
    """Return the white list, the most surely good first.

    Parameters
    ----------
    ratings : Ratings
        The classes.
    tagged : Tagged
        From `tag_entities`, of the day of the ratings.
    rule : WhiteListRule, optional
        ``WhiteListRule()`` if not given.

    Returns
    -------
    WhiteList
        Ordered by the upper end of the interval of p, then by expected loss, then by id.

    Raises
    ------
    SchemaError
        If a tag that excludes cannot be told, or a rated entity has no tags: nobody is good unseen.
    """
    rule = rule or WhiteListRule()
    for name in rule.excluded_by:
        if name not in tagged.table:
            raise SchemaError(
                f"A white list needs every tag that excludes; {name!r} "
                f"{'cannot be told' if name in tagged.absent else 'is not among the tags'}: read its records."
            )
    good = ratings.table[ratings.table["risk_class"].astype(str).isin(rule.classes)]
    unseen = good.index.difference(tagged.table.index)
    if len(unseen):
        raise SchemaError(
            f"A white list needs the tags of everybody of its classes; {shown(str(unseen[0]))} has none: tag "
            "the entities of the ratings."
        )
    flags = tagged.table.loc[good.index, list(rule.excluded_by)]
    reasons = pd.Series(
        [";".join(np.array(rule.excluded_by)[row]) for row in flags.to_numpy(dtype=bool)],
        index=good.index,
        dtype=object,
    )
    unsure = ~(good["p_violation_upper"] <= rule.most_p) & (reasons == "")
    reasons = reasons.mask(unsure, "p_violation")
    loss = ratings.loss_column
    kept = good.loc[reasons == "", ["risk_class", "p_violation", "p_violation_upper", loss]]
    order = np.lexsort((kept.index.astype(str), kept[loss], kept["p_violation_upper"]))
    table = kept.iloc[order]
    table.insert(0, "rank", np.arange(1, len(table) + 1))
    return WhiteList(table=table, excluded=reasons[reasons != ""].rename("excluded"))
