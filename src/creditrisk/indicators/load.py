"""Systems of indicators from TOML files: read, merge, check."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import Field

from creditrisk.errors import SpecError, hint
from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.measures import MEASURES, build_measure
from creditrisk.indicators.rule import Rule
from creditrisk.indicators.system import Group, IndicatorSystem
from creditrisk.records.dates import DateLike, to_date
from creditrisk.records.outcomes import OutcomeDefinition, load_definition
from creditrisk.records.tables import TABLES
from creditrisk.records.toml_file import FileSpec, load, parse

PACKAGED = Path(__file__).parent / "systems"


class SystemFile(FileSpec):
    """What a system file may say.

    Parameters
    ----------
    id, version, title_en, title_zh : str
        Of the system.
    extends : tuple of str, default ()
        Packaged names, or paths relative to this file, of the systems that this one builds on.
    retire : tuple of str, default ()
        Ids of indicators and rules of those systems that do not belong to this one.
    outcome : str or table, optional
        Outcome definition: a packaged name, a path relative to this file, or the definition itself.
    groups : table of tables, default {}
        Group columns by name.
    indicators, rules : list of tables, default []
        New ones, or changes of those with the same id.
    """

    id: str
    version: str
    title_en: str
    title_zh: str
    extends: tuple[str, ...] = ()
    retire: tuple[str, ...] = ()
    outcome: str | dict[str, Any] | None = None
    groups: dict[str, Group] = Field(default_factory=dict)
    indicators: tuple[dict[str, Any], ...] = ()
    rules: tuple[dict[str, Any], ...] = ()


def load_system(*names_or_paths: str | Path, on: DateLike | None = None) -> IndicatorSystem:
    """Read one or several system files as one system.

    Later files extend earlier ones: an indicator or rule with a new id is added, one with a known id changes
    the keys that it names, and `retire` removes. Id, version and titles are those of the last file.

    Parameters
    ----------
    *names_or_paths : str or Path
        Packaged names, such as ``"general"``, or paths of TOML files.
    on : str, datetime.date or pandas.Timestamp, optional
        Keep only the indicators in force on this day; all of them if not given.

    Returns
    -------
    IndicatorSystem
        The merged system.

    Raises
    ------
    SourceError
        If a file cannot be read.
    SpecError
        If a name, key, table, measure or parameter is unknown, or the parts do not fit each other.

    Examples
    --------
    >>> system = load_system("general")
    >>> system.id, system.groups["sector"].column
    ('general', 'industry')
    """
    if not names_or_paths:
        raise SpecError(f"A system needs a name or a path; got none. Packaged: {', '.join(packaged())}.")
    files: dict[Path, SystemFile] = {}
    for name in names_or_paths:
        _collect(_find(name, Path.cwd()), files, ())
    system = _merge(files)
    return system if on is None else system.in_force(to_date(on))


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


def _find(name: str | Path, folder: Path) -> Path:
    if str(name) in packaged():
        return PACKAGED / f"{name}.toml"
    if isinstance(name, Path) or str(name).endswith(".toml"):
        return (folder / name).resolve()
    raise SpecError(f"There is no packaged system {name!r}, and it is no .toml file.{hint(name, packaged())}")


def _collect(path: Path, files: dict[Path, SystemFile], above: tuple[Path, ...]) -> None:
    if path in above:
        raise SpecError(f"System file {path.name!r} extends itself; remove it from `extends`.")
    if path in files:
        return
    file = load(SystemFile, path, what="system")
    for base in file.extends:
        _collect(_find(base, path.parent), files, (*above, path))
    files[path] = file


def _merge(files: Mapping[Path, SystemFile]) -> IndicatorSystem:
    indicators: dict[str, dict[str, Any]] = {}
    rules: dict[str, dict[str, Any]] = {}
    groups: dict[str, Group] = {}
    outcome: OutcomeDefinition | None = None
    for path, file in files.items():
        _retire(file, indicators, rules)
        for entry in file.indicators:
            _override(indicators, entry, file.id)
        for entry in file.rules:
            _override(rules, entry, file.id)
        groups |= file.groups
        outcome = _outcome(file, path.parent) or outcome
    last = list(files.values())[-1]
    return IndicatorSystem(
        id=last.id,
        version=last.version,
        title_en=last.title_en,
        title_zh=last.title_zh,
        indicators=tuple(parse_indicator(entry, last.id) for entry in indicators.values()),
        rules=tuple(parse(Rule, entry, f"rule {entry['id']!r}") for entry in rules.values()),
        groups=groups,
        outcome=outcome,
    )


def _outcome(file: SystemFile, folder: Path) -> OutcomeDefinition | None:
    if file.outcome is None:
        return None
    if isinstance(file.outcome, dict):
        return parse(OutcomeDefinition, file.outcome, f"the outcome of system {file.id!r}")
    return load_definition(folder / file.outcome if file.outcome.endswith(".toml") else file.outcome)


def _retire(file: SystemFile, indicators: dict[str, Any], rules: dict[str, Any]) -> None:
    for retired in file.retire:
        if retired not in indicators and retired not in rules:
            raise SpecError(
                f"System {file.id!r} retires {retired!r}, which no system before it has."
                f"{hint(retired, [*indicators, *rules])}"
            )
        indicators.pop(retired, None)
        rules.pop(retired, None)


def _override(known: dict[str, dict[str, Any]], entry: dict[str, Any], system: str) -> None:
    if not isinstance(entry.get("id"), str):
        raise SpecError(f"In system {system!r} an indicator or rule has no `id`; add it: {entry!r}.")
    before = known.get(entry["id"], {})
    if entry.get("measure", before.get("measure")) != before.get("measure"):
        before = {key: value for key, value in before.items() if key in Indicator.model_fields}
    known[entry["id"]] = before | entry


def parse_indicator(entry: dict[str, Any], system: str) -> Indicator:
    """Read one entry of `[[indicators]]`: the keys of `Indicator` and the parameters of its measure.

    Parameters
    ----------
    entry : dict
        What the file says.
    system : str
        Id of the system, for errors.

    Returns
    -------
    Indicator
        A frozen spec.

    Raises
    ------
    SpecError
        If a key, the table or the measure is unknown, or a value is missing or wrong.

    Examples
    --------
    >>> entry = {"id": "P04", "name": "commendation_n", "title_en": "commendations", "title_zh": "表彰荣誉",
    ...          "dimension": "social evaluation", "table": "commendation", "measure": "count",
    ...          "months": 36, "direction": "lowers", "missing": "zero"}
    >>> parse_indicator(entry, "general").months
    36
    """
    where = f"indicator {entry['id']!r} of system {system!r}"
    name = entry.get("measure")
    if not isinstance(name, str) or name not in MEASURES:
        raise SpecError(f"In {where} the measure {name!r} is unknown.{hint(str(name), MEASURES)}")
    table = entry.get("table")
    if isinstance(table, str) and table not in TABLES:
        raise SpecError(f"In {where} the table {table!r} is unknown.{hint(table, TABLES)}")
    parameters = set(MEASURES[name].model_fields)
    _known_keys(entry, {*Indicator.model_fields, *parameters}, where)
    measure = build_measure(name, {key: entry[key] for key in parameters & set(entry)}, where)
    own = {key: value for key, value in entry.items() if key not in parameters}
    return parse(Indicator, own | {"measure": measure}, where)


def _known_keys(entry: dict[str, Any], known: Iterable[str], where: str) -> None:
    unknown = [key for key in entry if key not in known]
    if unknown:
        raise SpecError(f"In {where} the key {unknown[0]!r} is unknown.{hint(unknown[0], known)}")
