"""Which of the three code systems a code belongs to."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.codes.organisation import organisation_code_is_valid
from creditrisk.records.codes.registration_number import registration_number_is_valid
from creditrisk.records.codes.symbols import arrow_texts
from creditrisk.records.codes.uscc import uscc_is_valid

_CHECKS = {
    "uscc": uscc_is_valid,
    "registration_number": registration_number_is_valid,
    "organisation_code": organisation_code_is_valid,
}


def classify(codes: Any) -> NDArray[np.object_]:
    """Say what kind of code each one is.

    Parameters
    ----------
    codes : array-like of str, shape (n,)
        Codes as written.

    Returns
    -------
    array of str, shape (n,)
        ``"uscc"``, ``"registration_number"`` or ``"organisation_code"`` for a valid one of its kind, else
        ``"unknown"``.

    Examples
    --------
    >>> classify(["91350100M000100Y43", "110108000000016", "551385082", "551385083"]).tolist()
    ['uscc', 'registration_number', 'organisation_code', 'unknown']
    """
    texts = arrow_texts(codes)
    kinds = np.full(len(texts), "unknown", dtype=object)
    for kind, is_valid in _CHECKS.items():
        kinds[is_valid(texts)] = kind
    return kinds
