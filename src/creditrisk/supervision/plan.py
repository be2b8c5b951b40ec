"""The plan of a random inspection (双随机): how many of whom, by which design, drawn from which seed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from creditrisk.errors import SpecError, hint, shown
from creditrisk.grading.ratings import Ratings
from creditrisk.supervision.designs import DESIGNS
from creditrisk.supervision.draw import draw
from creditrisk.supervision.lot import Seed
from creditrisk.supervision.rates import Rates, check_rates, is_share


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionPlan:
    """How entities are drawn for inspection; the same plan and seed give the same draw to anyone.

    With `rates`, every class is inspected at its rate. With `rates` and `capacity`, the rates are scaled
    until the visits are as many as the capacity. With `capacity` alone, visits go where they are expected to
    find the most loss, save a `least_chance` for everyone (不免抽) and an `exploration` share where the
    posterior of p is widest.

    Parameters
    ----------
    rates : mapping of str to float, optional
        Share of each class to inspect, above 0 up to 1; `load_rates` has those of published practices.
    capacity : int, optional
        How many entities can be visited, those on an always-inspect list included.
    least_chance : float, default 0.01
        The chance that everyone has at least, above 0; of a plan by capacity alone.
    exploration : float, default 0.0
        Share of the visits that goes in proportion to the width of the interval of p, 0–1: of each class with
        rates, of the capacity without.
    design : {"poisson", "stratified", "pps", "systematic"}, optional
        How the chances become a draw, see `creditrisk.supervision.designs`; ``"poisson"`` for rates, where a
        withdrawn entity moves nobody else, and ``"pps"`` where a capacity must be met.
    rest_months : int, default 0
        Who was visited in so many months before the draw is left out of it, and counted.
    seed : int or str, optional
        The published seed; it may also be given with each draw.

    Raises
    ------
    SpecError
        If a field breaks these rules, or there are neither rates nor a capacity.

    Examples
    --------
    >>> InspectionPlan(rates={"A": 0.02, "B": 0.05, "C": 0.3, "D": 0.9}, seed="2024-06-01").used_design
    'poisson'
    """

    rates: Rates | None = None
    capacity: int | None = None
    least_chance: float = 0.01
    exploration: float = 0.0
    design: str | None = None
    rest_months: int = 0
    seed: Seed | None = None

    def __post_init__(self) -> None:
        """Check every field."""
        if self.rates is None and self.capacity is None:
            raise SpecError("A plan needs rates by class or a capacity; got neither: give one of them.")
        if self.rates is not None:
            object.__setattr__(self, "rates", check_rates(self.rates))
        if self.capacity is not None and not _is_whole(self.capacity, least=1):
            raise SpecError(
                f"A capacity is a whole number of visits, at least 1; got {shown(self.capacity)}: change it."
            )
        if not is_share(self.least_chance):
            raise SpecError(
                f"A least chance is above 0 and up to 1, since no class is exempt (不免抽); got "
                f"{shown(self.least_chance)}: change it."
            )
        if self.exploration != 0 and not is_share(self.exploration):
            raise SpecError(
                f"Exploration is a share of the visits, 0 to 1; got {shown(self.exploration)}: change it."
            )
        if self.design is not None and self.design not in DESIGNS:
            raise SpecError(
                f"A draw has one of four designs; got {shown(self.design)}.{hint(str(self.design), DESIGNS)}"
            )
        if self.design == "stratified" and (self.rates is None or self.exploration):
            raise SpecError(
                "A stratified draw gives all of a class the same chance, a plan by expected loss or with "
                f"exploration does not; it has rates={shown(self.rates)}, exploration={self.exploration}: "
                "choose the design 'pps'."
            )
        if not _is_whole(self.rest_months, least=0):
            raise SpecError(
                f"A rest after a visit is a whole number of months; got {shown(self.rest_months)}: change it."
            )

    @property
    def used_design(self) -> str:
        """The design, chosen here if the plan leaves it open."""
        return self.design or ("poisson" if self.capacity is None else "pps")

    def draw(
        self,
        ratings: Ratings,
        *,
        seed: Seed | None = None,
        always: Iterable[str] = (),
        last_visit: pd.Series | None = None,
        on: str | dt.date | None = None,
    ) -> pd.DataFrame:
        """Draw the entities to inspect.

        Parameters
        ----------
        ratings : Ratings
            Classes, intervals and expected losses of all entities that can be drawn.
        seed : int or str, optional
            The published seed of this draw; that of the plan if not given.
        always : iterable of str, default ()
            Entities that are inspected in any case (必检); they count towards a capacity, and no rest spares
            them.
        last_visit : Series, optional
            Day of the last visit by entity id, for `rest_months`.
        on : str or date, optional
            The day of the draw, for `rest_months`; the date of the ratings if not given.

        Returns
        -------
        DataFrame, (entities, 6)
            One row an entity in the order of the ratings: `risk_class`, `number` (the permanent random
            number), `inclusion_probability` (0 for who rests), `drawn`, `reason` (``"drawn"``, ``"certain"``,
            ``"always"``, ``"rests"``, ``"not drawn"``) and `channel` (``"random"`` or ``"targeted"``, for the
            drawn); `attrs["creditrisk"]` says seed, design, date and counts.

        Raises
        ------
        SpecError
            If the plan does not fit the ratings: a class without a rate or without an entity, a capacity
            above the entities, an unknown entity on a list, no seed.
        """
        return draw(
            self,
            ratings,
            seed=self.seed if seed is None else seed,
            always=always,
            last_visit=last_visit,
            on=on,
        )


def _is_whole(value: object, *, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least
