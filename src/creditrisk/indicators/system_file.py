"""System files: what one may say, where it lies, and which others it extends."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field

from creditrisk.errors import SpecError, hint, shown
from creditrisk.indicators.system import Group
from creditrisk.indicators.versions import Retirement
from creditrisk.records.toml_file import FileSpec, as_path, load

PACKAGED = Path(__file__).parent / "systems"


def _retirement(written: object) -> object:
    return {"id": written} if isinstance(written, str) else written


class SystemFile(FileSpec):
    """What a system file may say.

    Parameters
    ----------
    id, version, title_en, title_zh : str
        Of the system.
    extends : tuple of str, default ()
        Packaged names, or paths relative to this file, of the systems that this one builds on.
    retires : list of str or of tables with `id`, `since` and `reason`, default ()
        Indicators and rules of those systems that do not belong to this one.
    outcome : str or table, optional
        Outcome definition: a packaged name, a path relative to this file, or the definition itself.
    groups : table of tables, default {}
        Group columns by name.
    indicators, rules : list of tables, default []
        New ones, or with ``overrides = true`` changes of those with the same id.
    """

    id: str
    version: str
    title_en: str
    title_zh: str
    extends: tuple[str, ...] = ()
    retires: tuple[Annotated[Retirement, BeforeValidator(_retirement)], ...] = Field(
        default=(), validation_alias=AliasChoices("retires", "retire")
    )
    outcome: str | dict[str, Any] | None = None
    groups: dict[str, Group] = Field(default_factory=dict)
    indicators: tuple[dict[str, Any], ...] = ()
    rules: tuple[dict[str, Any], ...] = ()


def packaged() -> list[str]:
    """Return the names of the systems that come with the library.

    Returns
    -------
    list of str
        Names that `load_system` takes.

    Examples
    --------
    >>> "general" in packaged()
    True
    """
    return sorted(path.stem for path in PACKAGED.glob("*.toml"))


def system_files(*names_or_paths: str | Path) -> dict[Path, SystemFile]:
    """Read system files and those that they extend, the extended before the extending.

    Parameters
    ----------
    *names_or_paths : str or Path
        Packaged names or paths; ``"general+food"`` stands for two.

    Returns
    -------
    dict of Path to SystemFile
        Each file once.

    Raises
    ------
    SourceError
        If a file cannot be read.
    SpecError
        If a name is unknown, a file says something wrong, or extends itself.

    Examples
    --------
    >>> [file.id for file in system_files("general").values()]
    ['general']
    """
    files: dict[Path, SystemFile] = {}
    for name in names_or_paths:
        for part in _parts(name):
            _collect(_find(part, Path.cwd()), files, ())
    if not files:
        raise SpecError(f"A system needs a name or a path; got none. Packaged: {', '.join(packaged())}.")
    return files


def _parts(name: str | Path) -> list[str | Path]:
    path = as_path(name)
    if isinstance(name, Path) or "+" not in name or path.is_file():
        return [name]
    return [part.strip() for part in name.split("+")]


def _find(name: str | Path, folder: Path) -> Path:
    if str(name) in packaged():
        return PACKAGED / f"{name}.toml"
    if isinstance(name, Path) or name.endswith(".toml"):
        return (folder / name).resolve()
    raise SpecError(
        f"There is no packaged system {shown(name)}, and it is no .toml file.{hint(name, packaged())}"
    )


def _collect(path: Path, files: dict[Path, SystemFile], above: tuple[Path, ...]) -> None:
    if path in above:
        raise SpecError(f"System file {path.name!r} extends itself; remove it from `extends`.")
    if path in files:
        return
    file = load(SystemFile, path, what="system")
    for base in file.extends:
        _collect(_find(base, path.parent), files, (*above, path))
    _check_id(file, files)
    files[path] = file


def _check_id(file: SystemFile, files: dict[Path, SystemFile]) -> None:
    for path, other in files.items():
        if other.id == file.id:
            raise SpecError(
                f"Two system files have the id {file.id!r}, one of them {path.name!r}; give each its own."
            )
