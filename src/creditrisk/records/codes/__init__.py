"""The code systems in records: who, where, what trade, and what an inspection found.

Each function takes a whole column, as a list or an array of NumPy, pandas, polars or Arrow; the expressions
say the same of a column that lies on an engine.
"""

from creditrisk.records.codes.classify import classify
from creditrisk.records.codes.expressions import (
    industry_known_expression,
    region_known_expression,
    uscc_valid_expression,
)
from creditrisk.records.codes.industries import IndustryTree, industry_tree
from creditrisk.records.codes.inspection_results import (
    INSPECTION_RESULTS,
    PROBLEM_CODES,
    RESULT_CODES,
    InspectionResult,
)
from creditrisk.records.codes.normalise import normalise
from creditrisk.records.codes.organisation import organisation_check_digit, organisation_code_is_valid
from creditrisk.records.codes.region_periods import Period
from creditrisk.records.codes.regions import RegionTree, region_tree
from creditrisk.records.codes.registration_number import (
    registration_check_digit,
    registration_number_is_valid,
)
from creditrisk.records.codes.uscc import uscc_body_is_valid, uscc_check_digit, uscc_is_valid

__all__ = [
    "INSPECTION_RESULTS",
    "PROBLEM_CODES",
    "RESULT_CODES",
    "IndustryTree",
    "InspectionResult",
    "Period",
    "RegionTree",
    "classify",
    "industry_known_expression",
    "industry_tree",
    "normalise",
    "organisation_check_digit",
    "organisation_code_is_valid",
    "region_known_expression",
    "region_tree",
    "registration_check_digit",
    "registration_number_is_valid",
    "uscc_body_is_valid",
    "uscc_check_digit",
    "uscc_is_valid",
    "uscc_valid_expression",
]
