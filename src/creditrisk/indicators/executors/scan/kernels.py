"""One compiled function for each way to aggregate the records of an entity at an as-of date.

Every function goes over the entities ``[begin, end)`` and over their pairs with an as-of date, looks at the
records of the entity that count at that date, and writes one value into the row of the pair, or `nothing` if
there are none. Numbers that are missing are NaN and do not count.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from creditrisk.indicators.executors.scan.texts import same

FEW = 24


class Chosen(NamedTuple):
    """When the records of one type count, in the order of their entities.

    Parameters
    ----------
    heads : ndarray of int64 of shape (n_entities + 1,)
        Entity e has the records ``[heads[e], heads[e + 1])``.
    since, until, dated : ndarray of int32 of shape (n_records,)
        As in `span.Span`; `until` is empty if all count for ever.
    """

    heads: NDArray[np.int64]
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
def _counts(since, dated, as_of, first, end):  # type: ignore[no-untyped-def]
    return (since < as_of) & (first <= dated) & (dated < end)


@njit(nogil=True, cache=True)
def _lasts(until, k, as_of):  # type: ignore[no-untyped-def]
    return len(until) == 0 or as_of <= until[k]


@njit(nogil=True, cache=True)
def count(begin, end, chosen, seats, window, most, nothing, out):  # type: ignore[no-untyped-def]
    """Write the number of records, `most` if there are more."""
    heads, since, until, dated = chosen
    firsts, dates, places = seats
    as_ofs, starts, ends = window
    for entity in range(begin, end):
        for seat in range(firsts[entity], firsts[entity + 1]):
            date = dates[seat]
            as_of, low, high = as_ofs[date], starts[date], ends[date]
            n = 0
            for k in range(heads[entity], heads[entity + 1]):
                n += _counts(since[k], dated[k], as_of, low, high) & _lasts(until, k, as_of)
            out[places[seat]] = min(n, most) if n else nothing


@njit(nogil=True, cache=True)
def total(begin, end, chosen, seats, window, numbers, fresh, nothing, out):  # type: ignore[no-untyped-def]
    """Write the sum of the numbers; unless `fresh`, add it to what stands there."""
    heads, since, until, dated = chosen
    firsts, dates, places = seats
    as_ofs, starts, ends = window
    for entity in range(begin, end):
        for seat in range(firsts[entity], firsts[entity + 1]):
            date = dates[seat]
            as_of, low, high = as_ofs[date], starts[date], ends[date]
            n, summed, place = 0, 0.0, places[seat]
            for k in range(heads[entity], heads[entity + 1]):
                so = _counts(since[k], dated[k], as_of, low, high) & _lasts(until, k, as_of)
                so &= not np.isnan(numbers[k])
                n += so
                summed += numbers[k] if so else 0.0
            if fresh:
                out[place] = summed if n else nothing
            elif n:
                out[place] = summed if np.isnan(out[place]) else out[place] + summed


@njit(nogil=True, cache=True)
def mean(begin, end, chosen, seats, window, numbers, nothing, out):  # type: ignore[no-untyped-def]
    """Write the mean of the numbers."""
    heads, since, until, dated = chosen
    firsts, dates, places = seats
    as_ofs, starts, ends = window
    for entity in range(begin, end):
        for seat in range(firsts[entity], firsts[entity + 1]):
            date = dates[seat]
            as_of, low, high = as_ofs[date], starts[date], ends[date]
            n, summed = 0, 0.0
            for k in range(heads[entity], heads[entity + 1]):
                so = _counts(since[k], dated[k], as_of, low, high) & _lasts(until, k, as_of)
                so &= not np.isnan(numbers[k])
                n += so
                summed += numbers[k] if so else 0.0
            out[places[seat]] = summed / n if n else nothing


@njit(nogil=True, cache=True)
def largest(begin, end, chosen, seats, window, numbers, nothing, out):  # type: ignore[no-untyped-def]
    """Write the largest of the numbers."""
    heads, since, until, dated = chosen
    firsts, dates, places = seats
    as_ofs, starts, ends = window
    for entity in range(begin, end):
        for seat in range(firsts[entity], firsts[entity + 1]):
            date = dates[seat]
            as_of, low, high = as_ofs[date], starts[date], ends[date]
            n, best = 0, 0.0
            for k in range(heads[entity], heads[entity + 1]):
                so = _counts(since[k], dated[k], as_of, low, high) & _lasts(until, k, as_of)
                so &= not np.isnan(numbers[k])
                best = numbers[k] if so and (n == 0 or numbers[k] > best) else best
                n += so
            out[places[seat]] = best if n else nothing


@njit(nogil=True, cache=True)
def age(begin, end, chosen, seats, window, days, sign, nothing, out):  # type: ignore[no-untyped-def]
    """Write the days from the earliest day (sign 1) or the latest day (sign -1) to the as-of date."""
    heads, since, until, dated = chosen
    firsts, dates, places = seats
    as_ofs, starts, ends = window
    for entity in range(begin, end):
        for seat in range(firsts[entity], firsts[entity + 1]):
            date = dates[seat]
            as_of, low, high = as_ofs[date], starts[date], ends[date]
            n, best = 0, 0
            for k in range(heads[entity], heads[entity + 1]):
                so = _counts(since[k], dated[k], as_of, low, high) & _lasts(until, k, as_of)
                old = sign * (as_of - days[k])
                best = old if so and (n == 0 or old > best) else best
                n += so
            out[places[seat]] = sign * best if n else nothing


@njit(nogil=True, cache=True)
def weighted(begin, end, chosen, seats, window, days, weights, nothing, out):  # type: ignore[no-untyped-def]
    """Write the sum of the weights of the records, which depend on how many days old they are."""
    heads, since, until, dated = chosen
    firsts, dates, places = seats
    as_ofs, starts, ends = window
    for entity in range(begin, end):
        for seat in range(firsts[entity], firsts[entity + 1]):
            date = dates[seat]
            as_of, low, high = as_ofs[date], starts[date], ends[date]
            n, summed = 0, 0.0
            for k in range(heads[entity], heads[entity + 1]):
                if _counts(since[k], dated[k], as_of, low, high) and _lasts(until, k, as_of):
                    n += 1
                    summed += weights[as_of - days[k]]
            out[places[seat]] = summed if n else nothing


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
    return same(text, offsets[first], text, offsets[second], 0, length)


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
def distinct(begin, end, chosen, seats, window, keys, ids, nothing, out):  # type: ignore[no-untyped-def]
    """Write how many different values there are, by a key for each of them and, if there are any, texts."""
    heads, since, until, dated = chosen
    firsts, dates, places = seats
    as_ofs, starts, ends = window
    order, offsets, text = ids
    longest = 0
    for entity in range(begin, end):
        longest = max(longest, heads[entity + 1] - heads[entity])
    found = np.empty(longest, np.int64)
    for entity in range(begin, end):
        for seat in range(firsts[entity], firsts[entity + 1]):
            date = dates[seat]
            as_of, low, high = as_ofs[date], starts[date], ends[date]
            n = 0
            for k in range(heads[entity], heads[entity + 1]):
                if _counts(since[k], dated[k], as_of, low, high) and _lasts(until, k, as_of):
                    found[n] = k
                    n += 1
            if n > 1:
                n = _different(found[:n], keys, order, offsets, text)
            out[places[seat]] = n if n else nothing


@njit(nogil=True, cache=True)
def _later(one, other, days, order, offsets, text):  # type: ignore[no-untyped-def]
    """Return whether a record is later than another: by its day, then by its text."""
    if days[one] != days[other]:
        return days[one] > days[other]
    first, second = order[one], order[other]
    length = offsets[first + 1] - offsets[first]
    shorter = min(length, offsets[second + 1] - offsets[second])
    for i in range(shorter):
        mine, its = text[offsets[first] + i], text[offsets[second] + i]
        if mine != its:
            return mine > its
    return length > shorter


@njit(nogil=True, cache=True)
def latest(begin, end, chosen, seats, window, days, ids, numbers, held, before, nothing, out):  # type: ignore[no-untyped-def]
    """Write the number of the latest record (of the one before it), 0 where `held` says that it is not so."""
    heads, since, until, dated = chosen
    firsts, dates, places = seats
    as_ofs, starts, ends = window
    order, offsets, text = ids
    so_since, so_until = held.since, held.until
    for entity in range(begin, end):
        for seat in range(firsts[entity], firsts[entity + 1]):
            date, best, second = dates[seat], -1, -1
            as_of, low, high = as_ofs[date], starts[date], ends[date]
            for k in range(heads[entity], heads[entity + 1]):
                if _counts(since[k], dated[k], as_of, low, high) and _lasts(until, k, as_of):
                    if best < 0 or _later(k, best, days, order, offsets, text):
                        best, second = k, best
                    elif second < 0 or _later(k, second, days, order, offsets, text):
                        second = k
            k = second if before else best
            out[places[seat]] = nothing
            if k >= 0:
                so = len(so_since) == 0 or (so_since[k] < as_of and as_of <= so_until[k])
                out[places[seat]] = numbers[k] if so else 0.0


@njit(nogil=True, cache=True)
def lasting(begin, end, chosen, seats, window, started, overs, known, nothing, out):  # type: ignore[no-untyped-def]
    """Write for how many days the records lasted inside the window; an end counts once it is known."""
    heads, since, until, _ = chosen
    firsts, dates, places = seats
    as_ofs, starts, _ = window
    for entity in range(begin, end):
        for seat in range(firsts[entity], firsts[entity + 1]):
            as_of, low, summed = as_ofs[dates[seat]], starts[dates[seat]], 0
            for k in range(heads[entity], heads[entity + 1]):
                if since[k] < as_of and _lasts(until, k, as_of):
                    over = as_of
                    for i in range(len(overs)):
                        if known[i, k] < as_of:
                            over = min(over, overs[i, k])
                    summed += max(0, over - max(started[k], low))
            out[places[seat]] = summed if summed else nothing
