"""Families of positive losses: what is chosen, how it is fitted, and what it says draw by draw."""

from creditrisk.models.losses.families import Gamma, LogNormal, LogNormalPareto, LossFamily, smallest_shared

__all__ = ["Gamma", "LogNormal", "LogNormalPareto", "LossFamily", "smallest_shared"]
