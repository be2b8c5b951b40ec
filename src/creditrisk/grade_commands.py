"""The commands ``creditrisk fit`` and ``grade``: a model of the past, and ratings in resumable parts."""

import json
from pathlib import Path
from typing import Annotated

import typer


def fit(
    records: Annotated[
        Path, typer.Argument(metavar="RECORDS", help="Folder of Parquet or CSV files, or a .duckdb file.")
    ],
    as_of: Annotated[str, typer.Option(help="The present: only what was known before it is used.")],
    out: Annotated[Path, typer.Option(help="File for the model, such as model.nc.")],
    system: Annotated[
        list[str] | None, typer.Option(help="Name or TOML file; repeat to lay systems over each other.")
    ] = None,
    mapping: Annotated[Path | None, typer.Option(help="TOML file for records in tables of your own.")] = None,
    months: Annotated[int, typer.Option(help="Horizon of probability and loss.")] = 12,
    training_windows: Annotated[
        int | None, typer.Option(help="Past periods to learn from [default: up to 3, as records allow]")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same model.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Learn from the past, and write the model; `grade` uses it with a policy in force.

    \b
    Example:
      creditrisk fit registry --as-of 2025-01-01 --out model.nc
    """
    from creditrisk.assessment import writable_folder
    from creditrisk.console import say, steps
    from creditrisk.pipeline import STEPS
    from creditrisk.pipeline import fit as learn

    writable_folder(out.parent)
    with steps(STEPS[:3], quiet=as_json) as tell:
        model = learn(
            records,
            system=tuple(system or ["general"]),
            as_of=as_of,
            months=months,
            training_windows=training_windows,
            mapping=mapping,
            random_state=seed,
            progress=tell,
        )
    model.save(out)
    fits = {"violation": model.violation_.status_, "loss": model.loss_.status_}
    if as_json:
        said = {part: status.sentence for part, status in fits.items()}
        typer.echo(json.dumps({"out": str(out), "fit": said}, ensure_ascii=False))
        return
    for part, status in fits.items():
        say(f"Fit of the {part} model: {status.sentence}")
    say(f"Model: {out}")


def grade(
    model: Annotated[Path, typer.Argument(metavar="MODEL", help="What RiskModel.save or assess wrote.")],
    records: Annotated[
        Path, typer.Argument(metavar="RECORDS", help="Folder of Parquet or CSV files, or a .duckdb file.")
    ],
    as_of: Annotated[str, typer.Option(help="The present: only what was known before it is used.")],
    out: Annotated[Path, typer.Option(help="Folder for the ratings in parts, and last a manifest.json.")],
    policy: Annotated[
        Path | None, typer.Option(help="Policy file [default: policy.toml beside MODEL]")
    ] = None,
    system: Annotated[
        list[str] | None, typer.Option(help="Name or TOML file; repeat to lay systems over each other.")
    ] = None,
    mapping: Annotated[Path | None, typer.Option(help="TOML file for records in tables of your own.")] = None,
    method: Annotated[str, typer.Option(help="moments, or draws to count every draw.")] = "moments",
    rows: Annotated[int, typer.Option(help="Entities a part; memory grows with it.")] = 500_000,
    as_json: Annotated[bool, typer.Option("--json", help="Print the manifest as one JSON object.")] = False,
) -> None:
    """Rate every entity of records of any size; killed, it goes on where it was.

    \b
    Example:
      creditrisk grade result/model.nc registry --as-of 2025-01-01 --out ratings
    """
    from creditrisk.batch.run import grade_records
    from creditrisk.progress import shown_advance

    with shown_advance() as tell:
        manifest = grade_records(
            model,
            records,
            as_of=as_of,
            out=out,
            policy=policy,
            system=tuple(system or ["general"]),
            mapping=mapping,
            method=method,
            rows=rows,
            progress=tell,
        )
    if as_json:
        typer.echo(json.dumps(manifest.to_dict(), ensure_ascii=False, allow_nan=False))
        return
    from creditrisk.console import say

    counts = ", ".join(f"{letter} {count:,}" for letter, count in manifest.classes.items())
    say(f"{manifest.entities:,} entities rated by {manifest.job.policy}: {counts}.")
    say(f"Ratings: {out / 'ratings'}, {len(manifest.parts)} parts; what they are of: {out / 'manifest.json'}")
