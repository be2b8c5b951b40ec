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

from creditrisk.indicators.executors.scan.growing import Growing
from creditrisk.indicators.executors.scan.memory import byte_at, word_at
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


class GrowingTexts:
    """Texts to which others are added; see `Growing`."""

    def __init__(self) -> None:
        self._ends, self._bytes = Growing(), Growing()
        self._ends.add(np.zeros(1, np.int64))

    @property
    def values(self) -> Texts:
        """The texts; valid until others are added."""
        return Texts(self._ends.values, self._bytes.values)

    def add(self, texts: Texts) -> None:
        """Add texts at the end."""
        first, last = texts.starts[0], texts.starts[-1]
        self._ends.add(texts.starts[1:] + (len(self._bytes) - first))
        self._bytes.add(texts.bytes[first:last])


def keys_of(chunk: Any) -> Keys:
    """Return the hash table of an Arrow array of different strings."""
    texts = texts_of(chunk)
    slots = _empty_slots(1 << max(4, (2 * len(chunk)).bit_length()))
    _fill(texts, slots)
    return Keys(slots, texts)


def places_of(texts: Texts, keys: Keys) -> Ints:
    """Return the number of the key that each text is, -1 where it is none."""
    places = np.empty(len(texts.starts) - 1, np.int32)
    _find(0, len(places), texts, keys, places)
    return places


def hashes_of(texts: Texts) -> NDArray[np.uint64]:
    """Return a number for every text, the same for equal ones and hardly ever for others."""
    hashes = np.empty(len(texts.starts) - 1, np.uint64)
    over(_hash_each, len(hashes), texts, hashes)
    return hashes


def _empty_slots(count: int) -> NDArray[np.uint64]:
    """Return slots of which none lies across two lines of the cache."""
    words = np.zeros(4 * count + 8, np.uint64)
    first = -words.ctypes.data % 64 // 8
    return words[first : first + 4 * count].reshape(count, 4)


@njit(nogil=True, cache=True)
def _words(text, length):  # type: ignore[no-untyped-def]
    """Return three words that, with the length, tell all of a text of up to 24 bytes."""
    if length >= _EIGHT:
        last = text + length - _EIGHT
        return word_at(text), word_at(min(text + _EIGHT, last)), word_at(last)
    short = np.uint64(0)
    for i in range(length):
        short |= byte_at(text + np.uint64(i)) << np.uint64(8 * i)
    return short, np.uint64(0), np.uint64(0)


@njit(nogil=True, cache=True)
def _text(starts, held, i):  # type: ignore[no-untyped-def]
    """Return the address of a text and how long it is."""
    return held + np.uint64(starts[i]), np.uint64(starts[i + _ONE] - starts[i])


@njit(nogil=True, cache=True)
def _hash(text, length, one, two, three):  # type: ignore[no-untyped-def]
    mixed = (length ^ one) * _FACTOR
    mixed ^= mixed >> _HALF
    mixed = (mixed ^ two) * _FACTOR
    mixed ^= mixed >> _HALF
    mixed = (mixed ^ three) * _FACTOR
    mixed ^= mixed >> _HALF
    if length > _TOLD:
        for i in range(np.uint64(16), length - _EIGHT):
            mixed = (mixed ^ byte_at(text + np.uint64(i))) * _FACTOR
            mixed ^= mixed >> _HALF
    mixed *= _FACTOR
    return mixed ^ (mixed >> np.uint64(29))


@njit(nogil=True, cache=True)
def same(one, other, first, end):  # type: ignore[no-untyped-def]
    """Return whether the texts at two addresses have the same bytes from `first` to before `end`."""
    alike = True
    for i in range(np.uint64(first), np.uint64(end)):
        alike = byte_at(one + np.uint64(i)) == byte_at(other + np.uint64(i))
        if not alike:
            break
    return alike


@njit(nogil=True, cache=True)
def _hash_each(begin, end, texts, hashes):  # type: ignore[no-untyped-def]
    starts, held = texts.starts, np.uint64(texts.bytes.ctypes.data)
    for i in range(np.uint64(begin), np.uint64(end)):
        text, length = _text(starts, held, i)
        one, two, three = _words(text, length)
        hashes[i] = _hash(text, length, one, two, three)


@njit(nogil=True, cache=True)
def _fill(texts, slots):  # type: ignore[no-untyped-def]
    starts, held = texts.starts, np.uint64(texts.bytes.ctypes.data)
    last = np.uint64(len(slots) - 1)
    for i in range(np.uint64(len(starts) - 1)):
        text, length = _text(starts, held, i)
        one, two, three = _words(text, length)
        place = _hash(text, length, one, two, three) & last
        while slots[place, 3] != 0:
            place = (place + _ONE) & last
        slots[place, 0], slots[place, 1], slots[place, 2] = one, two, three
        slots[place, 3] = length << _HALF | (i + _ONE)


@njit(nogil=True, cache=True)
def _find(begin, end, texts, keys, places):  # type: ignore[no-untyped-def]
    starts, held, slots = texts.starts, np.uint64(texts.bytes.ctypes.data), keys.slots
    its_starts, its_held = keys.texts.starts, np.uint64(keys.texts.bytes.ctypes.data)
    last = np.uint64(len(slots) - 1)
    words, lengths = np.empty((_BLOCK, 3), np.uint64), np.empty(_BLOCK, np.uint64)
    near, numbers = np.empty(_BLOCK, np.uint64), np.empty(_BLOCK, np.uint64)
    for first in range(np.uint64(begin), np.uint64(end), _BLOCK):
        block = min(_BLOCK, np.uint64(end) - first)
        for r in range(block):
            text, length = _text(starts, held, first + r)
            one, two, three = _words(text, length)
            words[r, 0], words[r, 1], words[r, 2], lengths[r] = one, two, three, length
            near[r] = _hash(text, length, one, two, three) & last
        for r in range(block):
            numbers[r] = slots[near[r], 3]
        for r in range(block):
            place, number, found = near[r], numbers[r], np.int64(-1)
            while number != 0:
                alike = (slots[place, 0] == words[r, 0]) & (slots[place, 1] == words[r, 1])
                alike &= (slots[place, 2] == words[r, 2]) & (number >> _HALF == lengths[r])
                if alike and lengths[r] > _TOLD:
                    text, length = _text(starts, held, first + r)
                    key, _ = _text(its_starts, its_held, (number & _LOW) - _ONE)
                    alike = same(text, key, 16, length - _EIGHT)
                if alike:
                    found = np.int64(number & _LOW) - 1
                    break
                place = (place + _ONE) & last
                number = slots[place, 3]
            places[first + r] = found
