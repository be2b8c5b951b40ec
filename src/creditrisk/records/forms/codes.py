"""Codes as people write them: with blanks, in full width, without leading zeros, several in one value."""

import re
from collections.abc import Mapping

from creditrisk.records.engine import IbisValue

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HALF = "0123456789" + LETTERS + LETTERS.lower() + "()-_/.,:; "
WIDE = "".join(chr(ord(sign) + 0xFEE0) for sign in HALF[:-1]) + "　"
HALF_CAPITALS = HALF.upper()
JOINED_BY = ","
OPEN, OURS, CLOSE = "\x1f", "\x1d", "\x1e"


def half_width(text: IbisValue) -> IbisValue:
    """Return a text with half-width letters, digits and signs.

    Parameters
    ----------
    text : ibis string expression
        Any text.

    Returns
    -------
    ibis string expression
        ``"Ａ１"`` becomes ``"A1"``.
    """
    return text.translate(WIDE, HALF)


def as_uscc(text: IbisValue) -> IbisValue:
    """Return a code in capitals and half width, without blanks and hyphens.

    Parameters
    ----------
    text : ibis string expression
        Unified social credit codes, or other codes of letters and digits.

    Returns
    -------
    ibis string expression
        ``"９１350100-m000100y43 "`` becomes ``"91350100M000100Y43"``; what holds nothing else becomes null.
    """
    return (
        text.translate(WIDE + LETTERS.lower(), HALF_CAPITALS + LETTERS)
        .re_replace("[-_ \t\r\n\u00a0]+", "")
        .nullif("")
    )


def stripped(text: IbisValue, signs: str) -> IbisValue:
    """Return a text without some signs, and blanks, at both ends.

    Parameters
    ----------
    text : ibis string expression
        Any text.
    signs : str
        The signs, each on its own.

    Returns
    -------
    ibis string expression
        Null where nothing is left.
    """
    some = f"(?:{'|'.join(re.escape(sign) for sign in sorted({*signs, ' '}))})+"
    return text.re_replace(f"^{some}|{some}$", "").nullif("")


def widened(text: IbisValue, width: int) -> IbisValue:
    """Return a code with the leading zeros that it has lost.

    Parameters
    ----------
    text : ibis string expression
        Codes; those with anything but digits stay as they are.
    width : int
        The characters of a full code; longer ones stay as they are.

    Returns
    -------
    ibis string expression
        With width 4, ``"111"`` becomes ``"0111"``.
    """
    short = text.re_search("^[0-9]+$") & (text.length() < width)
    return short.ifelse(("0" * width + text).right(width), text)


def recoded_parts(
    text: IbisValue, separators: tuple[str, ...], recode: Mapping[str, str] | None, otherwise: str | None
) -> IbisValue:
    """Recode every part of values that hold several codes.

    Parameters
    ----------
    text : ibis string expression
        Codes with separators between them.
    separators : tuple of str
        What may stand between them.
    recode : mapping of str to str or None
        The source's codes and ours; none to keep them.
    otherwise : str or None
        Our code for the others.

    Returns
    -------
    ibis string expression
        Our codes with commas between them; null where a part has none of ours.

    Examples
    --------
    >>> import ibis, pyarrow as pa
    >>> table = ibis.memtable(pa.table({"text": ["合格", "标签、 卫生", "卫生、异味"]}))
    >>> codes = recoded_parts(table.text, ("、",), {"合格": "1", "标签": "3", "卫生": "A"}, None)
    >>> codes.name("codes").to_pyarrow().to_pylist()
    ['1', '3,A', None]
    """
    between = f" *(?:{'|'.join(re.escape(separator) for separator in separators)}) *"
    bare = text.re_replace(f"^(?:{between})+|(?:{between})+$", "").re_replace(f"(?:{between})+", CLOSE + OPEN)
    if recode is None:
        return bare.replace(CLOSE + OPEN, JOINED_BY).nullif("")
    marked = OPEN + bare + CLOSE
    for code, ours in recode.items():
        marked = marked.replace(OPEN + code + CLOSE, OURS + ours + CLOSE)
    if otherwise is not None:
        marked = marked.re_replace(f"{OPEN}[^{CLOSE}]*{CLOSE}", OURS + otherwise + CLOSE)
    joined = marked.replace(CLOSE + OURS, JOINED_BY).replace(OURS, "").replace(CLOSE, "")
    return marked.contains(OPEN).ifelse(None, joined)
