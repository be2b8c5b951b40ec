"""Known faults of all six dimensions, planted into a clean registry."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.records.synthetic.fault import Fault, Ground, Rows
from creditrisk.records.synthetic.faulty_copies import FAULTY_COPIES
from creditrisk.records.synthetic.faulty_gaps import drop_months, drop_reports
from creditrisk.records.synthetic.faulty_values import FAULTY_VALUES
from creditrisk.records.synthetic.population import REGIONS
from creditrisk.records.synthetic.streams import Streams
from creditrisk.records.synthetic.uscc import SERIALS, usccs
from creditrisk.records.tables import TABLES

if TYPE_CHECKING:
    from creditrisk.records.synthetic.registry import SyntheticRegistry

FAULTS: tuple[Fault, ...] = FAULTY_VALUES + FAULTY_COPIES
_SETTLED_DAYS = 184
_STRANGERS = 200
_COLUMNS = ("table", "record_id", "dimension", "fault")


def plant_faults(
    registry: "SyntheticRegistry", *, share: float = 0.01, seed: int = 0
) -> tuple["SyntheticRegistry", pd.DataFrame]:
    """Plant known faults into copies of the tables, never two on one record.

    Faults are planted on records that were known half a year before the last day of the truth, so that an
    audit on that day or later can see each of them.

    Parameters
    ----------
    registry : SyntheticRegistry
        A clean one; it stays as it is.
    share : float, default 0.01
        Share of the settled records of each table that become faulty, at most 0.2; above 0, each table has
        every fault that it can have at least once, however few its records are.
    seed : int, default 0
        The same seed plants the same faults.

    Returns
    -------
    SyntheticRegistry
        The registry with the faults, listed in `planted`, and the same truth.
    DataFrame
        What was planted: `table`, `record_id`, `dimension` (which has to find it) and `fault`. Of what is
        missing, `record_id` is the organisation and the month, or the entity and the year, as in
        ``"5101 utilities 2023-05"``.

    Raises
    ------
    SpecError
        If the share is not between 0 and 0.2, or the seed is negative.

    Examples
    --------
    >>> from creditrisk.records.synthetic import simulate
    >>> faulty, planted = plant_faults(simulate(300, seed=1, first_year=2021), share=0.02, seed=1)
    >>> sorted(planted["dimension"].unique())
    ['accuracy', 'completeness', 'coverage', 'redundancy', 'relatedness', 'timeliness']
    """
    if not 0 <= share <= 0.2:
        raise SpecError(f"The share of faulty records lies between 0 and 0.2; got {share}; choose another.")
    if seed < 0:
        raise SpecError(f"A seed is 0 or a positive number; got {seed}; choose another.")
    streams = Streams(seed)
    tables = dict(registry.tables)
    until = registry.truth["as_of"].max() - pd.Timedelta(days=_SETTLED_DAYS)
    planted = drop_months(tables, until, share, streams("faults months"))
    planted += drop_reports(tables, until, share, streams("faults years"))
    strangers = _strangers(streams, registry.tables["registration"]["entity_id"])
    names = registry.tables["registration"]["name"]
    linked = _linked(tables)
    for name in TABLES:
        ground = Ground(
            table=TABLES[name],
            frame=tables[name].copy(),
            unlinked=~tables[name]["record_id"].isin(linked).to_numpy(),
            named=_named(tables[name], tables["registration"]),
            names=names,
            strangers=strangers,
            rng=streams(f"faults {name}"),
        )
        tables[name], found = _plant(ground, np.asarray(ground.frame["known_on"] < until), share)
        planted += found
    frame = pd.DataFrame(planted, columns=list(_COLUMNS)).astype("str")
    return replace(registry, tables=tables, planted=frame), frame


def _plant(
    ground: Ground, settled: NDArray[np.bool_], share: float
) -> tuple[pd.DataFrame, list[dict[str, str]]]:
    """Divide the faulty records of a table evenly among the faults that it can have, one each at least."""
    free = settled.copy()
    could = [(fault, fault.can(ground)) for fault in FAULTS]
    possible = [(fault, can) for fault, can in could if can is not None and (free & can).any()]
    number = round(share * int(settled.sum()))
    planted, copies = [], []
    for place, (fault, can) in enumerate(possible):
        even = (number * (place + 1)) // len(possible) - (number * place) // len(possible)
        rows = _draw(ground.rng, np.flatnonzero(free & can), max(even, 1 if share else 0))
        if not len(rows):
            continue
        free[rows] = False
        added = fault.plant(ground, rows)
        ids = ground.frame["record_id"].iloc[rows] if added is None else added["record_id"]
        planted += [_said(ground.table.name, record, fault) for record in ids]
        copies += [] if added is None else [added]
    return pd.concat([ground.frame, *copies], ignore_index=True), planted


def _draw(rng: np.random.Generator, candidates: Rows, wanted: int) -> Rows:
    return np.sort(rng.choice(candidates, min(wanted, len(candidates)), replace=False))


def _said(table: str, record_id: str, fault: Fault) -> dict[str, str]:
    return {"table": table, "record_id": record_id, "dimension": str(fault.dimension), "fault": fault.name}


def _linked(tables: dict[str, pd.DataFrame]) -> set[str]:
    """Return the ids of all records to which others refer."""
    columns = [(name, link.column) for name in tables for link in TABLES[name].links]
    return set().union(*(tables[name][column].dropna() for name, column in columns))


def _named(frame: pd.DataFrame, registration: pd.DataFrame) -> NDArray[np.bool_]:
    with_name = registration.loc[registration["name"].notna(), "entity_id"]
    return np.asarray(frame["entity_id"].isin(with_name))


def _strangers(streams: Streams, registered: "pd.Series[str]") -> NDArray[np.str_]:
    """Return valid codes that nobody has."""
    rng = streams("faults strangers")
    serials = rng.choice(SERIALS, _STRANGERS, replace=False)
    codes = usccs(["91"] * _STRANGERS, rng.choice(REGIONS, _STRANGERS).tolist(), serials)
    return codes[~np.isin(codes, registered.to_numpy(dtype=str))]
