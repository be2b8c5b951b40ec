"""What an inspection finds where a rule is broken: result codes (检查结果代码) that fit the area."""

import numpy as np
from numpy.typing import NDArray

_MAIN = {
    "food": "3",
    "drug": "3",
    "medical_device": "3",
    "cosmetics": "3",
    "special_equipment": "4",
    "industrial_product": "4",
    "measurement": "4",
}
_OTHERS = "5"
_OF_REGISTRATION = np.array(["B", "C", "6", "5"])
_CORRECTED, _ONLY_CORRECTED, _PENDING, _REFUSED = 0.3, 0.45, 0.55, 0.58


def draw_findings(rng: np.random.Generator, fields: NDArray[np.str_]) -> NDArray[np.str_]:
    """Draw the codes of inspections that found a problem, in each area.

    Parameters
    ----------
    rng : Generator
        Where the random numbers come from.
    fields : array of str, shape (n,)
        Areas of supervision.

    Returns
    -------
    array of str, shape (n,)
        Codes of `RESULT_CODES`, comma-separated.

    Examples
    --------
    >>> codes = draw_findings(np.random.default_rng(0), np.full(200, "food"))
    >>> sorted(set(codes.tolist()))
    ['3', '3,E', '8', 'A', 'E']
    """
    size = len(fields)
    main = np.full(size, _OTHERS, dtype="U3")
    for name, code in _MAIN.items():
        main[fields == name] = code
    of_registration = fields == "registration"
    main[of_registration] = rng.choice(_OF_REGISTRATION, size, p=[0.35, 0.25, 0.25, 0.15])[of_registration]
    draws = rng.random(size)
    steps = [draws < _CORRECTED, draws < _ONLY_CORRECTED, draws < _PENDING, draws < _REFUSED]
    return np.select(steps, [np.char.add(main, ",E"), np.full(size, "E"), "A", "8"], main)
