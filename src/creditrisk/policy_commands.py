"""The command ``creditrisk recalibrate``: a new version of a policy, beside what it would change."""

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from creditrisk.errors import DateError, SpecError

if TYPE_CHECKING:
    from creditrisk.grading.calibration.wanted import Wishes
    from creditrisk.grading.inspection_rates import Rates
    from creditrisk.grading.publish import Published
    from creditrisk.grading.recalibrate import Recalibration


def recalibrate(
    result: Annotated[
        Path, typer.Argument(metavar="RESULT", help="Folder of an assessment: ratings.parquet, policy.toml.")
    ],
    out: Annotated[Path, typer.Option(help="Folder of policies; versions in it are never overwritten.")],
    parent: Annotated[
        Path | None, typer.Option(help="The present version [default: policy.toml of RESULT]")
    ] = None,
    like: Annotated[
        Path | None, typer.Option(help="Take over this policy instead of a goal, as to roll back.")
    ] = None,
    shares: Annotated[
        str | None, typer.Option(help="Target shares such as A=.47,B=.34,C=.10,D=.09, or a preset's name.")
    ] = None,
    capacity: Annotated[int | None, typer.Option(help="The most entities in D.")] = None,
    inspections: Annotated[float | None, typer.Option(help="The most expected inspections.")] = None,
    precision: Annotated[float | None, typer.Option(help="The lowest violation rate in D, 0-1.")] = None,
    max_share: Annotated[float | None, typer.Option(help="The largest share of D, 0-1.")] = None,
    rates: Annotated[
        str | None, typer.Option(help="Inspection rates such as A=.01,B=.05,C=.2,D=.9, or a preset's name.")
    ] = None,
    version: Annotated[str | None, typer.Option(help="The new version [default: one more]")] = None,
    author: Annotated[str, typer.Option(help="Who makes it.")] = "",
    reason: Annotated[str, typer.Option(help="Why, for the change log.")] = "",
    since: Annotated[str | None, typer.Option("--from", help="First day on which it shall hold.")] = None,
    by: Annotated[
        list[str] | None, typer.Option(help="Column of the ratings to tell the movers by; repeat for more.")
    ] = None,
    language: Annotated[str, typer.Option(help="Of the comparison: en or zh.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Write a new version of a policy, what it would change, and a line of change log.

    \b
    Example:
      creditrisk recalibrate result --capacity 400 --out policies --author "Zhang"
    """
    from creditrisk.grading.file import load_policy
    from creditrisk.grading.publish import publish
    from creditrisk.grading.ratings import read_ratings
    from creditrisk.grading.recalibrate import recalibrate as calibrate_again
    from creditrisk.grading.recalibrate import succeed

    _check_language(language)
    ratings = read_ratings(result / "ratings.parquet")
    present = load_policy(parent or result / "policy.toml")
    about: dict[str, Any] = {
        "version": version,
        "author": author,
        "in_force_from": _day(since),
        "rates": _rates(rates),
        "by": by or [],
    }
    wishes = _wishes(shares, capacity, inspections, precision, max_share, about["rates"])
    if like is None:
        made = calibrate_again(ratings, present, **wishes, **about)
    elif wishes:
        raise SpecError("A new version has a goal, or is like another policy; got both: leave one out.")
    else:
        made = succeed(ratings, present, load_policy(like), **about)
    files = publish(made, out, reason=reason, language="zh" if language == "zh" else "en")
    if as_json:
        typer.echo(json.dumps(_summary(made, files), ensure_ascii=False, allow_nan=False))
    else:
        _print(made, files, language)


def _wishes(
    shares: str | None,
    capacity: int | None,
    inspections: float | None,
    precision: float | None,
    max_share: float | None,
    rates: "Rates | None",
) -> "Wishes":
    from creditrisk.grading.calibration.capacity import InspectionCapacity
    from creditrisk.grading.inspection_rates import load_rates
    from creditrisk.grading.shares import load_shares, parse_shares

    if capacity is not None and inspections is not None:
        raise SpecError("A capacity is one of entities or of inspections; got both: leave one out.")
    found: Wishes = {}
    if shares is not None:
        found["shares"] = parse_shares(shares) if "=" in shares else load_shares(shares)
    if capacity is not None:
        found["capacity"] = capacity
    if inspections is not None:
        by_class = {str(name): rate for name, rate in (rates or load_rates()).items()}
        found["capacity"] = InspectionCapacity(inspections=inspections, rates=by_class)
    if precision is not None:
        found["precision"] = precision
    if max_share is not None:
        found["max_share"] = max_share
    return found


def _rates(text: str | None) -> "Rates | None":
    from creditrisk.grading.inspection_rates import load_rates, parse_rates

    if text is None:
        return None
    return parse_rates(text) if "=" in text else load_rates(text)


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise DateError(f"--from is a day such as 2025-01-01; got {text!r}: correct it.") from None


def _check_language(language: str) -> None:
    if language not in ("en", "zh"):
        raise SpecError(f"Comparisons are written in en or zh; got {language!r}: choose one.")


def _summary(made: "Recalibration", files: "Published") -> dict[str, Any]:
    effects = made.comparison.effects[["before", "after"]]
    return {
        "policy": str(files.policy),
        "comparison": str(files.comparison),
        "change_log": str(files.change_log),
        "version": made.policy.version,
        "parent": made.policy.parent,
        "cuts": None if made.policy.cuts is None else list(made.policy.cuts),
        "entities": len(made.comparison.classes),
        "moved": len(made.comparison.moved),
        "migration": made.comparison.migration.to_dict("index"),
        "effects": effects.astype(object).where(effects.notna(), None).to_dict("index"),
        "note": str(made.policy.calibrated.get("note_en", "")),
    }


def _print(made: "Recalibration", files: "Published", language: str) -> None:
    from creditrisk.console import print_table, say

    counts = {letter: (letter, ",d") for letter in "ABCD"}
    print_table("From class to class", made.comparison.migration, counts, first="before \\ after")
    note = made.policy.calibrated.get(f"note_{language}")
    if note:
        say(str(note))
    say(f"Policy {made.policy.name} {made.policy.version}, replacing {made.policy.parent}: {files.policy}")
    say(f"What it would change: {files.comparison}")
