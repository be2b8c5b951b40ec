"""The violation model as a table of points: score, print, store and run it as SQL."""

from creditrisk.models.scorecard.card import Scorecard
from creditrisk.models.scorecard.file import load_scorecard

__all__ = ["Scorecard", "load_scorecard"]
