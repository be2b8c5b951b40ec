"""The main flow: from what a bureau holds to a class for every entity. Start reading here.

::

    records ── as_of(past) ──▶ X_past ┐
       │                              ├─ fit ──▶ model
       ├── outcomes(after past) ──────┘            │
       └── as_of(now) ──▶ X_now ──── posterior ◀───┘
                                        │
                     GradingPolicy ──▶ ratings
"""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from creditrisk.assessment import Assessment, writable_folder
from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.shares import Shares, check_shares, load_shares
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.load import system_in_force
from creditrisk.indicators.system import Group, IndicatorSystem
from creditrisk.models.effects.tree import Grouping, industries, regions
from creditrisk.models.loss import LossModel
from creditrisk.models.risk import RiskModel
from creditrisk.models.unit_loss import NO_CURRENCY
from creditrisk.models.violation import ViolationModel
from creditrisk.records.dates import DateLike, to_date
from creditrisk.records.read import read_records
from creditrisk.records.records import Records
from creditrisk.report.language import load_texts
from creditrisk.training import Training, starts_before, starts_with_history
from creditrisk.without_losses import has_losses, learn_without_losses

STEPS = (
    "reading records",
    "measuring the past",
    "learning from outcomes",
    "measuring the present",
    "drawing the posterior",
    "grading",
    "writing results",
)

Progress = Callable[[str], None]


def assess(
    records: Records | str | Path | Mapping[str, object],
    *,
    system: IndicatorSystem | str | Path | tuple[str | Path, ...] = "general",
    as_of: DateLike,
    months: int = 12,
    training_windows: int | None = None,
    shares: Shares | None = None,
    mapping: str | Path | None = None,
    model: RiskModel | None = None,
    out: str | Path | None = None,
    language: str = "en",
    random_state: int | None = 0,
    progress: Progress | None = None,
) -> Assessment:
    """Learn from the past, and give every entity of the present a risk class.

    Where no violation has a loss, classes follow the probability alone, and the report says so.

    Parameters
    ----------
    records : Records, str, Path or mapping
        Records, or anything that `read_records` reads: a folder, a database file, data frames by table.
    system : IndicatorSystem, str, Path or tuple of those names, default "general"
        What is measured; several names are laid over each other in their order, as in force on `as_of`.
    as_of : str, date or Timestamp
        The present: only what was known strictly before it is used, for learning as well.
    months : int, default 12
        The horizon of the probability and the loss.
    training_windows : int, optional
        How many past periods of that length to learn from, the last of them ending at `as_of`; up to three,
        each with 36 months of inspections before it, if not given.
    shares : mapping of str to float, optional
        Target shares of the final classes A to D; those of Guangdong 2024 if not given.
    mapping : str or Path, optional
        A mapping file for records in a bureau's own tables.
    model : RiskModel, optional
        An unfitted model; by default monotone steps, lognormal losses and the groups of the system.
    out : str or Path, optional
        A folder to write the results to.
    language : {"en", "zh"}, default "en"
        Of the report in `out`.
    random_state : int, optional
        Seed of the default model; the same seed gives the same ratings.
    progress : callable, optional
        Called with the name of each step (`STEPS`) as it begins.

    Returns
    -------
    Assessment
        Ratings, model, policy, posterior, and what they were made from.

    Raises
    ------
    CreditRiskError
        One sentence for whatever the records, the dates, the files or the shares do not allow.
    """
    tell = progress or _silent
    now = to_date(as_of, "an as-of date")
    targets = load_shares() if shares is None else check_shares(shares)
    folder = None if out is None else writable_folder(out)
    load_texts(language)
    indicators = system_in_force(system, now)
    extractor = IndicatorExtractor(indicators)

    tell("reading records")
    held = records if isinstance(records, Records) else read_records(records, mapping=mapping)

    unfitted = model or _default_model(indicators, random_state)
    training, fitted = _learned(held, extractor, now, months, training_windows, unfitted, tell)

    tell("measuring the present")
    X = extractor.transform(held.as_of(now))

    tell("drawing the posterior")
    posterior = fitted.posterior(X)

    tell("grading")
    on = "p" if posterior.currency == NO_CURRENCY else "expected_loss"
    policy = GradingPolicy.calibrate_on(posterior, X, shares=targets, rules=indicators.rules, on=on)
    assessment = Assessment(
        ratings=policy.grade(posterior, X),
        model=fitted,
        policy=policy,
        posterior=posterior,
        X=X,
        training=training,
        system=indicators,
        as_of=now,
        months=months,
        rejections=held.rejections.counts(),
        ignored=held.ignored,
    )
    if folder is not None:
        tell("writing results")
        assessment.write(folder, language=language)
    return assessment


def fit(
    records: Records | str | Path | Mapping[str, object],
    *,
    system: IndicatorSystem | str | Path | tuple[str | Path, ...] = "general",
    as_of: DateLike,
    months: int = 12,
    training_windows: int | None = None,
    mapping: str | Path | None = None,
    model: RiskModel | None = None,
    random_state: int | None = 0,
    progress: Progress | None = None,
) -> RiskModel:
    """Learn from the past as `assess` does, and grade nobody.

    Parameters
    ----------
    records : Records, str, Path or mapping
        Records, or anything that `read_records` reads.
    system : IndicatorSystem, str, Path or tuple of those names, default "general"
        What is measured, as in force on `as_of`.
    as_of : str, date or Timestamp
        The present: only what was known strictly before it is used.
    months : int, default 12
        The horizon of the probability and the loss.
    training_windows : int, optional
        How many past periods of that length to learn from, as in `assess`.
    mapping : str or Path, optional
        A mapping file for records in a bureau's own tables.
    model : RiskModel, optional
        An unfitted model; that of `assess` if not given.
    random_state : int, optional
        Seed of the default model.
    progress : callable, optional
        Called with the name of each step (the first three of `STEPS`) as it begins.

    Returns
    -------
    RiskModel
        Fitted; `RiskModel.save` writes it for `creditrisk grade`.

    Raises
    ------
    CreditRiskError
        One sentence for whatever the records, the dates or the files do not allow.
    """
    tell, now = progress or _silent, to_date(as_of, "an as-of date")
    indicators = system_in_force(system, now)
    tell("reading records")
    held = records if isinstance(records, Records) else read_records(records, mapping=mapping)
    unfitted, extractor = model or _default_model(indicators, random_state), IndicatorExtractor(indicators)
    return _learned(held, extractor, now, months, training_windows, unfitted, tell)[1]


def _learned(
    records: Records,
    extractor: IndicatorExtractor,
    now: dt.date,
    months: int,
    windows: int | None,
    model: RiskModel,
    tell: Progress,
) -> tuple[Training, RiskModel]:
    tell("measuring the past")
    starts = _starts(records, extractor.system, now, months, windows)
    training = Training.measure(records, extractor, starts, months=months, known_by=now)
    tell("learning from outcomes")
    if has_losses(training.outcomes):
        return training, model.fit(training.X, training.outcomes)
    return training, learn_without_losses(model, training.X, training.outcomes)


def _starts(
    records: Records, system: IndicatorSystem, now: dt.date, months: int, windows: int | None
) -> tuple[dt.date, ...]:
    if windows is None:
        return starts_with_history(records, system.outcome, now, months=months)
    return starts_before(now, months=months, windows=windows, first=records.first_known_on)


def _default_model(system: IndicatorSystem, random_state: int | None) -> RiskModel:
    groups = tuple(_grouping(name, group) for name, group in system.groups.items())
    return RiskModel(
        ViolationModel(groups=groups, random_state=random_state),
        LossModel(groups=groups, random_state=random_state),
    )


def _grouping(name: str, group: Group) -> Grouping:
    """Return a group of a system as models pool it: as a tree where it has depths."""
    if group.depths is None:
        return name
    tree = industries if group.column == "industry" else regions
    return tree(name, depths=group.depths)


def _silent(step: str) -> None:
    """Say nothing."""
