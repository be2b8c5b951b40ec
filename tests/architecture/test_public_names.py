"""Every public name can be imported, is documented, and is known to type checkers."""

import ast
import importlib
import inspect
from pathlib import Path

import pytest

import creditrisk


@pytest.mark.parametrize("name", creditrisk.__all__)
def test_a_public_name_is_there_with_a_docstring(name: str) -> None:
    value = getattr(creditrisk, name)
    assert inspect.getdoc(value), f"creditrisk.{name} has no docstring"
    assert value.__module__ == creditrisk._HOMES[name]


def test_dir_lists_the_public_names() -> None:
    assert set(creditrisk.__all__) <= set(dir(creditrisk))


def test_type_checkers_see_the_same_names(repository: Path) -> None:
    tree = ast.parse((repository / "src" / "creditrisk" / "__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    imports = [node for node in block.body if isinstance(node, ast.ImportFrom)]
    seen = {alias.asname: node.module for node in imports for alias in node.names}
    assert seen == creditrisk._HOMES


def test_an_unknown_name_is_an_attribute_error_with_a_hint() -> None:
    with pytest.raises(AttributeError, match="Did you mean 'RiskModel'"):
        importlib.import_module("creditrisk").RiskModell  # noqa: B018
