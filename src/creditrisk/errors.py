"""Every error that this library raises on purpose.

::

    CreditRiskError                 one sentence: the rule; what came; what to do
    ├─ SourceError                  a folder, file, database or table cannot be read
    ├─ SchemaError                  records do not have the columns or types of their table
    ├─ SpecError                    a TOML file or a frozen spec says something impossible
    ├─ DateError                    a date is not a date, or no record stands before it
    ├─ OutcomeError                 the outcomes cannot train a model (nobody inspected, one class only)
    ├─ FitError                     inference failed its own checks
    └─ ModelFileError               a model file is damaged, too new, or not ours

The command line prints the sentence and exits with 1; it never shows a traceback for one of these.
"""

import difflib
from collections.abc import Iterable
from itertools import accumulate

LONGEST_HINT = 600
LONGEST_VALUE = 200


class CreditRiskError(Exception):
    """The root: catch this to catch every deliberate error of the library."""


class SourceError(CreditRiskError):
    """A folder, file, database or table cannot be read."""


class SchemaError(CreditRiskError, ValueError):
    """Records do not have the columns or types that their table needs."""


class SpecError(CreditRiskError, ValueError):
    """A TOML file or a frozen spec says something impossible."""


class DateError(CreditRiskError, ValueError):
    """A date cannot be parsed, or no record is known before it."""


class OutcomeError(CreditRiskError, ValueError):
    """The outcomes cannot train a model."""


class FitError(CreditRiskError):
    """Inference failed its own checks."""


class ModelFileError(CreditRiskError):
    """A model file is damaged, too new, or not a model file of this library."""


def hint(name: str, known: Iterable[str]) -> str:
    """Return ``" Did you mean 'x'?"`` for the nearest known name, or the first of the known names.

    Parameters
    ----------
    name : str
        What the user wrote.
    known : iterable of str
        What would have been understood.

    Returns
    -------
    str
        A sentence with a leading space, ready to be appended to an error message.

    Examples
    --------
    >>> hint("penalti", ["penalty", "inspection"])
    " Did you mean 'penalty'?"
    >>> hint("zzz", ["penalty", "inspection"])
    ' Known: inspection, penalty.'
    """
    names = sorted(known)
    near = difflib.get_close_matches(str(name), names, n=1)
    if near and len(near[0]) <= LONGEST_HINT:
        return f" Did you mean {near[0]!r}?"
    ends = accumulate(len(one) + 2 for one in names)
    shown = [one for one, end in zip(names, ends, strict=True) if end <= LONGEST_HINT]
    more = [f"{len(names) - len(shown)} more"] if len(shown) < len(names) else []
    return f" Known: {', '.join(shown + more)}."


def shown(value: object) -> str:
    """Return a value as an error message quotes it, however long it is.

    Parameters
    ----------
    value : object
        What the user gave.

    Returns
    -------
    str
        Its `repr`, cut where it grows too long.

    Examples
    --------
    >>> shown("penalti")
    "'penalti'"
    >>> shown("x" * 1000).endswith("xxx…")
    True
    """
    said = repr(value)
    return said if len(said) <= LONGEST_VALUE else f"{said[:LONGEST_VALUE]}…"
