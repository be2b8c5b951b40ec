"""The tools of the house see what they are there to see."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tools.check_tracked_files import machine_paths, notebook_outputs

INHERITED = '''"""A package."""

from dataclasses import dataclass


@dataclass
class Base:
    """A base.

    Parameters
    ----------
    x : int
        A number.
    """

    x: int


@dataclass
class Good(Base):
    """A class with a number of its own.

    Parameters
    ----------
    y : int
        Another number.
    """

    y: int


@dataclass
class Bad(Base):
    """A class that says nothing of its own number."""

    z: int


class Other(Base):
    """A class that takes something else.

    Parameters
    ----------
    w : int
        A number.
    """

    def __init__(self, w):
        super().__init__(w)
'''


def find_python(repository: Path, path: Path, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `tools/find-python` where nothing but the given folders can be found."""
    return subprocess.run(
        [shutil.which("sh") or "sh", str(repository / "tools" / "find-python")],
        env={"PATH": str(path), "HOME": str(home), **more},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    """Return a folder with the shell's tools and a `python3.12` that exists and fails, as a shim may."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("sort", "cut"):
        (folder / tool).symlink_to(shutil.which(tool) or tool)
    shim = folder / "python3.12"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    return folder


def executable(path: Path) -> Path:
    """Write a script at the path that runs the Python of these tests."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    path.chmod(0o755)
    return path


def test_a_failing_shim_is_passed_over_for_pyenvs_newest_version(
    repository: Path, bin_folder: Path, tmp_path: Path
) -> None:
    for name in ("3.9.18", "3.12.1"):
        executable(tmp_path / ".pyenv" / "versions" / name / "bin" / "python")
    found = find_python(repository, bin_folder, tmp_path)
    assert (found.returncode, found.stdout.strip()) == (0, sys.executable), found.stderr


def test_without_a_fitting_python_there_is_one_sentence(
    repository: Path, bin_folder: Path, tmp_path: Path
) -> None:
    found = find_python(repository, bin_folder, tmp_path)
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.startswith("creditrisk needs Python 3.12 or newer")
    assert found.stderr.count("\n") == 1


def test_a_python_that_was_asked_for_is_the_only_candidate(
    repository: Path, bin_folder: Path, tmp_path: Path
) -> None:
    executable(bin_folder / "python3")
    assert find_python(repository, bin_folder, tmp_path).returncode == 0
    found = find_python(repository, bin_folder, tmp_path, PYTHON=str(bin_folder / "python3.12"))
    assert found.returncode == 1
    assert "unset it" in found.stderr


@pytest.mark.parametrize("folder", ["home", "root", "tmp"])
def test_a_path_of_one_machine_is_seen(folder: str) -> None:
    path = f"{os.sep}{folder}{os.sep}somebody"
    assert list(machine_paths("a.md", f"see {path}")) != []
    assert list(machine_paths("a.md", f"see docs{path}, ../{folder}/somebody and https://x.org{path}")) == []


def test_a_notebook_with_outputs_is_seen() -> None:
    cell = {"cell_type": "code", "source": [], "outputs": [], "execution_count": None}
    assert list(notebook_outputs("a.ipynb", json.dumps({"cells": [cell]}))) == []
    assert list(notebook_outputs("a.ipynb", json.dumps({"cells": [cell | {"execution_count": 1}]}))) != []


def test_an_undocumented_parameter_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numpydoc", reason="numpydoc comes with `make check`")
    from tools.check_docstrings import findings

    package = tmp_path / "undocumented"
    package.mkdir()
    body = 'def double(x):\n    """Return twice the number."""\n    return 2 * x\n'
    package.joinpath("__init__.py").write_text(f'"""A package."""\n\n__all__ = ["double"]\n\n\n{body}')
    monkeypatch.syspath_prepend(tmp_path)
    seen = list(findings("undocumented", public=frozenset({"PR01", "RT01"}), others=frozenset()))
    assert [line.split()[1] for line in seen] == ["PR01", "RT01"]


def test_a_class_need_not_repeat_the_parameters_of_its_base(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numpydoc", reason="numpydoc comes with `make check`")
    from tools.check_docstrings import findings

    package = tmp_path / "inherited"
    package.mkdir()
    package.joinpath("__init__.py").write_text(INHERITED)
    monkeypatch.syspath_prepend(tmp_path)
    rules = frozenset({"PR01", "PR02", "PR03"})
    seen = list(findings("inherited", public=rules, others=rules))
    assert [line.split()[:2] for line in seen] == [["inherited.Bad:", "PR01"]]
    assert "{'z'}" in seen[0]
