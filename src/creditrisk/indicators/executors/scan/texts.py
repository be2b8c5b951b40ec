"""Texts as Arrow keeps them: their hashes, and which of a list of keys each of them is.

A key is looked up in an open hash table whose slots hold up to 24 bytes of the key itself; what is longer
is compared to its last byte, so that an answer is never a matter of luck. Rows are taken in blocks, each step
for the whole block, so that the processor waits for many places of memory at once, not one after another.
"""

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numba import njit
from numpy.typing import NDArray

from creditrisk.indicators.executors.scan.threads import over

Ints = NDArray[np.int32]

_BLOCK = np.uint64(256)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_ONE = np.uint64(1)
_EIGHT = np.uint64(8)
_TOLD = np.uint64(24)


class Texts(NamedTuple):
    """Texts one behind the other.

    Parameters
    ----------
    starts : ndarray of int64 of shape (n + 1,)
        Where each begins; the last entry is where the last one ends.
    bytes : ndarray of uint8
        UTF-8.
    """

    starts: NDArray[np.int64]
    bytes: NDArray[np.uint8]


class Keys(NamedTuple):
    """A hash table of texts.

    Parameters
    ----------
    slots : ndarray of uint64 of shape (n_slots, 4)
        Three words of the key; its length in the high half and its number plus one in the low half of the
        fourth, 0 if the slot is empty.
    texts : Texts
        The keys.
    """

    slots: NDArray[np.uint64]
    texts: Texts


def texts_of(chunk: Any) -> Texts:
    """Return an Arrow array of strings without copying its bytes; a null is empty."""
    large = chunk.cast(pa.large_string())
    _, starts, held = large.buffers()
    begin = np.frombuffer(starts, np.int64)[large.offset : large.offset + len(large) + 1]
    return Texts(begin, np.frombuffer(held or b"", np.uint8))


def keys_of(chunk: Any) -> Keys:
    """Return the hash table of an Arrow array of different strings."""
    texts = texts_of(chunk)
    slots = np.zeros((1 << max(4, (2 * len(chunk)).bit_length()), 4), np.uint64)
    _fill(texts, slots)
    return Keys(slots, texts)


def places_of(column: Any, keys: Keys) -> Ints:
    """Return the number of the key that each string of a chunked Arrow array is, -1 where it is none."""
    places = np.empty(len(column), np.int32)
    start = 0
    for chunk in column.chunks:
        own = places[start : start + len(chunk)]
        over(_find, len(chunk), texts_of(chunk), keys, own)
        start += len(chunk)
    return places


def hashes_of(texts: Texts) -> NDArray[np.uint64]:
    """Return a number for every text, the same for equal ones and hardly ever for others."""
    hashes = np.empty(len(texts.starts) - 1, np.uint64)
    over(_hash_each, len(hashes), texts, hashes)
    return hashes


@njit(nogil=True, cache=True)
def _word(held, begin):  # type: ignore[no-untyped-def]
    """Return eight bytes as one number; written out, and with places that are unsigned, a single load."""
    return (
        np.uint64(held[begin])
        | np.uint64(held[begin + np.uint64(1)]) << np.uint64(8)
        | np.uint64(held[begin + np.uint64(2)]) << np.uint64(16)
        | np.uint64(held[begin + np.uint64(3)]) << np.uint64(24)
        | np.uint64(held[begin + np.uint64(4)]) << np.uint64(32)
        | np.uint64(held[begin + np.uint64(5)]) << np.uint64(40)
        | np.uint64(held[begin + np.uint64(6)]) << np.uint64(48)
        | np.uint64(held[begin + np.uint64(7)]) << np.uint64(56)
    )


@njit(nogil=True, cache=True)
def _words(held, begin, length):  # type: ignore[no-untyped-def]
    """Return three words that, with the length, tell all of a text of up to 24 bytes."""
    if length >= _EIGHT:
        last = begin + length - _EIGHT
        return _word(held, begin), _word(held, min(begin + _EIGHT, last)), _word(held, last)
    short = np.uint64(0)
    for i in range(length):
        short |= np.uint64(held[begin + np.uint64(i)]) << np.uint64(8 * i)
    return short, np.uint64(0), np.uint64(0)


@njit(nogil=True, cache=True)
def _text(starts, i):  # type: ignore[no-untyped-def]
    """Return where a text begins and how long it is, both unsigned."""
    return np.uint64(starts[i]), np.uint64(starts[i + _ONE] - starts[i])


@njit(nogil=True, cache=True)
def _hash(held, begin, length, one, two, three):  # type: ignore[no-untyped-def]
    mixed = (length ^ one) * _FACTOR
    mixed ^= mixed >> _HALF
    mixed = (mixed ^ two) * _FACTOR
    mixed ^= mixed >> _HALF
    mixed = (mixed ^ three) * _FACTOR
    mixed ^= mixed >> _HALF
    if length > _TOLD:
        for i in range(np.uint64(16), length - _EIGHT):
            mixed = (mixed ^ np.uint64(held[begin + np.uint64(i)])) * _FACTOR
            mixed ^= mixed >> _HALF
    mixed *= _FACTOR
    return mixed ^ (mixed >> np.uint64(29))


@njit(nogil=True, cache=True)
def same(held, begin, its_held, its_begin, first, end):  # type: ignore[no-untyped-def]
    """Return whether two texts have the same bytes from `first` to before `end`."""
    alike = True
    for i in range(first, end):
        alike = held[begin + i] == its_held[its_begin + i]
        if not alike:
            break
    return alike


@njit(nogil=True, cache=True)
def _hash_each(begin, end, texts, hashes):  # type: ignore[no-untyped-def]
    for i in range(begin, end):
        start, length = _text(texts.starts, np.uint64(i))
        one, two, three = _words(texts.bytes, start, length)
        hashes[i] = _hash(texts.bytes, start, length, one, two, three)


@njit(nogil=True, cache=True)
def _fill(texts, slots):  # type: ignore[no-untyped-def]
    last = np.uint64(len(slots) - 1)
    for i in range(len(texts.starts) - 1):
        start, length = _text(texts.starts, np.uint64(i))
        one, two, three = _words(texts.bytes, start, length)
        place = _hash(texts.bytes, start, length, one, two, three) & last
        while slots[place, 3] != 0:
            place = (place + _ONE) & last
        slots[place, 0], slots[place, 1], slots[place, 2] = one, two, three
        slots[place, 3] = length << _HALF | np.uint64(i + 1)


@njit(nogil=True, cache=True)
def _find(begin, end, texts, keys, places):  # type: ignore[no-untyped-def]
    slots, its_texts = keys
    last = np.uint64(len(slots) - 1)
    words, lengths = np.empty((_BLOCK, 3), np.uint64), np.empty(_BLOCK, np.uint64)
    near, numbers = np.empty(_BLOCK, np.uint64), np.empty(_BLOCK, np.uint64)
    for first in range(np.uint64(begin), np.uint64(end), _BLOCK):
        block = min(_BLOCK, np.uint64(end) - first)
        for r in range(block):
            start, length = _text(texts.starts, first + r)
            one, two, three = _words(texts.bytes, start, length)
            words[r, 0], words[r, 1], words[r, 2], lengths[r] = one, two, three, length
            near[r] = _hash(texts.bytes, start, length, one, two, three) & last
        for r in range(block):
            numbers[r] = slots[near[r], 3]
        for r in range(block):
            place, number, found = near[r], numbers[r], np.int64(-1)
            while number != 0:
                alike = (slots[place, 0] == words[r, 0]) & (slots[place, 1] == words[r, 1])
                alike &= (slots[place, 2] == words[r, 2]) & (number >> _HALF == lengths[r])
                key = np.int64(number & _LOW) - 1
                if alike and (lengths[r] <= _TOLD or _same_middle(texts, first + r, its_texts, key)):
                    found = key
                    break
                place = (place + _ONE) & last
                number = slots[place, 3]
            places[first + r] = found


@njit(nogil=True, cache=True)
def _same_middle(texts, one, its_texts, other):  # type: ignore[no-untyped-def]
    """Return whether two long texts of one length are the same where their words do not tell."""
    begin, end = texts.starts[one], texts.starts[one + 1]
    return same(texts.bytes, begin, its_texts.bytes, its_texts.starts[other], 16, end - begin - 8)
