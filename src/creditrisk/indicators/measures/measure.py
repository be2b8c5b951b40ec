"""What every measure can do: aggregate records (two executors), finish in pandas, show what is behind it.

A measure turns the records of one type into one number (or one text) for each row of the spine, that is
for each pair of entity and as-of date. It returns nothing (null) where there is nothing to measure; the
indicator's missing policy decides what becomes of that.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from creditrisk.records.conditions import Condition
from creditrisk.records.engine import IbisBoolean, IbisTable, IbisValue
from creditrisk.records.toml_file import FileSpec

if TYPE_CHECKING:
    from creditrisk.indicators.events import Events
    from creditrisk.indicators.executors.scan.reduction import Reduction
    from creditrisk.indicators.executors.scan.rows import Rows
    from creditrisk.records.snapshot import Snapshot

DAYS_PER_MONTH = 30.4375
DAYS_PER_YEAR = 365.25


class Window(StrEnum):
    """Whether an indicator with this measure may, must or must not say `months`."""

    OPTIONAL = "optional"
    REQUIRED = "required"
    NONE = "none"


class Measure(FileSpec, ABC):
    """A way to turn records into one value for each entity and date.

    The fields of a subclass are the parameters that a system file may set. A new measure is one file and
    one line in `creditrisk.indicators.measures.MEASURES`.

    Attributes
    ----------
    window : Window
        Whether `months` may, must or must not be given.
    windows : int
        How many windows of that length, one before the other, hold every record that the value can come from;
        0 if it may also come from others.
    reads_records : bool
        Whether the value comes from records; if not, only from the as-of date.
    needs_population : bool
        Whether the value compares an entity with all others of the snapshot, so that it is not defined
        for a cohort.
    """

    window: ClassVar[Window] = Window.OPTIONAL
    windows: ClassVar[int] = 1
    reads_records: ClassVar[bool] = True
    needs_population: ClassVar[bool] = False

    def beside(self) -> Mapping[str, Mapping[str, Condition | None]]:
        """Return what the measure reads of other record types than the indicator's own.

        Returns
        -------
        mapping of str to mapping of str to Condition or None
            By record type, its columns and what their values must be, if anything; by default: nothing.
        """
        return {}

    def prepare(self, events: "Events") -> Mapping[str, IbisValue]:
        """Return columns to be computed on the records before they are aggregated.

        Parameters
        ----------
        events : Events
            The records, not yet aggregated.

        Returns
        -------
        mapping of str to ibis expression
            By key; `Events.prepared` gives them back in `parts`.
        """
        return {}

    @abstractmethod
    def parts(self, events: "Events") -> Mapping[str, IbisValue]:
        """Return the aggregates that the value is made of.

        Parameters
        ----------
        events : Events
            The records with the prepared columns.

        Returns
        -------
        mapping of str to ibis expression
            By key; most measures have the single key ``"value"``.
        """

    @abstractmethod
    def scan(self, rows: "Rows") -> "Mapping[str, Reduction]":
        """Return the same aggregates as `parts`, for the compiled scan.

        Parameters
        ----------
        rows : Rows
            The records.

        Returns
        -------
        mapping of str to Reduction
            By the keys of `parts`.
        """

    def finish(self, parts: pd.DataFrame) -> "pd.Series[Any]":
        """Return the value from its aggregates.

        Parameters
        ----------
        parts : DataFrame, (n_spine, keys)
            One column a key of `parts`, indexed by (as_of, entity_id).

        Returns
        -------
        Series, (n_spine,)
            The value, null where there is nothing to measure.
        """
        return parts["value"]

    def evidence(self, events: "Events") -> IbisBoolean:
        """Return the condition that holds for the records behind the value.

        Parameters
        ----------
        events : Events
            The records with the prepared columns.

        Returns
        -------
        ibis boolean expression
            By default: inside the window and the filter.
        """
        return events.mask

    def records_of(self, table: IbisTable, snapshot: "Snapshot", entity_id: str) -> IbisTable:
        """Return the records that can be behind the value of an entity.

        Parameters
        ----------
        table : ibis.Table
            The indicator's record type.
        snapshot : Snapshot
            What was known.
        entity_id : str
            The entity.

        Returns
        -------
        ibis.Table
            By default: the entity's own; other columns may say why a record is among them.
        """
        return table.filter(table.entity_id == entity_id)

    def behind(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return the rows that decide the value, of those that `evidence` let through.

        Parameters
        ----------
        rows : DataFrame
            Records of one entity at one date, oldest first.

        Returns
        -------
        DataFrame
            By default: all of them.
        """
        return rows
