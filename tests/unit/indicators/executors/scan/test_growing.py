"""What is added to a column stands there in order, whatever its type."""

import numpy as np

from creditrisk.indicators.executors.scan.growing import Growing


def test_pieces_stand_one_behind_the_other() -> None:
    pieces = np.split(np.arange(1000), [0, 1, 1, 7, 300, 999])
    column = Growing()
    for piece in pieces:
        column.add(piece)
    assert len(column) == 1000
    assert column.values.tolist() == list(range(1000))


def test_what_was_added_is_a_copy() -> None:
    column, piece = Growing(), np.ones(2)
    column.add(piece)
    piece[:] = 0.0
    assert column.values.tolist() == [1.0, 1.0]


def test_a_missing_number_among_whole_ones_stays_missing() -> None:
    column = Growing()
    column.add(np.array([3], np.int32))
    column.add(np.array([np.nan]))
    assert np.array_equal(column.values, [3.0, np.nan], equal_nan=True)
