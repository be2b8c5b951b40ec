"""A monitoring point (风险监测点): one small rule file over the measures of the indicators."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator

from creditrisk.errors import SpecError, hint
from creditrisk.indicators.system import IndicatorSystem
from creditrisk.records.toml_file import FileSpec, as_path, load, parse, read_preset
from creditrisk.supervision.monitoring.alerts import Deadlines
from creditrisk.supervision.monitoring.bursts import BurstRule
from creditrisk.supervision.monitoring.clusters import ClusterRule
from creditrisk.supervision.screening.expression import (
    Expression,
    check_measures,
    parse_expression,
    tags_in,
)
from creditrisk.supervision.screening.measures import Measures, parse_measures, system_of

_FOLDER = resources.files("creditrisk.supervision.monitoring") / "points"
_READS = {"clusters": ("listed", "place", "area"), "bursts": ("now", "since", "region", "sector")}


class PointFile(FileSpec):
    """What the file of a monitoring point may say.

    Parameters
    ----------
    id, title_en, title_zh : str
        Of the point.
    source : {"published", "assumed"}
        Whether a published practice names it; how it is computed is this library's in any case.
    basis : str, default ""
        Who published it, or the law behind it; empty if none is known.
    note : str, default ""
        What a reader should know.
    measures : table of tables
        What is measured: the keys of an indicator, by name.
    when : table, optional
        The rule by which an entity is found.
    clusters, bursts : table, optional
        The detector by which entities are found, and its settings.
    needs : list of str, default []
        Measures that must have a value for somebody; else the point is absent, as without its records.
    deadlines : table
        The deadlines of its alerts.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title_en: str
    title_zh: str
    source: Literal["published", "assumed"]
    basis: str = ""
    note: str = ""
    measures: dict[str, dict[str, Any]] = Field(min_length=1)
    when: dict[str, Any] | None = None
    clusters: ClusterRule | None = None
    bursts: BurstRule | None = None
    needs: tuple[str, ...] = ()
    deadlines: Deadlines

    @model_validator(mode="after")
    def _finds_in_one_way(self) -> "PointFile":
        ways = [name for name in ("when", "clusters", "bursts") if getattr(self, name) is not None]
        if len(ways) != 1:
            raise SpecError(
                f"a monitoring point finds by one of when, clusters and bursts, and {self.id!r} says "
                f"{' and '.join(ways) or 'none'}"
            )
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringPoint:
    """A monitoring point, read and checked.

    Parameters
    ----------
    id, title_en, title_zh, source, basis, note : str
        As in its file.
    measures : mapping of str to Indicator
        What is measured, by name.
    finds : rule, ClusterRule or BurstRule
        The rule or detector by which entities are found.
    needs : tuple of str
        Measures that must have a value for somebody.
    deadlines : Deadlines
        Of its alerts.
    """

    id: str
    title_en: str
    title_zh: str
    source: Literal["published", "assumed"]
    basis: str
    note: str
    measures: Measures
    finds: Expression | ClusterRule | BurstRule
    needs: tuple[str, ...]
    deadlines: Deadlines

    @property
    def system(self) -> IndicatorSystem:
        """The measures as a system: ``IndicatorExtractor(point.system).explain(...)`` shows their records."""
        return system_of(self.measures, self.id)


def packaged_points() -> list[str]:
    """Return the names of the monitoring points that come with the library.

    Returns
    -------
    list of str
        Names that `load_point` takes.

    Examples
    --------
    >>> "licence_expiring" in packaged_points()
    True
    """
    names = (file.name for file in _FOLDER.iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def load_point(name: str | Path) -> MonitoringPoint:
    """Read a monitoring point.

    Parameters
    ----------
    name : str or Path
        Of a packaged one, or a TOML file.

    Returns
    -------
    MonitoringPoint
        What the file says.

    Raises
    ------
    SourceError
        If there is no such file.
    SpecError
        If there is no such name, or the file says something that no point can say.

    Examples
    --------
    >>> load_point("licence_expiring").title_zh
    '许可证临期'
    """
    if as_path(name).suffix == ".toml":
        return point_of(load(PointFile, name, what="monitoring point"))
    written = read_preset(_FOLDER, str(name), "monitoring points")
    return point_of(parse(PointFile, written, f"monitoring point {name!r}"))


def point_of(file: PointFile) -> MonitoringPoint:
    """Return the monitoring point that a file describes.

    Parameters
    ----------
    file : PointFile
        What the file says.

    Returns
    -------
    MonitoringPoint
        Checked: what it reads is there.

    Raises
    ------
    SpecError
        If a measure is wrong, or one that is read is not stated.
    """
    where = f"monitoring point {file.id!r}"
    measures = parse_measures(file.measures, file.id)
    for name in file.needs:
        _check_stated(name, measures, where)
    detector = file.clusters or file.bursts
    if detector is None:
        rule = parse_expression(file.when, where)
        check_measures(rule, measures, where)
        if tags_in(rule):
            raise SpecError(
                f"In {where} a rule reads measures, no tags; got {tags_in(rule)[0]!r}: use a test."
            )
    else:
        for name in _READS["clusters" if file.clusters else "bursts"]:
            _check_stated(name, measures, where)
        if file.bursts is not None:
            _check_windows(file.bursts, measures, where)
    return MonitoringPoint(
        id=file.id,
        title_en=file.title_en,
        title_zh=file.title_zh,
        source=file.source,
        basis=file.basis,
        note=file.note,
        measures=measures,
        finds=rule if detector is None else detector,
        needs=file.needs,
        deadlines=file.deadlines,
    )


def _check_stated(name: str, measures: Mapping[str, Any], where: str) -> None:
    if name not in measures:
        raise SpecError(f"In {where} the measure {name!r} is not stated.{hint(name, measures)}")


def _check_windows(rule: BurstRule, measures: Measures, where: str) -> None:
    for name, months in (("now", rule.months), ("since", rule.months + rule.months_before)):
        if measures[name].months != months:
            raise SpecError(
                f"In {where} the measure {name!r} counts {months} months, as [bursts] says; got "
                f"{measures[name].months}: make them agree."
            )
