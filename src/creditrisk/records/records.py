"""All that a bureau holds: clean records that can be asked what was known when, and what came of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import pandas as pd
import pyarrow as pa

from creditrisk.errors import DateError, SpecError
from creditrisk.records.cohort import read_cohort
from creditrisk.records.dates import DateLike, to_date
from creditrisk.records.engine import IbisTable, to_value
from creditrisk.records.rejections import Rejections
from creditrisk.records.schema import Table
from creditrisk.records.snapshot import Snapshot, snapshot_of_cohort, snapshot_of_day


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Records:
    """Clean records by table; `read_records` makes them.

    Parameters
    ----------
    tables : mapping of str to ibis.Table
        The rows that broke no rule, with all columns of their record type.
    shapes : mapping of str to Table
        The record types, with the columns that a mapping added.
    rejections : Rejections
        The rows that broke one.
    ignored : tuple of str
        Tables, and columns as ``table.column``, of the source that no record type and no mapping names.
    first_known_on, last_known_on : datetime.date
        The first and last day on which the bureau learned anything.
    """

    tables: Mapping[str, IbisTable]
    shapes: Mapping[str, Table]
    rejections: Rejections
    ignored: tuple[str, ...]
    first_known_on: dt.date
    last_known_on: dt.date

    def as_of(self, when: DateLike | pd.DataFrame) -> Snapshot:
        """Return what was known strictly before a day.

        Parameters
        ----------
        when : str, datetime.date, pandas.Timestamp or pandas.DataFrame
            The day; or a cohort with the columns `entity_id` and `as_of`, each entity on its own day.

        Returns
        -------
        Snapshot
            For a day, the entities are those registered and not deregistered, as known then.

        Raises
        ------
        DateError
            If no entity was registered before the day.
        SpecError
            If a cohort names an entity twice a day, or one that is not registered.
        """
        if isinstance(when, pd.DataFrame):
            return snapshot_of_cohort(self.tables, self.shapes, self._spine(read_cohort(when)))
        day = to_date(when)
        self._check_day(day)
        return snapshot_of_day(self.tables, self.shapes, day)

    def _spine(self, cohort: pd.DataFrame) -> IbisTable:
        self._check_day(cohort["as_of"].min())
        spine = ibis.memtable(
            pa.table({"entity_id": cohort["entity_id"].astype(str), "as_of": list(cohort["as_of"])})
        )
        unknown = to_value(spine.anti_join(self.tables["registration"], "entity_id").count())
        if unknown:
            raise SpecError(
                f"A cohort names registered entities; {unknown} of its {len(cohort)} rows name one that the "
                f"table 'registration' does not have; leave them out."
            )
        return spine

    def _check_day(self, day: dt.date) -> None:
        first = to_value(self.tables["registration"].known_on.min())
        if day <= first:
            raise DateError(
                f"Nothing was known before {day}: the first registration was known on {first}; choose a "
                f"date after it."
            )
