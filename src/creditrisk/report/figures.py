"""Numbers as people read them."""

import math


def share(value: float, digits: int = 1) -> str:
    """Return a share as a percentage.

    Parameters
    ----------
    value : float
        A share, 0–1, or NaN.
    digits : int, default 1
        Digits after the point.

    Returns
    -------
    str
        Text.

    Examples
    --------
    >>> share(0.4727), share(float("nan"))
    ('47.3 %', '–')
    """
    return "–" if math.isnan(value) else f"{100 * value:.{digits}f} %"


def money(value: float) -> str:
    """Return money in whole units, with thousands apart.

    Parameters
    ----------
    value : float
        An amount, or NaN.

    Returns
    -------
    str
        Text.

    Examples
    --------
    >>> money(1234567.8), money(0.25), money(float("nan"))
    ('1,234,568', '0.25', '–')
    """
    if math.isnan(value):
        return "–"
    return f"{value:,.0f}" if abs(value) >= 10 or value == 0 else f"{value:.3g}"


def count(value: int) -> str:
    """Return a count, with thousands apart.

    Parameters
    ----------
    value : int
        A count.

    Returns
    -------
    str
        Text.

    Examples
    --------
    >>> count(20000)
    '20,000'
    """
    return f"{value:,}"


def probability(value: float) -> str:
    """Return a probability to three digits after the point.

    Parameters
    ----------
    value : float
        A probability, 0–1, or NaN.

    Returns
    -------
    str
        Text.

    Examples
    --------
    >>> probability(0.12345)
    '0.123'
    """
    return "–" if math.isnan(value) else f"{value:.3f}"
