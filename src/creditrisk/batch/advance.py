"""How far a run is, and how long it will take."""

import time
from collections.abc import Callable
from dataclasses import dataclass

STAGES = ("reading records", "comparing entities", "grading", "writing the manifest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """How far a run is.

    Parameters
    ----------
    stage : str
        One of `STAGES`.
    done, total : int
        Entities that are rated, and all; 0 as long as nobody knows.
    seconds_left : float or None
        At the pace so far; None before anything was rated.
    """

    stage: str
    done: int = 0
    total: int = 0
    seconds_left: float | None = None


Progress = Callable[[Advance], None]


class Pace:
    """Tells a run's progress, with the time left at the pace of what this process did itself.

    Parameters
    ----------
    progress : callable
        Told.
    total : int
        All entities.
    """

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total = progress, total
        self._done = self._own = 0
        self._began = time.monotonic()

    def found(self, rows: int) -> None:
        """Count entities that an earlier run rated."""
        self._done += rows
        self._tell()

    def rated(self, rows: int) -> None:
        """Count entities that were rated just now."""
        self._done += rows
        self._own += rows
        self._tell()

    def _tell(self) -> None:
        spent = time.monotonic() - self._began
        left = spent / self._own * (self._total - self._done) if self._own else None
        self._progress(Advance(stage="grading", done=self._done, total=self._total, seconds_left=left))
