"""Unified social credit codes (统一社会信用代码, GB 32100-2015): eighteen symbols, the last a check.

The check makes the weighted sum of all eighteen values, with weights 3^0, 3^1, …, 3^16 modulo 31 and 1,
a multiple of 31; a remainder of 0 gives the symbol ``0``. As in python-stdnum, the first eight symbols are
digits, and the check of the body code inside (GB 11714) is not asked for: see `uscc_body_is_valid`.
"""

from typing import Any

import numpy as np

from creditrisk.records.codes.organisation import organisation_rows_are_valid
from creditrisk.records.codes.symbols import (
    FOREIGN,
    Bools,
    Rows,
    one_row,
    place_sums,
    place_values,
    where_valid,
)

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (*(pow(3, place, 31) for place in range(17)), 1)

_PLACES = place_values([USCC_ALPHABET[:10]] * 8 + [USCC_ALPHABET] * 10, USCC_WEIGHTS)
_SYMBOLS = np.frombuffer(USCC_ALPHABET.encode(), dtype=np.uint8)


def uscc_is_valid(codes: Any) -> Bools:
    """Say which codes are valid unified social credit codes.

    Parameters
    ----------
    codes : array-like of str, shape (n,)
        Codes as written; lower case, spaces and full-width characters are invalid (`normalise` first).

    Returns
    -------
    array of bool, shape (n,)
        Whether each code is eighteen allowed symbols with the right check; false where missing or no text.

    Examples
    --------
    >>> uscc_is_valid(["91350100M000100Y43", "91350100M000100Y4A", "91350100m000100y43", None]).tolist()
    [True, False, False, False]
    """
    return where_valid(codes, 18, _are_valid)


def uscc_body_is_valid(codes: Any) -> Bools:
    """Say which unified social credit codes have a valid organisation code inside.

    Parameters
    ----------
    codes : array-like of str, shape (n,)
        Unified social credit codes.

    Returns
    -------
    array of bool, shape (n,)
        Whether symbols 9–17 carry the check of GB 11714; says nothing of the other symbols.

    Examples
    --------
    >>> uscc_body_is_valid(["91510100MA6C0005XL", "91510100MA6C0005YL"]).tolist()
    [True, False]
    """
    return where_valid(codes, 18, lambda rows: organisation_rows_are_valid(rows[:, 8:17]))


def uscc_check_digit(first17: str) -> str:
    """Return the eighteenth symbol of a unified social credit code.

    Parameters
    ----------
    first17 : str
        The symbols before it.

    Returns
    -------
    str
        The check symbol.

    Raises
    ------
    SpecError
        If these are not seventeen symbols of a code.

    Examples
    --------
    >>> uscc_check_digit("91350100M000100Y4"), uscc_check_digit("91510100MA0000082")
    ('3', '0')
    """
    row = one_row(first17, _PLACES[:17], "The body of a unified social credit code is 8 digits and 9 symbols")
    return chr(uscc_check_symbols(row)[0])


def uscc_check_symbols(rows: Rows) -> Rows:
    """Return the check symbols of many codes at once.

    Parameters
    ----------
    rows : array of uint8, shape (n, 17)
        The symbols before the check, as ASCII bytes; they must be allowed ones.

    Returns
    -------
    array of uint8, shape (n,)
        The check symbols as ASCII bytes.

    Examples
    --------
    >>> bytes(uscc_check_symbols(np.frombuffer(b"91350100M000100Y4", np.uint8)[None, :]))
    b'3'
    """
    return _SYMBOLS[-place_sums(rows, _PLACES[:17]) % 31]


def _are_valid(rows: Rows) -> Bools:
    sums = place_sums(rows, _PLACES)
    return np.asarray((sums % 31 == 0) & (sums < FOREIGN))
