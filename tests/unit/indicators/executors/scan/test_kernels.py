"""Aggregates of records whose hashes collide, or of which one entity has very many."""

import numpy as np
import pytest

from creditrisk.indicators.executors.scan.kernels import FEW, NO_IDS, Chosen, Ids, distinct, latest
from creditrisk.indicators.executors.scan.spine import Pieces, Window

PIECES = Pieces(np.zeros(1, np.int32), np.array([0]), np.array([1]), np.zeros(1, np.int32))
WINDOW = Window(*(np.array([day], np.int32) for day in (100, 0, 100)))
NOTHING = np.nan


def all_of(rows: int) -> Chosen:
    """Return that all records of one entity count."""
    owners, since, dated = np.zeros(rows, np.int32), np.zeros(rows, np.int32), np.ones(rows, np.int32)
    return Chosen(np.array([0, rows]), owners, since, np.empty(0, np.int32), dated)


def ids_of(texts: list[str]) -> Ids:
    """Return texts, one a record."""
    held = [text.encode() for text in texts]
    starts = np.concatenate([[0], np.cumsum([len(text) for text in held])]).astype(np.int64)
    return Ids(np.arange(len(texts), dtype=np.int32), starts, np.frombuffer(b"".join(held), np.uint8))


def different(keys: list[int], ids: Ids) -> float:
    """Return how many different values there are."""
    out = np.zeros(1)
    distinct(0, 1, all_of(len(keys)), PIECES, WINDOW, np.array(keys, np.uint64), ids, NOTHING, out)
    return float(out[0])


@pytest.mark.parametrize("copies", [1, FEW])
def test_texts_of_one_hash_are_told_apart(copies: int) -> None:
    texts = ["a", "b", "ab", "a", "c"] * copies
    hashes = [7 if text != "c" else 8 for text in texts]
    assert different(hashes, ids_of(texts)) == 4
    assert different(hashes, NO_IDS) == 2


def test_very_many_values_of_one_entity() -> None:
    assert different([number % 3000 for number in range(20_000)], NO_IDS) == 3000


@pytest.mark.parametrize(
    ("texts", "wanted", "before"),
    [(["r2", "r10", "r3"], 2, 0), (["a", "ab", ""], 1, 0), (["é", "z", "e"], 0, 1)],
)
def test_of_one_day_the_largest_text_is_the_latest(texts: list[str], wanted: int, before: int) -> None:
    found = []
    for rank in (0, 1):
        out, days, values = np.zeros(1), np.ones(3, np.int32), np.arange(3.0)
        none = Chosen(np.zeros(1, np.int64), *[np.empty(0, np.int32)] * 4)
        latest(0, 1, all_of(3), PIECES, WINDOW, days, ids_of(texts), values, none, rank, NOTHING, out)
        found.append(out[0])
    assert found == [wanted, before]
