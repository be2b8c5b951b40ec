"""Which indicators a snapshot cannot give."""

from typing import TYPE_CHECKING

from creditrisk.indicators.indicator import Indicator

if TYPE_CHECKING:
    from creditrisk.records.snapshot import Snapshot


def is_absent(indicator: Indicator, snapshot: "Snapshot") -> bool:
    """Return whether a snapshot cannot give an indicator.

    Parameters
    ----------
    indicator : Indicator
        The spec.
    snapshot : Snapshot
        Of one date or of a cohort.

    Returns
    -------
    bool
        True if a record type that it reads is absent, or if it compares an entity with others and the
        snapshot is of a cohort, which does not show them.
    """
    if indicator.measure.needs_population and snapshot.date is None:
        return True
    return any(snapshot.table(name) is None for name in tables_of(indicator))


def tables_of(indicator: Indicator) -> list[str]:
    """Return the record types that an indicator reads.

    Parameters
    ----------
    indicator : Indicator
        The spec.

    Returns
    -------
    list of str
        Its own first.

    Examples
    --------
    >>> from creditrisk.indicators.load import load_system
    >>> tables_of(load_system("general").indicator("S06"))
    ['penalty']
    """
    own = [] if indicator.table is None else [indicator.table]
    return list(dict.fromkeys([*own, *indicator.measure.beside()]))
