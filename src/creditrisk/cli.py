"""The command line: ``creditrisk simulate | audit | assess | fit | grade | recalibrate | draw`` and more.

Errors of this library are one sentence on standard error and exit code 1; wrong usage is exit code 2.
Heavy modules load inside the commands, so that ``--help`` is quick.
"""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from creditrisk.draw_commands import draw
from creditrisk.errors import CreditRiskError
from creditrisk.grade_commands import fit as fit_command
from creditrisk.grade_commands import grade
from creditrisk.language import Language
from creditrisk.model_commands import app as model_commands
from creditrisk.monitor_commands import monitor
from creditrisk.policy_commands import recalibrate
from creditrisk.system_commands import app as system_commands
from creditrisk.tag_commands import screen, tags

app = typer.Typer(
    name="creditrisk",
    help="Risk classes for market supervision: from dated records to A, B, C or D.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(system_commands)
app.add_typer(model_commands)
app.command()(recalibrate)
app.command()(draw)
app.command()(monitor)
app.command()(tags)
app.command()(screen)
app.command(name="fit")(fit_command)
app.command()(grade)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")]


@app.command()
def simulate(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="Folder for the records; the truth goes to OUT/truth.")
    ],
    entities: Annotated[int, typer.Option(help="How many entities.")] = 20000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same registry.")] = 7,
    faults: Annotated[
        float,
        typer.Option(help="Share of records that get a known fault, listed in OUT/truth/faults.parquet."),
    ] = 0.0,
    as_json: AsJson = False,
) -> None:
    """Write a made-up registry whose truth is known.

    \b
    Example:
      creditrisk simulate registry --entities 20000 --seed 7
    """
    from creditrisk.records.synthetic import plant_faults
    from creditrisk.records.synthetic import simulate as draw_registry

    registry = draw_registry(entities, seed)
    if faults:
        registry, _ = plant_faults(registry, share=faults, seed=seed)
    registry.write(out)
    rows = {name: len(table) for name, table in registry.tables.items()}
    truth = out / "truth" / "truth.parquet"
    dates = sorted({str(day)[:10] for day in registry.truth["as_of"].unique()})
    if as_json:
        said = {"out": str(out), "entities": entities, "seed": seed, "rows": rows, "truth": str(truth)}
        _print_json(said if registry.planted is None else said | {"faults": len(registry.planted)})
        return
    from creditrisk.console import say

    say(f"{sum(rows.values()):,} records of {entities:,} entities in {len(rows)} tables: {out}")
    say(f"The truth on {', '.join(dates)}: {truth}")
    if registry.planted is not None:
        say(f"{len(registry.planted):,} planted faults: {truth.with_name('faults.parquet')}")


@app.command()
def assess(
    records: Annotated[
        str, typer.Argument(metavar="RECORDS", help="Folder of Parquet or CSV files, or a .duckdb file.")
    ],
    as_of: Annotated[str, typer.Option(help="The present: only what was known before it is used.")],
    out: Annotated[Path, typer.Option(help="Folder for ratings, policy, model and report.")],
    system: Annotated[
        list[str] | None, typer.Option(help="Name or TOML file; repeat to lay systems over each other.")
    ] = None,
    mapping: Annotated[Path | None, typer.Option(help="TOML file for records in tables of your own.")] = None,
    shares: Annotated[
        str | None,
        typer.Option(help="Target shares such as A=.47,B=.34,C=.10,D=.09 [default: Guangdong 2024]"),
    ] = None,
    months: Annotated[int, typer.Option(help="Horizon of probability and loss.")] = 12,
    training_windows: Annotated[
        int | None, typer.Option(help="Past periods to learn from [default: up to 3, as records allow]")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same ratings.")] = 0,
    language: Annotated[Language, typer.Option(help="Language of the report.")] = Language.EN,
    as_json: AsJson = False,
) -> None:
    """Learn from the past and give every entity a class.

    \b
    Example:
      creditrisk assess registry --system general --as-of 2025-01-01 --out result
    """
    from creditrisk.console import steps
    from creditrisk.grading.shares import parse_shares
    from creditrisk.pipeline import STEPS
    from creditrisk.pipeline import assess as run

    with steps(STEPS, quiet=as_json) as tell:
        assessment = run(
            records,
            system=tuple(system or ["general"]),
            as_of=as_of,
            months=months,
            training_windows=training_windows,
            shares=None if shares is None else parse_shares(shares),
            mapping=mapping,
            out=out,
            language=language.value,
            random_state=seed,
            progress=tell,
        )
    if as_json:
        _print_json(assessment.summary() | {"out": str(out), "report": str(out / "report.html")})
    else:
        _print_assessment(assessment, out)


@app.command()
def audit(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="Folder of Parquet or CSV files, or a .duckdb file.")
    ],
    as_of: Annotated[str, typer.Option(help="The day of the audit: only what was known before it counts.")],
    mapping: Annotated[Path | None, typer.Option(help="TOML file for records in tables of your own.")] = None,
    standard: Annotated[str, typer.Option(help="Name or TOML file of the audit standard.")] = "guangdong",
    out: Annotated[Path | None, typer.Option(help="Folder for counts, failing records and a page.")] = None,
    earlier: Annotated[
        Path | None, typer.Option(help="Folder of an earlier audit: what became of its failures.")
    ] = None,
    language: Annotated[Language, typer.Option(help="Language of the page.")] = Language.EN,
    as_json: AsJson = False,
) -> None:
    """Check records in six dimensions: coverage, timeliness, completeness, accuracy and two more.

    \b
    Example:
      creditrisk audit registry --as-of 2025-01-01 --out audit
    """
    from creditrisk.records.quality import load_audit
    from creditrisk.records.read import read_records

    before = None if earlier is None else load_audit(earlier)
    found = read_records(source, mapping=mapping).audit(as_of, standard=standard)
    rectified = None if before is None else found.rectified(before)
    if out is not None:
        from creditrisk.report.audit import write_audit_page

        found.write(out)
        write_audit_page(found, out / "audit.html", earlier=before, language=language.value)
    if as_json:
        from creditrisk.records.quality.audit import plain_rows

        became = {} if rectified is None else {"rectified": plain_rows(rectified)}
        written = {} if out is None else {"out": str(out), "report": str(out / "audit.html")}
        _print_json(found.to_dict() | became | written)
        return
    from creditrisk.console import print_audit

    print_audit(found, rectified, out)


@app.command(name="map-check")
def map_check(
    mapping: Annotated[Path, typer.Argument(metavar="MAPPING", help="TOML file of the mapping.")],
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="Folder of Parquet or CSV files, or a .duckdb file.")
    ],
    system: Annotated[
        str, typer.Option(help="Name or TOML file of the system whose indicators are counted.")
    ] = "general",
    as_json: AsJson = False,
) -> None:
    """Say column by column what fits a mapping, what is missing and which indicators that costs.

    \b
    Example:
      creditrisk map-check our-bureau.toml bureau --system general
    """
    from creditrisk.indicators.mapping_check import check_mapping

    found = check_mapping(mapping, source, system=system)
    if as_json:
        _print_json(found.to_dict())
    else:
        from creditrisk.console import print_mapping_check

        print_mapping_check(found)
    if not found.fits:
        raise typer.Exit(1)


@app.command(name="compare-truth")
def compare_truth(
    result: Annotated[
        Path, typer.Argument(metavar="RESULT", help="Folder of an assessment, or its ratings.parquet.")
    ],
    truth: Annotated[
        Path, typer.Argument(metavar="TRUTH", help="The truth.parquet of the simulated registry.")
    ],
    as_json: AsJson = False,
) -> None:
    """Compare ratings of a made-up registry with its truth.

    \b
    Example:
      creditrisk compare-truth result registry/truth/truth.parquet
    """
    from creditrisk.grading.ratings import read_ratings
    from creditrisk.validation.truth import compare_truth as compare
    from creditrisk.validation.truth import read_truth

    ratings = read_ratings(result / "ratings.parquet" if result.is_dir() else result)
    comparison = compare(ratings, read_truth(truth))
    if as_json:
        _print_json(comparison.summary())
        return
    from creditrisk.console import print_table, say

    formats = {
        "entities": ("entities", ",d"),
        "estimated_p": ("estimated p", ".3f"),
        "true_p": ("true p", ".3f"),
        "violation_rate": ("violations found later", ".1%"),
    }
    print_table(f"Estimated against true, {comparison.as_of}", comparison.by_class, formats)
    say(
        f"The {comparison.interval:.0%} intervals of p hold the truth for {comparison.coverage_p:.1%} of "
        f"{comparison.entities:,} entities."
    )


def _print_assessment(assessment: Any, out: Path) -> None:
    from creditrisk.console import print_table, say

    ratings = assessment.ratings
    formats = {
        "entities": ("entities", ",d"),
        "share": ("share", ".1%"),
        "mean_p": ("mean p", ".3f"),
        f"mean_{ratings.loss_column}": (f"expected loss ({ratings.currency})", ",.0f"),
        "direct": ("direct determinations", ",d"),
    }
    print_table(f"Classes, {assessment.as_of}", ratings.summary(), formats)
    for fit in assessment.fits():
        say(f"Fit of the {fit.part} model: {fit.sentence}")
    note = assessment.policy.calibrated.get("note_en")
    if note:
        say(str(note))
    say("The class is an internal reference for allocating supervision, not a public credit rating.")
    say(f"Report: {out / 'report.html'}")


def _print_json(value: dict[str, Any]) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, allow_nan=False))


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; an error of this library is one sentence on standard error and exit code 1.

    Parameters
    ----------
    arguments : list of str, optional
        Instead of those of the process.
    """
    try:
        app(args=arguments, prog_name="creditrisk")
    except CreditRiskError as error:
        sentence = " ".join(str(error).split())
        typer.echo(f"creditrisk: {sentence}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
