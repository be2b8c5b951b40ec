"""What the columns can contribute: monotone steps or hinges, pooled groups, pairs, the channel."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from creditrisk.models.effects.group import ChannelTerm, GroupTerm
from creditrisk.models.effects.hinges import Hinges, HingeTerm
from creditrisk.models.effects.pair import PairTerm
from creditrisk.models.effects.steps import Steps, StepTerm

OrderedTerm = StepTerm | HingeTerm
PooledTerm = GroupTerm | PairTerm
Term = OrderedTerm | PooledTerm | ChannelTerm


class Effect(Protocol):
    """How numbers enter: `Steps`, `Hinges`, or anything that makes their terms."""

    def term(
        self,
        name: str,
        values: NDArray[np.float64],
        *,
        direction: str = "either",
        weight: NDArray[np.float64] | None = None,
    ) -> OrderedTerm:
        """Return the term of a column on its training values."""


__all__ = [
    "ChannelTerm",
    "Effect",
    "GroupTerm",
    "HingeTerm",
    "Hinges",
    "OrderedTerm",
    "PairTerm",
    "PooledTerm",
    "StepTerm",
    "Steps",
    "Term",
]
