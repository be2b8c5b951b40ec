"""Check docstrings against numpydoc's rules: all of them for the public names, the first few for the rest.

The public names are those of ``creditrisk.__all__`` with their methods; ``pyproject.toml`` has the rules.
Live objects are checked, not their source: only a live frozen dataclass knows the parameters it takes, an
override may inherit its docstring, and a class need not repeat the parameters that its bases document.
"""

import importlib
import inspect
import pkgutil
import sys
import tomllib
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import ModuleType

from numpydoc.docscrape import get_doc_object
from numpydoc.validate import Validator, validate

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
MEMBER_KINDS = (property, classmethod, staticmethod)


def visible_modules(package: str) -> Iterator[ModuleType]:
    """Yield the modules of the package, save those with a leading underscore anywhere in their path."""
    root = importlib.import_module(package)
    yield root
    for found in pkgutil.walk_packages(root.__path__, prefix=f"{package}."):
        if not any(part.startswith("_") for part in found.name.split(".")):
            yield importlib.import_module(found.name)


def own_objects(module: ModuleType) -> Iterator[tuple[str, object]]:
    """Yield the classes and functions that the module itself defines for others to use."""
    for name, value in vars(module).items():
        ours = getattr(value, "__module__", None) == module.__name__
        if ours and not name.startswith("_") and (inspect.isclass(value) or inspect.isfunction(value)):
            yield name, value


def documented_names(name: str, value: object) -> Iterator[str]:
    """Yield the name, and for a class its own methods, save overrides with an inherited docstring."""
    yield name
    for member, kind in vars(value).items() if inspect.isclass(value) else ():
        if member.startswith("_") or not (inspect.isfunction(kind) or isinstance(kind, MEMBER_KINDS)):
            continue
        if kind.__doc__ or not inspect.getdoc(getattr(value, member)):
            yield f"{name}.{member}"


def takes_no_arguments_of_ours(value: object) -> bool:
    """Return whether the signature of a class is Python's own, as of an enumeration or a protocol."""
    return inspect.isclass(value) and (issubclass(value, Enum) or getattr(value, "_is_protocol", False))


class Heir(Validator):
    """Sees the parameters that an object documents, and those that the bases of a class document for it."""

    def __init__(self, obj_name: str) -> None:
        super().__init__(get_doc_object(Validator._load_obj(obj_name)))

    @property
    def doc_all_parameters(self) -> dict[str, tuple[str, list[str]]]:
        """The type and the lines of each documented parameter; inherited ones first, as in a signature."""
        own: dict[str, tuple[str, list[str]]] = super().doc_all_parameters
        asked = self.signature_parameters
        if not inspect.isclass(self.obj) or set(asked) <= set(own):
            return own
        inherited: dict[str, tuple[str, list[str]]] = {}
        for base in reversed(self.obj.__mro__[1:]):
            if base.__module__.partition(".")[0] == self.obj.__module__.partition(".")[0]:
                inherited |= Validator(get_doc_object(base)).doc_all_parameters
        return {name: said for name, said in inherited.items() if name in asked} | own


def findings(package: str, *, public: frozenset[str], others: frozenset[str]) -> Iterator[str]:
    """Yield one line for every rule that a docstring breaks."""
    api = importlib.import_module(package)
    offered = {id(getattr(api, name)) for name in getattr(api, "__all__", ())}
    for module in visible_modules(package):
        if not (module.__doc__ or "").strip():
            yield f"{module.__name__}: GL08 The module has no docstring"
        for short, value in own_objects(module):
            checks = public if id(value) in offered else others
            for name in documented_names(short, value):
                unasked = {"PR01"} if name == short and takes_no_arguments_of_ours(value) else set()
                errors = validate(f"{module.__name__}.{name}", validator_cls=Heir)["errors"]
                yield from (f"{module.__name__}.{name}: {c} {t}" for c, t in errors if c in checks - unasked)


def main() -> int:
    """Print what is wrong, and return how the shell should see it."""
    rules = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["tool"]["creditrisk"]["docstrings"]
    wrong = sorted(
        findings("creditrisk", public=frozenset(rules["public"]), others=frozenset(rules["others"]))
    )
    print("\n".join(wrong) if wrong else "Docstrings: as numpydoc asks.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
