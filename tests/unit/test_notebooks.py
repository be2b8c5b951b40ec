"""The notebooks run, carry no outputs, and hold no logic of their own."""

import ast
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
MOST_LINES_OF_A_DEFINITION = 4
MOST_LINES_OF_A_CELL = 15

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    """Return the cells of code."""
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def definitions(source: str) -> list[ast.stmt]:
    """Return the functions and classes that some code defines."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]


def test_there_is_a_notebook() -> None:
    assert [path.name for path in NOTEBOOKS][:1] == ["01_from_records_to_classes.ipynb"]


@every_notebook
def test_outputs_are_stripped(path: Path) -> None:
    assert all(not cell.outputs and cell.execution_count is None for cell in code_cells(path))


@every_notebook
def test_no_logic_of_its_own(path: Path) -> None:
    sources = [cell.source for cell in code_cells(path)]
    long = [
        node.name
        for source in sources
        for node in definitions(source)
        if node.end_lineno - node.lineno >= MOST_LINES_OF_A_DEFINITION
    ]
    assert long == []
    assert max(len(source.splitlines()) for source in sources) <= MOST_LINES_OF_A_CELL


@pytest.mark.slow
@every_notebook
def test_it_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    notebook = nbformat.read(path, as_version=4)
    where = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources=where).execute()
    pictures = sum(
        "image/png" in output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", [])
    )
    assert pictures >= 2
