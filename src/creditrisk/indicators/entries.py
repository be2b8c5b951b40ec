"""One entry of `[[indicators]]` in a system file: the keys of an indicator and of its measure together."""

from collections.abc import Iterable, Mapping
from typing import Any

from creditrisk.errors import SpecError, hint
from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.measures import MEASURES, build_measure
from creditrisk.records.tables import TABLES
from creditrisk.records.toml_file import parse


def parse_indicator(entry: Mapping[str, Any], system: str) -> Indicator:
    """Read one entry of `[[indicators]]`: the keys of `Indicator` and the parameters of its measure.

    Parameters
    ----------
    entry : mapping of str to object
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


def _known_keys(entry: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    unknown = [key for key in entry if key not in known]
    if unknown:
        raise SpecError(f"In {where} the key {unknown[0]!r} is unknown.{hint(unknown[0], known)}")
