"""CSV files in wrong encodings, cut off, with broken quotes, odd headers, ragged rows and flipped bytes."""

import csv
import gzip
import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.reliability.bad_input_base import good_frame, write_registration
from benchmarks.reliability.bad_input_case import Case, Damaged, csv_table

CHINESE = "因通过登记的住所无法联系被列入经营异常名录"
FOREIGN = {
    "latin-1": "Boulangerie française près de Montréal, été",
    "cp1252": "Café «Zürich» – naïve façade",
    "cp1251": "Общество с ограниченной ответственностью",
    "koi8-r": "Общество с ограниченной ответственностью",
    "big5": "因通過登記的住所無法聯繫被列入經營異常名錄",
    "shift_jis": "登記された住所では連絡がつかないため",
    "euc_jp": "登記された住所では連絡がつかないため",
    "cp1253": "Εταιρεία περιορισμένης ευθύνης",
    "cp1256": "شركة ذات مسؤولية محدودة",
    "utf-16-le": CHINESE,
    "utf-16-be": CHINESE,
    "utf-32-le": CHINESE,
    "utf-32-be": CHINESE,
    "cp037": "company",
}
READABLE = ("utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk", "utf-32", "utf-7", "euc_kr")
TABLES = ("abnormal_list", "penalty", "registration", "inspection", "lawsuit", "licence")
MORE_COLUMNS = {
    "penalty": ("fine_cny", "severity"),
    "lawsuit": ("role", "amount_cny"),
    "inspection": ("channel",),
}
TEXT_COLUMN = {
    "abnormal_list": "reason",
    "penalty": "act_type",
    "registration": "address",
    "licence": "licence_name",
}

type Edit = Callable[[bytes, random.Random], bytes]


def cases(rng: random.Random, number: int) -> Iterator[Case]:
    """Yield encodings first, then edits of the text drawn at random, until there are that many."""
    fixed = [*_encodings()]
    rng.shuffle(fixed)
    yield from fixed[:number]
    for i in range(number - len(fixed)):
        edit = list(EDITS)[i % len(EDITS)]
        table, seed = rng.choice(TABLES), rng.randrange(1 << 30)
        yield Case(name=f"text/{edit}/{table}/{seed}", make=_edited(table, EDITS[edit], seed))


def good_csv(table: str, text: str = CHINESE, number: int = 8) -> str:
    """Return a good CSV file of a record type, one text column long enough to tell its encoding."""
    column = TEXT_COLUMN.get(table)
    frame = good_frame(table, number, *MORE_COLUMNS.get(table, ()), *([column] if column else []))
    if column:
        frame[column] = [f"{text}, {row}" for row in range(len(frame))]
    return frame.to_csv(index=False, lineterminator="\n")


def place(folder: Path, table: str, content: bytes) -> Path:
    """Write a CSV file, beside a good registration if it is another table."""
    if table != "registration":
        write_registration(folder)
    (folder / f"{table}.csv").write_bytes(content)
    return folder


def _encodings() -> Iterator[Case]:
    for table in TABLES:
        for encoding, text in FOREIGN.items():
            if table in TEXT_COLUMN:
                yield Case(name=f"text/encoding/{table}/{encoding}", make=_foreign(table, encoding, text))
        for encoding in READABLE:
            yield Case(name=f"text/encoding/{table}/{encoding}", make=_readable(table, encoding))
        for first, second in (("utf-8", "gb18030"), ("utf-8", "latin-1"), ("utf-8", "utf-16-le")):
            yield Case(name=f"text/mixed/{table}/{first}+{second}", make=_two_encodings(table, first, second))


def _foreign(table: str, encoding: str, text: str) -> Callable[[Path], Damaged]:
    def make(folder: Path) -> Damaged:
        content = good_csv(table, text).replace("实体二", "e2").encode(encoding, errors="replace")
        return Damaged(source=place(folder, table, content), rows={table: None})

    return make


def _readable(table: str, encoding: str) -> Callable[[Path], Damaged]:
    def make(folder: Path) -> Damaged:
        text = good_csv(table, "주소불명" if encoding == "euc_kr" else CHINESE)
        if encoding == "euc_kr":
            text = text.replace("实体二", "e2")
        return Damaged(source=place(folder, table, text.encode(encoding)), rows={table: text.count("\n") - 1})

    return make


def _two_encodings(table: str, first: str, second: str) -> Callable[[Path], Damaged]:
    def make(folder: Path) -> Damaged:
        lines = good_csv(table, CHINESE + "é").splitlines(keepends=True)
        half = len(lines) // 2
        content = "".join(lines[:half]).encode(first) + "".join(lines[half:]).encode(second, errors="replace")
        rows = None if table in TEXT_COLUMN or second == "utf-16-le" else len(lines) - 1
        return Damaged(source=place(folder, table, content), rows={table: rows})

    return make


def _edited(table: str, edit: Edit, seed: int) -> Callable[[Path], Damaged]:
    def make(folder: Path) -> Damaged:
        rng = random.Random(seed)
        encoding = rng.choice(("utf-8", "utf-8", "gb18030"))
        content = edit(good_csv(table).encode(encoding), rng)
        rows, ids = csv_table(content)
        return Damaged(
            source=place(folder, table, content), rows={table: rows}, ids={table: ids} if ids else {}
        )

    return make


def _cut(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randrange(len(content))]


def _flip(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 8, 64))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _remove(content: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(content))
    return content[:start] + content[start + rng.randrange(1, 40) :]


def _repeat(content: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(content))
    end = start + rng.randrange(1, 200)
    return content[:end] + content[start:]


def _insert(*pieces: bytes) -> Edit:
    def edit(content: bytes, rng: random.Random) -> bytes:
        at = rng.randrange(len(content) + 1)
        return content[:at] + rng.choice(pieces) + content[at:]

    return edit


def _at_field(*pieces: bytes) -> Edit:
    """Insert something right before or after a comma or a line end."""

    def edit(content: bytes, rng: random.Random) -> bytes:
        spots = [i + rng.choice((0, 1)) for i, byte in enumerate(content) if byte in b",\n"]
        at = rng.choice(spots)
        return content[:at] + rng.choice(pieces) + content[at:]

    return edit


def _lines(change: Callable[[list[bytes], random.Random], None]) -> Edit:
    def edit(content: bytes, rng: random.Random) -> bytes:
        lines = content.split(b"\n")
        change(lines, rng)
        return b"\n".join(lines)

    return edit


def _add_line(*pieces: bytes) -> Edit:
    return _lines(lambda lines, rng: lines.insert(rng.randrange(len(lines) + 1), rng.choice(pieces)))


def _twice(lines: list[bytes], rng: random.Random) -> None:
    lines.insert(rng.randrange(len(lines)), rng.choice(lines[1:-1]))


def _ragged(lines: list[bytes], rng: random.Random) -> None:
    row = rng.randrange(len(lines) - 1)
    fields = lines[row].split(b",")
    change = rng.choice(("fewer", "one fewer", "more", "none"))
    kept = {"fewer": 2, "one fewer": -1, "more": len(fields), "none": 1}[change]
    lines[row] = b",".join(fields[:kept] + ([b"extra"] * rng.randrange(1, 4) if change == "more" else []))


def _trailing(lines: list[bytes], rng: random.Random) -> None:
    which = rng.choice(("all", "header", "rows"))
    for i in range(len(lines) - 1):
        if which == "all" or (which == "header") == (i == 0):
            lines[i] += b"," * rng.choice((1, 1, 2))


def _header(change: Callable[[list[bytes], random.Random], None]) -> Edit:
    def edit(lines: list[bytes], rng: random.Random) -> None:
        names = lines[0].split(b",")
        change(names, rng)
        lines[0] = b",".join(names)

    return _lines(edit)


def _rename(*pieces: bytes) -> Edit:
    def change(names: list[bytes], rng: random.Random) -> None:
        names[rng.randrange(len(names))] = rng.choice(pieces)

    return _header(change)


def _name_twice(names: list[bytes], rng: random.Random) -> None:
    taken = rng.choice(names)
    names[rng.randrange(len(names))] = rng.choice((taken, taken.upper(), b" " + taken))


def _more_columns(content: bytes, rng: random.Random) -> bytes:
    number = rng.choice((100, 1000, 10_000))
    lines = content.split(b"\n")
    added = [b",".join(b"extra %d" % i for i in range(number)), *[b"," * (number - 1)] * (len(lines) - 2)]
    return b"\n".join([*(line + b"," + more for line, more in zip(lines, added, strict=False)), b""])


def _ends(*ends: bytes) -> Edit:
    return lambda content, rng: b"".join(line + rng.choice(ends) for line in content.split(b"\n")[:-1])


def _delimiter(*delimiters: str) -> Edit:
    def edit(content: bytes, rng: random.Random) -> bytes:
        text = content.decode("utf-8") if _is_utf8(content) else content.decode("gb18030")
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=rng.choice(delimiters), lineterminator="\n")
        writer.writerows(csv.reader(io.StringIO(text, newline="")))
        return out.getvalue().encode()

    return edit


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _whole(*contents: bytes) -> Edit:
    """Something else altogether, of some size."""
    return lambda content, rng: rng.choice(contents) * rng.randrange(1, 50)


def _no_header(content: bytes, rng: random.Random) -> bytes:
    return content.split(b"\n", 1)[1] + rng.choice((b"", b"\n"))


def _header_only(content: bytes, rng: random.Random) -> bytes:
    return content.split(b"\n", 1)[0] + rng.choice((b"", b"\n", b"\r\n", b"\n\n\n", b"\n ", b"\r"))


EDITS: dict[str, Edit] = {
    "cut": _cut,
    "cut-again": _cut,
    "flip": _flip,
    "remove": _remove,
    "repeat": _repeat,
    "quote": _insert(b'"', b"'", b'""', b'"""', b'","', b'"\n'),
    "quote-at-field": _at_field(b'"', b'" ', b' "', b'"x', b'""', b'"""'),
    "quotes-at-fields": lambda c, rng: _at_field(b'"')(_at_field(b'"')(c, rng), rng),
    "bytes": _insert(
        b"\x00", b"\x00" * 500, b"\x1a", b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\x80\x80", b"\xef\xbb\xbf"
    ),
    "breaks": _insert(b"\r", b"\r\n", b"\n", b"\n\n", b"\x0b", b"\x0c", b"\xc2\x85", b"\xe2\x80\xa8"),
    "commas": _insert(b",", b",,", b";", b"\t", "，".encode()),
    "lines": _add_line(
        b"", b" ", b"\t", b",,,", b"# comment", b"sep=;", "合计".encode(), b"-----", b"\x00", b"\\.", b'""'
    ),
    "row-twice": _lines(_twice),
    "header-twice": _lines(lambda lines, rng: lines.insert(rng.randrange(1, len(lines)), lines[0])),
    "ragged": _lines(_ragged),
    "trailing-commas": _lines(_trailing),
    "shuffled": _lines(lambda lines, rng: rng.shuffle(lines)),
    "odd-name": _rename(
        b"",
        b" ",
        b'""',
        b"a b",
        b"select",
        b"source_row",
        b"rule",
        b'"; DROP TABLE x"',
        b"x" * 100_000,
        "记录编号".encode(),
        "😀".encode(),
        b"\x00",
        b"1",
        b"None",
        b"a.b",
        b'"a\nb"',
        b"*",
        b"?",
        b"%s",
        b"as_of",
    ),
    "name-twice": _header(_name_twice),
    "more-columns": _more_columns,
    "no-header": _no_header,
    "header-only": _header_only,
    "ends": _ends(b"\r", b"\r\n", b"\n", b"\n\r", b"\n\n", b"\r\r\n"),
    "delimiter": _delimiter("\t", ";", "|", ":", "\x1f", " "),
    "something-else": _whole(
        b"\n",
        b" ",
        b"\x00",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b",",
        b'"',
        b"a",
        b"PAR1",
        b"PK\x03\x04",
        b"{}",
        b"<html><body>404</body></html>",
        b"%PDF-1.7",
        b"SQLite format 3\x00",
        b"\r",
        gzip.compress(b"a,b\n1,2\n"),
    ),
    "several": lambda c, rng: _flip(_remove(_at_field(b'"', b"\n", b",")(c, rng), rng), rng),
}
