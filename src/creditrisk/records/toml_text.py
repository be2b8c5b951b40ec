"""Plain values to TOML text; the standard library only reads TOML."""

import datetime as dt
import json
import math
import re
from collections.abc import Mapping, Sequence

from creditrisk.errors import SpecError

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def to_toml(document: Mapping[str, object]) -> str:
    """Return a document of scalars, lists, tables and lists of tables as TOML text.

    Keys whose value is None are left out, since TOML has no null.

    Parameters
    ----------
    document : mapping of str to object
        Values may be str, bool, int, float, date, lists of those, mappings, and lists of mappings.

    Returns
    -------
    str
        Text that `tomllib.loads` reads back to the same values.

    Raises
    ------
    SpecError
        If a value is of a type that TOML cannot hold.

    Examples
    --------
    >>> print(to_toml({"name": "demo", "cuts": [0.5, 1.0], "shares": {"A": 0.5}}), end="")
    name = "demo"
    cuts = [0.5, 1.0]
    <BLANKLINE>
    [shares]
    A = 0.5
    """
    return "\n".join(_lines(document, ())).lstrip("\n") + "\n"


def _lines(table: Mapping[str, object], path: tuple[str, ...]) -> list[str]:
    present = {key: value for key, value in table.items() if value is not None}
    lines = [f"{_key(key)} = {_value(value)}" for key, value in present.items() if not _is_nested(value)]
    for key, value in present.items():
        inner = (*path, _key(key))
        if isinstance(value, Mapping):
            lines += ["", f"[{'.'.join(inner)}]", *_lines(value, inner)]
        elif _is_nested(value):
            for item in value:  # type: ignore[attr-defined]
                lines += ["", f"[[{'.'.join(inner)}]]", *_lines(item, inner)]
    return lines


def _is_nested(value: object) -> bool:
    if isinstance(value, Mapping):
        return True
    is_list = isinstance(value, Sequence) and not isinstance(value, str)
    return is_list and len(value) > 0 and all(isinstance(item, Mapping) for item in value)  # type: ignore[arg-type, attr-defined]


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _string(key)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(str(value))
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return _float(float(value))
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Sequence):
        return f"[{', '.join(_value(item) for item in value)}]"
    raise SpecError(f"TOML holds text, numbers, dates, lists and tables; got {value!r}: convert it first.")


def _float(value: float) -> str:
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return repr(value)


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
