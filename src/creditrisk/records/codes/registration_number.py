"""Registration numbers of before October 2015 (工商注册号, GS 15-2006): fourteen digits and a check.

Six digits of the authority that registered first, eight of a serial number, and a check by the hybrid system
MOD 11,10 of ISO/IEC 7064 (GB/T 17710).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.codes.symbols import Bools, Rows, one_row, place_values, where_valid

_BODY = place_values(["0123456789"] * 14, [1] * 14)


def _steps() -> NDArray[np.uint8]:
    """Return the product after a digit, by the product before it (1 to 10)."""
    before, digit = np.ogrid[0:11, 0:10]
    total = (before + digit) % 10
    return (np.where(total == 0, 10, total) * 2 % 11).astype(np.uint8)


_STEPS = _steps()


def registration_number_is_valid(codes: Any) -> Bools:
    """Say which codes are valid registration numbers of fifteen digits.

    Parameters
    ----------
    codes : array-like of str, shape (n,)
        Numbers as text.

    Returns
    -------
    array of bool, shape (n,)
        Whether each is fifteen digits with the right check; false where missing or no text.

    Examples
    --------
    >>> registration_number_is_valid(["110108000000016", "110108000000017"]).tolist()
    [True, False]
    """
    return where_valid(codes, 15, _are_valid)


def registration_check_digit(first14: str) -> str:
    """Return the fifteenth digit of a registration number.

    Parameters
    ----------
    first14 : str
        The digits before it.

    Returns
    -------
    str
        The check digit.

    Raises
    ------
    SpecError
        If these are not fourteen digits.

    Examples
    --------
    >>> registration_check_digit("11010800000001")
    '6'
    """
    row = one_row(first14, _BODY, "The body of a registration number is 14 digits")
    return str((1 - int(_products(row - ord("0"))[0])) % 10)


def _products(digits: Rows) -> Rows:
    product = np.full(len(digits), 10, dtype=np.uint8)
    for place in range(14):
        product = _STEPS[product, digits[:, place]]
    return product


def _are_valid(rows: Rows) -> Bools:
    digits = rows - np.uint8(ord("0"))
    plain = (digits < 10).all(axis=1)
    digits[~plain] = 0
    return np.asarray(plain & ((_products(digits) + digits[:, 14]) % 10 == 1))
