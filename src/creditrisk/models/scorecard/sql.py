"""A scorecard as one SELECT: the same places, the same straight lines, the same sums."""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SpecError, hint
from creditrisk.models.effects import BranchTerm, ChannelTerm, GroupTerm, HingeTerm, StepTerm, TableTerm, Term

if TYPE_CHECKING:
    from creditrisk.models.effects.pair import Bands
    from creditrisk.models.scorecard.card import Scorecard

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How an engine quotes names and calls its types."""

    quote: str
    number: str
    text: str
    backslash: str = "\\"


DIALECTS = {
    "duckdb": Dialect(quote='"', number="DOUBLE", text="VARCHAR"),
    "postgres": Dialect(quote='"', number="DOUBLE PRECISION", text="TEXT"),
    "spark": Dialect(quote="`", number="DOUBLE", text="STRING", backslash="\\\\"),
}


def to_sql(card: "Scorecard", table: str, entity: str, dialect: str) -> str:
    """Return the query.

    Parameters
    ----------
    card : Scorecard
        The points.
    table, entity : str
        The table of indicators, and its column of entities.
    dialect : {"duckdb", "postgres", "spark"}
        Where it runs.

    Returns
    -------
    str
        A SELECT of the entity and its points.

    Raises
    ------
    SpecError
        If there is no such dialect.
    """
    if dialect not in DIALECTS:
        raise SpecError(
            f"A scorecard is written for {', '.join(DIALECTS)}; got {dialect!r}.{hint(dialect, DIALECTS)}"
        )
    speech = DIALECTS[dialect]
    names: dict[str, tuple[str, ...]] = {}
    for term in card.design.terms:
        if isinstance(term, GroupTerm):
            names[term.columns[0]] = (*names.get(term.columns[0], ()), *term.categories)
    columns = ",\n".join(f"    {_typed(name, names.get(name), speech)}" for name in card.design.columns)
    parts = [_number(card.points[0])]
    for term, start in zip(card.design.terms, card.design.offsets, strict=False):
        points = card.points[1 + int(start) : 1 + int(start) + term.n_levels]
        if not isinstance(term, ChannelTerm):
            parts.append(f"{_points_of(term, points, speech)} /* {_comment(term.name)} */")
    separator = ",\n" if columns else ""
    return (
        f"WITH typed AS (\n  SELECT\n    {_name(entity, speech)}{separator}{columns}\n"
        f"  FROM {_name(table, speech)}\n)\n"
        f"SELECT\n  {_name(entity, speech)},\n  " + "\n  + ".join(parts) + " AS points\nFROM typed\n"
    )


def _points_of(term: Term, points: Floats, speech: Dialect) -> str:
    if isinstance(term, HingeTerm):
        return _case(_hinge_arms(term, points, _name(term.name, speech), speech))
    if isinstance(term, StepTerm):
        return _case(_step_arms(term.edges, points, _name(term.name, speech), speech))
    if isinstance(term, BranchTerm):
        return _branches(term, points, speech)
    if isinstance(term, GroupTerm):
        return _case(_group_arms(term, points, speech))
    if isinstance(term, TableTerm):
        return _cells(term, points, speech)
    raise SpecError(f"A scorecard has no SQL for a term of kind {term.kind!r}; score it in Python.")


def _case(arms: list[tuple[str, str]]) -> str:
    """Return a CASE; the last arm's condition is what is left."""
    when = " ".join(f"WHEN {condition} THEN {value}" for condition, value in arms[:-1])
    return f"CASE {when} ELSE {arms[-1][1]} END" if when else arms[-1][1]


def _hinge_arms(term: HingeTerm, points: Floats, x: str, speech: Dialect) -> list[tuple[str, str]]:
    arms = [(_is_missing(x, speech), _number(points[-1]))]
    if term.n_steps:
        arms.append((f"{x} <= {_number(term.knots[0])}", _number(points[0])))
    for k, (low, high) in enumerate(pairwise(term.knots)):
        if low == 0:
            arms.append((f"{x} < {_number(high)}", _number(points[k + 1])))
        elif high == 0:
            arms += [(f"{x} < 0", _number(points[k])), (f"{x} <= 0", _number(points[k + 1]))]
        else:
            arms.append((f"{x} < {_number(high)}", _line(low, high, points[k], points[k + 1], x)))
    return [*arms, ("", _number(points[term.n_steps]))]


def _line(low: float, high: float, here: float, there: float, x: str) -> str:
    """Return the points between two knots, a straight line in sign(x) log(1 + |x|)."""
    start, end = (float(np.sign(knot) * np.log1p(abs(knot))) for knot in (low, high))
    above, below = f"LN(1 + {x})", f"-LN(1 - {x})"
    if low < 0 < high:
        log = f"CASE WHEN {x} < 0 THEN {below} ELSE {above} END"
    else:
        log = above if low >= 0 else below
    return (
        f"{_number(here)} + {_number(there - here)} * (({log}) - {_number(start)}) / {_number(end - start)}"
    )


def _step_arms(edges: Floats, points: Floats, x: str, speech: Dialect) -> list[tuple[str, str]]:
    below = [(f"{x} < {_number(edge)}", _number(points[k])) for k, edge in enumerate(edges)]
    return [(_is_missing(x, speech), _number(points[-1])), *below, ("", _number(points[len(edges)]))]


def _group_arms(term: GroupTerm, points: Floats, speech: Dialect) -> list[tuple[str, str]]:
    x = _name(term.columns[0], speech)
    arms = [(_is_level(x, name, speech), _number(points[k])) for k, name in enumerate(term.categories)]
    return [*arms, ("", _number(points[-1]))]


def _branches(term: BranchTerm, points: Floats, speech: Dialect) -> str:
    """Return the points of a code's first characters; what is too short or no code is missing."""
    x, form = _name(term.column, speech), f"^{'[A-Z]' * term.letters}[0-9]*$"
    is_code = f"LENGTH({x}) >= {term.prefix} AND REGEXP_REPLACE({x}, '{form}', '') = ''"
    branch = f"CASE WHEN {is_code} THEN SUBSTRING({x}, 1, {term.prefix}) ELSE 'missing' END"
    when = " ".join(
        f"WHEN {_string(name, speech)} THEN {_number(points[k])}" for k, name in enumerate(term.categories)
    )
    return f"CASE {branch} {when} ELSE {_number(points[-1])} END"


def _cells(term: TableTerm, points: Floats, speech: Dialect) -> str:
    cell = f"{_band(term.first, speech)} * {len(term.second.labels)} + {_band(term.second, speech)}"
    when = " ".join(f"WHEN {number} THEN {_number(points[k])}" for k, number in enumerate(term.cells))
    return f"CASE {cell} {when} ELSE {_number(points[-1])} END"


def _band(band: "Bands", speech: Dialect) -> str:
    x, last = _name(band.name, speech), str(len(band.labels) - 1)
    if band.edges is None:
        return _case(
            [*((_is_level(x, name, speech), str(k)) for k, name in enumerate(band.names)), ("", last)]
        )
    below = [(f"{x} < {_number(edge)}", str(k)) for k, edge in enumerate(band.edges)]
    return _case([(_is_missing(x, speech), last), *below, ("", str(len(band.edges)))])


def _is_missing(x: str, speech: Dialect) -> str:
    return f"{x} IS NULL OR {x} = CAST('NaN' AS {speech.number})"


def _is_level(x: str, name: str, speech: Dialect) -> str:
    same = f"{x} = {_string(name, speech)}"
    return f"{x} IS NULL OR {same}" if name == "missing" else same


def _typed(name: str, levels: tuple[str, ...] | None, speech: Dialect) -> str:
    """Return a column as a number, or as the text that its levels were named by."""
    column = _name(name, speech)
    if levels is None:
        return f"CAST({column} AS {speech.number}) AS {column}"
    text = f"CAST({column} AS {speech.text})"
    if all(level.isdigit() for level in levels if level != "missing"):
        text = f"NULLIF(REGEXP_REPLACE(LOWER({text}), '[.]0$', ''), 'nan')"
    return f"{text} AS {column}"


def _name(name: str, speech: Dialect) -> str:
    return f"{speech.quote}{name.replace(speech.quote, 2 * speech.quote)}{speech.quote}"


def _string(text: str, speech: Dialect) -> str:
    return "'" + text.replace("\\", speech.backslash).replace("'", "''") + "'"


def _number(value: float) -> str:
    """Return a literal that engines read as a double, exactly."""
    text = repr(float(value))
    return text if "e" in text else f"{text}e0"


def _comment(text: str) -> str:
    return text.replace("*/", "* /")
