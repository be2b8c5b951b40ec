"""All that a bureau holds: clean records that can be asked what was known when, and what came of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import ibis
import pandas as pd
import pyarrow as pa

from creditrisk.errors import DateError, OutcomeError, SpecError
from creditrisk.records.accounts import Account, accounts_frame
from creditrisk.records.cohort import read_cohort
from creditrisk.records.dates import DateLike, add_months, check_months, to_date
from creditrisk.records.engine import IbisTable, to_frame, to_value
from creditrisk.records.measured_outcomes import known_by_then, measure
from creditrisk.records.outcomes import OutcomeDefinition, load_definition
from creditrisk.records.rejections import Rejections
from creditrisk.records.schema import Table
from creditrisk.records.snapshot import Snapshot, snapshot_of_cohort, snapshot_of_day

if TYPE_CHECKING:
    from creditrisk.records.quality.audit import Audit
    from creditrisk.records.quality.standard import AuditStandard


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
    account : tuple of Account
        What became of the rows of every table; see `accounts`.
    ignored : tuple of str
        Tables, and columns as ``table.column``, of the source that no record type and no mapping names.
    first_known_on, last_known_on : datetime.date
        The first and last day on which the bureau learned anything.
    notes : tuple of str, default ()
        What had to be assumed in reading (an encoding), and files that look like records but were passed
        over.
    """

    tables: Mapping[str, IbisTable]
    shapes: Mapping[str, Table]
    rejections: Rejections
    account: tuple[Account, ...]
    ignored: tuple[str, ...]
    first_known_on: dt.date
    last_known_on: dt.date
    notes: tuple[str, ...] = ()

    def accounts(self) -> pd.DataFrame:
        """Return how many rows of each table were accepted and rejected.

        Returns
        -------
        pandas.DataFrame
            Columns `table`, `source_rows`, `left_out` (by the mapping), `read`, `accepted` and `rejected`;
            ``read = source_rows - left_out = accepted + rejected``.
        """
        return accounts_frame(self.account)

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

    def outcomes(
        self,
        after: DateLike | pd.DataFrame,
        *,
        months: int = 12,
        definition: OutcomeDefinition | str | Path | None = None,
        known_by: DateLike | None = None,
    ) -> pd.DataFrame:
        """Return what came of every entity in the months after a day.

        Parameters
        ----------
        after : str, datetime.date, pandas.Timestamp or pandas.DataFrame
            The day, or a cohort; the entities are those of ``as_of(after)``, the window is
            ``[after, after + months)``.
        months : int, default 12
            How long the window is.
        definition : OutcomeDefinition, str or Path, optional
            What counts as contact, violation and loss: a definition, the name of a packaged one or a TOML
            file; ``"violation"`` by default.
        known_by : str, datetime.date or pandas.Timestamp, optional
            Only what was known strictly before this day counts. A model that is to have been trained on a day
            must not know of outcomes that the bureau learned of later. Losses that the definition says were
            not settled by this day are missing.

        Returns
        -------
        pandas.DataFrame, (n_entities, 5)
            Indexed by `entity_id` (by `as_of` and `entity_id` for a cohort), sorted: `inspected` (boolean);
            `violation` (1, 0, missing if never inspected); ``loss_<currency>`` (money in the window, missing
            unless there is a violation); `inclusion_probability` (of the random contact, if any); `channel`
            (the first of random, targeted, campaign and complaint that applies, none if unknown or never
            inspected). ``attrs["creditrisk"]`` says how it was made.

        Raises
        ------
        OutcomeError
            If nobody was inspected in the window.
        DateError
            If no entity was registered before the day.
        SpecError
            If `months`, the definition or the cohort cannot be meant.
        """
        months = check_months(months)
        chosen = load_definition(definition or "violation")
        known = None if known_by is None else to_date(known_by)
        snapshot = self.as_of(after)
        held = known_by_then(self.tables, self.shapes, known)
        result = measure(held, _windows(snapshot, months), chosen)
        if not result["inspected"].any():
            raise OutcomeError(_nobody(snapshot, months, chosen, known))
        if known is not None and chosen.settled_after_months:
            _hide_unsettled(result, chosen, months, known)
        if snapshot.date is not None:
            result = result.droplevel("as_of")
        result.attrs["creditrisk"] = {
            "after": snapshot.date.isoformat() if snapshot.date else None,
            "months": months,
            "known_by": known.isoformat() if known else None,
            "definition": chosen.name,
            "currency": chosen.currency,
            "absent": [name for name in chosen.tables if name not in self.tables],
        }
        return result

    def audit(self, as_of: DateLike, *, standard: "AuditStandard | str | Path | None" = None) -> "Audit":
        """Check the records in six dimensions, as they were known on a day.

        Parameters
        ----------
        as_of : str, datetime.date or pandas.Timestamp
            Only what was known strictly before this day is looked at, clean and rejected rows alike.
        standard : AuditStandard, str or Path, optional
            What is demanded: a standard, the name of a packaged one or a TOML file; ``"guangdong"`` by
            default.

        Returns
        -------
        Audit
            Checked and failing records by dimension, table, responsible organisation and rule, and which
            they are.

        Raises
        ------
        DateError
            If nothing was known before the day.
        SourceError, SpecError
            If the standard cannot be read or cannot be meant.
        """
        from creditrisk.records.quality.run import audit_records

        return audit_records(self, as_of, standard=standard)

    def watched_since(self, definition: OutcomeDefinition | str | Path | None = None) -> dt.date | None:
        """Return the first day on which a record that can show a violation was known.

        Parameters
        ----------
        definition : OutcomeDefinition, str or Path, optional
            What counts as contact and violation; ``"violation"`` by default.

        Returns
        -------
        datetime.date or None
            None if no such record is held.
        """
        showing = load_definition(definition or "violation").showing
        firsts = [to_value(self.tables[name].known_on.min()) for name in showing if name in self.tables]
        known = [first for first in firsts if first is not None]
        return min(known) if known else None

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


def _windows(snapshot: Snapshot, months: int) -> IbisTable:
    if snapshot.date is not None:
        return snapshot.spine.mutate(window_end=ibis.literal(add_months(snapshot.date, months)))
    days = to_frame(snapshot.spine.select("as_of").distinct())["as_of"].dt.date
    ends = pa.table({"as_of": list(days), "window_end": [add_months(day, months) for day in days]})
    return snapshot.spine.inner_join(ibis.memtable(ends), "as_of")


def _hide_unsettled(result: pd.DataFrame, definition: OutcomeDefinition, months: int, known: dt.date) -> None:
    """Blank the losses of the windows whose records were not complete on the day `known`."""
    days = result.index.get_level_values("as_of")
    early = [day for day in days.unique() if _settled(day, definition, months) > known]
    result.loc[days.isin(early), definition.loss_column] = float("nan")


def _settled(day: DateLike, definition: OutcomeDefinition, months: int) -> dt.date:
    return add_months(to_date(day), months + definition.settled_after_months)


def _nobody(snapshot: Snapshot, months: int, definition: OutcomeDefinition, known_by: dt.date | None) -> str:
    days = snapshot.spine.as_of
    first, last = to_value(days.min()), to_value(days.max())
    tables = ", ".join(definition.showing)
    known = f" and was known before {known_by}" if known_by else ""
    return (
        f"Outcomes need somebody who was inspected; no record of {tables} lies from {first} to before "
        f"{add_months(last, months)}{known}, choose an earlier date, more months or another definition."
    )
