from hashlib import sha256

import numpy as np
import pytest

from creditrisk.errors import SpecError
from creditrisk.supervision.lot import lot_numbers, lot_start


def test_anyone_can_compute_the_number_by_its_formula():
    digest = sha256("2024-06-01\n企业1".encode()).hexdigest()
    assert lot_numbers(["企业1"], "2024-06-01")[0] == int(digest[:12], 16) / 16**12


def test_a_number_depends_on_id_and_seed_alone():
    both, alone = lot_numbers(["a", "b"], 7), lot_numbers(["b"], "7")
    assert both[1] == alone[0]
    assert lot_numbers(["b"], 8)[0] != alone[0]


def test_numbers_are_evenly_spread_and_seeds_unrelated():
    ids = [f"E{i}" for i in range(20_000)]
    one, other = lot_numbers(ids, "first"), lot_numbers(ids, "second")
    counts = np.histogram(one, bins=100, range=(0, 1))[0]
    assert ((counts - 200) ** 2 / 200).sum() < 160  # 99.99 % of chi-squared with 99 degrees
    assert abs(np.corrcoef(one, other)[0, 1]) < 4 / np.sqrt(len(ids))


def test_the_start_is_no_entitys_number():
    assert lot_start(7) not in lot_numbers([str(i) for i in range(100)], 7)


@pytest.mark.parametrize("seed", ["", "x" * 65, "two\nlines", "\ud800", 1.5, True, None])
def test_a_seed_is_a_short_text_or_a_whole_number(seed):
    with pytest.raises(SpecError, match="seed is"):
        lot_numbers(["a"], seed)


def test_an_entity_needs_an_id():
    with pytest.raises(SpecError, match="got an empty one"):
        lot_numbers(["a", ""], 1)
