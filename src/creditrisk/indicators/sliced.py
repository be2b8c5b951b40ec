"""The indicators of a snapshot in slices of entities, so that no more than a slice is held at once.

Most indicators speak of an entity's own records and are computed slice by slice. Those that compare it with
others (base rates, related entities, shared addresses, rates shrunk towards that of everybody) need everybody
at once; they are computed before, one number an entity each.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from creditrisk.indicators.absent import is_absent
from creditrisk.indicators.executors.scan.run import table_of
from creditrisk.indicators.executors.scan.sheet import ENTITY
from creditrisk.indicators.executors.scan.sight import Sight, sight_of_snapshot
from creditrisk.indicators.executors.scan.spine import one_date
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.frame import KEY
from creditrisk.indicators.indicator import Indicator
from creditrisk.indicators.system import IndicatorSystem

if TYPE_CHECKING:
    from creditrisk.records.snapshot import Snapshot

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slices:
    """A snapshot of one day that is measured slice by slice; a slice is the same whichever came before.

    Parameters
    ----------
    system : IndicatorSystem
        What to compute.
    snapshot : Snapshot
        Of a single day.
    size : int
        Entities a slice.
    population : mapping of str to ndarray of float64 of shape (n_entities,)
        The values of the indicators that `of_population` names, from `column_of_population`.
    sight : Sight
        The same snapshot with its entities in order.
    """

    system: IndicatorSystem
    snapshot: "Snapshot"
    size: int
    population: Mapping[str, Numbers]
    sight: Sight

    @property
    def entities(self) -> int:
        """How many entities there are."""
        return self.sight.spine.count

    def __len__(self) -> int:
        """Return the number of slices."""
        return -(-self.entities // self.size)

    def bounds(self, number: int) -> tuple[int, int]:
        """Return the places of the first entity of a slice and of the first one behind it."""
        return number * self.size, min((number + 1) * self.size, self.entities)

    def measure(self, number: int) -> pd.DataFrame:
        """Return the indicators of one slice.

        Parameters
        ----------
        number : int
            Which slice, from 0 on.

        Returns
        -------
        DataFrame, (entities of the slice, indicators + groups)
            The rows that `IndicatorExtractor.transform` gives these entities.
        """
        begin, end = self.bounds(number)
        own = tuple(one for one in self.system.indicators if one.name not in self.population)
        system = replace(self.system, indicators=own, rules=())
        absent = [one.name for one in own if is_absent(one, self.snapshot)]
        X = table_of(system, self._sight(begin, end), absent)
        X.index = X.index.get_level_values(ENTITY)
        for name, values in self.population.items():
            X[name] = np.array(values[begin:end])
        X = X[[*self.system.names, *self.system.groups]]
        X.attrs[KEY] = IndicatorExtractor(self.system).about(self.snapshot)
        return X

    def _sight(self, begin: int, end: int) -> Sight:
        spine, tables = self.sight.spine, self.sight.tables
        entities = spine.entities.take(pa.array(np.arange(begin, end)))
        first, last = entities[0].as_py(), entities[-1].as_py()
        own = {name: each.filter(each[ENTITY].between(first, last)) for name, each in tables.items()}
        return replace(self.sight, tables=own, spine=one_date(spine.dates[0], entities), snapshots=tuple)


def slices_of(
    system: IndicatorSystem, snapshot: "Snapshot", *, size: int, population: Mapping[str, Numbers]
) -> Slices:
    """Return a snapshot of a single day in slices; see `Slices`."""
    sight = sight_of_snapshot(snapshot)
    return Slices(system=system, snapshot=snapshot, size=size, population=population, sight=sight)


def of_population(system: IndicatorSystem) -> tuple[Indicator, ...]:
    """Return the indicators of a system whose value for one entity depends on the records of others.

    Parameters
    ----------
    system : IndicatorSystem
        A system.

    Returns
    -------
    tuple of Indicator
        In its order.

    Examples
    --------
    >>> from creditrisk.indicators.load import load_system
    >>> of_population(load_system("general"))[0].measure.__class__.__name__
    'BaseRate'
    """
    return tuple(one for one in system.indicators if _needs_others(one.measure))


def column_of_population(system: IndicatorSystem, snapshot: "Snapshot", name: str) -> Numbers:
    """Return the values of one indicator of a system for all entities of a snapshot, in their order."""
    alone = replace(system, indicators=(system.indicator(name),), rules=(), groups={})
    return IndicatorExtractor(alone).transform(snapshot)[name].to_numpy(dtype=np.float64, na_value=np.nan)


def _needs_others(measure: Any) -> bool:
    return measure.needs_population or getattr(measure, "prior_mean", None) == "population"
