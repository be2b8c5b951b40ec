"""A comparison as Markdown, in English or Chinese."""

import math
from collections.abc import Mapping, Sequence

from creditrisk.grading.comparison.comparison import Comparison
from creditrisk.grading.texts import Language

TEXTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "title": "# {after} against {before}",
        "what": "{entities:,} entities{date}. {moved:,} ({share:.1%}) would change class: {up:,} to a "
        "riskier one, {down:,} to a better one. {direct:,} of D are direct determinations, which no cut "
        "moves.",
        "date": " as of {date}",
        "internal": "Internal: for allocating supervision, not a public credit rating. "
        "Nobody's class has changed.",
        "migration": "## From class to class",
        "corner": "before \\ after",
        "effects": "## What it costs and finds",
        "effect": "within the horizon|before|after|change|{interval:.0%} interval of the change",
        "inspections": "expected inspections",
        "violations_found": "violations found",
        "loss_found": "loss found ({currency})",
        "precision_d": "violation rate in D",
        "movers": "## Who moves",
        "mover": "group|entities|riskier|better|into D|out of D|share that moves",
    },
    "zh": {
        "title": "# {after} 与 {before} 对比",
        "what": "共{entities:,}户{date}。{moved:,}户（{share:.1%}）类别将变化：{up:,}户风险升高，"
        "{down:,}户风险降低。D类中{direct:,}户为直接判定，不受分界值影响。",
        "date": "（基准日{date}）",
        "internal": "内部资料：仅用于配置监管资源，不是公开信用评价。尚未改变任何主体的类别。",
        "migration": "## 类别迁移",
        "corner": "原类别＼新类别",
        "effects": "## 投入与发现",
        "effect": "预测期内|原方案|新方案|变化|变化的{interval:.0%}区间",
        "inspections": "预计检查次数",
        "violations_found": "发现违法数",
        "loss_found": "发现损失（{currency}）",
        "precision_d": "D类违法率",
        "movers": "## 谁在变动",
        "mover": "分组|户数|风险升高|风险降低|进入D类|退出D类|变动占比",
    },
}


def to_markdown(comparison: Comparison, language: Language) -> str:
    """Return a comparison as a page of Markdown.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    language : {"en", "zh"}
        The language.

    Returns
    -------
    str
        Tables and sentences.
    """
    t = TEXTS[language]
    parts = [
        t["title"].format(before=comparison.before, after=comparison.after),
        _what(comparison, t),
        t["internal"],
        t["migration"],
        _migration(comparison, t),
        t["effects"],
        _effects(comparison, t),
    ]
    if len(comparison.movers):
        parts += [t["movers"], _movers(comparison, t)]
    return "\n\n".join(parts) + "\n"


def _what(comparison: Comparison, t: Mapping[str, str]) -> str:
    moved = comparison.moved
    up = int((moved["after"] > moved["before"]).sum())
    entities = len(comparison.classes)
    return t["what"].format(
        entities=entities,
        date=t["date"].format(date=comparison.as_of) if comparison.as_of else "",
        moved=len(moved),
        share=len(moved) / max(entities, 1),
        up=up,
        down=len(moved) - up,
        direct=comparison.direct,
    )


def _migration(comparison: Comparison, t: Mapping[str, str]) -> str:
    table = comparison.migration
    rows = [[str(name), *(f"{one:,}" for one in table.loc[name])] for name in table.index]
    return _table([t["corner"], *map(str, table.columns)], rows)


def _effects(comparison: Comparison, t: Mapping[str, str]) -> str:
    heads = t["effect"].format(interval=comparison.interval).split("|")
    rows = []
    for name, row in zip(comparison.effects.index, comparison.effects.to_dict("records"), strict=True):
        form = ".1%" if name == "precision_d" else ",.0f"
        ends = [_number(row[end], form) for end in ("lower", "upper")]
        cells = [_number(row[column], form) for column in ("before", "after", "change")]
        rows.append(
            [t[str(name)].format(currency=comparison.currency), *cells, " – ".join(dict.fromkeys(ends))]
        )
    return _table(heads, rows)


def _movers(comparison: Comparison, t: Mapping[str, str]) -> str:
    table = comparison.movers.sort_values("moved", ascending=False, kind="stable").head(40)
    rows = []
    for (column, value), row in zip(table.index, table.to_dict("records"), strict=True):
        counts = [f"{row[name]:,.0f}" for name in ("entities", "up", "down", "into_d", "out_of_d")]
        rows.append([f"{column} {value}", *counts, f"{row['moved']:.1%}"])
    return _table(t["mover"].split("|"), rows)


def _number(value: float, form: str) -> str:
    return "–" if math.isnan(value) else format(value, form)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
