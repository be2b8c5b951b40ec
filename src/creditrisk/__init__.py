"""From dated records to a risk class A, B, C or D for every entity, with the uncertainty of each.

Each name loads where it is first used: ``import creditrisk`` brings in neither PyMC nor a database engine.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from creditrisk.assessment import Assessment as Assessment
    from creditrisk.errors import CreditRiskError as CreditRiskError
    from creditrisk.errors import DateError as DateError
    from creditrisk.errors import FitError as FitError
    from creditrisk.errors import ModelFileError as ModelFileError
    from creditrisk.errors import OutcomeError as OutcomeError
    from creditrisk.errors import SchemaError as SchemaError
    from creditrisk.errors import SourceError as SourceError
    from creditrisk.errors import SpecError as SpecError
    from creditrisk.grading.file import load_policy as load_policy
    from creditrisk.grading.policy import GradingPolicy as GradingPolicy
    from creditrisk.grading.ratings import Ratings as Ratings
    from creditrisk.grading.risk_class import RiskClass as RiskClass
    from creditrisk.indicators.extractor import IndicatorExtractor as IndicatorExtractor
    from creditrisk.indicators.load import load_system as load_system
    from creditrisk.indicators.mapping_check import check_mapping as check_mapping
    from creditrisk.indicators.system import IndicatorSystem as IndicatorSystem
    from creditrisk.models.effects.hinges import Hinges as Hinges
    from creditrisk.models.effects.steps import Steps as Steps
    from creditrisk.models.file import load_model as load_model
    from creditrisk.models.inference.engines import Auto as Auto
    from creditrisk.models.inference.engines import Map as Map
    from creditrisk.models.inference.engines import Nuts as Nuts
    from creditrisk.models.inference.engines import Surrogate as Surrogate
    from creditrisk.models.loss import LossModel as LossModel
    from creditrisk.models.posterior import RiskPosterior as RiskPosterior
    from creditrisk.models.priors import Priors as Priors
    from creditrisk.models.risk import RiskModel as RiskModel
    from creditrisk.models.violation import ViolationModel as ViolationModel
    from creditrisk.pipeline import assess as assess
    from creditrisk.records.outcomes import load_definition as load_definition
    from creditrisk.records.read import read_records as read_records
    from creditrisk.records.records import Records as Records
    from creditrisk.records.snapshot import Snapshot as Snapshot
    from creditrisk.records.synthetic.registry import simulate as simulate
    from creditrisk.supervision.plan import InspectionPlan as InspectionPlan

_HOMES = {
    "Assessment": "creditrisk.assessment",
    "Auto": "creditrisk.models.inference.engines",
    "CreditRiskError": "creditrisk.errors",
    "DateError": "creditrisk.errors",
    "FitError": "creditrisk.errors",
    "GradingPolicy": "creditrisk.grading.policy",
    "Hinges": "creditrisk.models.effects.hinges",
    "IndicatorExtractor": "creditrisk.indicators.extractor",
    "IndicatorSystem": "creditrisk.indicators.system",
    "InspectionPlan": "creditrisk.supervision.plan",
    "LossModel": "creditrisk.models.loss",
    "Map": "creditrisk.models.inference.engines",
    "ModelFileError": "creditrisk.errors",
    "Nuts": "creditrisk.models.inference.engines",
    "OutcomeError": "creditrisk.errors",
    "Priors": "creditrisk.models.priors",
    "Ratings": "creditrisk.grading.ratings",
    "Records": "creditrisk.records.records",
    "RiskClass": "creditrisk.grading.risk_class",
    "RiskModel": "creditrisk.models.risk",
    "RiskPosterior": "creditrisk.models.posterior",
    "SchemaError": "creditrisk.errors",
    "Snapshot": "creditrisk.records.snapshot",
    "SourceError": "creditrisk.errors",
    "SpecError": "creditrisk.errors",
    "Steps": "creditrisk.models.effects.steps",
    "Surrogate": "creditrisk.models.inference.engines",
    "ViolationModel": "creditrisk.models.violation",
    "assess": "creditrisk.pipeline",
    "check_mapping": "creditrisk.indicators.mapping_check",
    "load_definition": "creditrisk.records.outcomes",
    "load_model": "creditrisk.models.file",
    "load_policy": "creditrisk.grading.file",
    "load_system": "creditrisk.indicators.load",
    "read_records": "creditrisk.records.read",
    "simulate": "creditrisk.records.synthetic.registry",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    """Import the public name from where it is defined, once."""
    if name not in _HOMES:
        from creditrisk.errors import hint

        raise AttributeError(f"creditrisk has no name {name!r}.{hint(name, _HOMES)}")
    value: object = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names beside those already loaded."""
    return sorted({*globals(), *_HOMES})
