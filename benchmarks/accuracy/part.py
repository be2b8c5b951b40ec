"""One part of a benchmark: figures of our model and its peers on one split."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from benchmarks.table import Bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Figures on one split.

    Parameters
    ----------
    title : str
        What was predicted, for people.
    ours : mapping of str to float
        Figures of our model on the test rows.
    peers : mapping of str to mapping of str to float
        The same of each peer.
    bars : mapping of str to Bar
        What is asked of our figures.
    fits : tuple of str
        How each of our fits went, one sentence each.
    about : mapping
        Sizes, and what else a reader of the JSON should know.
    missing : mapping of str to str
        Why a peer has no figures here.
    """

    title: str
    ours: Mapping[str, float]
    peers: Mapping[str, Mapping[str, float]]
    bars: Mapping[str, Bar]
    fits: tuple[str, ...]
    about: Mapping[str, Any]
    missing: Mapping[str, str] = field(default_factory=dict)
