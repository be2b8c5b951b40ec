"""Write the reference pages of indicators, measures and commands from what the code itself reads."""

from pathlib import Path
from typing import Any

import typer
from markdown_tables import table_of
from record_pages import write_record_pages

from creditrisk.cli import app as command_line
from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.load import load_system, packaged
from creditrisk.indicators.measures import MEASURES


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


def measures() -> str:
    """Return the page of measures: the first sentence of each, and what it takes."""
    rows = [
        (f"`{name}`", first_line(measure), ", ".join(f"`{field}`" for field in measure.model_fields))
        for name, measure in sorted(MEASURES.items())
    ]
    heads = ("measure", "what it gives", "keys of its own")
    return "\n\n".join(["# Measures", MEASURES_INTRODUCTION, table_of(heads, rows)])


def first_line(documented: type) -> str:
    """Return the summary of a docstring as Markdown."""
    return (documented.__doc__ or "").strip().splitlines()[0].replace("``", "`")


def commands() -> str:
    """Return the page of commands: what ``--help`` prints for each."""
    group = typer.main.get_command(command_line)
    parts = ["# The command line", COMMANDS_INTRODUCTION]
    for name, command in group.commands.items():
        context = command.make_context(
            name, [], resilient_parsing=True, max_content_width=100, terminal_width=100
        )
        context.info_name = f"creditrisk {name}"
        parts.append(f"## `creditrisk {name}`\n\n```text\n{command.get_help(context)}\n```")
    return "\n\n".join(parts)


def write_pages(app: Any) -> None:
    """Write every generated page before Sphinx looks for its sources."""
    folder = Path(app.srcdir) / "reference" / "generated"
    folder.mkdir(parents=True, exist_ok=True)
    write_record_pages(folder)
    (folder / "measures.md").write_text(measures() + "\n", encoding="utf-8")
    (folder / "commands.md").write_text(commands() + "\n", encoding="utf-8")
    for name in packaged():
        (folder / f"indicators-{name}.md").write_text(indicators(name) + "\n", encoding="utf-8")


def setup(app: Any) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.connect("builder-inited", write_pages, priority=100)
    return {"parallel_read_safe": True}


COMMANDS_INTRODUCTION = """\
An error of the library is one sentence on standard error and the exit code 1; wrong usage is exit code 2.
With `--json`, standard output is one JSON object."""

MEASURES_INTRODUCTION = """\
A measure says how the records of one entity become one value. Besides its own keys, every indicator may give
`months` (the window), `where` (which records count), `dated_by` (the date by which a record falls into the
window) and `transform`."""
