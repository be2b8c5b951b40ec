"""One sentence or two on goals that conflict: what each alone would give, and what we recommend."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from creditrisk.grading.calibration.condition import Condition
from creditrisk.grading.calibration.ladder import Tally
from creditrisk.grading.calibration.texts import CONDITIONS, RECOMMENDATIONS
from creditrisk.grading.risk_class import RiskClass
from creditrisk.grading.texts import LANGUAGES, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """What one condition by itself would give.

    Parameters
    ----------
    condition : Condition
        The condition.
    holds : bool
        Whether any cuts keep it.
    tally : Tally
        What the classes hold at the largest D that keeps it; at the smallest D where none does.
    """

    condition: Condition
    holds: bool
    tally: Tally


def recommendation(
    alone: Sequence[Alone], tally: Tally, classes: tuple[RiskClass, ...]
) -> dict[Language, str]:
    """Return what to know of conditions that conflict, or of one that nothing can keep.

    Parameters
    ----------
    alone : sequence of Alone
        Each condition by itself.
    tally : Tally
        What the classes hold under the cuts that were found.
    classes : tuple of RiskClass
        The classes that grow.

    Returns
    -------
    dict of {"en", "zh"} to str
        Empty texts where all conditions hold at the size that each alone would give.
    """
    missed = unkept([one.condition for one in alone], tally)
    if missed["en"]:
        return missed
    ordered = sorted(alone, key=lambda one: _size(one.tally, classes))
    if _size(ordered[-1].tally, classes) - _size(tally, classes) < 0.5:
        return {"en": "", "zh": ""}
    return {language: _conflict(ordered[0], ordered[-1], tally, classes, language) for language in LANGUAGES}


def _conflict(
    tight: Alone, wide: Alone, tally: Tally, classes: tuple[RiskClass, ...], language: Language
) -> str:
    texts = RECOMMENDATIONS[language]
    return texts["conflict"].format(
        classes=_named(classes, language),
        tight=said(tight.condition, tight.condition.limit, language),
        wide=said(wide.condition, wide.condition.limit, language),
        size=f"{_size(tally, classes):,.0f}",
        wide_size=f"{_size(wide.tally, classes):,.0f}",
        tight_at_wide=_figure(tight.condition, wide.tally, language),
        room=f"{_size(wide.tally, classes) - _size(tally, classes):,.0f}",
    )


def unkept(conditions: Sequence[Condition], tally: Tally) -> dict[Language, str]:
    """Return a sentence on the first condition that no cut keeps.

    Parameters
    ----------
    conditions : sequence of Condition
        The conditions.
    tally : Tally
        What the classes hold at the smallest D.

    Returns
    -------
    dict of {"en", "zh"} to str
        Empty texts where all are kept.
    """
    broken = [one for one in conditions if not one.holds(tally)]
    if not broken:
        return {"en": "", "zh": ""}
    one = broken[0]
    return {
        language: RECOMMENDATIONS[language]["unkept"].format(
            goal=said(one, one.limit, language),
            classes=_named(one.classes, language),
            size=f"{_size(tally, one.classes):,.0f}",
            figure=_figure(one, tally, language),
        )
        for language in LANGUAGES
    }


def said(condition: Condition, limit: float, language: Language) -> str:
    """Return a condition in words.

    Parameters
    ----------
    condition : Condition
        The condition.
    limit : float
        Its limit.
    language : {"en", "zh"}
        The language.

    Returns
    -------
    str
        Such as ``at most 400 entities in D``.
    """
    return CONDITIONS[language][condition.kind].format(
        limit=limit, classes=_named(condition.classes, language)
    )


def _figure(condition: Condition, tally: Tally, language: Language) -> str:
    figure = condition.figure(tally)
    if math.isnan(figure):
        return "–"
    return CONDITIONS[language][f"{condition.kind}_figure"].format(figure=figure)


def _named(classes: tuple[RiskClass, ...], language: Language) -> str:
    return RECOMMENDATIONS[language]["and"].join(classes)


def _size(tally: Tally, classes: tuple[RiskClass, ...]) -> float:
    return float(sum(tally.entities[one.rank] for one in classes))
