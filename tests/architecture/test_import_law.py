"""Imports run one way, and PyMC and the engines each have their door."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINT = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter in a folder that has a ``pyproject.toml`` and the package under ``src``."""
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(repository: Path, tmp_path: Path) -> Path:
    """Return a folder with the import law and a copy of the package, free to be spoiled."""
    shutil.copy(repository / "pyproject.toml", tmp_path)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(repository / "src" / "creditrisk", tmp_path / "src" / "creditrisk", ignore=ignored)
    return tmp_path


def test_the_law_holds(repository: Path) -> None:
    result = lint(repository)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("records/schema.py", "import creditrisk.grading.policy", "Imports run one way"),
        ("indicators/indicator.py", "from creditrisk.models import violation", "Imports run one way"),
        ("models/violation.py", "import pymc", "PyMC has one door"),
        ("grading/policy.py", "import ibis", "Engines stay in records and indicators"),
        ("models/risk.py", "import matplotlib.pyplot", "Plots and templates stay in report"),
    ],
)
def test_a_forbidden_import_is_seen(copy: Path, file: str, line: str, broken: str) -> None:
    with (copy / "src" / "creditrisk" / file).open("a", encoding="utf-8") as module:
        module.write(f"\n\ndef spoil() -> None:\n    {line}\n")
    result = lint(copy)
    assert result.returncode == 1, result.stdout + result.stderr
    assert f"{broken} BROKEN" in result.stdout
