"""A plan and ratings to a draw: who can be drawn, with what chance, and who is."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.errors import SpecError, hint, shown
from creditrisk.grading.ratings import Ratings
from creditrisk.grading.risk_class import RiskClass
from creditrisk.records.dates import add_months, to_date
from creditrisk.supervision.chances import by_loss, by_rates, by_rates_within
from creditrisk.supervision.designs import draw_by
from creditrisk.supervision.lot import Seed, lot_numbers, lot_start

if TYPE_CHECKING:
    from creditrisk.supervision.plan import InspectionPlan

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

REASONS = {
    "drawn": ("drawn by lot", "随机抽取"),
    "certain": ("certain by the plan", "按计划全部抽取"),
    "always": ("on the always-inspect list", "列入必检名单"),
    "rests": ("visited lately", "近期已检查"),
    "not drawn": ("not drawn", "未抽中"),
}
_LETTERS = [str(risk_class) for risk_class in RiskClass]


def draw(
    plan: "InspectionPlan",
    ratings: Ratings,
    *,
    seed: Seed | None,
    always: Iterable[str] = (),
    last_visit: pd.Series | None = None,
    on: str | dt.date | None = None,
) -> pd.DataFrame:
    """Draw; see `InspectionPlan.draw`.

    Parameters
    ----------
    plan : InspectionPlan
        How.
    ratings : Ratings
        Of whom.
    seed : int or str or None
        The published seed.
    always : iterable of str, default ()
        Who is inspected in any case.
    last_visit : Series, optional
        Day of the last visit by entity id.
    on : str or date, optional
        The day of the draw.

    Returns
    -------
    DataFrame, (entities, 6)
        One row an entity.

    Raises
    ------
    SpecError
        If the plan does not fit the ratings.
    """
    if seed is None:
        raise SpecError("A draw has a published seed, so that it can be repeated; got none: pass seed.")
    table = ratings.table
    _check_entities(table.index)
    numbers = lot_numbers(table.index, seed)
    order = np.lexsort((table.index.astype(str), numbers))
    table, numbers = table.iloc[order], numbers[order]
    _check_losses(plan, table[ratings.loss_column])
    listed = _listed(table.index, always)
    rests = _rests(plan, ratings, table.index, last_visit, on) & ~listed
    classes = _classes(table["risk_class"])
    chances = _chances(plan, table, ratings.loss_column, classes, listed, rests)
    start = np.asarray(lot_start(seed))
    size = table[ratings.loss_column].to_numpy(dtype=np.float64)
    drawn = draw_by(plan.used_design, chances, numbers, start, strata=classes, size=size)
    reason = np.select(
        [listed, rests, drawn & (chances >= 1), drawn], ["always", "rests", "certain", "drawn"], "not drawn"
    )
    columns = {
        "risk_class": table["risk_class"].to_numpy(dtype=object),
        "number": numbers,
        "inclusion_probability": chances,
        "drawn": drawn,
        "reason": reason.astype(object),
        "channel": np.select([drawn & listed, drawn], ["targeted", "random"], None),  # type: ignore[call-overload]
    }
    result = pd.DataFrame(columns, index=table.index).loc[ratings.table.index]
    counts = {name: int((reason == name).sum()) for name in REASONS}
    about = {"seed": str(seed), "design": plan.used_design, "as_of": ratings.as_of, "policy": ratings.policy}
    result.attrs = {"creditrisk": about | {"counts": counts, "expected_visits": float(chances.sum())}}
    return result


def _check_entities(index: pd.Index) -> None:
    if index.has_duplicates:
        twice = index[index.duplicated()][0]
        raise SpecError(f"An entity is drawn once; the ratings have {shown(twice)} more than once: keep one.")


def _check_losses(plan: "InspectionPlan", loss: pd.Series) -> None:
    """Check the expected losses where they decide who is drawn."""
    if plan.rates is not None and plan.used_design != "systematic":
        return
    wrong = loss[~(loss >= 0)]
    if len(wrong):
        raise SpecError(
            f"Expected losses are known and 0 or more; {shown(wrong.index[0])} has {wrong.iloc[0]:g}: "
            "correct the ratings, or draw by rates."
        )


def _classes(letters: pd.Series) -> Codes:
    codes = np.asarray(pd.Index(_LETTERS).get_indexer(pd.Index(letters)), dtype=np.int64)
    if (codes < 0).any():
        unknown = letters[codes < 0].iloc[0]
        raise SpecError(
            f"Ratings have the classes A, B, C, D; got {shown(unknown)}.{hint(str(unknown), _LETTERS)}"
        )
    return codes


def _listed(index: pd.Index, always: Iterable[str]) -> Flags:
    wanted = pd.Index([always] if isinstance(always, str) else list(always))
    unknown = wanted.difference(index)
    if len(unknown):
        raise SpecError(
            f"An always-inspect list names rated entities; {shown(unknown[0])} is not among them: correct "
            "its id or take it off the list."
        )
    return np.asarray(index.isin(wanted))


def _rests(
    plan: "InspectionPlan",
    ratings: Ratings,
    index: pd.Index,
    last_visit: pd.Series | None,
    on: str | dt.date | None,
) -> Flags:
    if plan.rest_months == 0:
        return np.zeros(len(index), dtype=bool)
    day = ratings.as_of if on is None else on
    if last_visit is None or day is None:
        raise SpecError(
            f"A rest of {plan.rest_months} months is counted from the last visits to the day of the draw; "
            f"got {'no last visits' if last_visit is None else 'no day'}: pass last_visit and on."
        )
    since = pd.Timestamp(add_months(to_date(day), -plan.rest_months))
    visits = last_visit.reindex(index).map(lambda day: to_date(day, "a day of a visit"), na_action="ignore")
    visits = pd.to_datetime(visits)
    return np.asarray((visits >= since) & (visits < pd.Timestamp(to_date(day))))


def _chances(
    plan: "InspectionPlan", table: pd.DataFrame, loss: str, classes: Codes, listed: Flags, rests: Flags
) -> Floats:
    chances = np.where(listed, 1.0, 0.0)
    free = ~listed & ~rests
    if plan.capacity is not None:
        _check_capacity(plan.capacity, int(listed.sum()), int(free.sum()), len(table))
    if not free.any():
        return chances
    left = (plan.capacity or 0) - int(listed.sum())
    some, theirs = table[free], classes[free]
    width = (some["p_violation_upper"] - some["p_violation_lower"]).to_numpy(dtype=np.float64)
    if plan.rates is None:
        expected = some[loss].to_numpy(dtype=np.float64)
        chances[free] = by_loss(
            left, loss=expected, width=width, least=plan.least_chance, exploration=plan.exploration
        )
        return chances
    rates = _rates_of(plan.rates, classes)  # type: ignore[arg-type]
    about = {"classes": theirs, "width": width, "exploration": plan.exploration}
    if plan.capacity is None:
        chances[free] = by_rates(rates, **about)  # type: ignore[arg-type]
    else:
        chances[free] = by_rates_within(rates, left, **about)  # type: ignore[arg-type]
    return chances


def _check_capacity(capacity: int, listed: int, free: int, entities: int) -> None:
    if capacity > listed + free:
        raise SpecError(
            f"A capacity is at most the number of entities that can be visited; got {capacity} for "
            f"{listed + free} of {entities} entities: lower it."
        )
    if capacity < listed:
        raise SpecError(
            f"A capacity covers the always-inspect list; got {capacity} for a list of {listed}: raise it."
        )


def _rates_of(rates: dict[str, float], classes: Codes) -> Floats:
    sizes = np.bincount(classes, minlength=len(_LETTERS))
    for letter, size in zip(_LETTERS, sizes, strict=True):
        if size and letter not in rates:
            raise SpecError(
                f"Every class keeps a chance (不免抽); class {letter} has {size} entities and no rate: "
                "give it one above 0."
            )
        if not size and letter in rates:
            raise SpecError(
                f"A rate is for a class that has entities; class {letter} has a rate and none in the "
                f"ratings: leave {letter} out of the rates."
            )
    return np.array([rates.get(letter, 0.0) for letter in _LETTERS])
