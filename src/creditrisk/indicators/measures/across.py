"""Measures that spread a condition from the entities that meet it to others, such as related ones.

Whether an entity meets the condition itself is what `parts` and `scan` give, as for any flag. `spread` joins
that to other entities on the engine that holds the records; both executors take this way, since a scan looks
at one entity at a time.
"""

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from creditrisk.indicators.measures.measure import Measure
from creditrisk.records.engine import IbisTable

if TYPE_CHECKING:
    from creditrisk.records.snapshot import Snapshot


class Across(Measure):
    """A measure of what is known of other entities."""

    needs_population: ClassVar[bool] = True

    @abstractmethod
    def spread(self, met: IbisTable, snapshot: "Snapshot") -> IbisTable:
        """Return the parts that `finish` makes the value of.

        Parameters
        ----------
        met : ibis.Table
            `entity_id`, `as_of` and `met`, which is 1 for an entity that meets the condition itself; others
            have null or no row.
        snapshot : Snapshot
            What was known on a single day.

        Returns
        -------
        ibis.Table
            `entity_id`, `as_of` and one column a part; entities without a row have null.
        """

    @abstractmethod
    def others(self, snapshot: "Snapshot", entity_id: str) -> IbisTable:
        """Return the other entities that the value of an entity comes from.

        Parameters
        ----------
        snapshot : Snapshot
            What was known on a single day.
        entity_id : str
            The entity.

        Returns
        -------
        ibis.Table
            Their `entity_id`, and how they relate to it.
        """

    def records_of(self, table: IbisTable, snapshot: "Snapshot", entity_id: str) -> IbisTable:
        return table.join(self.others(snapshot, entity_id), "entity_id")
