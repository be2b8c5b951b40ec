"""What the gaps of a mapping cost: the indicators that cannot be computed without what is missing."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.load import load_system
from creditrisk.indicators.reads import columns_of
from creditrisk.indicators.system import IndicatorSystem
from creditrisk.records.map_check import MappingCheck, check_tables
from creditrisk.records.mapping import Mapping as MappingFile
from creditrisk.records.mapping import load_mapping
from creditrisk.records.schema import COMMON
from creditrisk.records.tables import TABLES

COLUMNS = ["kind", "id", "name", "title_en", "title_zh", "lacks"]
ALWAYS = frozenset(column.name for column in COMMON)


def check_mapping(
    mapping: MappingFile | str | Path, source: Any, *, system: IndicatorSystem | str | Path | None = None
) -> MappingCheck:
    """Say column by column what of a source fits a mapping, what is missing and which indicators that costs.

    Parameters
    ----------
    mapping : Mapping, str or Path
        An object or a TOML file.
    source : str, Path, mapping of str to data frame, or ibis connection
        As for `read_records`.
    system : IndicatorSystem, str or Path, optional
        The system whose indicators are counted; none to leave them out.

    Returns
    -------
    MappingCheck
        Tables of columns, record types, rejections, what nobody uses, and indicators.

    Raises
    ------
    SourceError
        If the source or the mapping file is not there.
    SpecError
        If the mapping or the system says something impossible.

    Examples
    --------
    >>> import pandas as pd
    >>> subjects = pd.DataFrame({"代码": ["a", "b"], "日期": ["2001-02-03", "soon"], "名称": ["甲", "乙"]})
    >>> columns = {"record_id": "代码", "entity_id": "代码", "occurred_on": "日期", "known_on": "日期"}
    >>> tables = {"registration": {"source": "subjects", "columns": columns}}
    >>> check = check_mapping(MappingFile(name="town", tables=tables), {"subjects": subjects})
    >>> check.columns.loc[2, ["column", "status", "example"]].tolist()
    ['occurred_on', 'partly', 'soon']
    >>> check.unused["suggestion"].tolist()
    ['registration.name']
    """
    found = check_tables(load_mapping(mapping), source)
    if system is None:
        return found
    chosen = system if isinstance(system, IndicatorSystem) else load_system(system)
    return replace(
        found,
        system=chosen.id,
        measured=len(chosen.indicators),
        indicators=indicators_lost(chosen, found.available),
    )


def indicators_lost(system: IndicatorSystem, available: Mapping[str, Collection[str]]) -> pd.DataFrame:
    """Return the indicators and groups that need a table or a column that is not available.

    Parameters
    ----------
    system : IndicatorSystem
        The system.
    available : mapping of str to collection of str
        The columns that each record type has.

    Returns
    -------
    DataFrame
        Columns `kind` (``"indicator"`` or ``"group"``), `id`, `name`, `title_en`, `title_zh` and `lacks`.

    Examples
    --------
    >>> lost = indicators_lost(load_system("general"), {"registration": {"region"}})
    >>> lost.loc[lost["kind"] == "group", "lacks"].tolist()
    ['registration.industry']
    """
    indicators = [
        ("indicator", one.id, one.name, one.title_en, one.title_zh, lacks)
        for one in system.indicators
        if (lacks := _lacking_for(one, available))
    ]
    groups = [
        ("group", "", name, group.title_en or name, group.title_zh or name, lacks)
        for name, group in system.groups.items()
        if (lacks := _lacking("registration", {group.column}, available))
    ]
    return pd.DataFrame([*indicators, *groups], columns=COLUMNS)


def columns_read(indicator: Indicator) -> set[str]:
    """Return the columns of its table that an indicator reads.

    Parameters
    ----------
    indicator : Indicator
        An indicator.

    Returns
    -------
    set of str
        Those that its measure, its filter and its date name; not those of other record types.

    Examples
    --------
    >>> sorted(columns_read(load_system("general").indicator("S06")) - ALWAYS)
    ['revoked_on']
    """
    if indicator.table is None:
        return set()
    return {*columns_of(indicator)} & {*TABLES[indicator.table].column_names}


def _lacking_for(indicator: Indicator, available: Mapping[str, Collection[str]]) -> str:
    own = {} if indicator.table is None else {indicator.table: columns_read(indicator)}
    beside = {table: {*columns} for table, columns in indicator.measure.beside().items()}
    lacks = [
        _lacking(table, own.get(table, set()) | beside.get(table, set()), available)
        for table in dict.fromkeys([*own, *beside])
    ]
    return ", ".join(filter(None, lacks))


def _lacking(table: str, needed: set[str], available: Mapping[str, Collection[str]]) -> str:
    if table not in available:
        return table
    missing = sorted(needed - ALWAYS - {*available[table]})
    return ", ".join(f"{table}.{column}" for column in missing)
