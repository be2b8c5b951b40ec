"""In which encoding a text file is: by its mark, else UTF-8, else GB 18030 if that gives plausible Chinese.

Nearly every sequence of bytes is *some* GB 18030 text: French in Latin-1 turns into rare characters, Big5
into rare characters and Greek. Such a file would be changed without a word, so it is refused instead.
"""

import codecs
import re
from collections import Counter
from pathlib import Path

from creditrisk.errors import SourceError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BLOCK = 1 << 20
JUDGED_BY = 100_000
LEAST_COMMON = 1 / 2
FOREIGN = re.compile(r"[^\x00-\x7f]")


def text_encoding(path: Path) -> str:
    """Return the encoding of a text file.

    Parameters
    ----------
    path : Path
        A file.

    Returns
    -------
    str
        Its name in Python: ``"utf-8-sig"``, ``"utf-8"``, ``"gb18030"``, ``"utf-16"`` or ``"utf-32"``.

    Raises
    ------
    SourceError
        If the file is in no such encoding.
    """
    with path.open("rb") as file:
        start = file.read(4)
    marked = [encoding for mark, encoding in MARKS if start.startswith(mark)]
    if b"\0" in start and not marked:
        raise SourceError(
            f"File {path.name!r} begins with bytes that are no text, as UTF-16 without its mark does; save "
            "it as UTF-8."
        )
    for encoding in marked or ["utf-8", "gb18030"]:
        characters = _foreign_characters(path, encoding)
        if characters is not None and (encoding != "gb18030" or _plausible(characters)):
            return encoding
    raise SourceError(f"File {path.name!r} is neither UTF-8 nor GB 18030 text; save it as UTF-8.")


def _foreign_characters(path: Path, encoding: str) -> Counter[str] | None:
    """Count the first characters beyond ASCII; None if the file cannot be decoded to its end."""
    decoder = codecs.getincrementaldecoder(encoding)()
    found: Counter[str] = Counter()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                text = decoder.decode(block)
                if found.total() < JUDGED_BY:
                    found.update(FOREIGN.findall(text))
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return found


def _plausible(characters: Counter[str]) -> bool:
    """Say whether every other one is a common character of GB 2312, its first list before its second."""
    first = second = 0
    for character, count in characters.items():
        lead = _lead_in_gb2312(character)
        if lead in (0xA1, 0xA3) or 0xB0 <= lead <= 0xD7:
            first += count
        elif lead > 0xD7:
            second += count
    return first + second >= LEAST_COMMON * characters.total() and first >= second


def _lead_in_gb2312(character: str) -> int:
    try:
        return character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return 0
