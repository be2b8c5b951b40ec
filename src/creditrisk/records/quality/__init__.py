"""The audit of records in six dimensions: coverage, timeliness, completeness, accuracy and two more.

`Records.audit` makes an `Audit`; an `AuditStandard` says what it demands.
"""

from creditrisk.records.quality.audit import Audit
from creditrisk.records.quality.files import load_audit
from creditrisk.records.quality.standard import AuditStandard, load_standard

__all__ = ["Audit", "AuditStandard", "load_audit", "load_standard"]
