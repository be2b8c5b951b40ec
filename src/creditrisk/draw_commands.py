"""The command ``creditrisk draw``: whom to inspect, with the chance of everybody."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import pandas as pd

    from creditrisk.grading.ratings import Ratings


def draw(
    result: Annotated[
        Path, typer.Argument(metavar="RESULT", help="Folder of an assessment: ratings.parquet.")
    ],
    out: Annotated[
        Path, typer.Option(help="Folder for draw.parquet (everybody) and visits.csv (the drawn).")
    ],
    seed: Annotated[str, typer.Option(help="The published seed; with it anyone can repeat the draw.")],
    rates: Annotated[
        str | None, typer.Option(help="Inspection rates such as A=.01,B=.05,C=.2,D=.9, or a preset's name.")
    ] = None,
    months: Annotated[int, typer.Option(help="How many months of a preset's year one draw stands for.")] = 12,
    capacity: Annotated[int | None, typer.Option(help="How many visits there are.")] = None,
    least_chance: Annotated[
        float, typer.Option(help="The chance that everybody keeps, of a draw by capacity alone.")
    ] = 0.01,
    exploration: Annotated[
        float, typer.Option(help="Share of the visits that goes where the interval of p is widest, 0-1.")
    ] = 0.0,
    design: Annotated[
        str | None, typer.Option(help="poisson, stratified, pps or systematic [default: by the plan]")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Draw entities for inspection, by rates of the classes or by a capacity.

    \b
    Example:
      creditrisk draw result --rates daqing-2024 --months 3 --seed "2025-01-05 09:00" --out round-1
    """
    from creditrisk.assessment import writable_folder
    from creditrisk.grading.ratings import read_ratings
    from creditrisk.supervision.plan import InspectionPlan

    ratings = read_ratings(result / "ratings.parquet")
    plan = InspectionPlan(
        rates=_rates(rates, months, ratings),
        capacity=capacity,
        least_chance=least_chance,
        exploration=exploration,
        design=design,
        seed=seed,
    )
    drawn = plan.draw(ratings)
    folder = writable_folder(out)
    drawn.to_parquet(folder / "draw.parquet")
    visits = drawn[drawn["drawn"]].drop(columns="drawn").sort_values("number")
    visits.to_csv(folder / "visits.csv", encoding="utf-8-sig")
    counts = _by_class(drawn)
    if as_json:
        typer.echo(json.dumps(_summary(drawn, counts, folder), ensure_ascii=False, allow_nan=False))
    else:
        _print(drawn, counts, folder)


def _rates(text: str | None, months: int, ratings: "Ratings") -> dict[str, float] | None:
    """Return the rates of the classes that have entities."""
    from creditrisk.grading.inspection_rates import parse_rates
    from creditrisk.supervision.rates import load_rates

    if text is None:
        return None
    parsed = parse_rates(text) if "=" in text else load_rates(text, months=months).rates
    there = set(ratings.table["risk_class"])
    return {str(name): rate for name, rate in parsed.items() if str(name) in there}


def _by_class(drawn: "pd.DataFrame") -> "pd.DataFrame":
    grouped = drawn.groupby("risk_class")
    counts = grouped.size().to_frame("entities")
    counts["expected_visits"] = grouped["inclusion_probability"].sum()
    counts["visits"] = grouped["drawn"].sum()
    return counts


def _summary(drawn: "pd.DataFrame", counts: "pd.DataFrame", folder: Path) -> dict[str, Any]:
    about = drawn.attrs["creditrisk"]
    return {
        "draw": str(folder / "draw.parquet"),
        "visits": str(folder / "visits.csv"),
        "seed": about["seed"],
        "design": about["design"],
        "entities": len(drawn),
        "drawn": int(drawn["drawn"].sum()),
        "classes": counts.round(6).to_dict("index"),
    }


def _print(drawn: "pd.DataFrame", counts: "pd.DataFrame", folder: Path) -> None:
    from creditrisk.console import print_table, say

    columns = {
        "entities": ("entities", ",d"),
        "expected_visits": ("expected visits", ",.1f"),
        "visits": ("visits", ",d"),
    }
    print_table("Drawn by class", counts, columns, first="class")
    about = drawn.attrs["creditrisk"]
    say(f"Seed {about['seed']!r}, design {about['design']}. No class is exempt from inspection.")
    say(f"The visits: {folder / 'visits.csv'}; the chance of everybody: {folder / 'draw.parquet'}")
