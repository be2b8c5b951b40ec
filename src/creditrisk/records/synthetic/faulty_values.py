"""Faults of one value: late (及时性), missing (完整性), wrong (准确性) or leading nowhere (关联性)."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.records.dimension import Dimension
from creditrisk.records.schema import Column
from creditrisk.records.synthetic.fault import Fault, Ground, Rows
from creditrisk.records.synthetic.log import Days
from creditrisk.records.synthetic.uscc import ALPHABET
from creditrisk.records.synthetic.working_days import working_days_after

_CODE = "not a code"
_UNKNOWN = {"region": "999999", "industry": "Z99"}


def _all(ground: Ground) -> NDArray[np.bool_]:
    return np.ones(len(ground.frame), dtype=bool)


def _public(ground: Ground) -> NDArray[np.bool_] | None:
    return _all(ground) if ground.table.public else None


def _late(ground: Ground, rows: Rows, low: int, high: int) -> Days:
    occurred = ground.frame["occurred_on"].to_numpy()[rows].astype("datetime64[D]")
    return working_days_after(occurred, ground.rng.integers(low, high + 1, len(rows)))


def _collect_late(ground: Ground, rows: Rows) -> None:
    known = _late(ground, rows, 8, 15)
    ground.put(rows, "known_on", known)
    published = ground.frame["published_on"].to_numpy()[rows]
    ground.put(rows, "published_on", np.maximum(published, known))


def _publish_late(ground: Ground, rows: Rows) -> None:
    ground.put(rows, "published_on", _late(ground, rows, 21, 80))


def _names(ground: Ground, *, required: bool) -> list[str]:
    own = [column for column in ground.table.own if column.known_with is None]
    if required:
        return [column.name for column in own if column.required]
    return [column.name for column in own if column.expected and not column.required]


def _can_lack_expected(ground: Ground) -> NDArray[np.bool_] | None:
    names = _names(ground, required=False)
    return ground.filled(*names) if names else None


def _lack_expected(ground: Ground, rows: Rows) -> None:
    for name, some in ground.one_of(_names(ground, required=False), rows):
        ground.put(some, name, None)


def _can_lack_required(ground: Ground) -> NDArray[np.bool_] | None:
    names = _names(ground, required=True)
    return None if ground.identity or not names else ground.filled(*names)


def _lack_required(ground: Ground, rows: Rows) -> None:
    for name, some in ground.one_of(_names(ground, required=True), rows):
        ground.put(some, name, None)


def _may_change_owner(ground: Ground) -> NDArray[np.bool_] | None:
    return None if ground.identity or ground.table.each_year else ground.unlinked


def _break_check_digit(ground: Ground, rows: Rows) -> None:
    codes = ground.frame["entity_id"].to_numpy(dtype=object)[rows]
    ground.put(rows, "entity_id", [_broken(code) for code in codes])


def _broken(code: str) -> str:
    return code[:-1] + ALPHABET[(ALPHABET.index(code[-1]) + 1) % len(ALPHABET)]


def _move_to_stranger(ground: Ground, rows: Rows) -> None:
    ground.put(rows, "entity_id", ground.rng.choice(ground.strangers, len(rows)))


def _first(ground: Ground, kind: str) -> Column | None:
    """Return the first own column of the kind, filled somewhere, of which no later day hides the value."""
    for column in ground.table.own:
        if column.known_with is None and _is(column, kind) and ground.frame[column.name].notna().any():
            return column
    return None


def _is(column: Column, kind: str) -> bool:
    match kind:
        case "codes":
            return bool(column.codes)
        case "amount":
            return column.minimum == 0
        case "system":
            return column.code_system in _UNKNOWN
        case _:
            return column.code_system == kind


def _can_break(ground: Ground, kind: str) -> NDArray[np.bool_] | None:
    column = _first(ground, kind)
    return None if column is None else ground.filled(column.name)


def _break_code(ground: Ground, rows: Rows) -> None:
    column = _first(ground, "codes")
    assert column is not None
    ground.put(rows, column.name, _CODE)


def _break_place(ground: Ground, rows: Rows) -> None:
    column = _first(ground, "system")
    assert column is not None
    assert column.code_system is not None
    ground.put(rows, column.name, _UNKNOWN[column.code_system])


def _break_other_code(ground: Ground, rows: Rows) -> None:
    column = _first(ground, "uscc")
    assert column is not None
    codes = ground.frame[column.name].to_numpy(dtype=object)[rows]
    ground.put(rows, column.name, [_broken(code) for code in codes])


def _make_negative(ground: Ground, rows: Rows) -> None:
    column = _first(ground, "amount")
    assert column is not None
    amounts = ground.frame[column.name].to_numpy(dtype=float)[rows]
    ground.put(rows, column.name, -1 - np.floor(np.abs(amounts)))


def _pair(ground: Ground) -> tuple[str, str] | None:
    """Return the first two own dates in order of which some records have both, and known at once."""
    for first, last in ground.table.ordered:
        if ground.filled(first, last).any():
            return first, last
    return None


def _can_swap(ground: Ground) -> NDArray[np.bool_] | None:
    pair = None if ground.identity else _pair(ground)
    if pair is None:
        return None
    known_with = ground.table.column(pair[1]).known_with or pair[1]
    ends = ground.frame[known_with] < ground.frame["known_on"].max() - pd.Timedelta(days=270)
    future = ground.table.column(pair[1]).known_with is None
    return ground.filled(*pair) & (np.asarray(ends.fillna(value=False), dtype=bool) | future)


def _swap(ground: Ground, rows: Rows) -> None:
    pair = _pair(ground)
    assert pair is not None
    first, last = pair
    shift = pd.to_timedelta(ground.rng.integers(1, 60, len(rows)), unit="D").to_numpy()
    if last == "occurred_on":
        ground.put(rows, first, ground.frame[last].to_numpy()[rows] + shift)
    else:
        ground.put(rows, last, ground.frame[first].to_numpy()[rows] - shift)


def _may_lie_ahead(ground: Ground) -> NDArray[np.bool_] | None:
    return None if ground.identity or ground.table.each_year else _all(ground)


def _lie_ahead(ground: Ground, rows: Rows) -> None:
    shift = pd.to_timedelta(ground.rng.integers(400, 4000, len(rows)), unit="D").to_numpy()
    ground.put(rows, "occurred_on", ground.frame["known_on"].to_numpy()[rows] + shift)


def _rename(ground: Ground, rows: Rows) -> None:
    own = ground.frame["entity_name"].to_numpy(dtype=object)[rows]
    other = ground.names.sample(len(rows), replace=True, random_state=ground.rng).to_numpy(dtype=object)
    ground.put(rows, "entity_name", [b if a != b else f"{b} branch" for a, b in zip(own, other, strict=True)])


def _links(ground: Ground) -> list[str]:
    return [link.column for link in ground.table.links if ground.frame[link.column].notna().any()]


def _can_lead_nowhere(ground: Ground) -> NDArray[np.bool_] | None:
    return ground.filled(_links(ground)[0]) if _links(ground) else None


def _lead_nowhere(ground: Ground, rows: Rows) -> None:
    column = _links(ground)[0]
    ids = ground.frame[column].to_numpy(dtype=object)[rows]
    ground.put(rows, column, [f"{one}-lost" for one in ids])


FAULTY_VALUES = (
    Fault(name="collected late", dimension=Dimension.TIMELINESS, can=_public, plant=_collect_late),
    Fault(name="published late", dimension=Dimension.TIMELINESS, can=_public, plant=_publish_late),
    Fault(
        name="expected value missing",
        dimension=Dimension.COMPLETENESS,
        can=_can_lack_expected,
        plant=_lack_expected,
    ),
    Fault(
        name="required value missing",
        dimension=Dimension.COMPLETENESS,
        can=_can_lack_required,
        plant=_lack_required,
    ),
    Fault(
        name="check digit of the entity wrong",
        dimension=Dimension.ACCURACY,
        can=_may_change_owner,
        plant=_break_check_digit,
    ),
    Fault(
        name="code outside its list",
        dimension=Dimension.ACCURACY,
        can=lambda ground: None if ground.identity else _can_break(ground, "codes"),
        plant=_break_code,
    ),
    Fault(
        name="unknown region or industry",
        dimension=Dimension.ACCURACY,
        can=lambda ground: _can_break(ground, "system"),
        plant=_break_place,
    ),
    Fault(
        name="check digit of another entity wrong",
        dimension=Dimension.ACCURACY,
        can=lambda ground: _can_break(ground, "uscc"),
        plant=_break_other_code,
    ),
    Fault(
        name="negative amount",
        dimension=Dimension.ACCURACY,
        can=lambda ground: None if ground.identity else _can_break(ground, "amount"),
        plant=_make_negative,
    ),
    Fault(name="dates out of order", dimension=Dimension.ACCURACY, can=_can_swap, plant=_swap),
    Fault(
        name="known before it happened", dimension=Dimension.ACCURACY, can=_may_lie_ahead, plant=_lie_ahead
    ),
    Fault(
        name="name of another entity",
        dimension=Dimension.ACCURACY,
        can=lambda ground: ground.named,
        plant=_rename,
    ),
    Fault(
        name="entity not registered",
        dimension=Dimension.RELATEDNESS,
        can=_may_change_owner,
        plant=_move_to_stranger,
    ),
    Fault(
        name="link to no record",
        dimension=Dimension.RELATEDNESS,
        can=_can_lead_nowhere,
        plant=_lead_nowhere,
    ),
)
