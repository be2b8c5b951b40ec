"""Why this class: for each entity the indicators that moved its probability most, in words."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.grading.rules import RuleHits
from creditrisk.grading.texts import REASON_TEXTS, Language
from creditrisk.indicators.rule import Rule
from creditrisk.models.effects.titles import term_title

_SMALLEST = 0.005
_ORDER = ("veto", "floor", "ceiling", "notch", "always_inspect")


@dataclass(frozen=True, slots=True, kw_only=True)
class Movers:
    """For each entity, the terms of the model that moved its logit most, the strongest first.

    Parameters
    ----------
    terms : ndarray of str, (entities, top)
        Names of the terms; mostly columns of X.
    points : ndarray of float, (entities, top)
        Their posterior-mean contributions to logit p; 0 is the average entity.
    """

    terms: NDArray[np.object_]
    points: NDArray[np.float64]


def strongest(contributions: pd.DataFrame, *, top: int = 3) -> Movers:
    """Return the terms with the largest absolute contribution, entity by entity.

    Parameters
    ----------
    contributions : DataFrame, (entities, terms)
        Contributions to logit p, centred on the average entity.
    top : int, default 3
        How many to keep; equal contributions keep the order of the columns.

    Returns
    -------
    Movers
        Terms and contributions, (entities, min(top, terms)).

    Examples
    --------
    >>> strongest(pd.DataFrame({"a": [0.1], "b": [-0.9], "c": [0.4]}), top=2).terms.tolist()
    [['b', 'c']]
    """
    values = contributions.to_numpy(dtype=np.float64)
    order = np.argsort(-np.abs(values), axis=1, kind="stable")[:, :top]
    names = np.asarray(contributions.columns, dtype=object)
    return Movers(terms=names[order], points=np.take_along_axis(values, order, axis=1))


def reasons(
    movers: Movers | None, hits: RuleHits, X: pd.DataFrame, language: Language
) -> NDArray[np.object_]:
    """Return the reasons of every entity as one text, rules that decided first.

    Parameters
    ----------
    movers : Movers or None
        What `strongest` returned; None where the model gives no contributions.
    hits : RuleHits
        The rules that each entity hit.
    X : DataFrame, (entities, indicators)
        The indicator values to quote.
    language : {"en", "zh"}
        The language of the sentences.

    Returns
    -------
    ndarray of str, (entities,)
        Empty text for an entity without any reason.
    """
    texts = REASON_TEXTS[language]
    parts: list[list[str]] = [[] for _ in range(len(X))]
    for kind in _ORDER:
        for rule, hit in hits.of_kind(kind):
            sentence = rule_sentence(rule, language)
            for hit_row in np.flatnonzero(hit):
                parts[hit_row].append(sentence)
    if movers is not None:
        sayings = _Sayings(X, language)
        for row, (terms, points) in enumerate(zip(movers.terms, movers.points.tolist(), strict=True)):
            parts[row] += [
                sayings.sentence(row, term, point)
                for term, point in zip(terms, points, strict=True)
                if abs(point) >= _SMALLEST
            ]
    joined = np.empty(len(X), dtype=object)
    joined[:] = [texts["join"].join(part) for part in parts]
    return joined


def rule_sentence(rule: Rule, language: Language) -> str:
    """Return what a rule did, with its legal basis.

    Parameters
    ----------
    rule : Rule
        A rule of the policy.
    language : {"en", "zh"}
        The language of the sentence.

    Returns
    -------
    str
        Such as ``direct determination as D: on the serious-violation list (…)``.
    """
    texts = REASON_TEXTS[language]
    basis = texts["basis"].format(basis=rule.basis) if rule.basis else ""
    title = rule.title_zh if language == "zh" else rule.title_en
    return texts[rule.kind].format(
        title=title or rule.id, basis=basis, risk_class=rule.risk_class or "D", notches=rule.notches
    )


class _Sayings:
    """Sentences about the indicators of one X; titles and columns are looked up once."""

    def __init__(self, X: pd.DataFrame, language: Language) -> None:
        self._X = X
        self._language = language
        self._texts = REASON_TEXTS[language]
        self._titles: dict[str, str] = {}
        self._values: dict[str, list[object] | None] = {}

    def sentence(self, row: int, term: str, points: float) -> str:
        if term not in self._titles:
            known = term in self._X.columns
            self._titles[term] = term_title(self._X, term, self._language)
            self._values[term] = self._X[term].tolist() if known else None
        values = self._values[term]
        effect = self._texts["raises" if points > 0 else "lowers"]
        if values is None:
            return self._texts["term"].format(title=self._titles[term], effect=effect, points=points)
        value = quoted(values[row])
        template = self._texts["known" if value else "unknown"]
        return template.format(title=self._titles[term], value=value, effect=effect, points=points)


def quoted(value: object) -> str:
    """Return a value as people write it: whole numbers whole, others to three digits, unknown as empty text.

    Parameters
    ----------
    value : object
        A number, a text, None or NaN.

    Returns
    -------
    str
        The value as text.

    Examples
    --------
    >>> quoted(3.0), quoted(0.12345), quoted(1234567.8), quoted(float("nan")), quoted("F")
    ('3', '0.123', '1234568', '', 'F')
    """
    if value is None or value is pd.NA:
        return ""
    if not isinstance(value, float):
        return str(value)
    if math.isnan(value):
        return ""
    return f"{value:.0f}" if value.is_integer() or abs(value) >= 1000 else f"{value:.3g}"
