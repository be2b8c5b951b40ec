"""Texts are found by all of their bytes, however long they are."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditrisk.indicators.executors.scan.texts import GrowingTexts, hashes_of, keys_of, places_of, texts_of

LONG = "91510100MA12345678 and something more than words hold"


def found(keys: list[str], texts: list[str]) -> list[int]:
    """Return the number of the key that each text is."""
    sought = GrowingTexts()
    for own in (texts[:3], texts[3:]):
        sought.add(texts_of(pa.array(own, pa.string())))
    return places_of(sought.values, keys_of(pa.array(keys, pa.string()))).tolist()


@pytest.mark.parametrize("length", [0, 1, 7, 8, 9, 15, 16, 17, 23, 24, 25, 26, 33, 52])
def test_every_byte_counts(length: int) -> None:
    text = LONG[:length]
    others = [text[:i] + "#" + text[i + 1 :] for i in range(length)]
    assert found([text], [text, text + "#", *others]) == [0, *[-1] * (length + 1)]
    assert found([*others, text], [text, *others]) == [length, *range(length)]


@given(keys=st.lists(st.text(), unique=True), others=st.lists(st.text()))
def test_texts_are_found_among_any_others(keys: list[str], others: list[str]) -> None:
    numbers = {key: number for number, key in enumerate(keys)}
    assert found(keys, keys + others) == [numbers.get(text, -1) for text in keys + others]


def test_many_texts_are_found() -> None:
    keys = [f"key {number}" for number in range(60_000)]
    assert found(keys, keys[::-1]) == list(range(60_000))[::-1]


def test_equal_texts_have_equal_hashes_and_others_do_not() -> None:
    texts = [f"text {number % 5000}" for number in range(10_000)]
    hashes = hashes_of(texts_of(pa.array(texts))).tolist()
    assert hashes[:5000] == hashes[5000:]
    assert len(set(hashes)) == 5000
