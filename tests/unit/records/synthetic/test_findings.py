import numpy as np
import pandas as pd

from creditrisk.records.codes.inspection_results import PROBLEM_CODES
from creditrisk.records.synthetic import SyntheticRegistry
from creditrisk.records.synthetic.findings import draw_findings
from creditrisk.records.tables.columns import FIELDS


def test_every_finding_counts_as_a_problem() -> None:
    fields = np.repeat(np.array(FIELDS), 300)
    codes = pd.Series(draw_findings(np.random.default_rng(0), fields))
    assert set(codes.str.split(",").explode()) <= set(PROBLEM_CODES)
    assert {"6", "8"} <= set(codes)


def test_the_codes_fit_the_area(small_registry: SyntheticRegistry) -> None:
    inspection = small_registry.tables["inspection"]
    found = inspection[inspection["result_codes"].ne("1")]
    on_food = found["result_codes"].str.contains("3")
    assert set(found.loc[on_food, "field"]) <= {"food", "drug", "medical_device", "cosmetics"}
    assert on_food.sum() > 20


def test_inspections_name_their_area_and_department(small_registry: SyntheticRegistry) -> None:
    inspection = small_registry.tables["inspection"]
    assert inspection["field"].nunique() > 8
    assert inspection["department"].nunique() > 3
    others = inspection[~inspection["department"].isin(["market supervision", "drug administration"])]
    assert others["joint"].all()
