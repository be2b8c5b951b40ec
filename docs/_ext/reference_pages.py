"""Write the reference pages of indicators, measures and commands from what the code itself reads."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from markdown_tables import table_of
from record_pages import write_record_pages
from system_pages import write_system_pages

from creditrisk.cli import app as command_line
from creditrisk.indicators.measures import MEASURES


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
    parts = ["# The command line", COMMANDS_INTRODUCTION]
    for name, command in commands_of("creditrisk", typer.main.get_command(command_line)):
        context = command.make_context(
            name, [], resilient_parsing=True, max_content_width=100, terminal_width=100
        )
        context.info_name = name
        parts.append(f"## `{name}`\n\n```text\n{command.get_help(context)}\n```")
    return "\n\n".join(parts)


def commands_of(path: str, group: Any) -> Iterator[tuple[str, Any]]:
    """Give every command below a group, with the words that call it."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands_of(f"{path} {name}", command)
        else:
            yield f"{path} {name}", command


def write_pages(app: Any) -> None:
    """Write every generated page before Sphinx looks for its sources."""
    folder = Path(app.srcdir) / "reference" / "generated"
    folder.mkdir(parents=True, exist_ok=True)
    write_record_pages(folder)
    write_system_pages(folder)
    (folder / "measures.md").write_text(measures() + "\n", encoding="utf-8")
    (folder / "commands.md").write_text(commands() + "\n", encoding="utf-8")


def setup(app: Any) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.connect("builder-inited", write_pages, priority=100)
    return {"parallel_read_safe": True}


COMMANDS_INTRODUCTION = """\
An error of the library is one sentence on standard error and the exit code 1; wrong usage is exit code 2.
With `--json`, standard output is one JSON object."""

MEASURES_INTRODUCTION = """\
A measure says how records become one value for each entity: the entity's own, or those of
[related entities](../../how-to/related-entities.md). Besides its own keys, every indicator may give
`months` (the window), `where` (which records count), `dated_by` (the date by which a record falls into the
window) and `transform`."""
