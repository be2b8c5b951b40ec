"""Counts in public: no small number is told, or follows from what is told."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from creditrisk.errors import SpecError
from creditrisk.supervision.platforms.aggregates import ALL, OTHER, k_anonymous_counts, suppressed

K = 3
TABLES = arrays(np.int64, (2, 3), elements=st.integers(0, 9)).filter(
    lambda inner: (inner.sum(axis=1) >= K).all()
)


def with_total(inner: np.ndarray) -> np.ndarray:
    """Return a table with the sums of its columns as last row."""
    return np.vstack([inner, inner.sum(axis=0)])


def possible(counts: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """Return every table that looks like this one to somebody who sees the rest, by trying them all."""
    rows = []
    for row, unknown in zip(counts[:-1], hidden[:-1], strict=True):
        free = np.flatnonzero(unknown)
        left = int(row[free].sum())
        fills = []
        for values in itertools.product(range(left + 1), repeat=max(len(free) - 1, 0)):
            if sum(values) <= left:
                one = row.copy()
                if len(free):
                    one[free] = [*values, left - sum(values)]
                fills.append(one)
        rows.append(fills)
    tables = [with_total(np.array(rows_)) for rows_ in itertools.product(*rows)]
    seen = ~hidden[-1]
    return np.array([table for table in tables if (table[-1][seen] == counts[-1][seen]).all()])


def worst_width(counts: np.ndarray, hidden: np.ndarray) -> int:
    """Return how well the best known small cell is known: the width of what it may be."""
    tables = possible(counts, hidden)
    ranges = tables.max(axis=0) - tables.min(axis=0)
    return int(ranges[counts < K].min(initial=99))


@settings(max_examples=20, deadline=None)
@given(inner=TABLES)
def test_small_cells_cannot_be_worked_out(inner: np.ndarray) -> None:
    counts = with_total(inner)
    hidden = suppressed(counts, K)
    assert hidden[counts < K].all()
    if not hidden.all():
        assert worst_width(counts, hidden) >= K
        assert (possible(counts, hidden).max(axis=0)[counts < K] >= K).all()


def test_hiding_small_cells_alone_would_not_do() -> None:
    counts = with_total(np.array([[9, 8, 1], [5, 6, 7]]))
    assert worst_width(counts, counts < K) == 0
    assert worst_width(counts, suppressed(counts, K)) >= K


def test_a_table_without_small_cells_is_told_whole() -> None:
    counts = with_total(np.full((4, 4), 10))
    assert not suppressed(counts, K).any()


def test_areas_of_few_are_put_together() -> None:
    areas = pd.Series(["north"] * 50 + ["south"] * 40 + ["east"] * 2 + ["west"] + [None], name="area")
    classes = pd.Series((list("ABCD") * 24)[: len(areas)])
    counts = k_anonymous_counts(areas, classes, smallest=K)
    assert counts.index.tolist() == ["north", "south", OTHER, ALL]
    assert counts["entities"].tolist() == [50, 40, 4, 94]
    assert counts.index.name == "area"
    lone = areas.replace({"west": "east"}).fillna("north")
    assert k_anonymous_counts(lone, classes, smallest=4).index.tolist() == ["north", OTHER, ALL]


def test_too_few_and_a_bad_limit_are_refused() -> None:
    with pytest.raises(SpecError, match="Fewer than 10 entities are never counted in public; got 2"):
        k_anonymous_counts(pd.Series(["a", "b", "c"]), pd.Series(["A", "B", None]), smallest=10)
    with pytest.raises(SpecError, match="1 or more; got 0"):
        k_anonymous_counts(pd.Series(["a"]), pd.Series(["A"]), smallest=0)
