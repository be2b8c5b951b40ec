"""Write the reference pages of record types and indicators from the definitions that the code reads."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.load import load_system
from creditrisk.records.schema import Column, Table
from creditrisk.records.tables import TABLES

SYSTEMS = ("general",)


def table_of(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def record_types() -> str:
    """Return the page of record types."""
    return "\n\n".join(["# Record types", RECORD_TYPES_INTRODUCTION, *map(record_type, TABLES.values())])


def record_type(table: Table) -> str:
    """Return the section of one record type."""
    heads = ("column", "type", "unit", "required", "what it is", "known with")
    rows = [column_row(column) for column in table.own]
    body = table_of(heads, rows) if rows else "Only the common columns."
    return f"## `{table.name}`: {table.title_en} ({table.title_zh})\n\n{body}"


def column_row(column: Column) -> tuple[str, ...]:
    """Return the row of one column."""
    codes = f" One of {', '.join(f'`{code}`' for code in column.codes)}." if column.codes else ""
    known_with = f"`{column.known_with}`" if column.known_with else ""
    required = "yes" if column.required else ""
    return (
        f"`{column.name}`",
        column.type.value,
        column.unit or "",
        required,
        column.title + codes,
        known_with,
    )


def indicators(name: str) -> str:
    """Return the page of one packaged system."""
    system = load_system(name)
    dimensions = list(dict.fromkeys(indicator.dimension for indicator in system.indicators))
    parts = [
        f"# The system `{system.id}`, version {system.version}",
        f"{system.title_en} ({system.title_zh}).",
    ]
    for dimension in dimensions:
        of_it = [one for one in system.indicators if one.dimension == dimension]
        heads = ("id", "column", "what it is", "records", "measure", "months", "unit", "direction", "use")
        parts += [f"## {dimension[:1].upper()}{dimension[1:]}", table_of(heads, map(indicator_row, of_it))]
    heads = ("id", "kind", "what it is", "if", "basis", "certainty")
    rows = [
        (
            rule.id,
            rule.kind,
            f"{rule.title_en} ({rule.title_zh})",
            f"`{rule.indicator}` ≥ {rule.at_least:g}",
            rule.basis,
            rule.certainty,
        )
        for rule in system.rules
    ]
    return "\n\n".join([*parts, "## Rules", table_of(heads, rows)])


def indicator_row(indicator: Indicator) -> tuple[str, ...]:
    """Return the row of one indicator."""
    months = str(indicator.months) if indicator.months else ""
    return (
        indicator.id,
        f"`{indicator.name}`",
        f"{indicator.title_en} ({indicator.title_zh})",
        f"`{indicator.table}`" if indicator.table else "",
        type(indicator.measure).__name__,
        months,
        indicator.unit,
        indicator.direction,
        indicator.use,
    )


def write_pages(app: Any) -> None:
    """Write the pages before Sphinx looks for its sources."""
    folder = Path(app.srcdir) / "reference" / "generated"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "records.md").write_text(record_types() + "\n", encoding="utf-8")
    for name in SYSTEMS:
        (folder / f"indicators-{name}.md").write_text(indicators(name) + "\n", encoding="utf-8")


def setup(app: Any) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.connect("builder-inited", write_pages, priority=100)
    return {"parallel_read_safe": True}


RECORD_TYPES_INTRODUCTION = """\
Every record type is optional except `registration`. Each has four columns of its own accord: `record_id`,
`entity_id` (whom it concerns), `occurred_on` (when it happened) and `known_on` (when the bureau knew).
A column *known with* another one is hidden in a snapshot until the day in that other column has passed.
Money is in the currency that ends the column's name."""
