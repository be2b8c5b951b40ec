"""Codes as people type them, made into codes as the standards write them."""

import re
import string
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.codes.symbols import by_distinct

_SPACES = (
    *map(ord, string.whitespace),
    *range(0x2000, 0x200C),
    *(0x00A0, 0x1680, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF),
)
_HYPHENS = (ord("-"), *range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xFF0D)
_FULL_WIDTH = 0xFEE0
_CHANGES: dict[int, str | None] = {
    **dict.fromkeys((*_SPACES, *_HYPHENS)),
    **{ord(c): c.upper() for c in string.ascii_lowercase},
    **{_FULL_WIDTH + ord(c): c.upper() for c in string.ascii_letters + string.digits},
}
_IN_ORDER = re.compile("[0-9A-Z]*")


def normalise(codes: Any) -> NDArray[np.object_]:
    """Return the codes without spaces and hyphens, in capitals, with ASCII letters and digits.

    Parameters
    ----------
    codes : array-like of str, shape (n,)
        Codes as written.

    Returns
    -------
    array of object, shape (n,)
        Codes as text; none where missing or no text. No other character is changed, so a wrong code stays
        wrong.

    Examples
    --------
    >>> normalise(["91350100 m000100y43", "５５１３８５０８－２", None]).tolist()
    ['91350100M000100Y43', '551385082', None]
    """
    return by_distinct(codes, lambda code: code if _IN_ORDER.fullmatch(code) else code.translate(_CHANGES))
