"""A snapshot of the records that still count (仍在影响期内的信息): the rest are left out, none is added."""

from collections.abc import Collection
from dataclasses import replace

from creditrisk.errors import SpecError
from creditrisk.records.repair.rules import AnyRegime, rules_for, tables_of
from creditrisk.records.repair.state import STATE, RecordState, with_states
from creditrisk.records.snapshot import Snapshot


def counting_only(
    snapshot: Snapshot,
    *,
    regime: AnyRegime = None,
    states: Collection[str] = (RecordState.ACTIVE,),
) -> Snapshot:
    """Return a snapshot without the records that no longer count on its day.

    Parameters
    ----------
    snapshot : Snapshot
        From `Records.as_of`, of one day or of a cohort.
    regime : RepairRegime, str or Path, optional
        The regime for every record; without one, each falls under the packaged regime of its `occurred_on`.
    states : collection of RecordState or str, default ("active",)
        Which records stay; add ``"not_public"`` to keep those that are never published.

    Returns
    -------
    Snapshot
        The same day and entities; records of types of which no regime speaks all stay.

    Raises
    ------
    SpecError
        If a state is unknown, or a regime names a column that its table does not have.
    """
    known = [state.value for state in RecordState]
    for state in states:
        if state not in known:
            raise SpecError(f"A state of a record is one of {', '.join(known)}; got {state!r}.")
    kept = [str(state) for state in states]
    tables = dict(snapshot.tables)
    for name in tables_of(regime):
        if name in tables:
            rows = with_states(snapshot, name, rules_for(name, regime))
            tables[name] = rows.filter(rows[STATE].isin(kept)).select(*tables[name].columns)
    return replace(snapshot, tables=tables)
