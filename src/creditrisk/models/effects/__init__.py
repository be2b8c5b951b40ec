"""What the columns can contribute: monotone steps or hinges, groups, pairs, the channel."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from creditrisk.models.effects.branch import BranchTerm
from creditrisk.models.effects.deviation import DeviationTerm
from creditrisk.models.effects.grid import GridTerm
from creditrisk.models.effects.group import ChannelTerm, GroupTerm
from creditrisk.models.effects.hinges import Hinges, HingeTerm
from creditrisk.models.effects.pair import PairTerm
from creditrisk.models.effects.steps import Steps, StepTerm
from creditrisk.models.effects.tree import CodeTree, Grouping, industries, regions

NumberTerm = StepTerm | HingeTerm
TableTerm = PairTerm | GridTerm | DeviationTerm
OrderedTerm = NumberTerm | GridTerm | DeviationTerm
PooledTerm = GroupTerm | BranchTerm | PairTerm
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
    ) -> NumberTerm:
        """Return the term of a column on its training values."""


__all__ = [
    "BranchTerm",
    "ChannelTerm",
    "CodeTree",
    "DeviationTerm",
    "Effect",
    "GridTerm",
    "GroupTerm",
    "Grouping",
    "HingeTerm",
    "Hinges",
    "NumberTerm",
    "OrderedTerm",
    "PairTerm",
    "PooledTerm",
    "StepTerm",
    "Steps",
    "TableTerm",
    "Term",
    "industries",
    "regions",
]
