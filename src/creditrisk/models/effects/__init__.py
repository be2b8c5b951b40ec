"""What the columns can contribute: monotone steps or hinges, pooled groups, pairs, the channel."""

from creditrisk.models.effects.group import ChannelTerm, GroupTerm
from creditrisk.models.effects.hinges import Hinges, HingeTerm
from creditrisk.models.effects.pair import PairTerm
from creditrisk.models.effects.steps import Steps, StepTerm

OrderedTerm = StepTerm | HingeTerm
PooledTerm = GroupTerm | PairTerm
Term = OrderedTerm | PooledTerm | ChannelTerm

__all__ = [
    "ChannelTerm",
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
