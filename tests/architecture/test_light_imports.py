"""`import creditrisk` is light, and scoring needs no PyMC."""

import json
import subprocess
import sys

import pytest

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


def test_a_heavy_import_is_seen() -> None:
    assert loaded_after("import creditrisk\nimport duckdb") == {"duckdb"}
