"""One row of values to its active cells, inside the kernels."""

import numpy as np

from creditrisk.models.scoring.arithmetic import log32, quick

_ZERO = np.float32(0)
_ONE = np.float32(1)
_LARGE = np.float32(1e37)


@quick
def count_up_to(edges, start, width, x):  # type: ignore[no-untyped-def]
    """Return how many of the rising edges from `start` on, 2^m - 1 of them and at least 31, x reaches."""
    at = start
    half = (width + 1) >> 1
    while half > 16:
        at += (x >= edges[at + half - 1]) * half
        half >>= 1
    at += (x >= edges[at + 15]) * 16
    at += (x >= edges[at + 7]) * 8
    at += (x >= edges[at + 3]) * 4
    at += (x >= edges[at + 1]) * 2
    return at + (x >= edges[at]) * 1 - start


@quick
def not_at_rest(row, rest, columns, found):  # type: ignore[no-untyped-def]
    """Fill the columns and values of a row that are not at rest; return how many."""
    count = 0
    for k in range(row.shape[0]):
        x = row[k]
        columns[count] = k
        found[count] = x
        count += x != rest[k]
    return count


@quick
def log_scale(found, count, logs):  # type: ignore[no-untyped-def]
    """Fill sign(x) log(1 + |x|), 0 where missing; sixteen at a time, so beyond the count as well."""
    for a in range((count + 15) // 16 * 16):
        size = np.float32(abs(found[a])) if found[a] == found[a] else _ZERO
        t = log32(_ONE + min(size, _LARGE))
        logs[a] = -t if found[a] < 0 else t


@quick
def to_cells(found, count, edges, first, missing, here, cells):  # type: ignore[no-untyped-def]
    """Turn the columns in `cells` into the cells of their values, which are noted in `here` as well."""
    width = edges.shape[0] // max(missing.shape[0], 1)
    for a in range(count):
        k, x = cells[a], found[a]
        cell = first[k] + np.int32(count_up_to(edges, np.int64(k) * width, width, x))
        cell = cell if x == x else missing[k]
        cells[a] = cell
        here[k] = cell


@quick
def add_names(names, first, here, cells, count):  # type: ignore[no-untyped-def]
    """Add the cells of a row's names; return how many cells there are now."""
    numbers = here.shape[0] - names.shape[0]
    for g in range(names.shape[0]):
        cell = first[numbers + g] + names[g]
        here[numbers + g] = cell
        cells[count + g] = cell
    return count + names.shape[0]


@quick
def add_pairs(columns, band, cell_at, base, here, cells, count):  # type: ignore[no-untyped-def]
    """Add the cells of pairs that are not at the base; return how many cells there are now."""
    for q in range(columns.shape[0]):
        first, second = here[columns[q, 0]], here[columns[q, 1]]
        cell = cell_at[q, band[q, 0, first] + band[q, 1, second]]
        cells[count] = cell
        count += cell != base[q]
    return count


@quick
def share_of(t, low, scale):  # type: ignore[no-untyped-def]
    """Return the share of the next level in a cell."""
    return min(max((t - low) * scale, _ZERO), _ONE)
