"""The exact way: every draw of every row, and the figures of the draws."""

import numpy as np
from numba import njit

from creditrisk.models.scoring.arithmetic import QUICK, bits_float, exp32, float_bits, quick
from creditrisk.models.scoring.places import (
    add_names,
    add_pairs,
    log_scale,
    not_at_rest,
    share_of,
    to_cells,
)

BINS, WIDE = 512, 32
_LARGEST = 2**31 - 1
_F = np.float32
_ONE = _F(1)


@quick
def _entries(level, low, scale, cells, logs, numbers, count, rows, weights, nothing):  # type: ignore[no-untyped-def]
    """Fill the levels that a row draws on and their weights; return how many, a multiple of six."""
    n = 0
    for a in range(count):
        cell = cells[a]
        share = share_of(logs[a], low[cell], scale[cell]) if a < numbers else _F(0)
        rows[n], weights[n] = level[cell], _ONE - share
        n += 1
        rows[n], weights[n] = level[cell] + 1, share
        n += int(share > 0)
    while n % 6:
        rows[n], weights[n] = nothing, _F(0)
        n += 1
    return n


@quick
def _predict(base, levels, rows, weights, count, out):  # type: ignore[no-untyped-def]
    """Fill the draws of a row's predictor."""
    draws = base.shape[0]
    for s in range(draws):
        out[s] = base[s]
    for n in range(0, count, 6):
        a, b, c = levels[rows[n]], levels[rows[n + 1]], levels[rows[n + 2]]
        d, e, f = levels[rows[n + 3]], levels[rows[n + 4]], levels[rows[n + 5]]
        u, v, w = weights[n], weights[n + 1], weights[n + 2]
        x, y, z = weights[n + 3], weights[n + 4], weights[n + 5]
        for s in range(draws):
            out[s] += (u * a[s] + v * b[s] + w * c[s]) + (x * d[s] + y * e[s] + z * f[s])


@quick
def _to_money(eta, mu):  # type: ignore[no-untyped-def]
    """Turn logit p and log loss into p and expected loss, in place; return their sums."""
    total_p, total_loss = _F(0), _F(0)
    for s in range(eta.shape[0]):
        p = _ONE / (_ONE + exp32(-eta[s]))
        loss = p * exp32(mu[s])
        eta[s], mu[s] = p, loss
        total_p += p
        total_loss += loss
    return total_p, total_loss


@quick
def _at_least(draws, cuts):  # type: ignore[no-untyped-def]
    """Return how many draws reach each of the three cuts."""
    low, middle, high = cuts[0], cuts[1], cuts[2]
    b, c, d = np.int32(0), np.int32(0), np.int32(0)
    for s in range(draws.shape[0]):
        b += np.int32(draws[s] >= low)
        c += np.int32(draws[s] >= middle)
        d += np.int32(draws[s] >= high)
    return b, c, d


@quick
def _of_bin(draws, before, s, count, rank):  # type: ignore[no-untyped-def]
    """Return the bits of a rank among the draws of one bin; `s` is the last, each leads to the one before."""
    value, held = np.int32(-1), np.int32(0)
    while held <= rank:
        smallest, equal, at = np.int32(_LARGEST), np.int32(0), s
        for _ in range(count):
            own = float_bits(draws[np.uint32(at)])
            if own > value:
                if own < smallest:
                    smallest, equal = own, np.int32(1)
                elif own == smallest:
                    equal += np.int32(1)
            at = before[np.uint32(at)]
        value = smallest
        held += equal
    return value


@quick
def _bin_of(rank, counts, coarse):  # type: ignore[no-untyped-def]
    """Return the bin of a rank, and how many draws lie in those before it."""
    below, c = 0, 0
    while below + coarse[c] <= rank:
        below += coarse[c]
        c += 1
    at = c * WIDE
    while below + counts[at] <= rank:
        below += counts[at]
        at += 1
    return at, below


@quick
def order_statistics(draws, ranks, counts, last, coarse, bins, out):  # type: ignore[no-untyped-def]
    """Fill the values of rising ranks: bins of equal width in the bits, then a search among those of a bin.

    Draws are positive, so that their bits have their order. `bins` holds the bin of each draw, and then the
    draw before it in the same bin.
    """
    low, high = float_bits(draws[0]), float_bits(draws[0])
    for s in range(draws.shape[0]):
        own = float_bits(draws[s])
        low, high = min(low, own), max(high, own)
    shift = np.int32(0)
    while ((high - low) >> shift) >= counts.shape[0]:
        shift += np.int32(1)
    counts[:] = 0
    for s in range(draws.shape[0]):
        bins[s] = (float_bits(draws[s]) - low) >> shift
    for s in range(draws.shape[0]):
        own = np.uint32(bins[s])
        counts[own] += 1
        bins[s] = last[own]
        last[own] = s
    for c in range(coarse.shape[0]):
        total = np.int32(0)
        for b in range(WIDE):
            total += counts[WIDE * c + b]
        coarse[c] = total
    at, below = 0, 0
    for r in range(ranks.shape[0]):
        if ranks[r] >= below + counts[at]:
            at, below = _bin_of(ranks[r], counts, coarse)
        out[r] = bits_float(_of_bin(draws, bins, last[at], counts[at], ranks[r] - below))


@quick
def _quantiles(draws, ranks, parts, counts, last, coarse, bins, found, out, i):  # type: ignore[no-untyped-def]
    """Write three quantiles, each between two order statistics."""
    order_statistics(draws, ranks, counts, last, coarse, bins, found)
    for n in range(3):
        lower, upper = found[2 * n], found[2 * n + 1]
        out[n, i] = lower + parts[n] * (upper - lower)


@njit(nogil=True, cache=True, fastmath=QUICK, error_model="numpy")
def summarise_by_draws(values, names, lookup, violation, loss, cuts, on_p, of_p, ranks, parts, out):  # type: ignore[no-untyped-def]
    """Fill `out`, twelve figures of every row."""
    rows, columns = values.shape
    edges, first, missing, zero, rest, level, low, scale, pair_columns, band, pair_cell, base = lookup
    texts, pairs = names.shape[1], pair_columns.shape[0]
    room = columns + texts + pairs + 17
    cells, here = np.empty(room, dtype=np.int32), np.zeros(columns + texts, dtype=np.int32)
    found, logs = np.zeros(room, dtype=values.dtype), np.zeros(room, dtype=np.float32)
    at, weights = np.empty(2 * room, dtype=np.int32), np.empty(2 * room, dtype=np.float32)
    draws = violation.base.shape[0]
    p, money = np.empty(draws, dtype=np.float32), np.empty(draws, dtype=np.float32)
    coarse = np.empty(BINS // WIDE, dtype=np.int32)
    counts, last = np.empty(BINS, dtype=np.int32), np.zeros(BINS, dtype=np.int32)
    bins = np.empty(draws, dtype=np.int32)
    ordered = np.empty(6, dtype=np.float32)
    share = _ONE / _F(draws)
    for i in range(rows):
        if pairs:
            here[:columns] = zero
        numbers = not_at_rest(values[i], rest, cells, found)
        log_scale(found, numbers, logs)
        to_cells(found, numbers, edges, first, missing, here, cells)
        count = add_names(names[i], first, here, cells, numbers)
        count = add_pairs(pair_columns, band, pair_cell, base, here, cells, count)
        for part in range(2):
            table = violation if part == 0 else loss
            nothing = table.level.shape[0] - 1
            n = _entries(
                level[part], low[part], scale[part], cells, logs, numbers, count, at, weights, nothing
            )
            _predict(table.base, table.level, at, weights, n, p if part == 0 else money)
        total_p, total_loss = _to_money(p, money)
        b, c, d = _at_least(p if on_p else money, cuts)
        out[0, i], out[1, i] = share * _F(np.int32(draws) - b), share * _F(b - c)
        out[2, i], out[3, i] = share * _F(c - d), share * _F(d)
        out[4, i], out[8, i] = share * total_p, share * total_loss
        out[5:8, i] = np.nan
        if of_p:
            _quantiles(p, ranks, parts, counts, last, coarse, bins, ordered, out[5:8], i)
        _quantiles(money, ranks, parts, counts, last, coarse, bins, ordered, out[9:12], i)
