"""What a system file says that is understood and still cannot be meant (检查指标体系文件)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from creditrisk.errors import SpecError, hint
from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.layers import Layers, read_layers
from creditrisk.indicators.lint_records import windows_too_long
from creditrisk.indicators.reads import columns_of, conditions_of
from creditrisk.indicators.system import IndicatorSystem
from creditrisk.records.conditions import Condition
from creditrisk.records.mapping import Mapping as FieldMapping
from creditrisk.records.mapping import load_mapping
from creditrisk.records.schema import Column, ColumnType, Table
from creditrisk.records.tables import TABLES

if TYPE_CHECKING:
    from creditrisk.records.records import Records

_TYPES: Mapping[ColumnType, tuple[type, ...]] = {
    ColumnType.BOOLEAN: (bool,),
    ColumnType.STRING: (str,),
    ColumnType.INTEGER: (int, float),
    ColumnType.FLOAT: (int, float),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that cannot be meant, or that a reader would miss.

    Parameters
    ----------
    level : {"error", "warning"}
        Whether the system gives wrong values, or only too little to read.
    check : str
        ``"column"``, ``"code"``, ``"window"``, ``"direction"``, ``"title"``, ``"legal_basis"`` or
        ``"dates"``.
    ids : tuple of str
        The indicators and rules concerned.
    sentence : str
        What is wrong and what to do.
    """

    level: Literal["error", "warning"]
    check: str
    ids: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint:
    """What was found in a system file.

    Parameters
    ----------
    system : str
        Id of the system.
    findings : tuple of Finding
        Errors first.

    Examples
    --------
    >>> lint_system("general").errors
    ()
    """

    system: str
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings by which the system gives wrong values."""
        return tuple(finding for finding in self.findings if finding.level == "error")

    def to_dict(self) -> dict[str, Any]:
        """Return the findings as plain values.

        Returns
        -------
        dict of str to object
            The attributes and the number of errors, ready for JSON.
        """
        return asdict(self) | {"errors": len(self.errors)}


def lint_system(
    name_or_path: str | Path,
    *,
    records: "Records | None" = None,
    mapping: FieldMapping | str | Path | None = None,
) -> Lint:
    """Check a system file beyond what loading it refuses.

    Only the entries that the file states itself are judged, not those of the systems that it extends.

    Parameters
    ----------
    name_or_path : str or Path
        A packaged name, or the path of a TOML file.
    records : Records, optional
        Records that the system is meant for: windows are compared with how far they go back.
    mapping : Mapping, str or Path, optional
        The mapping that the system is meant for: its extra columns are then known.

    Returns
    -------
    Lint
        The findings.

    Raises
    ------
    SourceError
        If a file cannot be read.
    SpecError
        If it cannot be loaded: an unknown key, measure or table, or entries that contradict each other.
    """
    shapes = dict(TABLES)
    if mapping is not None:
        for name, table in load_mapping(mapping).tables.items():
            shapes[name] = table.shape(TABLES[name])
    layers = read_layers(name_or_path)
    system = layers.on(None)
    own = [one for one in system.indicators if system.origins[one.id] == system.id]
    findings = [
        *_contradictions(layers),
        *(finding for one in own for finding in _unreachable(one, shapes)),
        *_undirected(own, shapes),
        *_titled_alike(own, system),
        *_without_basis(own, system),
    ]
    if records is not None:
        findings += [
            Finding(level="warning", check="window", ids=(which,), sentence=sentence)
            for which, sentence in windows_too_long(own, records)
        ]
    return Lint(system=system.id, findings=tuple(sorted(findings, key=lambda one: one.level)))


def _contradictions(layers: Layers) -> Iterator[Finding]:
    for day in layers.days():
        try:
            layers.on(day)
        except SpecError as error:
            yield Finding(level="error", check="dates", ids=(), sentence=f"From {day} on: {error}")


def _unreachable(indicator: Indicator, shapes: Mapping[str, Table]) -> Iterator[Finding]:
    if indicator.table is None:
        return
    table = shapes[indicator.table]
    known = {column.name: column for column in table.columns}
    yield from _unreachable_columns(indicator, table, columns_of(indicator))
    for name, condition in conditions_of(indicator):
        if name in known:
            yield from _never_met(indicator, table, known[name], condition)
    for other, read in indicator.measure.beside().items():
        yield from _unreachable_columns(indicator, shapes[other], read)
        for column in shapes[other].columns:
            needed = read.get(column.name)
            if needed is not None:
                yield from _never_met(indicator, shapes[other], column, needed)


def _unreachable_columns(indicator: Indicator, table: Table, names: Iterable[str]) -> Iterator[Finding]:
    known = [column.name for column in table.columns]
    for name in names:
        if name not in known:
            yield Finding(
                level="error",
                check="column",
                ids=(indicator.id,),
                sentence=f"Indicator {indicator.id} reads {table.name}.{name}, which that record type does "
                f"not have.{hint(name, known)}",
            )


def _never_met(indicator: Indicator, table: Table, column: Column, condition: Condition) -> Iterator[Finding]:
    where = f"Indicator {indicator.id} asks for {table.name}.{column.name}"
    for value in _compared(condition):
        if not _comparable(value, column.type):
            sentence = f"{where} = {value!r}, and the column holds {column.type.value} values."
        elif column.codes and str(value) not in column.codes:
            sentence = f"{where} = {value!r}, which is not one of its codes.{hint(str(value), column.codes)}"
        else:
            continue
        yield Finding(level="error", check="code", ids=(indicator.id,), sentence=sentence)


def _comparable(value: object, kind: ColumnType) -> bool:
    if isinstance(value, bool):
        return kind is ColumnType.BOOLEAN
    return kind not in _TYPES or isinstance(value, _TYPES[kind])


def _compared(condition: Condition) -> list[object]:
    alone = [] if condition.equals is None else [condition.equals]
    return [*alone, *(condition.one_of or ()), *(condition.contains_any or ())]


def _undirected(own: list[Indicator], shapes: Mapping[str, Table]) -> Iterator[Finding]:
    for one in own:
        if one.direction == "either" and one.use == "model" and not one.note and _is_number(one, shapes):
            yield Finding(
                level="warning",
                check="direction",
                ids=(one.id,),
                sentence=f"Indicator {one.id} has the direction 'either' and no note why; say 'raises' or "
                "'lowers' if the law or experience knows it.",
            )


def _is_number(indicator: Indicator, shapes: Mapping[str, Table]) -> bool:
    if indicator.table is None:
        return True
    types = {column.name: column.type for column in shapes[indicator.table].columns}
    column = getattr(indicator.measure, "column", None)
    return not (isinstance(column, str) and types.get(column) is ColumnType.STRING)


def _titled_alike(own: list[Indicator], system: IndicatorSystem) -> Iterator[Finding]:
    stated_here = {one.id for one in own}
    for language in ("en", "zh"):
        by_title: dict[str, list[str]] = defaultdict(list)
        for one in system.indicators:
            by_title[getattr(one, f"title_{language}").strip().lower()].append(one.id)
        for title, ids in by_title.items():
            if len(ids) > 1 and stated_here & set(ids):
                yield Finding(
                    level="warning",
                    check="title",
                    ids=tuple(ids),
                    sentence=f"Indicators {', '.join(ids)} have the same title_{language} {title!r}; a "
                    "reader of a report cannot tell them apart.",
                )


def _without_basis(own: list[Indicator], system: IndicatorSystem) -> Iterator[Finding]:
    ids = [one.id for one in own if not one.legal_basis]
    ids += [rule.id for rule in system.rules if system.origins[rule.id] == system.id and not rule.basis]
    if ids:
        yield Finding(
            level="warning",
            check="legal_basis",
            ids=tuple(ids),
            sentence=f"No legal basis is given for {', '.join(ids)}; name the rule, or say in a note that "
            "there is none.",
        )
