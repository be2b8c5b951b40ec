"""Systems, indicators and rules as plain values, as a system file would say them."""

from typing import Any

from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.measures import MEASURES
from creditrisk.indicators.rule import Rule
from creditrisk.indicators.system import IndicatorSystem

_NAMES = {measure: name for name, measure in MEASURES.items()}


def measure_name(indicator: Indicator) -> str:
    """Return the name of the measure of an indicator, as a system file writes it.

    Parameters
    ----------
    indicator : Indicator
        The spec.

    Returns
    -------
    str
        A key of `MEASURES`.

    Examples
    --------
    >>> from creditrisk.indicators.load import load_system
    >>> measure_name(load_system("general").indicator("S07"))
    'sum'
    """
    return _NAMES[type(indicator.measure)]


def plain_indicator(indicator: Indicator) -> dict[str, Any]:
    """Return an indicator as plain values.

    Parameters
    ----------
    indicator : Indicator
        The spec.

    Returns
    -------
    dict of str to object
        The keys of a system file, the parameters of the measure among them; none of those that are not given.

    Examples
    --------
    >>> from creditrisk.indicators.load import load_system
    >>> plain_indicator(load_system("general").indicator("D05"))["where"]
    {'filed': {'equals': False}}
    """
    said = indicator.model_dump(mode="json", exclude_none=True)
    parameters: dict[str, Any] = said.pop("measure")
    return said | {"measure": measure_name(indicator)} | parameters


def plain_rule(rule: Rule) -> dict[str, Any]:
    """Return a rule as plain values.

    Parameters
    ----------
    rule : Rule
        The spec.

    Returns
    -------
    dict of str to object
        The keys of a system file; none of those that are not given.
    """
    return rule.model_dump(mode="json", exclude_none=True)


def plain_system(system: IndicatorSystem) -> dict[str, Any]:
    """Return a system as plain values.

    Parameters
    ----------
    system : IndicatorSystem
        The system.

    Returns
    -------
    dict of str to object
        Id, version and titles; the systems it was merged from; groups, indicators and rules, each with the
        system that stated it last; what is retired; the name of its outcome.

    Examples
    --------
    >>> from creditrisk.indicators.load import load_system
    >>> plain_system(load_system("general"))["outcome"]
    'violation'
    """
    return {
        "id": system.id,
        "version": system.version,
        "title_en": system.title_en,
        "title_zh": system.title_zh,
        "layers": list(system.layers),
        "outcome": None if system.outcome is None else system.outcome.name,
        "groups": {
            name: group.model_dump(mode="json", exclude_none=True) for name, group in system.groups.items()
        },
        "indicators": [
            plain_indicator(one) | {"from": system.origins.get(one.id, system.id)}
            for one in system.indicators
        ],
        "rules": [
            plain_rule(rule) | {"from": system.origins.get(rule.id, system.id)} for rule in system.rules
        ],
        "retired": [
            {
                "id": one.id,
                "title_en": one.title_en,
                "title_zh": one.title_zh,
                "by": one.system,
                "since": None if one.since is None else one.since.isoformat(),
                "reason": one.reason,
            }
            for one in system.retired
        ],
    }
