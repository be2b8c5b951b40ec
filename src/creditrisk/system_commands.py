"""The commands ``creditrisk system show | diff | lint``."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from creditrisk.indicators.compare import SystemDifference
    from creditrisk.indicators.indicator import Indicator
    from creditrisk.indicators.lint import Lint
    from creditrisk.indicators.system import IndicatorSystem

app = typer.Typer(
    name="system",
    help="Look at systems of indicators: show one, compare two, check a file.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Name = Annotated[
    str, typer.Argument(metavar="SYSTEM", help="Name or TOML file; general+food lays them over each other.")
]
Day = Annotated[str | None, typer.Option(help="As in force on this day [default: after the last change]")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")]


@app.command()
def show(system: Name, on: Day = None, as_json: AsJson = False) -> None:
    """Print the indicators, rules and groups of a system.

    \b
    Example:
      creditrisk system show general+food --on 2024-06-01
    """
    from creditrisk.indicators.load import load_system

    loaded = load_system(system, on=on)
    if as_json:
        from creditrisk.indicators.plain import plain_system

        _print_json(plain_system(loaded) | {"on": on})
        return
    _print_system(loaded)


@app.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="Name or TOML file.")],
    after: Annotated[str, typer.Argument(metavar="B", help="Name or TOML file.")],
    on: Day = None,
    before_on: Annotated[str | None, typer.Option(help="Another day for A.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print what differs between two systems, or between two days of one.

    \b
    Example:
      creditrisk system diff general general+food
    """
    from creditrisk.indicators.compare import compare_systems
    from creditrisk.indicators.load import load_system

    found = compare_systems(load_system(before, on=before_on or on), load_system(after, on=on))
    if as_json:
        _print_json(found.to_dict())
    else:
        _print_difference(found)


@app.command()
def lint(
    file: Annotated[str, typer.Argument(metavar="FILE", help="TOML file, or the name of a packaged system.")],
    records: Annotated[
        str | None, typer.Option(metavar="SOURCE", help="Records that it is for: a folder or .duckdb file.")
    ] = None,
    mapping: Annotated[Path | None, typer.Option(help="TOML file for records in tables of your own.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check a system file for what is understood and cannot be meant; exit code 1 if there is an error.

    \b
    Example:
      creditrisk system lint our-district.toml --records registry
    """
    from creditrisk.indicators.lint import lint_system

    held = None
    if records is not None:
        from creditrisk.records.read import read_records

        held = read_records(records, mapping=mapping)
    found = lint_system(file, records=held, mapping=mapping)
    if as_json:
        _print_json(found.to_dict())
    else:
        _print_lint(found)
    if found.errors:
        raise typer.Exit(1)


def _print_system(system: "IndicatorSystem") -> None:
    from creditrisk.console import print_rows, say

    layers = " + ".join(system.layers)
    say(f"{system.title_en} ({system.title_zh}), version {system.version}: {layers}")
    heads = ("id", "column", "what it is", "made from", "direction", "from")
    origin = system.origins
    print_rows(
        f"{len(system.indicators)} indicators",
        heads,
        [(*_row(one), origin.get(one.id, "")) for one in system.indicators],
    )
    print_rows(
        f"{len(system.rules)} rules",
        ("id", "kind", "what it is", "if", "certainty", "from"),
        [
            (
                rule.id,
                " ".join(filter(None, [rule.kind, rule.risk_class])),
                f"{rule.title_en} ({rule.title_zh})",
                f"{rule.indicator} ≥ {rule.at_least:g}",
                rule.certainty,
                origin.get(rule.id, ""),
            )
            for rule in system.rules
        ],
    )
    for one in system.retired:
        since = "" if one.since is None else f" since {one.since}"
        reason = f": {one.reason}" if one.reason else ""
        say(f"Retired by {one.system}{since}: {one.id} {one.title_en} ({one.title_zh}){reason}")
    for name, group in system.groups.items():
        say(f"Group {name}: registration.{group.column}{f', first {group.prefix}' if group.prefix else ''}")
    if system.outcome is not None:
        say(f"Outcome: {system.outcome.name}, {system.outcome.title_en} ({system.outcome.title_zh})")


def _row(indicator: "Indicator") -> tuple[str, ...]:
    from creditrisk.indicators.plain import measure_name

    months = f", {indicator.months} months" if indicator.months else ""
    return (
        indicator.id,
        indicator.name,
        f"{indicator.title_en} ({indicator.title_zh})",
        f"{indicator.table or ''} {measure_name(indicator)}{months}".strip(),
        indicator.direction if indicator.use == "model" else f"{indicator.direction}, {indicator.use} only",
    )


def _print_difference(found: "SystemDifference") -> None:
    from creditrisk.console import print_rows, say

    say(f"From {found.before} to {found.after}")
    if found.same:
        say("Nothing differs.")
    for what, entries in (("added", found.added), ("removed", found.removed)):
        if entries:
            rows = [(one.kind, one.id, f"{one.title_en} ({one.title_zh})") for one in entries]
            print_rows(f"{len(rows)} {what}", ("kind", "id", "what it is"), rows)
    if found.changed:
        rows_of = [(one.kind, one.id, one.key, _said(one.before), _said(one.after)) for one in found.changed]
        print_rows(f"{len(rows_of)} changed", ("kind", "id", "key", "before", "after"), rows_of)


def _print_lint(found: "Lint") -> None:
    from creditrisk.console import say

    for finding in found.findings:
        say(f"{finding.level}: {finding.check}: {finding.sentence}")
    warnings = len(found.findings) - len(found.errors)
    say(f"System {found.system!r}: errors {len(found.errors)}, warnings {warnings}")


def _said(value: object) -> str:
    return "–" if value is None else json.dumps(value, ensure_ascii=False)


def _print_json(value: dict[str, Any]) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, allow_nan=False))
