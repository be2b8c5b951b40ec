"""Entity ids from a text file, one a line."""

from pathlib import Path

from creditrisk.errors import SchemaError, SourceError, shown
from creditrisk.records.toml_file import as_path


def read_ids(path: str | Path) -> list[str]:
    """Read entity ids.

    Parameters
    ----------
    path : str or Path
        A text file in UTF-8, one id a line; empty lines do not count.

    Returns
    -------
    list of str
        Each id once, in the order of the file.

    Raises
    ------
    SourceError
        If the file is not there, or is no text.
    SchemaError
        If it has no id.
    """
    file = as_path(path)
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        said = getattr(error, "strerror", None) or "no text in UTF-8"
        raise SourceError(f"Ids are read from a text file; {shown(str(file))} is none ({said}).") from None
    ids = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if not ids:
        raise SchemaError(f"A list of ids has one a line; {shown(str(file))} has none: fill it in.")
    return ids
