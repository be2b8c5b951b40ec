"""A scorecard file says again what was written, and one sentence where it is wrong."""

import numpy as np
import pandas as pd
import pytest
from tests.lib.cards import awkward, fitted, paired

from creditrisk.errors import SourceError, SpecError
from creditrisk.models.scorecard import load_scorecard


@pytest.mark.parametrize("make", [fitted, lambda: fitted(steps=True, channels=True), paired])
def test_a_round_trip_keeps_every_number(make, tmp_path):
    card, X = make().scorecard(pdo=15, base=500, odds=0.2, prob=0.8), awkward(400)
    text = card.to_toml(tmp_path / "card.toml")
    again = load_scorecard(tmp_path / "card.toml")
    assert again.to_toml() == text
    pd.testing.assert_frame_equal(again.to_frame(), card.to_frame(), check_exact=True)
    np.testing.assert_array_equal(again.score(X), card.score(X))
    assert again.to_sql() == card.to_sql()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("schema_version = 1", "schema_version = 9", "has 9: update creditrisk"),
        ("pdo = ", "pdoo = ", "pdo"),
        ("pdo = 20.0", "pdo = 0.0", "double the odds"),
        ('kind = "hinges"', 'kind = "steps"', r"term 1 of scorecard 'card.toml' has not: 'edges'"),
        ('level = "missing"\npoints = ', 'level = "missing"\npints = ', "pints"),
    ],
)
def test_a_wrong_file_is_one_sentence(tmp_path, old, new, sentence):
    text = fitted().scorecard().to_toml()
    assert old in text
    (tmp_path / "card.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SpecError, match=sentence):
        load_scorecard(tmp_path / "card.toml")


def test_a_term_without_one_of_its_levels_is_refused(tmp_path):
    text = fitted().scorecard().to_toml()
    first = text.index("\n[[terms.levels]]")
    second = text.index("\n[[terms.levels]]", first + 1)
    (tmp_path / "card.toml").write_text(text[:first] + text[second:], encoding="utf-8")
    with pytest.raises(SpecError, match=r"points for each of its levels; term 1 of scorecard"):
        load_scorecard(tmp_path / "card.toml")


def test_no_file_is_said(tmp_path):
    with pytest.raises(SourceError):
        load_scorecard(tmp_path / "none.toml")
