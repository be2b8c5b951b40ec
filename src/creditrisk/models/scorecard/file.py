"""Scorecard files: `Scorecard.to_toml` writes them, `load_scorecard` reads them, exactly."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from creditrisk.errors import SpecError
from creditrisk.models.design_matrix import Design
from creditrisk.models.effects import PairTerm, Term
from creditrisk.models.effects.to_json import term_from_json, term_to_json
from creditrisk.models.scorecard.card import Scorecard, check_scale
from creditrisk.records.toml_file import FileSpec, parse, read_toml
from creditrisk.records.toml_text import to_toml

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEMA_VERSION = 1


class Points(FileSpec):
    """Posterior mean and interval of one level."""

    level: str = ""
    points: float
    lower: float
    upper: float


class ScorecardFile(FileSpec):
    """What a scorecard file holds."""

    schema_version: int
    pdo: float
    base: float
    odds: float
    prob: float
    start: Points
    terms: tuple[dict[str, Any], ...] = ()


def to_text(card: Scorecard) -> str:
    """Return the TOML of a scorecard.

    Parameters
    ----------
    card : Scorecard
        The points.

    Returns
    -------
    str
        What `load_scorecard` reads.
    """
    rows = [
        {"points": float(points), "lower": float(lower), "upper": float(upper)}
        for points, lower, upper in zip(card.points, card.lower, card.upper, strict=True)
    ]
    terms = []
    for term, start in zip(card.design.terms, card.design.offsets, strict=False):
        own = rows[1 + int(start) : 1 + int(start) + term.n_levels]
        levels = [{"level": label, **row} for label, row in zip(term.labels, own, strict=True)]
        terms.append({**term_to_json(term), "levels": levels})
    scale = {"pdo": float(card.pdo), "base": float(card.base), "odds": float(card.odds), "prob": card.prob}
    return to_toml({"schema_version": SCHEMA_VERSION, **scale, "start": rows[0], "terms": terms})


def load_scorecard(path: str | Path) -> Scorecard:
    """Read a scorecard file.

    Parameters
    ----------
    path : str or Path
        A TOML file written by `Scorecard.to_toml`.

    Returns
    -------
    Scorecard
        Equal to the one that was written.

    Raises
    ------
    SourceError
        If there is no such file.
    SpecError
        If it is not TOML, lacks a key or has an unknown one, or is of a newer schema version.
    """
    what = f"scorecard {Path(path).name!r}"
    read = parse(ScorecardFile, read_toml(path), what)
    if not 1 <= read.schema_version <= SCHEMA_VERSION:
        raise SpecError(
            f"A scorecard file has schema_version 1 to {SCHEMA_VERSION}; {what} has {read.schema_version}: "
            "update creditrisk or correct the file."
        )
    check_scale(read.pdo, read.odds, read.prob)
    terms, rows = [], [read.start]
    for place, given in enumerate(read.terms, start=1):
        term, levels = _term(given, f"term {place} of {what}")
        terms.append(term)
        rows += levels
    return Scorecard(
        design=Design(terms=tuple(terms)),
        pdo=read.pdo,
        base=read.base,
        odds=read.odds,
        prob=read.prob,
        points=np.array([row.points for row in rows]),
        lower=np.array([row.lower for row in rows]),
        upper=np.array([row.upper for row in rows]),
    )


def _term(given: dict[str, Any], what: str) -> "tuple[Term, Sequence[Points]]":
    fields = {"frequencies": None, **given}
    levels = [parse(Points, level, f"a level of {what}") for level in fields.pop("levels", [])]
    for band in ("first", "second"):
        if band in fields:
            fields[band] = {"edges": None, **fields[band]}
    try:
        term = term_from_json(fields)
        many = term.n_levels
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SpecError(f"A term has the fields of its kind; {what} has not: {error}.") from error
    if len(levels) != many or (isinstance(term, PairTerm) and not term.cells):
        raise SpecError(f"A term has points for each of its levels; {what} has {len(levels)} of {many}.")
    return term, levels
