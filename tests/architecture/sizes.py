"""Measure source files: the lines of a file, and the lines of a function without its docstring."""

import ast
from collections.abc import Iterator
from pathlib import Path

MOST_FILE_LINES = 400
MOST_FUNCTION_LINES = 60
MEDIAN_FILE_LINES = 150


def file_lines(path: Path) -> int:
    """Return the number of lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def function_lines(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the name of every function of a file with its lines, decorators and docstring not counted."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield node.name, node.end_lineno - node.lineno + 1 - docstring_lines(node)


def docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines the docstring of a function takes, 0 if it has none."""
    if ast.get_docstring(node) is None:
        return 0
    first = node.body[0]
    assert first.end_lineno is not None
    return first.end_lineno - first.lineno + 1


def too_long(paths: list[Path]) -> list[str]:
    """Return one line for every file and every function that is longer than the house allows."""
    files = [f"{path}: {n} lines" for path in paths if (n := file_lines(path)) > MOST_FILE_LINES]
    functions = [
        f"{path}: {name} has {lines} lines"
        for path in paths
        for name, lines in function_lines(path)
        if lines > MOST_FUNCTION_LINES
    ]
    return files + functions
