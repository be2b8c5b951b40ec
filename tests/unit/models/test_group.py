"""Groups and channels."""

import numpy as np

from creditrisk.models.effects import ChannelTerm, GroupTerm


def names(*values):
    return np.array(values, dtype=object)


def test_an_unseen_level_is_the_last_one():
    term = GroupTerm.from_values("region", names("b", "a", "b"), np.ones(3))
    assert term.categories == ("a", "b")
    assert term.encode(names("a", "z", "b")).tolist() == [0, 2, 1]
    assert term.labels[-1] == "unseen"


def test_missing_is_a_level_like_any_other():
    term = GroupTerm.from_values("region", names("a", None, float("nan")), np.ones(3))
    assert term.categories == ("a", "missing")
    assert term.encode(names(None, "a")).tolist() == [1, 0]


def test_whole_floats_and_integers_are_the_same_level():
    term = GroupTerm.from_values("ward", names(11.0, 3.0), np.ones(2))
    assert term.encode(names(11, "3")).tolist() == [0, 1]


def test_the_random_channel_is_the_reference():
    term = ChannelTerm.from_values(names("targeted", "random", "targeted"), np.ones(3))
    assert term is not None
    assert term.categories == ("random", "targeted")
    assert term.basis()[0].tolist() == [0.0]


def test_without_a_random_channel_the_most_frequent_is_the_reference():
    term = ChannelTerm.from_values(names("a", "b", "b"), np.ones(3))
    assert term is not None
    assert term.categories[0] == "b"


def test_one_channel_needs_no_term():
    assert ChannelTerm.from_values(names("random", "random"), np.ones(2)) is None
