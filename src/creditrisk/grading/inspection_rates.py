"""The chance of an inspection by class: checked, or taken from a published preset."""

from collections.abc import Mapping
from importlib import resources

from creditrisk.errors import SpecError, hint
from creditrisk.grading.risk_class import RiskClass
from creditrisk.records.toml_file import read_preset

DEFAULT_RATES = "daqing-2024"

Rates = dict[RiskClass, float]


def check_rates(rates: Mapping[str, float]) -> dict[RiskClass, float]:
    """Return the inspection rates of A, B, C and D.

    Parameters
    ----------
    rates : mapping of str to float
        The chance of an inspection within the horizon, for each of the four classes.

    Returns
    -------
    dict of RiskClass to float
        In order.

    Raises
    ------
    SpecError
        If a class is missing or unknown, a rate is not above 0 and at most 1, or rates fall towards D.

    Examples
    --------
    >>> list(check_rates({"A": 0.01, "B": 0.05, "C": 0.2, "D": 0.9}).values())
    [0.01, 0.05, 0.2, 0.9]
    >>> check_rates({"A": 0.0, "B": 0.05, "C": 0.2, "D": 0.9})
    Traceback (most recent call last):
        ...
    creditrisk.errors.SpecError: An inspection rate is above 0 and at most 1, since no class is exempt from \
inspection (不免抽); got A=0.0: change it.
    """
    known = [str(risk_class) for risk_class in RiskClass]
    for name, rate in rates.items():
        if name not in known:
            raise SpecError(f"Inspection rates are given for A, B, C, D; got {name!r}.{hint(name, known)}")
        if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 < rate <= 1:
            raise SpecError(
                "An inspection rate is above 0 and at most 1, since no class is exempt from inspection "
                f"(不免抽); got {name}={rate!r}: change it."
            )
    missing = [name for name in known if name not in rates]
    if missing:
        raise SpecError(
            f"Inspection rates are given for A, B, C, D; {', '.join(missing)} is missing: add it."
        )
    ordered = {risk_class: float(rates[risk_class]) for risk_class in RiskClass}
    if list(ordered.values()) != sorted(ordered.values()):
        said = ", ".join(f"{name}={rate:g}" for name, rate in ordered.items())
        raise SpecError(f"Inspection rates must not fall from A to D; got {said}: change one.")
    return ordered


def load_rates(name: str = DEFAULT_RATES) -> dict[RiskClass, float]:
    """Return published inspection rates by the name of their preset.

    Parameters
    ----------
    name : str, default "daqing-2024"
        ``"daqing-2024"`` or ``"dezhou-2023"``.

    Returns
    -------
    dict of RiskClass to float
        Rates of A, B, C and D.

    Raises
    ------
    SpecError
        If there is no preset of that name.

    Examples
    --------
    >>> load_rates("dezhou-2023")[RiskClass.D]
    0.9
    """
    folder = resources.files("creditrisk.grading") / "presets" / "rates"
    preset = read_preset(folder, name, "inspection rates")
    return check_rates(preset["rates"])


def parse_rates(text: str) -> dict[RiskClass, float]:
    """Return the rates written as ``A=.01,B=.05,C=.2,D=.9``.

    Parameters
    ----------
    text : str
        One ``class=rate`` for each class, separated by commas.

    Returns
    -------
    dict of RiskClass to float
        Rates of A, B, C and D.

    Raises
    ------
    SpecError
        If a part is not of the form ``class=number``, or the rates break the rules of `check_rates`.

    Examples
    --------
    >>> parse_rates("A=.01,B=.05,C=.2,D=.9")[RiskClass.C]
    0.2
    """
    rates: dict[str, float] = {}
    for part in text.split(","):
        name, _, number = part.partition("=")
        try:
            rates[name.strip()] = float(number)
        except ValueError:
            raise SpecError(
                f"Inspection rates are written like A=.01,B=.05,C=.2,D=.9; got {part.strip()!r}: "
                "write class=number."
            ) from None
    return check_rates(rates)
