"""Files that appear whole or not at all, also when the process is killed or the power fails."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from creditrisk.errors import SourceError

PART = ".part"


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let a function write a file beside the path, bring it to the disk, and give it its name.

    Parameters
    ----------
    path : Path
        The file that shall exist.
    write : callable
        Writes to the path that it is given; if it raises, nothing is left.
    """
    part = path.with_name(f".{path.name}{PART}")
    try:
        write(part)
        _sync(part, os.O_RDWR)
        part.replace(path)
    except BaseException:
        for left in path.parent.glob(f"{part.name}*"):  # a database has a log beside it
            left.unlink(missing_ok=True)
        raise
    if os.name == "posix":
        _sync(path.parent, os.O_RDONLY)


def clear_unfinished(folder: Path) -> None:
    """Remove what a killed process left of files that were not yet whole."""
    for left in folder.glob(f".*{PART}*"):
        left.unlink(missing_ok=True)


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn an error of the disk into one sentence."""
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error).splitlines()[0]
        raise SourceError(
            f"Ratings are written to {str(folder)!r}, which failed ({why}); nothing is half-written: make "
            "room, and run the same command again to go on."
        ) from None


def _sync(path: Path, mode: int) -> None:
    descriptor = os.open(path, mode)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
