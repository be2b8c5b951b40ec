"""Target shares of the classes: checked, or taken from a published preset."""

import math
from collections.abc import Mapping
from importlib import resources

from creditrisk.errors import SpecError, hint
from creditrisk.grading.risk_class import RiskClass
from creditrisk.records.toml_file import read_preset

DEFAULT_PRESET = "guangdong-2024"
_TOLERANCE = 1e-6

type Shares = Mapping[str, float] | Mapping[RiskClass, float]


def check_shares(shares: Shares) -> dict[RiskClass, float]:
    """Return the shares of A, B, C and D, scaled to add up to 1 exactly.

    Parameters
    ----------
    shares : mapping of str to float
        The share of each class, 0–1; a class that is not named has share 0.

    Returns
    -------
    dict of RiskClass to float
        All four classes in order.

    Raises
    ------
    SpecError
        If a class is unknown, a share is negative or not a number, or they do not add up to 1 within 1e-6.

    Examples
    --------
    >>> {str(k): v for k, v in check_shares({"A": 0.5, "B": 0.25, "C": 0.15, "D": 0.1}).items()}
    {'A': 0.5, 'B': 0.25, 'C': 0.15, 'D': 0.1}
    >>> check_shares({"A": 0.5, "B": 0.4})
    Traceback (most recent call last):
        ...
    creditrisk.errors.SpecError: Class shares must add up to 1; A=0.5, B=0.4 add up to 0.9: change one.
    """
    known = [str(risk_class) for risk_class in RiskClass]
    for name, share in shares.items():
        if name not in known:
            raise SpecError(
                f"Class shares are given for the classes A, B, C, D; got {name!r}.{hint(name, known)}"
            )
        if not _is_share(share):
            raise SpecError(f"A class share must be a number from 0 to 1; got {name}={share!r}: change it.")
    total = math.fsum(shares.values())
    if abs(total - 1) > _TOLERANCE:
        given = ", ".join(f"{name}={share:g}" for name, share in shares.items()) or "none"
        raise SpecError(f"Class shares must add up to 1; {given} add up to {total:g}: change one.")
    return {risk_class: float(shares.get(risk_class, 0)) / total for risk_class in RiskClass}


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def load_shares(name: str = DEFAULT_PRESET) -> dict[RiskClass, float]:
    """Return published class shares by the name of their preset.

    Parameters
    ----------
    name : str, default "guangdong-2024"
        ``"guangdong-2024"`` or ``"dandong-2023"``.

    Returns
    -------
    dict of RiskClass to float
        Shares of A, B, C and D, adding up to 1.

    Raises
    ------
    SpecError
        If there is no preset of that name.

    Examples
    --------
    >>> round(load_shares()[RiskClass.A], 4)
    0.4727
    """
    preset = read_preset(resources.files("creditrisk.grading") / "presets", name, "class shares")
    return check_shares(preset["shares"])


def parse_shares(text: str) -> dict[RiskClass, float]:
    """Return the shares written as ``A=.47,B=.34,C=.10,D=.09``.

    Parameters
    ----------
    text : str
        One ``class=share`` for each class, separated by commas.

    Returns
    -------
    dict of RiskClass to float
        Shares of A, B, C and D, adding up to 1.

    Raises
    ------
    SpecError
        If a part is not of the form ``class=number``, or the shares break the rules of `check_shares`.

    Examples
    --------
    >>> parse_shares("A=.5,B=.3,C=.1,D=.1")[RiskClass.B]
    0.3
    """
    shares: dict[str, float] = {}
    for part in text.split(","):
        name, _, number = part.partition("=")
        if name.strip() in shares:
            raise SpecError(f"Class shares name each class once; got {text!r}: remove one {name.strip()!r}.")
        try:
            shares[name.strip()] = float(number)
        except ValueError:
            raise SpecError(
                f"Class shares are written like A=.47,B=.34,C=.10,D=.09; got {part.strip()!r}: "
                "write class=number."
            ) from None
    return check_shares(shares)
