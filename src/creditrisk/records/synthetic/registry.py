"""A registry with known truth: `simulate` and its result."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from creditrisk.errors import SourceError, SpecError
from creditrisk.records.synthetic.activity import (
    record_annual_reports,
    record_staff,
    record_taxes,
)
from creditrisk.records.synthetic.complaints import record_complaints
from creditrisk.records.synthetic.conduct import (
    record_changes,
    record_lawsuits,
    record_merits,
)
from creditrisk.records.synthetic.equipment import record_devices, record_equipment
from creditrisk.records.synthetic.frames import tables_of
from creditrisk.records.synthetic.incidents import record_incidents
from creditrisk.records.synthetic.inspections import inspect
from creditrisk.records.synthetic.licences import record_licences
from creditrisk.records.synthetic.lists import close_some, record_abnormal, record_defaulters
from creditrisk.records.synthetic.log import DAY, new_year
from creditrisk.records.synthetic.monthly import record_invoices, record_utilities
from creditrisk.records.synthetic.persons import record_persons
from creditrisk.records.synthetic.population import populate
from creditrisk.records.synthetic.property import record_property
from creditrisk.records.synthetic.relations import record_relations
from creditrisk.records.synthetic.rides import record_certificates, record_drivers, record_rides
from creditrisk.records.synthetic.sampling import record_sampling
from creditrisk.records.synthetic.shareholders import record_shareholders
from creditrisk.records.synthetic.streams import Streams
from creditrisk.records.synthetic.trading import record_advertising, record_monitoring, record_shops
from creditrisk.records.synthetic.truth import TrueYear, expected_loss, true_year
from creditrisk.records.synthetic.world import World
from creditrisk.records.synthetic.write import write_parquet

_WARM_UP_YEARS = 2
_SMALLEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticRegistry:
    """Simulated records and the truth behind them.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Every record type in its canonical schema; dates as ``datetime64[us]``.
    truth : DataFrame
        One row for each entity and 1 January: `entity_id`, `as_of`, `p_violation` (probability of a violation
        in the next 12 months), `expected_loss_cny` (p x mean loss of a violation, warnings counted with 0),
        `mean_log_loss` (mean log loss in yuan of a violation that costs anything), `violation` (whether a
        rule was broken, seen or not) and `loss_cny` (its loss; missing without a violation).
    planted : DataFrame, optional
        The faults in the records, if `plant_faults` planted some.
    """

    tables: dict[str, pd.DataFrame]
    truth: pd.DataFrame
    planted: pd.DataFrame | None = None

    def write(self, folder: str | Path) -> None:
        """Write one Parquet file for each table, and the truth and faults into the sub-folder ``truth``.

        Parameters
        ----------
        folder : str or Path
            Made if it does not exist. `read_records` reads it and leaves the sub-folder alone.

        Raises
        ------
        SourceError
            If the folder cannot be written to.
        """
        target = Path(folder)
        try:
            (target / "truth").mkdir(parents=True, exist_ok=True)
            for name, frame in self.tables.items():
                write_parquet(frame, target / f"{name}.parquet")
            write_parquet(self.truth, target / "truth" / "truth.parquet")
            (target / "truth" / "faults.parquet").unlink(missing_ok=True)
            if self.planted is not None:
                write_parquet(self.planted, target / "truth" / "faults.parquet")
        except OSError as error:
            raise SourceError(
                f"A registry is written into a folder; {str(target)!r} cannot be written to "
                f"({error.strerror}); choose another folder."
            ) from error


def simulate(
    entities: int = 20000,
    seed: int = 7,
    *,
    first_year: int = 2019,
    last_year: int = 2024,
    correlation: float = 0.0,
) -> SyntheticRegistry:
    """Simulate the records of a market-supervision bureau without a fault, with the truth kept apart.

    Each year, entities break rules with a probability that follows from the records known before that year,
    their region and their sector. Some are inspected: at random, because of their records, or after a
    complaint. Only inspected violations become records.

    Parameters
    ----------
    entities : int, default 20000
        How many entities, at least 100; some are established or deregistered on the way.
    seed : int, default 7
        The same seed gives the same registry.
    first_year, last_year : int
        Yearly records run from 1 January of the first to 31 December of the last; the truth begins two
        years after the first year and ends on 1 January after the last.
    correlation : float, default 0.0
        Of the effects of a region or sector on violations and on their losses; 0 draws them independently.

    Returns
    -------
    SyntheticRegistry
        Its tables and the truth.

    Raises
    ------
    SpecError
        If there are too few entities, too few years, the seed is negative, or the correlation is none.

    Examples
    --------
    >>> registry = simulate(200, seed=1, first_year=2021)
    >>> len(registry.tables["registration"])
    200
    >>> sorted(registry.truth["as_of"].dt.year.unique().tolist())
    [2023, 2024, 2025]
    """
    _check(entities, seed, first_year, last_year)
    if not -1 <= correlation <= 1:
        raise SpecError(f"A correlation is between -1 and 1; got {correlation}; 0 is independent.")
    streams = Streams(seed)
    world = World(streams, populate(streams, entities, last_year), correlation)
    record_shareholders(world)
    record_licences(world, first_year, last_year)
    record_drivers(world, first_year, last_year)
    record_devices(world, last_year)
    record_shops(world, last_year)
    years = []
    for year in range(first_year, last_year + 1):
        truth = true_year(world, year)
        years.append(truth)
        _live(world, truth, year)
    years.append(true_year(world, last_year + 1))
    record_persons(world)
    record_relations(world)
    dated = list(zip(range(first_year, last_year + 2), years, strict=True))[_WARM_UP_YEARS:]
    exported_on = new_year(last_year + 1) + 90 * DAY
    return SyntheticRegistry(
        tables=tables_of(world, exported_on),
        truth=pd.concat([_truth_frame(world, truth, year) for year, truth in dated], ignore_index=True),
    )


def _live(world: World, truth: TrueYear, year: int) -> None:
    """Let a year pass: everything that leaves a record."""
    record_annual_reports(world, year)
    record_staff(world, year)
    record_taxes(world, year)
    record_changes(world, year)
    record_complaints(world, year, truth.violates)
    record_lawsuits(world, year)
    record_merits(world, year)
    record_sampling(world, year)
    record_abnormal(world, year)
    record_defaulters(world, year)
    inspect(world, truth, year)
    close_some(world, year)
    record_property(world, year)
    record_incidents(world, year)
    record_certificates(world, year)
    record_utilities(world, year)
    record_invoices(world, year)
    record_monitoring(world, year)
    record_advertising(world, year)
    record_equipment(world, year)
    record_rides(world, year)


def _truth_frame(world: World, truth: TrueYear, year: int) -> pd.DataFrame:
    kept = truth.active
    p, mean, violates = truth.p_violation[kept], truth.mean_log_loss[kept], truth.violates[kept]
    return pd.DataFrame(
        {
            "entity_id": pd.Series(world.people.entity_id[kept]).astype("str"),
            "as_of": np.full(kept.sum(), new_year(year)).astype("datetime64[us]"),
            "p_violation": p,
            "expected_loss_cny": expected_loss(p, mean),
            "mean_log_loss": mean,
            "violation": violates,
            "loss_cny": np.where(violates, truth.loss_cny[kept], np.nan),
        }
    )


def _check(entities: int, seed: int, first_year: int, last_year: int) -> None:
    if entities < _SMALLEST:
        raise SpecError(f"A registry has at least {_SMALLEST} entities; got {entities}; ask for more.")
    if seed < 0:
        raise SpecError(f"A seed is 0 or a positive number; got {seed}; choose another.")
    if not 1990 < first_year < last_year - 1 < 2100:
        raise SpecError(
            f"A registry needs at least three years between 1991 and 2100; got {first_year} to {last_year}; "
            "widen them."
        )
