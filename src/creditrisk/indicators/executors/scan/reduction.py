"""What a measure asks of the scan: which compiled function over which columns."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creditrisk.indicators.executors.scan.kernels import Chosen
from creditrisk.indicators.executors.scan.sheet import Sheet
from creditrisk.indicators.executors.scan.span import Months
from creditrisk.indicators.executors.scan.spine import Pieces, Spine, Window
from creditrisk.indicators.executors.scan.threads import each, split

Numbers = NDArray[np.float64]
Argument = Callable[[Sheet, Window], Any]

_FOR_EVER = np.empty(0, np.int32)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Step:
    """One run of a compiled function.

    Parameters
    ----------
    kernel : callable
        A function of `creditrisk.indicators.executors.scan.kernels`.
    since, dated : str
        Names of the columns that say when a record counts.
    until : str, optional
        The same; for ever if not given.
    window : tuple of (int or None, int), optional
        As in `span.Span`.
    arguments : tuple of callable
        Return what else the function takes.
    """

    kernel: Callable[..., None]
    since: str
    dated: str
    until: str | None
    window: Months | None
    arguments: tuple[Argument, ...] = ()

    def run(self, sheet: Sheet, spine: Spine, pieces: Pieces, nothing: float, out: Numbers) -> None:
        """Write the values of the entities of a sheet, `nothing` where no record counts."""
        window = spine.window(self.window)
        until = _FOR_EVER if self.until is None else sheet.columns[self.until]
        chosen = Chosen(
            sheet.heads, sheet.owners, sheet.columns[self.since], until, sheet.columns[self.dated]
        )
        others = [argument(sheet, window) for argument in self.arguments]
        shares = split(len(pieces.dates), len(out) + sheet.heads[-1])
        each(self.kernel, [(*share, chosen, pieces, window, *others, nothing, out) for share in shares])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reduction:
    """One part of the value of an indicator.

    Parameters
    ----------
    steps : tuple of Step
        Run one after the other on the same rows.
    then : callable, optional
        What is done to the numbers at the end.
    text : str, optional
        The column whose texts the numbers stand for.
    """

    steps: tuple[Step, ...]
    then: Callable[[Numbers], Numbers] | None = None
    text: str | None = None

    def by(self, divisor: float) -> "Reduction":
        """Return the same, divided by a number."""
        return self if divisor == 1.0 else replace(self, then=lambda numbers: numbers / divisor)
