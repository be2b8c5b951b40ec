"""Who inspects whom: inspectors drawn by lot, save the recused and the fully occupied (检查人员随机选派)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.errors import SpecError, shown
from creditrisk.supervision.lot import Seed, lot_numbers

Flags = NDArray[np.bool_]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspector:
    """Somebody who can be sent.

    Parameters
    ----------
    id : str
        A hashed id or number, not a name.
    recused_from : frozenset of str, default frozenset()
        Entities that this inspector must not visit (回避).
    most_visits : int, optional
        How many visits at most; without a limit if not given.
    """

    id: str
    recused_from: frozenset[str] = field(default_factory=frozenset)
    most_visits: int | None = None

    def __post_init__(self) -> None:
        """Check every field."""
        most = self.most_visits
        if most is not None and (isinstance(most, bool) or not isinstance(most, int) or most < 0):
            raise SpecError(
                f"An inspector's most visits are a whole number, 0 or more; got {shown(most)} for "
                f"{shown(self.id)}: change it."
            )


def assign_inspectors(
    draw: pd.DataFrame, inspectors: Sequence[Inspector], *, seed: Seed, each: int = 2
) -> pd.Series:
    """Draw the inspectors of every visit; the same input gives the same answer to anyone.

    Visits with the fewest possible inspectors come first. For each visit, everyone who is not recused has a
    chance in proportion to the visits that they can still make.

    Parameters
    ----------
    draw : DataFrame
        What `InspectionPlan.draw` returned; its drawn entities are visited.
    inspectors : sequence of Inspector
        Who can be sent.
    seed : int or str
        A published seed, which may be that of the draw.
    each : int, default 2
        How many inspectors a visit needs.

    Returns
    -------
    Series of str, (visits,)
        Ids of the inspectors of each drawn entity, joined by commas, in the order of the draw.

    Raises
    ------
    SpecError
        If inspectors share an id, or a visit cannot have so many inspectors.

    Examples
    --------
    >>> draw = pd.DataFrame({"drawn": [True, False, True]}, index=["a", "b", "c"])
    >>> staff = [Inspector(id="n1", recused_from=frozenset({"a"})), Inspector(id="n2")]
    >>> assign_inspectors(draw, staff, seed=1, each=1)["a"]
    'n2'
    """
    ids = [inspector.id for inspector in inspectors]
    if len(set(ids)) < len(ids):
        twice = next(one for one in ids if ids.count(one) > 1)
        raise SpecError(f"Inspectors have different ids; got {shown(twice)} more than once: rename one.")
    visited = draw.index[draw["drawn"].to_numpy(dtype=bool)]
    free = _free(visited, inspectors)
    left = np.array([_limit(one, len(visited)) for one in inspectors], dtype=np.int64)
    chosen: dict[str, str] = {}
    for visit in np.lexsort((lot_numbers(visited, seed), free.sum(axis=1))):
        entity = visited[visit]
        able = np.flatnonzero(free[visit] & (left > 0))
        if len(able) < each:
            raise SpecError(
                f"A visit needs {each} inspectors who are neither recused nor fully occupied; for "
                f"{shown(entity)} there are {len(able)}: add inspectors or raise most_visits."
            )
        sent = _race(entity, able, ids, left, seed)[:each]
        left[sent] -= 1
        chosen[entity] = ",".join(sorted(ids[one] for one in sent))
    return pd.Series(chosen, dtype=object).reindex(visited).rename("inspector_ids")


def _free(visited: pd.Index, inspectors: Sequence[Inspector]) -> Flags:
    columns = [~visited.isin(list(one.recused_from)) for one in inspectors]
    return np.column_stack(columns) if columns else np.zeros((len(visited), 0), dtype=bool)


def _limit(inspector: Inspector, visits: int) -> int:
    return visits if inspector.most_visits is None else min(inspector.most_visits, visits)


def _race(entity: str, able: Codes, ids: Sequence[str], left: Codes, seed: Seed) -> Codes:
    """Return the able inspectors in the order of exponential times whose rates are the visits left."""
    numbers = lot_numbers([f"{entity}\n{ids[one]}" for one in able], seed)
    return able[np.argsort(-np.log1p(-numbers) / left[able], kind="stable")]
