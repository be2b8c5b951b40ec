"""How far a long run is, on standard error: a live bar on a terminal, else a line now and then."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from creditrisk.batch.advance import Advance

QUIET_SECONDS = 5.0


@contextmanager
def shown_advance() -> "Iterator[Callable[[Advance], None]]":
    """Give a function that shows how far a run is.

    Yields
    ------
    callable
        Takes an `Advance`.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(console).show
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("starting", total=None)
        yield lambda advance: progress.update(
            task, description=sentence(advance), completed=advance.done, total=advance.total or None
        )


class _Lines:
    """A line for every new stage, and for what is rated one every few seconds."""

    def __init__(self, console: Console) -> None:
        self._console, self._stage, self._last = console, "", 0.0

    def show(self, advance: "Advance") -> None:
        now = time.monotonic()
        over = advance.total > 0 and advance.done == advance.total
        if advance.stage != self._stage or over or now - self._last >= QUIET_SECONDS:
            self._stage, self._last = advance.stage, now
            self._console.print(sentence(advance), markup=False, highlight=False, soft_wrap=True)


def sentence(advance: "Advance") -> str:
    """Return how far a run is, in words.

    Parameters
    ----------
    advance : Advance
        How far it is.

    Returns
    -------
    str
        Stage, entities done, time left.

    Examples
    --------
    >>> from creditrisk.batch.advance import Advance
    >>> sentence(Advance(stage="grading", done=2_000_000, total=8_000_000, seconds_left=130.4))
    'grading: 2,000,000 of 8,000,000 entities, 2 min 10 s left'
    """
    said = advance.stage
    if advance.total:
        said += f": {advance.done:,} of {advance.total:,} entities"
    if advance.seconds_left:
        minutes, seconds = divmod(round(advance.seconds_left), 60)
        said += f", {minutes} min {seconds} s left" if minutes else f", {seconds} s left"
    return said
