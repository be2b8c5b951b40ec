"""Data frames of pandas, polars or Arrow as a source."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis

from creditrisk.errors import SourceError
from creditrisk.records.engine import IbisConnection, IbisTable
from creditrisk.records.sources.arrow import to_arrow


@dataclass(frozen=True, slots=True)
class FrameSource:
    """Data frames by table name."""

    frames: Mapping[str, Any]

    def __post_init__(self) -> None:
        """Refuse names that are no text."""
        odd = [name for name in self.frames if not isinstance(name, str)]
        if odd:
            raise SourceError(
                "Data frames are given by the name of their table; a key is of type "
                f"{type(odd[0]).__name__}, use text."
            )

    @property
    def title(self) -> str:
        """What to call it in an error."""
        return "the dictionary of data frames"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the frames, sorted."""
        return tuple(sorted(self.frames))

    @property
    def notes(self) -> tuple[str, ...]:
        """Nothing had to be assumed."""
        return ()

    def place(self, name: str) -> str:
        """What to call one frame in an error."""
        return f"frame {name!r}"

    def table(self, name: str, connection: IbisConnection) -> IbisTable:
        """Return one frame."""
        return ibis.memtable(to_arrow(self.frames[name], name))
