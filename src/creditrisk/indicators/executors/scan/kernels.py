"""One compiled function for each way to aggregate the records of an entity at an as-of date.

Every function goes over some pieces of the result, each of rows of one as-of date (`spine.Pieces`). It first
finds the records of a piece that count at that date, and adds them up one after the other, without asking
where an entity ends; only where records are compared with each other are entities looked at one by one. It
writes one value into each row, or `nothing` if no record counts; both are at hand before one is chosen, for a
branch would be guessed wrongly for every other entity. Missing numbers are NaN and do not count.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from creditrisk.indicators.executors.scan.memory import byte_at
from creditrisk.indicators.executors.scan.texts import same

FEW = 24
NEVER = -(2**40)


class Chosen(NamedTuple):
    """When the records of one type count, in the order of their entities.

    Parameters
    ----------
    heads : ndarray of int64 of shape (n_entities + 1,)
        Entity e has the records ``[heads[e], heads[e + 1])``.
    owners : ndarray of int32 of shape (n_records,)
        Number of the entity of each record.
    since, until, dated : ndarray of int32 of shape (n_records,)
        As in `span.Span`; `until` is empty if all count for ever.
    """

    heads: NDArray[np.int64]
    owners: NDArray[np.int32]
    since: NDArray[np.int32]
    until: NDArray[np.int32]
    dated: NDArray[np.int32]


class Ids(NamedTuple):
    """Texts of the records, such as their ids, in the order in which they came.

    Parameters
    ----------
    order : ndarray of int32 of shape (n_records,)
        Number of the text of each record.
    starts : ndarray of int64
        Where each text begins and, behind it, ends.
    bytes : ndarray of uint8
        UTF-8.
    """

    order: NDArray[np.int32]
    starts: NDArray[np.int64]
    bytes: NDArray[Any]


NO_IDS = Ids(np.empty(0, np.int32), np.empty(0, np.int64), np.empty(0, np.uint8))


@njit(nogil=True, cache=True)
def _room(begin, end, heads, pieces):  # type: ignore[no-untyped-def]
    """Return how many entities and how many records a piece has at most."""
    entities, records = 0, 0
    for piece in range(begin, end):
        first, last = pieces.entities[pieces.firsts[piece]], pieces.entities[pieces.ends[piece] - 1]
        entities = max(entities, last + 1 - first)
        records = max(records, heads[last + 1] - heads[first])
    return entities, records


@njit(nogil=True, cache=True)
def _piece(number, pieces, window):  # type: ignore[no-untyped-def]
    """Return the date of a piece, its rows and its entities."""
    first, end = pieces.firsts[number], pieces.ends[number]
    return (
        window.as_of[pieces.dates[number]],
        first,
        end,
        pieces.entities[first],
        pieces.entities[end - 1] + 1,
    )


@njit(nogil=True, cache=True)
def _met(number, chosen, pieces, window, met, found):  # type: ignore[no-untyped-def]
    """Write the numbers of the records that count in a piece into `found`; return how many they are.

    The first loop has no branch and is done for many records at a time, the second no branch that has to be
    guessed.
    """
    as_of, _, _, base, stop = _piece(number, pieces, window)
    low, high = window.first[pieces.dates[number]], window.end[pieces.dates[number]]
    begin, end = chosen.heads[base], chosen.heads[stop]
    since, dated, until = chosen.since[begin:end], chosen.dated[begin:end], chosen.until[begin:end]
    for i in range(len(since)):
        met[i] = (since[i] < as_of) & (low <= dated[i]) & (dated[i] < high)
    for i in range(len(until)):
        met[i] &= as_of <= until[i]
    n = 0
    for i in range(len(since)):
        found[n] = begin + i
        n += met[i]
    return n


@njit(nogil=True, cache=True)
def count(begin, end, chosen, pieces, window, most, nothing, out):  # type: ignore[no-untyped-def]
    """Write the number of records, `most` if there are more."""
    room, records = _room(begin, end, chosen.heads, pieces)
    found, met = np.empty(records, np.int64), np.empty(records, np.uint8)
    counts = np.empty(room, np.int32)
    for piece in range(begin, end):
        _, top, bottom, base, stop = _piece(piece, pieces, window)
        counts[: stop - base] = 0
        for k in found[: _met(piece, chosen, pieces, window, met, found)]:
            counts[np.uint32(chosen.owners[k] - base)] += 1
        for row in range(top, bottom):
            n = counts[np.uint32(pieces.entities[row] - base)]
            out[row] = min(n, most) if n else nothing


@njit(nogil=True, cache=True)
def total(begin, end, chosen, pieces, window, numbers, fresh, nothing, out):  # type: ignore[no-untyped-def]
    """Write the sum of the numbers; unless `fresh`, add it to what stands there."""
    room, records = _room(begin, end, chosen.heads, pieces)
    found, met = np.empty(records, np.int64), np.empty(records, np.uint8)
    counts, sums = np.empty(room, np.int32), np.empty(room)
    for piece in range(begin, end):
        _, top, bottom, base, stop = _piece(piece, pieces, window)
        counts[: stop - base], sums[: stop - base] = 0, 0.0
        for k in found[: _met(piece, chosen, pieces, window, met, found)]:
            if not np.isnan(numbers[k]):
                own = np.uint32(chosen.owners[k] - base)
                counts[own] += 1
                sums[own] += numbers[k]
        for row in range(top, bottom):
            own = np.uint32(pieces.entities[row] - base)
            summed, n = sums[own], counts[own]
            if fresh:
                out[row] = summed if n else nothing
            elif n:
                out[row] = summed if np.isnan(out[row]) else out[row] + summed


@njit(nogil=True, cache=True, error_model="numpy")
def mean(begin, end, chosen, pieces, window, numbers, nothing, out):  # type: ignore[no-untyped-def]
    """Write the mean of the numbers."""
    room, records = _room(begin, end, chosen.heads, pieces)
    found, met = np.empty(records, np.int64), np.empty(records, np.uint8)
    counts, sums = np.empty(room, np.int32), np.empty(room)
    for piece in range(begin, end):
        _, top, bottom, base, stop = _piece(piece, pieces, window)
        counts[: stop - base], sums[: stop - base] = 0, 0.0
        for k in found[: _met(piece, chosen, pieces, window, met, found)]:
            if not np.isnan(numbers[k]):
                own = np.uint32(chosen.owners[k] - base)
                counts[own] += 1
                sums[own] += numbers[k]
        for one in range(stop - base):
            sums[one] /= max(counts[one], 1)
        for row in range(top, bottom):
            own = np.uint32(pieces.entities[row] - base)
            average, n = sums[own], counts[own]
            out[row] = average if n else nothing


@njit(nogil=True, cache=True)
def largest(begin, end, chosen, pieces, window, numbers, nothing, out):  # type: ignore[no-untyped-def]
    """Write the largest of the numbers."""
    room, records = _room(begin, end, chosen.heads, pieces)
    found, met = np.empty(records, np.int64), np.empty(records, np.uint8)
    counts, best = np.empty(room, np.int32), np.empty(room)
    for piece in range(begin, end):
        _, top, bottom, base, stop = _piece(piece, pieces, window)
        counts[: stop - base], best[: stop - base] = 0, -np.inf
        for k in found[: _met(piece, chosen, pieces, window, met, found)]:
            if not np.isnan(numbers[k]):
                own = np.uint32(chosen.owners[k] - base)
                counts[own] += 1
                best[own] = max(best[own], numbers[k])
        for row in range(top, bottom):
            own = np.uint32(pieces.entities[row] - base)
            most, n = best[own], counts[own]
            out[row] = most if n else nothing


@njit(nogil=True, cache=True)
def age(begin, end, chosen, pieces, window, days, sign, nothing, out):  # type: ignore[no-untyped-def]
    """Write the days from the earliest day (sign 1) or the latest day (sign -1) to the as-of date."""
    room, records = _room(begin, end, chosen.heads, pieces)
    found, met = np.empty(records, np.int64), np.empty(records, np.uint8)
    best = np.empty(room, np.int64)
    for piece in range(begin, end):
        as_of, top, bottom, base, stop = _piece(piece, pieces, window)
        best[: stop - base] = NEVER
        for k in found[: _met(piece, chosen, pieces, window, met, found)]:
            own = np.uint32(chosen.owners[k] - base)
            best[own] = max(best[own], sign * (as_of - days[k]))
        for row in range(top, bottom):
            old = best[np.uint32(pieces.entities[row] - base)]
            days_old = float(sign * old)
            out[row] = days_old if old != NEVER else nothing


@njit(nogil=True, cache=True)
def weighted(begin, end, chosen, pieces, window, days, weights, nothing, out):  # type: ignore[no-untyped-def]
    """Write the sum of the weights of the records, which depend on how many days old they are."""
    room, records = _room(begin, end, chosen.heads, pieces)
    found, met = np.empty(records, np.int64), np.empty(records, np.uint8)
    counts, sums = np.empty(room, np.int32), np.empty(room)
    for piece in range(begin, end):
        as_of, top, bottom, base, stop = _piece(piece, pieces, window)
        counts[: stop - base], sums[: stop - base] = 0, 0.0
        for k in found[: _met(piece, chosen, pieces, window, met, found)]:
            own = np.uint32(chosen.owners[k] - base)
            counts[own] += 1
            sums[own] += weights[as_of - days[k]]
        for row in range(top, bottom):
            own = np.uint32(pieces.entities[row] - base)
            summed, n = sums[own], counts[own]
            out[row] = summed if n else nothing


@njit(nogil=True, cache=True)
def lasting(begin, end, chosen, pieces, window, lows, started, overs, known, nothing, out):  # type: ignore[no-untyped-def]
    """Write for how many days the records lasted from a day on; an end counts once it is known."""
    room, records = _room(begin, end, chosen.heads, pieces)
    found, met = np.empty(records, np.int64), np.empty(records, np.uint8)
    sums = np.empty(room, np.int64)
    for piece in range(begin, end):
        as_of, top, bottom, base, stop = _piece(piece, pieces, window)
        low, sums[: stop - base] = lows[pieces.dates[piece]], 0
        for k in found[: _met(piece, chosen, pieces, window, met, found)]:
            over = as_of
            for i in range(len(overs)):
                if known[i, k] < as_of:
                    over = min(over, overs[i, k])
            sums[np.uint32(chosen.owners[k] - base)] += max(0, over - max(started[k], low))
        for row in range(top, bottom):
            summed = sums[np.uint32(pieces.entities[row] - base)]
            out[row] = summed if summed else nothing


@njit(nogil=True, cache=True)
def _equal(one, other, keys, order, offsets, text):  # type: ignore[no-untyped-def]
    """Return whether two records have the same value: the same key and, if there are texts, the same text."""
    if keys[one] != keys[other]:
        return False
    if len(order) == 0:
        return True
    first, second = order[one], order[other]
    length = offsets[first + 1] - offsets[first]
    if length != offsets[second + 1] - offsets[second]:
        return False
    return same(text + np.uint64(offsets[first]), text + np.uint64(offsets[second]), 0, length)


@njit(nogil=True, cache=True)
def _different(found, keys, order, offsets, text):  # type: ignore[no-untyped-def]
    """Return how many different values some records have; many of them are put in order first."""
    few = len(found) <= FEW
    if not few:
        found[:] = found[np.argsort(keys[found])]
    kept = 0
    for i in range(len(found)):
        new, j = True, kept - 1
        while new and j >= 0 and (few or keys[found[j]] == keys[found[i]]):
            new = not _equal(found[i], found[j], keys, order, offsets, text)
            j -= 1
        if new:
            found[kept] = found[i]
            kept += 1
    return kept


@njit(nogil=True, cache=True)
def distinct(begin, end, chosen, pieces, window, keys, ids, nothing, out):  # type: ignore[no-untyped-def]
    """Write how many different values there are, by a key for each of them and, if there are any, texts."""
    order, offsets, text = ids.order, ids.starts, np.uint64(ids.bytes.ctypes.data)
    room, records = _room(begin, end, chosen.heads, pieces)
    found, met = np.empty(records, np.int64), np.empty(records, np.uint8)
    counts, lasts = np.empty(room, np.int32), np.empty(room, np.int64)
    for piece in range(begin, end):
        _, top, bottom, base, stop = _piece(piece, pieces, window)
        counts[: stop - base] = 0
        for k in found[: _met(piece, chosen, pieces, window, met, found)]:
            counts[np.uint32(chosen.owners[k] - base)] += 1
        last = 0
        for one in range(stop - base):
            last += counts[one]
            lasts[one] = last
        for row in range(top, bottom):
            own = np.uint32(pieces.entities[row] - base)
            n = counts[own]
            if n > 1:
                n = _different(found[lasts[own] - n : lasts[own]], keys, order, offsets, text)
            out[row] = n if n else nothing


@njit(nogil=True, cache=True)
def _of_entity(entity, begin, many, found, heads):  # type: ignore[no-untyped-def]
    """Return where the records of an entity begin and end among those found, from a place not behind them."""
    while begin < many and found[begin] < heads[entity]:
        begin += 1
    end = begin
    while end < many and found[end] < heads[entity + 1]:
        end += 1
    return begin, end


@njit(nogil=True, cache=True)
def _later(one, other, days, order, offsets, text):  # type: ignore[no-untyped-def]
    """Return whether a record is later than another: by its day, then by its text."""
    if days[one] != days[other]:
        return days[one] > days[other]
    first, second = order[one], order[other]
    length = offsets[first + 1] - offsets[first]
    shorter = min(length, offsets[second + 1] - offsets[second])
    one_text, other_text = text + np.uint64(offsets[first]), text + np.uint64(offsets[second])
    for i in range(np.uint64(shorter)):
        mine, its = byte_at(one_text + i), byte_at(other_text + i)
        if mine != its:
            return mine > its
    return length > shorter


@njit(nogil=True, cache=True)
def latest(begin, end, chosen, pieces, window, days, ids, numbers, held, before, nothing, out):  # type: ignore[no-untyped-def]
    """Write the number of the latest record (of the one before it), 0 where `held` says that it is not so."""
    order, offsets, text = ids.order, ids.starts, np.uint64(ids.bytes.ctypes.data)
    _, records = _room(begin, end, chosen.heads, pieces)
    found, met = np.empty(records, np.int64), np.empty(records, np.uint8)
    for piece in range(begin, end):
        as_of, top, bottom, _, _ = _piece(piece, pieces, window)
        many = _met(piece, chosen, pieces, window, met, found)
        next_ = 0
        for row in range(top, bottom):
            first, next_ = _of_entity(pieces.entities[row], next_, many, found, chosen.heads)
            best, second = -1, -1
            for k in found[first:next_]:
                if best < 0 or _later(k, best, days, order, offsets, text):
                    best, second = k, best
                elif second < 0 or _later(k, second, days, order, offsets, text):
                    second = k
            k = second if before else best
            out[row] = nothing
            if k >= 0:
                so = len(held.since) == 0 or (held.since[k] < as_of and as_of <= held.until[k])
                out[row] = numbers[k] if so else 0.0
