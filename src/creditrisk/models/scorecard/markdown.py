"""A scorecard as Markdown, in English or Chinese."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from creditrisk.errors import SpecError, hint

if TYPE_CHECKING:
    from creditrisk.models.scorecard.card import Scorecard

_TEXTS: dict[str, dict[str, Any]] = {
    "en": {
        "title": "Scorecard",
        "scale": (
            "More points are more risk: {pdo:g} more points double the odds of a violation; "
            "{base:g} points are a probability of {p:.1%}."
        ),
        "start": "Every entity starts with {points:.1f} points ({lower:.1f} to {upper:.1f}).",
        "line": "Between two knots the points lie on a straight line in log(1 + x).",
        "head": ("Level", "Share", "Points", "{prob:.0%} interval"),
        "interval": "{lower:.1f} to {upper:.1f}",
    },
    "zh": {
        "title": "评分卡",
        "scale": "分值越高风险越大：每增加 {pdo:g} 分，违法概率的比值翻一倍；{base:g} 分对应概率 {p:.1%}。",
        "start": "每个主体的起始分为 {points:.1f} 分（{lower:.1f} 至 {upper:.1f}）。",
        "line": "两个节点之间，分值按 log(1 + x) 线性变化。",
        "head": ("档次", "占比", "分值", "{prob:.0%} 区间"),
        "interval": "{lower:.1f} 至 {upper:.1f}",
    },
}


def to_markdown(card: "Scorecard", language: str) -> str:
    """Return a heading, the scale, and a table a term.

    Parameters
    ----------
    card : Scorecard
        The points.
    language : {"en", "zh"}
        Of the headings.

    Returns
    -------
    str
        Markdown.

    Raises
    ------
    SpecError
        If there are no texts in that language.
    """
    if language not in _TEXTS:
        raise SpecError(f"A scorecard is printed in en or zh; got {language!r}.{hint(language, _TEXTS)}")
    texts = _TEXTS[language]
    frame = card.to_frame()
    start = frame.iloc[0]
    lines = [
        f"# {texts['title']}",
        "",
        texts["scale"].format(pdo=card.pdo, base=card.base, p=float(card.probability(card.base))),
        texts["start"].format(points=start["points"], lower=start["lower"], upper=start["upper"]),
    ]
    if (frame["kind"] == "hinges").any():
        lines.append(texts["line"])
    first = 1
    for term in card.design.terms:
        rows = frame.iloc[first : first + term.n_levels]
        first += term.n_levels
        lines += ["", f"## {_cell(term.name)}", "", *_table(rows, texts, card.prob)]
    return "\n".join(lines) + "\n"


def _table(rows: pd.DataFrame, texts: Mapping[str, Any], prob: float) -> list[str]:
    head = [name.format(prob=prob) for name in texts["head"]]
    lines = [f"| {' | '.join(head)} |", "|---|--:|--:|--:|"]
    for row in rows.to_dict("records"):
        share = "–" if row["share"] != row["share"] else f"{row['share']:.1%}"
        interval = texts["interval"].format(lower=row["lower"], upper=row["upper"])
        lines.append(f"| {_cell(str(row['level']))} | {share} | {row['points']:.1f} | {interval} |")
    return lines


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
