"""TOML files, and what to say when one is wrong.

`load` reads a file into a frozen pydantic model; every mistake in it becomes one sentence that names the
file, the key and what to do.
"""

import tomllib
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from creditrisk.errors import SourceError, SpecError, hint, shown


class FileSpec(BaseModel):
    """The base of everything that is read from a file: frozen, and strangers to unknown keys.

    Examples
    --------
    >>> class Point(FileSpec):
    ...     x: int
    >>> parse(Point, {"x": 1}, "point 'p'").x
    1
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


def load[Spec: BaseModel](model: type[Spec], path: str | Path, *, what: str) -> Spec:
    """Read a TOML file as a frozen spec.

    Parameters
    ----------
    model : type of pydantic.BaseModel
        What the file should hold.
    path : str or Path
        The file.
    what : str
        What to call it in an error, such as ``"mapping"``.

    Returns
    -------
    pydantic.BaseModel
        An instance of `model`.

    Raises
    ------
    SourceError
        If the file is not there or cannot be read.
    SpecError
        If it is not TOML, or says something that `model` does not understand.
    """
    return parse(model, read_toml(path), f"{what} {as_path(path).name!r}")


def as_path(path: object) -> Path:
    """Return the path of a file, or say that it is none.

    Parameters
    ----------
    path : str or Path
        What the user gave.

    Returns
    -------
    Path
        The same.

    Raises
    ------
    SpecError
        If it is neither text nor a path, or holds a NUL.

    Examples
    --------
    >>> as_path("general.toml").suffix
    '.toml'
    """
    if not isinstance(path, str | Path) or "\x00" in str(path):
        raise SpecError(f"A file is named by text or a path, without NUL; got {shown(path)}.")
    return Path(path)


def read_toml(path: str | Path) -> dict[str, Any]:
    """Read a TOML file as a dictionary.

    Parameters
    ----------
    path : str or Path
        The file.

    Returns
    -------
    dict
        What it says.

    Raises
    ------
    SourceError
        If the file is not there or cannot be read.
    SpecError
        If it is not TOML.
    """
    path = as_path(path)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise SourceError(f"There is no file {shown(str(path))}; check the path.") from None
    except OSError as error:
        raise SourceError(f"File {shown(str(path))} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise SpecError(f"File {path.name!r} is not UTF-8 text; save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise SpecError(f"File {path.name!r} is not valid TOML: {error}.") from None


def read_preset(folder: Traversable, name: str, what: str) -> dict[str, Any]:
    """Read a TOML file that comes with the package, by its name.

    Parameters
    ----------
    folder : Traversable
        Where the files of this kind lie.
    name : str
        Of the file, without its ending.
    what : str
        What they hold, in the plural.

    Returns
    -------
    dict of str to Any
        The document.

    Raises
    ------
    SpecError
        If there is none of that name.
    """
    known = sorted(
        file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")
    )
    if name not in known:
        raise SpecError(f"There is no preset of {what} named {shown(name)}.{hint(str(name), known)}")
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


def parse[Spec: BaseModel](model: type[Spec], data: dict[str, Any], where: str) -> Spec:
    """Check a dictionary against a spec, and say its first mistake in one sentence.

    Parameters
    ----------
    model : type of pydantic.BaseModel
        What the dictionary should hold.
    data : dict
        What a file, or a caller, says.
    where : str
        What to call the whole in an error, such as ``"mapping 'chicago-food.toml'"``.

    Returns
    -------
    pydantic.BaseModel
        An instance of `model`.

    Raises
    ------
    SpecError
        If a key is unknown or missing, or a value is of the wrong kind.

    Examples
    --------
    >>> class Point(FileSpec):
    ...     x: int
    >>> parse(Point, {"x": 1, "xx": 2}, "point 'p'")
    Traceback (most recent call last):
    ...
    creditrisk.errors.SpecError: In point 'p' the key 'xx' is unknown. Did you mean 'x'?
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = sorted(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        raise SpecError(_sentence(model, found[0], where)) from None


def _sentence(model: type[BaseModel], error: ErrorDetails, where: str) -> str:
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in error["loc"])
    if error["type"] == "extra_forbidden":
        known = {name for spec in _specs_at(model, error["loc"][:-1]) for name in _keys(spec)}
        return f"In {where} the key {key!r} is unknown.{hint(str(error['loc'][-1]), known)}"
    if error["type"] == "missing":
        return f"In {where} the key {key!r} is missing; add it."
    message = error["msg"].removeprefix("Value error, ").rstrip(".")
    if error["type"] == "value_error":
        return f"In {where}{f', {key}' if key else ''}: {message}{'' if message.endswith('?') else '.'}"
    return f"In {where} the key {key!r} is wrong: {message[0].lower()}{message[1:]}; got {error['input']!r}."


def _keys(spec: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in spec.model_fields.items()]


def _specs_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[type[BaseModel]]:
    """Follow the path of an error into nested specs; list positions and free keys lead nowhere new."""
    specs = [model]
    for part in loc:
        annotations = [
            field.annotation
            for spec in specs
            for name, field in spec.model_fields.items()
            if part in (name, field.alias)
        ]
        inner = [spec for annotation in annotations for spec in _specs_in(annotation)]
        specs = inner or specs
    return specs


def _specs_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    inner = get_args(getattr(annotation, "__value__", annotation))
    return [spec for argument in inner for spec in _specs_in(argument)]
