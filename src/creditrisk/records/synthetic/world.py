"""The state of the synthetic world between two years, and how often its entities leave records."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.log import NEVER, Days, RecordLog, new_year
from creditrisk.records.synthetic.population import REGIONS, SECTORS, Population, group_effects
from creditrisk.records.synthetic.streams import Streams
from creditrisk.records.synthetic.ties import draw_ties
from creditrisk.records.synthetic.trades import draw_trades

LISTS = ("abnormal_list", "serious_list", "judgment_defaulter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How often entities leave a record of one kind.

    Parameters
    ----------
    name : str
        The kind; also names its random stream.
    rate : float
        Mean number a year, before the silent entities are taken out.
    load : float
        Effect of the tendency on the log rate.
    silent : float, default 0.0
        Share of entities that never leave such a record.
    sectors : str, default ""
        Letters of the sections whose entities leave such records; all if empty.
    """

    name: str
    rate: float
    load: float
    silent: float = 0.0
    sectors: str = ""


class World:
    """Entities, the records so far, and what is still open.

    Parameters
    ----------
    streams : Streams
        Where the random numbers come from.
    people : Population
        The entities.
    correlation : float, default 0.0
        Of the effects of a region or sector on violations and on their losses; 0 draws them independently.
    """

    def __init__(self, streams: Streams, people: Population, correlation: float = 0.0) -> None:
        never = np.full(len(people), NEVER)
        self.streams = streams
        self.people = people
        self.correlation = correlation
        self.ties = draw_ties(streams, people)
        self.trades = draw_trades(streams, people)
        self.log = RecordLog()
        self.deregistered_on: Days = never.copy()
        self.deregistered_known_on: Days = never.copy()
        self.revoked_on: Days = never.copy()
        self.revoked_known_on: Days = never.copy()
        self.listed_until: dict[str, Days] = {name: never.copy() for name in LISTS}

    def active(self, year: int) -> NDArray[np.bool_]:
        """Return which entities are known and not known to be deregistered on 1 January."""
        day = new_year(year)
        return (self.people.known_on < day) & ~(self.deregistered_known_on < day)

    def rates(self, habit: Habit) -> NDArray[np.float64]:
        """Return each entity's mean number of records a year, silent ones 0."""
        rng = self.streams(f"habit {habit.name}")
        region = group_effects(rng, len(REGIONS), 0.2)
        sector = group_effects(rng, len(SECTORS), 0.3)
        speaks = rng.random(len(self.people)) >= habit.silent
        log_rate = habit.load * self.people.tendency - habit.load**2 / 2
        log_rate += region[self.people.region] + sector[self.people.sector]
        able = self.in_sectors(habit.sectors) if habit.sectors else True
        return np.asarray(speaks * able * habit.rate * np.exp(log_rate))

    def in_sectors(self, letters: str) -> NDArray[np.bool_]:
        """Return which entities belong to one of these sections of GB/T 4754."""
        return np.isin(SECTORS, list(letters))[self.people.sector]

    def by_sector(self, shares: dict[str, float]) -> NDArray[np.float64]:
        """Return for each entity the share of its section of GB/T 4754, 0 for sections not named."""
        return np.array([shares.get(letter, 0.0) for letter in SECTORS.tolist()])[self.people.sector]

    def happenings(self, habit: Habit, year: int) -> NDArray[np.int64]:
        """Return the active entities to which it happens this year, once for each time."""
        counts = self.streams(f"happenings {habit.name}", year).poisson(self.rates(habit))
        return np.repeat(np.arange(len(self.people)), np.where(self.active(year), counts, 0))

    def chances(self, habit: Habit, year: int) -> NDArray[np.int64]:
        """Return the active entities to which it happens this year, each at most once."""
        draws = self.streams(f"chances {habit.name}", year).random(len(self.people))
        return np.flatnonzero((draws < self.rates(habit)) & self.active(year))

    def free(self, name: str, entity: NDArray[np.int64], day: Days) -> NDArray[np.bool_]:
        """Return which of the entities are not on that list on that day."""
        until = self.listed_until[name][entity]
        return np.isnat(until) | (until < day)
