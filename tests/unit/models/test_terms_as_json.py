"""Every kind of term is the same after a visit to JSON."""

import json

import numpy as np
import pytest

from creditrisk.models.effects import (
    ChannelTerm,
    DeviationTerm,
    GridTerm,
    GroupTerm,
    Hinges,
    PairTerm,
    Steps,
    regions,
)
from creditrisk.models.effects.branch import BranchTerm
from creditrisk.models.effects.pair import Bands
from creditrisk.models.effects.to_json import term_from_json, term_to_json

X = np.random.default_rng(0).lognormal(size=300)
NAMES = np.array(["a", "b", "c"] * 100, dtype=object)
ONES = np.ones(300)
BANDS = Bands.of_numbers("x", X, 4), Bands.of_names("sector", NAMES, 2)

TERMS = {
    "steps": Steps().term("x", X, direction="raises"),
    "hinges": Hinges().term("x", np.where(X < 0.5, np.nan, X), direction="lowers"),
    "group": GroupTerm.from_values("sector", NAMES, ONES),
    "branch": BranchTerm.of_codes(
        regions(), 4, np.array(["510104", "440305", None] * 100, dtype=object), ONES
    ),
    "channel": ChannelTerm.from_values(NAMES, ONES),
    "deviation": DeviationTerm(first=BANDS[0], second=BANDS[1], direction="lowers"),
    "grid": GridTerm(first=BANDS[0], second=BANDS[0], turned=(False, True), joined="or").with_frequencies(
        (BANDS[0].encode(X), BANDS[0].encode(X)), ONES
    ),
    "pair": PairTerm.from_bands(*BANDS, (BANDS[0].encode(X), BANDS[1].encode(NAMES)), ONES),
}


@pytest.mark.parametrize("kind", TERMS)
def test_a_term_comes_back_as_it_was(kind):
    term = TERMS[kind]
    said = json.loads(json.dumps(term_to_json(term)))
    again = term_from_json(said)
    assert said["kind"] == kind
    assert term_to_json(again) == term_to_json(term)
    assert (again.name, again.labels) == (term.name, term.labels)
    np.testing.assert_array_equal(again.basis(), term.basis())


def test_an_incomplete_term_is_not_guessed():
    said = term_to_json(TERMS["hinges"])
    del said["knots"]
    with pytest.raises(KeyError, match="knots"):
        term_from_json(said)
