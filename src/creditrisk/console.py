"""What the command line prints: tables, sentences and the progress of a run."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from creditrisk.records.map_check import MappingCheck
    from creditrisk.records.quality.audit import Audit


@contextmanager
def steps(names: Sequence[str], *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Give a function that shows which step has begun: a live bar on a terminal, else a line each.

    Parameters
    ----------
    names : sequence of str
        All steps in order.
    quiet : bool
        Whether standard output is kept for a result; then only a terminal on standard error shows anything.

    Yields
    ------
    callable
        Takes the name of the step that begins.
    """
    console = Console(stderr=quiet)
    if console.is_terminal:
        yield from _live(console, names)
    elif quiet:
        yield lambda step: None
    else:
        yield from _lines(console, names)


def _live(console: Console, names: Sequence[str]) -> Iterator[Callable[[str], None]]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(names[0], total=len(names))
        yield lambda step: progress.update(task, description=step, completed=_place(step, names))


def _lines(console: Console, names: Sequence[str]) -> Iterator[Callable[[str], None]]:
    began = time.monotonic()

    def tell(step: str) -> None:
        seconds = time.monotonic() - began
        console.print(f"[{_place(step, names) + 1}/{len(names)}] {seconds:5.1f} s  {step}", markup=False)

    yield tell


def _place(step: str, names: Sequence[str]) -> int:
    return list(names).index(step) if step in names else 0


def print_table(
    title: str, frame: pd.DataFrame, formats: dict[str, tuple[str, str]], *, first: str = "class"
) -> None:
    """Print a table, one row for each value of its index.

    Parameters
    ----------
    title : str
        Its title.
    frame : DataFrame
        One row a class, or whatever `first` says.
    formats : dict of str to (str, str)
        The columns to show: heading and format of the numbers.
    first : str, default "class"
        The heading of the index.
    """
    table = Table(title=title, title_justify="left")
    table.add_column(first)
    for heading, _ in formats.values():
        table.add_column(heading, justify="right")
    for label, row in zip(frame.index, frame[list(formats)].to_dict("records"), strict=True):
        cells = [_cell(row[column], form) for column, (_, form) in formats.items()]
        table.add_row(str(label), *cells)
    Console().print(table)


def _cell(value: float, form: str) -> str:
    return "–" if pd.isna(value) else format(value, form)


def print_rows(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows of text as a table.

    Parameters
    ----------
    title : str
        Its title.
    heads : sequence of str
        What stands above the columns.
    rows : sequence of sequence of str
        The cells; printed as they are, without markup.
    """
    table = Table(title=title, title_justify="left")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)


def say(text: str) -> None:
    """Print a sentence on standard output.

    Parameters
    ----------
    text : str
        The sentence; printed as it is, without markup or wrapping.
    """
    Console().print(text, markup=False, highlight=False, soft_wrap=True)


def print_audit(audit: "Audit", rectified: pd.DataFrame | None, out: Path | None) -> None:
    """Print an audit: failures by dimension, what became of earlier ones, and what to know.

    Parameters
    ----------
    audit : Audit
        The audit.
    rectified : DataFrame, optional
        What became of the failures of an earlier audit.
    out : Path, optional
        Where it was written.
    """
    counts = {"checked": ("checked", ",d"), "failed": ("failed", ",d"), "rate": ("rate", ".2%")}
    ends = {"lower": ("95 % from", ".2%"), "upper": ("to", ".2%")}
    title = f"Audit, {audit.as_of}, {audit.standard['title_en']}"
    print_table(title, audit.summary(), counts | ends, first="dimension")
    if rectified is not None:
        fates = {name: (name, ",d") for name in ("failed", "failing", "corrected", "removed", "unchecked")}
        became = fates | {"rate": ("rectified", ".1%")}
        print_table("What became of the earlier failures", rectified, became, first="dimension")
    for note in audit.notes:
        say(note)
    if out is not None:
        say(f"Failing records: {out / 'failures'}")
        say(f"Report: {out / 'audit.html'}")


def print_mapping_check(found: "MappingCheck") -> None:
    """Print what a mapping makes of a source.

    Parameters
    ----------
    found : MappingCheck
        The check.
    """
    said = found.columns
    reads = ["–" if pd.isna(share) else f"{share:.1%}" for share in said["share"]]
    shown = said.assign(reads=reads, values=[f"{values:,}" for values in said["values"]])
    _print_text(
        "Columns", shown, ["table", "column", "source", "status", "values", "reads", "example", "note"]
    )
    _print_text("Tables", found.tables, list(found.tables.columns))
    _print_text("Rejected rows", found.rejections, ["table", "rule", "rows"])
    _print_text("Not used", found.unused, ["source", "column", "suggestion"])
    if found.system is not None:
        _print_text(
            f"Not computed, of {found.system!r}", found.indicators, ["id", "name", "title_zh", "lacks"]
        )
    say(found.sentence)


def _print_text(title: str, frame: pd.DataFrame, columns: Sequence[str]) -> None:
    """Print a table as it is, unless it is empty."""
    if frame.empty:
        return
    cells = frame[list(columns)].astype(object).where(frame[list(columns)].notna(), "–").astype(str)
    print_rows(title, columns, cells.to_numpy().tolist())
