"""`import creditrisk` is light, and scoring needs no PyMC."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from creditrisk import LossModel, Map, RiskModel, ViolationModel

HEAVY = ("pymc", "pytensor", "arviz", "ibis", "duckdb", "matplotlib")


def loaded_after(statements: str) -> set[str]:
    """Return the heavy packages that a fresh interpreter has loaded after the statements."""
    code = f"{statements}\nimport sys, json\nprint(json.dumps([m for m in {HEAVY} if m in sys.modules]))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(result.stdout.splitlines()[-1]))


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded_after("import creditrisk") == set()


@pytest.mark.parametrize("name", ["RiskModel", "ViolationModel", "GradingPolicy", "load_model", "Nuts"])
def test_naming_a_model_loads_nothing_heavy(name: str) -> None:
    assert loaded_after(f"from creditrisk import {name}") == set()


@pytest.fixture
def model_file(tmp_path: Path) -> Path:
    """Return the file of a model that was fitted in a hurry."""
    rng = np.random.default_rng(7)
    X = pd.DataFrame({"penalties": rng.poisson(1.0, 400), "sector": rng.choice(["C", "F"], 400)})
    violation = rng.random(400) < 0.3
    outcomes = pd.DataFrame({"violation": violation * 1.0, "loss_cny": np.where(violation, 5000.0, np.nan)})
    models = (cls(groups=["sector"], inference=Map()) for cls in (ViolationModel, LossModel))
    RiskModel(*models).fit(X, outcomes).save(tmp_path / "model.nc")
    return tmp_path / "model.nc"


def test_scoring_from_a_model_file_loads_neither_pymc_nor_an_engine(model_file: Path) -> None:
    score = f"""
import pandas as pd
from creditrisk import load_model
X = pd.DataFrame({{"penalties": [0, 3], "sector": ["C", "F"]}})
assert load_model({str(model_file)!r}).posterior(X).p.shape[1] == 2"""
    assert loaded_after(score) == set()


def test_a_heavy_import_is_seen() -> None:
    assert loaded_after("import creditrisk\nimport duckdb") == {"duckdb"}
