"""Organisation codes (组织机构代码, GB 11714-1997): eight symbols and a check.

The weighted sum of the nine values, with weights 3, 7, 9, 10, 5, 8, 4, 2 and 1, is a multiple of 11; a check
of 10 is written ``X``, and a remainder of 0 gives ``0``.
"""

from typing import Any

import numpy as np

from creditrisk.records.codes.symbols import (
    FOREIGN,
    Bools,
    Rows,
    one_row,
    place_sums,
    place_values,
    where_valid,
)

_BODY = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CHECK = "0123456789X"
_PLACES = place_values([_BODY] * 8 + [_CHECK], (3, 7, 9, 10, 5, 8, 4, 2, 1))
_SYMBOLS = np.frombuffer(_CHECK.encode(), dtype=np.uint8)


def organisation_code_is_valid(codes: Any) -> Bools:
    """Say which codes are valid organisation codes.

    Parameters
    ----------
    codes : array-like of str, shape (n,)
        Codes of nine symbols; the hyphen before the check, where it is written, is taken out by `normalise`.

    Returns
    -------
    array of bool, shape (n,)
        Whether the check is right; false where missing or no text.

    Examples
    --------
    >>> organisation_code_is_valid(["551385082", "MA6C0005X", "MA6C00050"]).tolist()
    [True, True, False]
    """
    return where_valid(codes, 9, organisation_rows_are_valid)


def organisation_check_digit(first8: str) -> str:
    """Return the ninth symbol of an organisation code.

    Parameters
    ----------
    first8 : str
        The symbols before it.

    Returns
    -------
    str
        The check symbol.

    Raises
    ------
    SpecError
        If these are not eight digits or capital letters.

    Examples
    --------
    >>> organisation_check_digit("MA6C0005")
    'X'
    """
    row = one_row(first8, _PLACES[:8], "The body of an organisation code is 8 digits or capital letters")
    return chr(organisation_check_symbols(row)[0])


def organisation_check_symbols(rows: Rows) -> Rows:
    """Return the check symbols of many organisation codes at once.

    Parameters
    ----------
    rows : array of uint8, shape (n, 8)
        The symbols before the check, as ASCII bytes; they must be allowed ones.

    Returns
    -------
    array of uint8, shape (n,)
        The check symbols as ASCII bytes.

    Examples
    --------
    >>> bytes(organisation_check_symbols(np.frombuffer(b"MA6C0005", np.uint8)[None, :]))
    b'X'
    """
    return _SYMBOLS[-place_sums(rows, _PLACES[:8]) % 11]


def organisation_rows_are_valid(rows: Rows) -> Bools:
    """Say which rows of bytes are valid organisation codes.

    Parameters
    ----------
    rows : array of uint8, shape (n, 9)
        Codes as bytes.

    Returns
    -------
    array of bool, shape (n,)
        Whether each is valid.

    Examples
    --------
    >>> organisation_rows_are_valid(np.frombuffer(b"551385082", np.uint8)[None, :]).tolist()
    [True]
    """
    sums = place_sums(rows, _PLACES)
    return np.asarray((sums % 11 == 0) & (sums < FOREIGN))
