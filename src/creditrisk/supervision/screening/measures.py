"""The measures of a rule file: those of the indicators, under short names."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import batched
from typing import Any

import pandas as pd

from creditrisk.errors import SpecError, shown
from creditrisk.indicators.entries import parse_indicator
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.frame import absent_of
from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.system import IndicatorSystem
from creditrisk.records.records import Records
from creditrisk.records.snapshot import Snapshot

type Measures = Mapping[str, Indicator]

_DAYS_AT_ONCE = 12


def parse_measures(written: Mapping[str, Any], where: str) -> dict[str, Indicator]:
    """Read ``[measures.<name>]`` of a rule file: entries of an indicator, with what a rule need not say.

    Parameters
    ----------
    written : mapping of str to mapping
        Keys of an indicator and of its measure, by name.
    where : str
        Id of the file, for errors.

    Returns
    -------
    dict of str to Indicator
        By name.

    Raises
    ------
    SpecError
        If a key, the table or the measure is unknown, or a value is missing or wrong.

    Examples
    --------
    >>> measures = {"entries": {"table": "abnormal_list", "measure": "count", "missing": "zero"}}
    >>> parse_measures(measures, "an example")["entries"].table
    'abnormal_list'
    """
    measures = {}
    for name, entry in written.items():
        if not isinstance(entry, Mapping):
            raise SpecError(
                f"In {where!r} the measure {name!r} is a table; got {shown(entry)}: write [measures.{name}]."
            )
        plain = name.replace("_", " ")
        said = {"title_en": plain, "title_zh": plain, "dimension": "screening", "direction": "either"}
        measures[name] = parse_indicator({"id": name, "name": name, **said, **entry}, where)
    return measures


def system_of(measures: Measures, name: str) -> IndicatorSystem:
    """Return measures as a system of indicators.

    Parameters
    ----------
    measures : mapping of str to Indicator
        By the name that their column shall have.
    name : str
        Id of the system.

    Returns
    -------
    IndicatorSystem
        What `IndicatorExtractor` takes.
    """
    indicators = tuple(
        one if one.name == column else one.model_copy(update={"id": column, "name": column})
        for column, one in measures.items()
    )
    return IndicatorSystem(id=name, version="1", title_en=name, title_zh=name, indicators=indicators)


def measured(
    measures: Measures, snapshot: Snapshot, name: str, executor: str = "auto"
) -> tuple[pd.DataFrame, list[str]]:
    """Compute measures of everybody, on any executor.

    Parameters
    ----------
    measures : mapping of str to Indicator
        By the name that their column shall have; equal ones are computed once.
    snapshot : Snapshot
        What was known.
    name : str
        Id of the whole, for errors.
    executor : {"auto", "sql", "scan"}, default "auto"
        As for `IndicatorExtractor`.

    Returns
    -------
    X : DataFrame, (entities, measures)
        Their values.
    absent : list of str
        Those whose record type the snapshot does not hold.
    """
    system, once = _each_once(measures, name)
    values = IndicatorExtractor(system, executor=executor).transform(snapshot)  # type: ignore[arg-type]
    return _by_name(values, once, absent_of(values))


def measured_on_days(
    measures: Measures, records: Records, days: Sequence[dt.date], name: str, executor: str = "auto"
) -> Iterator[tuple[dt.date, pd.DataFrame, list[str]]]:
    """Compute measures of everybody on several days, some days in one pass.

    Parameters
    ----------
    measures : mapping of str to Indicator
        By the name that their column shall have; equal ones are computed once.
    records : Records
        All records; each day sees only what was known before it.
    days : sequence of date
        Which.
    name : str
        Id of the whole, for errors.
    executor : {"auto", "sql", "scan"}, default "auto"
        As for `IndicatorExtractor`.

    Yields
    ------
    day : date
        Each once, in the order given.
    X : DataFrame, (entities, measures)
        Their values on that day.
    absent : list of str
        Those whose record type was not there on that day.
    """
    system, once = _each_once(measures, name)
    extractor = IndicatorExtractor(system, executor=executor)  # type: ignore[arg-type]
    for some in batched(dict.fromkeys(days), _DAYS_AT_ONCE):
        panel = extractor.panel(records, some)
        for day in some:
            absent = extractor.about(records.as_of(day))["absent"]
            values = panel.loc[[pd.Timestamp(day)]].droplevel("as_of")
            yield day, *_by_name(values, once, absent)


def _each_once(measures: Measures, name: str) -> tuple[IndicatorSystem, dict[str, str]]:
    """Return a system with each different measure once, and the column of it that each name has."""
    first: dict[str, str] = {}
    once = {column: first.setdefault(_said(one), column) for column, one in measures.items()}
    return system_of({column: measures[column] for column in dict.fromkeys(once.values())}, name), once


def _by_name(
    values: pd.DataFrame, once: Mapping[str, str], absent: Collection[str]
) -> tuple[pd.DataFrame, list[str]]:
    X = pd.DataFrame({column: values[source] for column, source in once.items()}, index=values.index)
    return X, [column for column, source in once.items() if source in absent]


def _said(one: Indicator) -> str:
    same = {"id": "x", "name": "x", "title_en": "", "title_zh": "", "note": ""}
    return repr(one.model_copy(update=same))
