"""A text as a number that anybody can compute."""

from hashlib import sha256

DIGITS = 12
WHOLE = float(16**DIGITS)


def fraction(text: str) -> float:
    """Return the first 12 hexadecimal digits of the SHA-256 of a text in UTF-8, divided by 16**12.

    Parameters
    ----------
    text : str
        Any.

    Returns
    -------
    float
        From 0 up to but not including 1.

    Examples
    --------
    >>> round(fraction("risk"), 6)
    0.173568
    """
    return int(sha256(text.encode()).hexdigest()[:DIGITS], 16) / WHOLE
