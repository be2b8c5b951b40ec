"""Write a page in English and one in Chinese for every packaged system of indicators, from its TOML file."""

from collections.abc import Mapping
from pathlib import Path

from markdown_tables import code_list, table_of

from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.load import load_system, packaged
from creditrisk.indicators.plain import measure_name
from creditrisk.indicators.rule import Rule
from creditrisk.indicators.system import IndicatorSystem

type Words = Mapping[str, str]


def write_system_pages(folder: Path) -> None:
    """Write ``systems.md``, and ``indicators-<name>.md`` and ``indicators-<name>.zh.md`` for every system."""
    (folder / "systems.md").write_text(overview() + "\n", encoding="utf-8")
    for name in packaged():
        system = load_system(name)
        (folder / f"indicators-{name}.md").write_text(page(system, ENGLISH) + "\n", encoding="utf-8")
        (folder / f"indicators-{name}.zh.md").write_text(page(system, CHINESE) + "\n", encoding="utf-8")


def overview() -> str:
    """Return the page that lists the packaged systems."""
    systems = {name: load_system(name) for name in packaged()}
    rows = [
        (
            f"[`{name}`](indicators-{name}.md)",
            f"[{system.title_zh}](indicators-{name}.zh.md)",
            system.title_en,
            code_list(system.layers[:-1]),
            str(len(own_indicators(system))),
            str(len(own_rules(system))),
            f"`{system.outcome.name}`" if system.outcome else "",
        )
        for name, system in systems.items()
    ]
    heads = (
        "system",
        "中文",
        "what it is",
        "extends",
        "indicators of its own",
        "rules of its own",
        "outcome",
    )
    pages = "\n".join(f"indicators-{name}\nindicators-{name}.zh" for name in systems)
    toctree = f"```{{toctree}}\n:hidden:\n\n{pages}\n```"
    return "\n\n".join(["# Systems of indicators", INTRODUCTION, table_of(heads, rows), toctree])


def page(system: IndicatorSystem, words: Words) -> str:
    """Return the page of one system in one language."""
    ending = words["ending"]
    other = f"[{words['other']}](indicators-{system.id}{words['other_ending']})"
    parts = [
        f"# {words['system'].format(id=system.id, version=system.version)}",
        f"{title(system, words)}{words['stop']} {other}",
    ]
    bases = [f"[`{base}`](indicators-{base}{ending})" for base in system.layers[:-1]]
    if bases:
        inherited = len(system.indicators) - len(own_indicators(system))
        parts.append(words["extends"].format(bases=", ".join(bases), count=inherited))
    if system.outcome is not None:
        parts.append(words["outcome"].format(name=system.outcome.name, title=title(system.outcome, words)))
    own = own_indicators(system)
    for dimension in dict.fromkeys(one.dimension for one in own):
        rows = [indicator_row(one, words) for one in own if one.dimension == dimension]
        parts += [
            f"## {dimension_title(dimension, words)}",
            table_of(words["indicator_heads"].split("|"), rows),
        ]
    if own_rules(system):
        rows = [rule_row(rule, words) for rule in own_rules(system)]
        parts += [f"## {words['rules']}", table_of(words["rule_heads"].split("|"), rows)]
    if system.retired:
        rows = [(one.id, title(one, words), str(one.since or ""), one.reason) for one in system.retired]
        parts += [f"## {words['retired']}", table_of(words["retired_heads"].split("|"), rows)]
    return "\n\n".join(parts)


def own_indicators(system: IndicatorSystem) -> list[Indicator]:
    """Return the indicators that the file of the system states or changes itself."""
    return [one for one in system.indicators if system.origins[one.id] == system.id]


def own_rules(system: IndicatorSystem) -> list[Rule]:
    """Return the rules that the file of the system states or changes itself."""
    return [rule for rule in system.rules if system.origins[rule.id] == system.id]


def title(named: object, words: Words) -> str:
    """Return what people call something, in the language of the page."""
    return str(getattr(named, f"title_{words['language']}"))


def dimension_title(dimension: str, words: Words) -> str:
    """Return a dimension in the language of the page; a file writes it as ``english (中文)``."""
    english, _, chinese = dimension.partition(" (")
    if words["language"] == "zh" and chinese:
        return chinese.removesuffix(")")
    return f"{dimension[:1].upper()}{dimension[1:]}" if chinese else english


def indicator_row(indicator: Indicator, words: Words) -> tuple[str, ...]:
    """Return the row of one indicator."""
    return (
        indicator.id,
        f"`{indicator.name}`",
        title(indicator, words),
        f"[`{indicator.table}`](records/{indicator.table}.md)" if indicator.table else "",
        f"`{measure_name(indicator)}`",
        which_records(indicator),
        str(indicator.months or ""),
        indicator.unit,
        words[indicator.direction],
        words[indicator.missing],
        words[indicator.use],
        in_force(indicator),
        indicator.legal_basis,
        indicator.note,
    )


def which_records(indicator: Indicator) -> str:
    """Return the filter of an indicator as formulas."""
    return "; ".join(
        f"`{column} {SIGNS[kind].format(value=code(value))}`"
        for column, condition in indicator.where.items()
        for kind, value in condition.parts.items()
    )


def code(value: object) -> str:
    """Return a value as a formula writes it."""
    if isinstance(value, tuple):
        return "{" + ", ".join(map(str, value)) + "}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def rule_row(rule: Rule, words: Words) -> tuple[str, ...]:
    """Return the row of one rule."""
    what = words[rule.kind].format(steps=rule.notches, risk_class=rule.risk_class)
    reads = f"`{rule.indicator}` ≥ {rule.at_least:g}"
    return (rule.id, what, title(rule, words), reads, in_force(rule), rule.basis, words[rule.certainty])


def in_force(dated: Indicator | Rule) -> str:
    """Return the days on which something is in force, empty if always."""
    if dated.in_force_from is None and dated.in_force_to is None:
        return ""
    return f"{dated.in_force_from or ''} – {dated.in_force_to or ''}".strip()


SIGNS: Words = {
    "equals": "= {value}",
    "one_of": "∈ {value}",
    "contains_any": "∩ {value} ≠ ∅",
    "at_least": "≥ {value}",
    "below": "< {value}",
    "known": "known = {value}",
}

ENGLISH: Words = {
    "language": "en",
    "ending": ".md",
    "other": "中文",
    "other_ending": ".zh.md",
    "stop": ".",
    "system": "The system `{id}`, version {version}",
    "extends": "It extends {bases}, of which {count} indicators hold here too.",
    "outcome": "Its outcome is `{name}`: {title}.",
    "indicator_heads": (
        "id|column|what it is|records|measure|which records|months|unit|direction|if nothing is known|use|"
        "in force|legal basis|note"
    ),
    "rules": "Rules",
    "rule_heads": "id|what a hit does|what it is|if|in force|basis|certainty",
    "retired": "Retired",
    "retired_heads": "id|what it was|since|why",
    "raises": "raises",
    "lowers": "lowers",
    "either": "either",
    "zero": "0",
    "missing": "missing",
    "model": "model",
    "rule": "rules only",
    "planning": "planning only",
    "veto": "class {risk_class}",
    "notch": "towards D by {steps}, not beyond {risk_class}",
    "floor": "class {risk_class} or worse",
    "ceiling": "class {risk_class} or better",
    "always_inspect": "inspected whatever its class",
    "found": "read in a published source",
    "own": "the authors' own knowledge",
    "seed": "a document of the project",
}

CHINESE: Words = {
    "language": "zh",
    "ending": ".zh.md",
    "other": "English",
    "other_ending": ".md",
    "stop": "。",
    "system": "指标体系 `{id}`，版本 {version}",
    "extends": "在 {bases} 的基础上扩展，沿用其中 {count} 项指标。",
    "outcome": "结果定义：`{name}`，{title}。",
    "indicator_heads": (
        "编号|列名|指标|信息类型|计算方法|计入的记录|时间窗（月）|单位|方向|无记录时|用途|施行期间|"
        "法律依据|说明"
    ),
    "rules": "规则",
    "rule_heads": "编号|命中后果|情形|条件|施行期间|依据|确定程度",
    "retired": "停用",
    "retired_heads": "编号|名称|自|原因",
    "raises": "升高风险",
    "lowers": "降低风险",
    "either": "方向不定",
    "zero": "记为0",
    "missing": "缺失",
    "model": "模型",
    "rule": "仅用于规则",
    "planning": "仅用于检查计划",
    "veto": "直接判定为{risk_class}类",
    "notch": "向D类调{steps}档，不超过{risk_class}类",
    "floor": "不优于{risk_class}类",
    "ceiling": "不差于{risk_class}类",
    "always_inspect": "不论类别均列入检查",
    "found": "见于公开资料",
    "own": "作者所知",
    "seed": "项目资料",
}

INTRODUCTION = """\
Each is a TOML file that the library brings with it, by its name: `load_system("food")`, or
`creditrisk system show food`. A system that extends another one has its indicators and rules too. None is an
official annex; the pages say where an idea comes from and how certain its source is."""
