"""From a snapshot to a table of indicators."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin

from creditrisk.errors import SpecError
from creditrisk.indicators.absent import is_absent
from creditrisk.indicators.executors.choice import chosen_executor
from creditrisk.indicators.frame import KEY
from creditrisk.indicators.system import Group, IndicatorSystem
from creditrisk.records.dates import DateLike, to_date

if TYPE_CHECKING:
    from creditrisk.indicators.explanation import Explanation
    from creditrisk.records.records import Records
    from creditrisk.records.snapshot import Snapshot


class IndicatorExtractor(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Compute the indicators of a system from what was known on a day.

    Parameters
    ----------
    system : IndicatorSystem
        What to compute; see `load_system`.
    executor : {"auto", "sql", "scan"}, default "auto"
        How: ``"sql"`` runs one Ibis query on the engine that holds the records, ``"scan"`` a compiled pass
        over records that are fetched once, many dates together; ``"auto"`` takes the scan for records in
        memory. The values are the same.

    Examples
    --------
    >>> import creditrisk.indicators.load as load
    >>> extractor = IndicatorExtractor(load.load_system("general"))
    >>> list(extractor.get_feature_names_out()[-2:])
    ['region', 'sector']
    """

    def __init__(self, system: IndicatorSystem, *, executor: Literal["auto", "sql", "scan"] = "auto") -> None:
        self.system = system
        self.executor = executor

    def fit(self, snapshot: object = None, y: object = None) -> Self:
        """Return the extractor itself: there is nothing to learn.

        Parameters
        ----------
        snapshot, y : object, optional
            Not used.

        Returns
        -------
        IndicatorExtractor
            The same object.
        """
        return self

    def __sklearn_is_fitted__(self) -> bool:
        """Return true: an extractor needs no fit."""
        return True

    def get_feature_names_out(self, input_features: object = None) -> np.ndarray[Any, np.dtype[np.object_]]:
        """Return the columns of X.

        Parameters
        ----------
        input_features : object, optional
            Not used.

        Returns
        -------
        ndarray of str
            Indicators in the order of the system, then its groups.
        """
        return np.asarray([*self.system.names, *self.system.groups], dtype=object)

    def transform(self, snapshot: "Snapshot") -> pd.DataFrame:
        """Return the indicators of every entity of a snapshot.

        Parameters
        ----------
        snapshot : Snapshot
            From `Records.as_of`, of one date or of a cohort.

        Returns
        -------
        DataFrame, (entities, indicators + groups)
            Sorted; indexed by entity_id for one date, by (as_of, entity_id) for a cohort. Numbers are
            float64, text and groups are strings, missing values are NaN or None. ``attrs["creditrisk"]``
            says what the columns are (`creditrisk.indicators.frame`). Indicators whose record type is
            absent are missing for everybody and listed there.

        Raises
        ------
        SpecError
            If it is not a snapshot.
        SchemaError
            If the records do not have a column that an indicator reads.
        """
        _check_snapshot(snapshot)
        absent = self._absent([snapshot])
        X = self._table(snapshot, absent)
        if snapshot.date is not None:
            X.index = X.index.get_level_values("entity_id")
        X.attrs[KEY] = self.about(snapshot)
        return X

    def panel(self, records: "Records", dates: Iterable[DateLike]) -> pd.DataFrame:
        """Return the indicators of every entity on several dates.

        Parameters
        ----------
        records : Records
            All records.
        dates : iterable of str, datetime.date or pandas.Timestamp
            As-of dates.

        Returns
        -------
        DataFrame, (entities x dates, indicators + groups)
            Indexed by (as_of, entity_id), in the order of the dates; otherwise as from `transform`.

        Raises
        ------
        SpecError
            If there is no date.
        """
        days = [to_date(date) for date in dates]
        if not days:
            raise SpecError("A panel needs at least one as-of date; got none.")
        earliest = records.as_of(min(days))
        if chosen_executor(self.executor, records.tables["registration"]) == "scan":
            return self._scanned_panel(records, days, self._absent([earliest]))
        snapshots = {day: records.as_of(day) for day in days}
        frames = [self.transform(snapshot) for snapshot in snapshots.values()]
        panel = pd.concat(frames, keys=pd.DatetimeIndex(days).as_unit("ms"), names=["as_of", "entity_id"])
        panel.attrs[KEY] = self._about(None, self._absent(snapshots.values()))
        return panel

    def explain(self, snapshot: "Snapshot", entity_id: str, indicator: str) -> "Explanation":
        """Return one value with its window and the records that made it, or why there is none.

        Parameters
        ----------
        snapshot : Snapshot
            The one that was transformed.
        entity_id : str
            The entity.
        indicator : str
            Id or name of an indicator.

        Returns
        -------
        Explanation
            Its `records` are rows of the indicator's record type as they were known, oldest first; empty if
            there is none. Where the value comes from other entities, `entity_id` is theirs, and a measure of
            relations adds how many hops away they are (`hop`) and how much they count (`weight`).

        Raises
        ------
        SpecError
            If the snapshot has no such entity, or the system no such indicator.
        """
        _check_snapshot(snapshot)
        from creditrisk.indicators.explain import explained

        one = self.system.indicator(indicator)
        alone = replace(self.system, indicators=(one,), rules=(), groups={})
        X = IndicatorExtractor(alone, executor=self.executor).transform(snapshot)
        return explained(snapshot, entity_id, one, X)

    def _table(self, snapshot: "Snapshot", absent: list[str]) -> pd.DataFrame:
        if chosen_executor(self.executor, snapshot.tables["registration"]) == "scan":
            from creditrisk.indicators.executors.scan.run import table_of as scanned
            from creditrisk.indicators.executors.scan.sight import sight_of_snapshot

            return scanned(self.system, sight_of_snapshot(snapshot), absent)
        from creditrisk.indicators.executors.sql import table_of as queried

        return queried(self.system, snapshot, absent)

    def _scanned_panel(self, records: "Records", days: list[dt.date], absent: list[str]) -> pd.DataFrame:
        from creditrisk.indicators.executors.scan.run import table_of
        from creditrisk.indicators.executors.scan.sight import sight_of_panel

        panel = table_of(self.system, sight_of_panel(records, list(dict.fromkeys(days))), absent)
        panel.attrs[KEY] = self._about(None, absent)
        return panel

    def _absent(self, snapshots: "Collection[Snapshot]") -> list[str]:
        """Return the indicators that no snapshot can give."""
        return [one.name for one in self.system.indicators if all(is_absent(one, each) for each in snapshots)]

    def about(self, snapshot: "Snapshot") -> dict[str, Any]:
        """Return what `transform` says of its columns, in ``attrs["creditrisk"]``.

        Parameters
        ----------
        snapshot : Snapshot
            The one that is transformed.

        Returns
        -------
        dict
            Plain values; see `creditrisk.indicators.frame`.
        """
        return self._about(snapshot.date.isoformat() if snapshot.date else None, self._absent([snapshot]))

    def _about(self, as_of: str | None, absent: list[str]) -> dict[str, Any]:
        indicators = self.system.indicators
        return {
            "system": self.system.id,
            "version": self.system.version,
            "as_of": as_of,
            "directions": {one.name: one.direction for one in indicators},
            "uses": {one.name: one.use for one in indicators},
            "groups": list(self.system.groups),
            "titles": {one.name: [one.title_en, one.title_zh] for one in indicators}
            | {name: _titles(name, group) for name, group in self.system.groups.items()},
            "units": {one.name: one.unit for one in indicators},
            "absent": absent,
        }


def _check_snapshot(snapshot: object) -> None:
    from creditrisk.records.snapshot import Snapshot

    if not isinstance(snapshot, Snapshot):
        raise SpecError(
            f"Extractors accept only a Snapshot; got {type(snapshot).__name__}; call records.as_of(date)."
        )


def _titles(name: str, group: Group) -> list[str]:
    plain = name.replace("_", " ")
    return [group.title_en or plain, group.title_zh or plain]
