"""What a column of the indicators can contribute: monotone steps, pooled groups, the channel."""

from creditrisk.models.effects.group import ChannelTerm, GroupTerm
from creditrisk.models.effects.steps import Steps, StepTerm

Term = StepTerm | GroupTerm | ChannelTerm

__all__ = ["ChannelTerm", "GroupTerm", "StepTerm", "Steps", "Term"]
