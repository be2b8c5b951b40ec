"""Unified social credit codes (统一社会信用代码) with both check characters right."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
SERIALS = len(ALPHABET) ** 6

_SYMBOLS = np.frombuffer(ALPHABET.encode(), dtype=np.uint8)
_BODY_CHECK = np.frombuffer(b"0123456789X", dtype=np.uint8)
_WEIGHTS = np.array([pow(3, i, 31) for i in range(17)])
_BODY_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])


def usccs(kinds: Sequence[str], regions: Sequence[str], serials: NDArray[np.int64]) -> NDArray[np.str_]:
    """Build one code for each kind of body, region and serial number.

    The body code is ``MA``, the serial in base 31, and its check of GB 11714; the last character is the
    check of GB 32100.

    Parameters
    ----------
    kinds : sequence of str, shape (n,)
        Department and kind of body: ``"91"`` enterprise, ``"92"`` individual business, ``"93"`` cooperative.
    regions : sequence of str, shape (n,)
        Six digits of GB/T 2260.
    serials : array of int, shape (n,)
        Serial numbers in ``[0, 31**6)``; distinct serials give distinct codes.

    Returns
    -------
    array of str, shape (n,)
        Codes of 18 characters.

    Examples
    --------
    >>> usccs(["91"], ["510100"], np.array([8])).tolist()
    ['91510100MA00000820']
    """
    count = len(serials)
    heads = np.char.add(np.asarray(kinds, dtype="S2"), np.asarray(regions, dtype="S6"))
    digits = np.asarray(serials)[:, None] // 31 ** np.arange(5, -1, -1) % 31
    text = np.empty((count, 18), dtype=np.uint8)
    text[:, :8] = heads.view(np.uint8).reshape(count, 8)
    text[:, 8:10] = np.frombuffer(b"MA", dtype=np.uint8)
    text[:, 10:16] = _SYMBOLS[digits]
    text[:, 16] = _body_check(text[:, 8:16])
    text[:, 17] = _check(text[:, :17])
    return text.view("S18").ravel().astype("U18")


def _body_check(text: NDArray[np.uint8]) -> NDArray[np.uint8]:
    values = np.where(
        text >= ord("A"), text.astype(np.int64) - ord("A") + 10, text.astype(np.int64) - ord("0")
    )
    return np.asarray(_BODY_CHECK[-(values @ _BODY_WEIGHTS) % 11])


def _check(text: NDArray[np.uint8]) -> NDArray[np.uint8]:
    values = np.zeros(256, dtype=np.int64)
    values[_SYMBOLS] = np.arange(31)
    return np.asarray(_SYMBOLS[-(values[text] @ _WEIGHTS) % 31])
