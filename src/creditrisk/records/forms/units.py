"""The units and the forms of numbers that a mapping may name."""

from typing import Literal

type NumberForm = Literal["1,234.5", "1.234,5", "1 234,5", "1'234.5"]
"""How a number is written: what stands between thousands, and before the decimals."""

YUAN = ("yuan", "元")
SHARES = ("percent", "%")
HUNDREDTHS = ("fen", "分", *SHARES)
THOUSANDS = {
    "thousand_yuan": 1e3,
    "千元": 1e3,
    "ten_thousand_yuan": 1e4,
    "万元": 1e4,
    "million_yuan": 1e6,
    "百万元": 1e6,
    "hundred_million_yuan": 1e8,
    "亿元": 1e8,
}
AS_WRITTEN = "as_written"
UNITS = (*YUAN, *HUNDREDTHS, *THOUSANDS, AS_WRITTEN)


def target(unit: str) -> str:
    """Return what numbers in a unit become, in the words of the record types.

    Parameters
    ----------
    unit : str
        One of `UNITS`.

    Returns
    -------
    str
        ``"share"`` or ``"CNY"``.

    Examples
    --------
    >>> target("万元")
    'CNY'
    """
    return "share" if unit in SHARES else "CNY"
