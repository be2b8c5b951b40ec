"""What is true of every entity in one year: its probability of a violation, the violation, the loss."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creditrisk.records.synthetic.effects import LOSS, VIOLATION, Points
from creditrisk.records.synthetic.log import DAY, Array, Days, RecordLog, new_year
from creditrisk.records.synthetic.population import REGIONS, SECTORS, group_effects
from creditrisk.records.synthetic.world import World
from creditrisk.records.tables import TABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueYear:
    """The truth of one year by position of the entity.

    Parameters
    ----------
    active : array of bool, shape (n,)
        Known and not known to be deregistered on 1 January; the rest means nothing for others.
    from_records : array of float, shape (n,)
        The part of logit p that does not come from region and sector, without the intercept.
    p_violation : array of float, shape (n,)
        Probability of a violation within the year.
    mean_log_loss : array of float, shape (n,)
        Mean log loss in yuan of a violation that costs anything.
    violates : array of bool, shape (n,)
        Whether a rule is broken, seen or not.
    loss_cny : array of float, shape (n,)
        What it costs if a rule is broken; 0 for a warning.
    """

    active: NDArray[np.bool_]
    from_records: NDArray[np.float64]
    p_violation: NDArray[np.float64]
    mean_log_loss: NDArray[np.float64]
    violates: NDArray[np.bool_]
    loss_cny: NDArray[np.float64]


def true_year(world: World, year: int) -> TrueYear:
    """Compute the probabilities of the year from the records known before it, and draw what happens.

    Parameters
    ----------
    world : World
        The world on 1 January.
    year : int
        The year.

    Returns
    -------
    TrueYear
        The truth, which no record shows but through an inspection.
    """
    people = world.people
    counts = {
        points.indicator: count_known(world.log, points, year, len(people)) for points in VIOLATION.points
    }
    age = (new_year(year) - people.established_on) / DAY / 365.25
    from_records = VIOLATION.age_height * np.exp(-np.maximum(age, 0.0) / VIOLATION.age_years)
    for points in VIOLATION.points:
        from_records = from_records + points.log_odds(counts[points.indicator])
    often, much = _standard_effects(world, "violation"), _standard_effects(world, "loss")
    much = [correlated(own, other, world.correlation) for own, other in zip(much, often, strict=True)]
    groups = _groups(world, often, VIOLATION.region_sd, VIOLATION.sector_sd)
    p = 1 / (1 + np.exp(-(VIOLATION.intercept + from_records + groups)))
    capital = np.clip(np.log(people.capital_cny / 1e6), -LOSS.capital_range, LOSS.capital_range)
    mean = LOSS.mean_log + LOSS.capital_slope * capital
    mean = mean + _groups(world, much, LOSS.region_sd, LOSS.sector_sd)
    mean = mean + LOSS.per_penalty * np.minimum(counts["penalty_n"], 3)
    rng = world.streams("loss", year)
    loss = np.round(np.exp(mean + LOSS.sd * rng.normal(size=len(people))), 2)
    return TrueYear(
        active=world.active(year),
        from_records=from_records,
        p_violation=p,
        mean_log_loss=mean,
        violates=world.streams("violation", year).random(len(people)) < p,
        loss_cny=np.where(rng.random(len(people)) < LOSS.warning_share, 0.0, loss),
    )


def expected_loss(p: NDArray[np.float64], mean_log_loss: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return p x E[loss | violation], warnings counted with 0."""
    return p * (1 - LOSS.warning_share) * np.exp(mean_log_loss + LOSS.sd**2 / 2)


def count_known(log: RecordLog, points: Points, year: int, entities: int) -> NDArray[np.int64]:
    """Count, for each entity, the records that were known before 1 January and belong to the effect."""
    columns = log.columns(points.table)
    if columns is None:
        return np.zeros(entities, dtype=np.int64)
    day = new_year(year)
    counts = columns["known_on"] < day
    if points.measure == "count":
        counts &= _within(columns["occurred_on"], points, year)
    if points.measure == "listed":
        counts &= ~(columns["end_known_on"] < day)
    if points.measure == "expired":
        counts &= (columns["valid_to"] < day) & ~(columns["withdrawn_on"] < day)
    if points.where is not None:
        counts &= _known_value(columns, points.table, points.where[0], day) & (
            columns[points.where[0]] == points.where[1]
        )
    if points.unless is not None:
        counts &= ~(columns[points.unless] < day)
    return np.bincount(columns["entity"][counts], minlength=entities)


def _within(occurred: Days, points: Points, year: int) -> NDArray[np.bool_]:
    if points.months is None:
        raise AssertionError(f"{points.indicator} counts without a window")
    start = (new_year(year).astype("datetime64[M]") - np.timedelta64(points.months, "M")).astype(
        "datetime64[D]"
    )
    return np.asarray((occurred >= start) & (occurred < new_year(year)))


def _known_value(columns: dict[str, Array], table: str, name: str, day: np.datetime64) -> NDArray[np.bool_]:
    known_with = TABLES[table].column(name).known_with
    if known_with is None:
        return np.ones(len(columns["entity"]), dtype=bool)
    return np.asarray(columns[known_with] < day)


def _standard_effects(world: World, name: str) -> list[NDArray[np.float64]]:
    """Return the effects of regions and of sectors, each with mean 0 and standard deviation 1."""
    rng = world.streams(f"groups {name}")
    return [group_effects(rng, len(names), 1.0) for names in (REGIONS, SECTORS)]


def correlated(
    own: NDArray[np.float64], other: NDArray[np.float64], correlation: float
) -> NDArray[np.float64]:
    """Return effects like `own` whose correlation with `other` is exactly this; `own` itself for 0.

    Parameters
    ----------
    own, other : array of float, shape (levels,)
        Effects of mean 0 and standard deviation 1.
    correlation : float
        Between -1 and 1.

    Returns
    -------
    array of float, shape (levels,)
        Of mean 0 and standard deviation 1.
    """
    if not correlation:
        return own
    rest = own - (own @ other) / (other @ other) * other
    return np.asarray(correlation * other + np.sqrt(1 - correlation**2) * rest / rest.std())


def _groups(
    world: World, effects: list[NDArray[np.float64]], region_sd: float, sector_sd: float
) -> NDArray[np.float64]:
    """Return each entity's region and sector effect, with mean 0 over the entities."""
    region, sector = effects
    found = region_sd * region[world.people.region] + sector_sd * sector[world.people.sector]
    return np.asarray(found - found.mean())
