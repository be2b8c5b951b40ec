"""Spines have the rows of a table in its order, whatever they are made from."""

import datetime as dt

import numpy as np
import pyarrow as pa

from creditrisk.indicators.executors.scan.spine import (
    MOST_PASSED_OVER,
    ROWS_A_PIECE,
    Spine,
    cohort,
    one_date,
    one_date_in_any_order,
    panel,
)

DAYS = (dt.date(2024, 3, 31), dt.date(2023, 1, 1))


def rows_of(spine: object) -> list[tuple[dt.date, str]]:
    """Return the index as plain pairs."""
    return [(day.date(), entity) for day, entity in spine.index]  # type: ignore[attr-defined]


def pieces_of(spine: Spine, first: int = 0, end: int = 2) -> list[tuple[int, ...]]:
    """Return the date and the rows of each piece of some entities."""
    pieces = spine.pieces(first, end)
    return list(zip(pieces.dates.tolist(), pieces.firsts.tolist(), pieces.ends.tolist(), strict=True))


def test_a_piece_breaks_off_where_entities_are_passed_over_and_follows_one_of_the_same_entities() -> None:
    entities = [f"{number:05}" for number in range(4 * ROWS_A_PIECE)]
    early = [0, 1, 2 + MOST_PASSED_OVER, 3 * ROWS_A_PIECE]
    pairs = [(DAYS[1], entities[number]) for number in early] + [(DAYS[0], one) for one in entities]
    days, whose = zip(*pairs, strict=True)
    found = pieces_of(cohort(pa.array(whose), pa.array(days, pa.date32())), 0, len(entities))
    assert found[:3] == [(0, 0, 2), (0, 2, 3), (1, 4, ROWS_A_PIECE)]
    assert found.index((0, 3, 4)) > found.index((1, 2 * ROWS_A_PIECE, 3 * ROWS_A_PIECE))
    assert sorted(row for _, first, end in found for row in range(first, end)) == list(range(len(pairs)))


def test_one_date() -> None:
    spine = one_date(DAYS[0], pa.array(["a", "b"]))
    assert rows_of(spine) == [(DAYS[0], "a"), (DAYS[0], "b")]
    assert pieces_of(spine) == [(0, 0, 2)]


def test_entities_in_any_order_are_put_in_that_of_their_bytes() -> None:
    spine = one_date_in_any_order(DAYS[0], pa.array(["b", "é", "B", "a"]))
    assert rows_of(spine) == [(DAYS[0], one) for one in ("B", "a", "b", "é")]


def test_a_cohort_has_every_pair_at_its_row() -> None:
    days = pa.array([DAYS[1], DAYS[0], DAYS[0]], pa.date32())
    spine = cohort(pa.array(["b", "a", "b"]), days)
    assert rows_of(spine) == [(DAYS[1], "b"), (DAYS[0], "a"), (DAYS[0], "b")]
    assert pieces_of(spine) == [(0, 0, 1), (1, 1, 3)]
    assert pieces_of(spine, 1, 2) == [(0, 0, 1), (1, 2, 3)]
    assert spine.pieces(1, 2).entities[[0, 2]].tolist() == [0, 0]


def test_a_panel_has_who_was_there_on_each_date() -> None:
    since = np.array([0, 19_400, 2**30, 0], np.int32)
    until = np.array([2**30, 2**30, 2**30, 19_400], np.int32)
    spine = panel(DAYS, pa.array(["a", "b", "c", "d"]), since, until)
    assert rows_of(spine) == [(DAYS[0], "a"), (DAYS[0], "b"), (DAYS[1], "a"), (DAYS[1], "d")]
    assert spine.entities.to_pylist() == ["a", "b", "d"]


def test_a_window_begins_and_ends_months_before_its_date() -> None:
    window = one_date(DAYS[0], pa.array(["a"])).window((1, 0))
    first, end = (np.datetime64(int(day[0]), "D") for day in (window.first, window.end))
    assert (str(first), str(end)) == ("2024-02-29", "2024-03-31")
