"""Inspection rates (抽查比例) by class: checked, or taken from a published practice."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from creditrisk.errors import SpecError, hint, shown
from creditrisk.grading.inspection_rates import load_rates as grading_rates
from creditrisk.grading.risk_class import RiskClass
from creditrisk.records.dates import check_months
from creditrisk.records.toml_file import read_preset

type Rates = Mapping[str, float] | Mapping[RiskClass, float]

_CLASSES = tuple(str(risk_class) for risk_class in RiskClass)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatePreset:
    """The rates of a published practice, and where each comes from.

    Parameters
    ----------
    name : str
        What it is called here.
    title_en, title_zh : str
        What it is called by people.
    basis : str
        Where it was published.
    rates : dict of str to float
        Share of each class that one draw inspects, 0–1.
    certainty : dict of str to str
        For each class ``"found"`` (in the published source) or ``"assumed"`` (by this library).
    note_en, note_zh : str
        How the rates follow from what was published.
    """

    name: str
    title_en: str
    title_zh: str
    basis: str
    rates: dict[str, float]
    certainty: dict[str, str]
    note_en: str
    note_zh: str


def check_rates(rates: Rates) -> dict[str, float]:
    """Return the rates of the classes in the order of risk.

    Parameters
    ----------
    rates : mapping of str to float
        The share of each class that is to be inspected, above 0 up to 1.

    Returns
    -------
    dict of str to float
        The classes that were named, A first.

    Raises
    ------
    SpecError
        If no class is named, a class is unknown, or a rate is not a number above 0 and up to 1.

    Examples
    --------
    >>> check_rates({"D": 0.9, "A": 0.02})
    {'A': 0.02, 'D': 0.9}
    >>> check_rates({"D": 9})
    Traceback (most recent call last):
        ...
    creditrisk.errors.SpecError: An inspection rate is a number above 0 and up to 1; got D=9: change it.
    """
    if not isinstance(rates, Mapping) or not rates:
        raise SpecError(f"Inspection rates are given by class, A to D; got {shown(rates)}: name the classes.")
    for name, rate in rates.items():
        if name not in _CLASSES:
            raise SpecError(
                f"Inspection rates are given for the classes A, B, C, D; got {shown(name)}."
                f"{hint(str(name), _CLASSES)}"
            )
        if not is_share(rate):
            raise SpecError(
                f"An inspection rate is a number above 0 and up to 1; got {name}={shown(rate)}: "
                f"{'no class is exempt (不免抽)' if rate == 0 else 'change it'}."
            )
    return {name: float(rates[name]) for name in _CLASSES if name in rates}  # type: ignore[index]


def is_share(value: object) -> bool:
    """Return whether a value is a number above 0 and up to 1."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1


def load_rates(name: str, *, months: int = 12) -> RatePreset:
    """Return the rates of a published practice.

    Parameters
    ----------
    name : str
        ``"dezhou-2023"``, ``"daqing-2024"`` or ``"food-production-2022"``.
    months : int, default 12
        How many months one draw stands for: visits a year become a share of the entities visited in that
        time, and a yearly share becomes smaller in the same proportion.

    Returns
    -------
    RatePreset
        Rates, their source and their certainty.

    Raises
    ------
    SpecError
        If there is no such preset, or the months are not a whole number of at least 1.

    Examples
    --------
    >>> load_rates("dezhou-2023").rates["D"]
    0.9
    >>> load_rates("food-production-2022", months=3).rates
    {'A': 0.125, 'B': 0.25, 'C': 0.5, 'D': 0.75}
    """
    check_months(months)
    folder = resources.files("creditrisk.supervision") / "presets"
    preset = read_preset(folder, name, "inspection rates")
    yearly = preset.pop("visits_per_year", None) or grading_rates(name)
    rates = {str(risk_class): min(1.0, visits * (months / 12)) for risk_class, visits in yearly.items()}
    return RatePreset(**preset, rates=check_rates(rates))
