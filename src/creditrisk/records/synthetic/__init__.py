"""A simulated registry whose truth is known: probability, violation and loss of every entity."""

from creditrisk.records.synthetic.faults import plant_faults
from creditrisk.records.synthetic.registry import SyntheticRegistry, simulate

__all__ = ["SyntheticRegistry", "plant_faults", "simulate"]
