"""Repair and influence periods (信用修复、影响期): until when a record counts, and who could apply when."""

from creditrisk.records.repair.counting import counting_only
from creditrisk.records.repair.effective import effective_state
from creditrisk.records.repair.load import load_regime, packaged_regimes, regime_on
from creditrisk.records.repair.regime import RepairRegime
from creditrisk.records.repair.state import RecordState
from creditrisk.records.repair.timetable import repair_timetable

__all__ = [
    "RecordState",
    "RepairRegime",
    "counting_only",
    "effective_state",
    "load_regime",
    "packaged_regimes",
    "regime_on",
    "repair_timetable",
]
