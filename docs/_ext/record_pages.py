"""Write the overview of record types and one page for each, from the definitions that the reader uses."""

from pathlib import Path

from markdown_tables import code_list, table_of
from system_pages import own_indicators

from creditrisk.indicators.load import load_system, packaged
from creditrisk.records.codes.inspection_results import INSPECTION_RESULTS
from creditrisk.records.schema import COMMON, PROVENANCE, Column, Link, Table
from creditrisk.records.tables import TABLES
from creditrisk.records.tables.days import OCCURRED_ON


def write_record_pages(folder: Path) -> None:
    """Write ``records.md`` and ``records/<name>.md`` into a folder."""
    (folder / "records").mkdir(exist_ok=True)
    (folder / "records.md").write_text(overview() + "\n", encoding="utf-8")
    for name, table in TABLES.items():
        (folder / "records" / f"{name}.md").write_text(page(table) + "\n", encoding="utf-8")


def overview() -> str:
    """Return the page that lists every record type."""
    heads = ("record type", "中文", "what it is", "delivered by")
    rows = [
        (f"[`{name}`](records/{name}.md)", table.title_zh, table.title_en, table.responsible)
        for name, table in TABLES.items()
    ]
    pages = "\n".join(f"records/{name}" for name in TABLES)
    return "\n\n".join(
        [
            "# Record types",
            INTRODUCTION.format(count=len(TABLES)),
            table_of(heads, rows),
            "## Columns of every record type",
            column_table(COMMON),
            PROVENANCE_INTRODUCTION,
            column_table(PROVENANCE),
            f"```{{toctree}}\n:hidden:\n\n{pages}\n```",
        ]
    )


def page(table: Table) -> str:
    """Return the page of one record type."""
    facts = "\n".join(f"- {fact}" for fact in facts_of(table))
    return "\n\n".join(
        [
            f"# `{table.name}` {table.title_zh}",
            f"{table.title_en[:1].upper()}{table.title_en[1:]}.",
            facts,
            "## Columns",
            "Besides the [columns of every record type](../records.md#columns-of-every-record-type).",
            column_table(table.own),
            *(["## Result codes", result_codes()] if table.name == "inspection" else []),
            "## Indicators",
            indicators_from(table),
        ]
    )


def facts_of(table: Table) -> list[str]:
    """Return what the definition says of a record type as a whole, a sentence each."""
    key = "`record_id`; an entity has one record at most" if table.one_per_entity else "`record_id`"
    facts = [
        f"**Key**: {key}.",
        f"**`occurred_on`**: {OCCURRED_ON[table.name]}.",
        "**`known_on`**: when the bureau had the record (归集日期).",
        f"**Delivered by**: {table.responsible}.",
    ]
    if table.public:
        facts.append("**To be collected and published in time** (应归尽归、应公示尽公示).")
    if table.each_year:
        facts.append("**Due**: one for every calendar year that an entity began as registered.")
    if table.number:
        facts.append(f"**Number**: `{table.number}`; an entity has a number once.")
    if table.matter:
        facts.append(f"**Near duplicates** agree in entity, day, {code_list(table.matter)}.")
    facts += [f"**Link**: `{link.column}` names {target(link)}." for link in table.links]
    facts += [f"**Order**: `{first}` is not later than `{last}`." for first, last in table.ordered]
    return facts


def target(link: Link) -> str:
    """Return what a link refers to."""
    kind = f"[`{link.table}`]({link.table}.md)" if link.table else f"the type in `{link.table_column}`"
    entity = "the same entity" if link.same_entity else "any entity"
    return f"a record of {kind}, of {entity}"


def column_table(columns: tuple[Column, ...]) -> str:
    """Return the table of columns."""
    heads = ("column", "中文", "what it is", "type", "unit", "value", "codes", "known with")
    return table_of(heads, map(column_row, columns))


def column_row(column: Column) -> tuple[str, ...]:
    """Return the row of one column."""
    english, _, chinese = column.title.rpartition(" (")
    value = "required" if column.required else "expected" if column.expected else ""
    codes = f"{column.code_system} codes" if column.code_system else code_list(column.codes)
    known_with = f"`{column.known_with}`" if column.known_with else ""
    return (
        f"`{column.name}`",
        chinese.removesuffix(")"),
        english,
        column.type.value,
        column.unit or "",
        value,
        codes,
        known_with,
    )


def result_codes() -> str:
    """Return the table of what an inspection can result in."""
    rows = [
        (f"`{one.code}`", one.title_zh, one.title_en, "yes" if one.problem else "")
        for one in INSPECTION_RESULTS.values()
    ]
    return table_of(("code", "中文", "what it says", "counts as a problem found"), rows)


def indicators_from(table: Table) -> str:
    """Return the packaged indicators that are made from a record type."""
    rows = [
        (
            f"[`{system}`](../indicators-{system}.md)",
            one.id,
            f"`{one.name}`",
            f"{one.title_en} ({one.title_zh})",
        )
        for system in packaged()
        for one in own_indicators(load_system(system))
        if one.table == table.name
    ]
    if not rows:
        return "No packaged indicator is made from it; your own may be."
    return table_of(("system", "id", "column", "what it is"), rows)


INTRODUCTION = """\
{count} record types; all are optional except `registration`. Columns that a source does not have stay empty.
A row without a *required* value is rejected; without an *expected* one it is kept and an audit counts it as
incomplete. A column *known with* another one is hidden in a snapshot until the day in that other column has
passed. Money is in the currency that ends the column's name; persons are named by hashed ids only."""

PROVENANCE_INTRODUCTION = "Optional, and what an audit needs to know whom to ask:"
