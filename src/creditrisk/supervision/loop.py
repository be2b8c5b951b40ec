"""The closed loop: what inspections found becomes what the next model learns from.

::

    ratings ── draw ──▶ visits ── results ──▶ outcomes ─┐
       ▲                                                │ with inclusion probability and channel
       └───────────── next fit ◀── earlier rounds ◀─────┘
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.base import clone

from creditrisk.errors import SchemaError, shown
from creditrisk.models.risk import RiskModel
from creditrisk.records.dates import to_date
from creditrisk.records.tables.oversight import CHANNELS


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of inspections: what was known before, and what was found.

    Parameters
    ----------
    as_of : date
        The day that the indicators describe.
    X : DataFrame, (inspected, indicators)
        Indicators of those who were inspected, indexed by entity id.
    outcomes : DataFrame, (inspected, 5)
        What came of them, as `Records.outcomes` has it.
    """

    as_of: dt.date
    X: pd.DataFrame
    outcomes: pd.DataFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedLoop:
    """What a round of inspections leaves behind.

    Parameters
    ----------
    model : RiskModel
        Fitted to all rounds.
    rounds : tuple of Round
        The earlier ones, then this one.
    """

    model: RiskModel
    rounds: tuple[Round, ...]


def close_loop(
    model: RiskModel,
    draw: pd.DataFrame,
    results: pd.DataFrame,
    X: pd.DataFrame,
    *,
    as_of: str | dt.date,
    earlier: Sequence[Round] = (),
) -> ClosedLoop:
    """Turn the results of a draw into outcomes, and fit the next model to them and to earlier rounds.

    Parameters
    ----------
    model : RiskModel
        Fitted as a clone; each entity drawn at random counts by the inverse of its inclusion probability.
    draw : DataFrame
        What `InspectionPlan.draw` returned.
    results : DataFrame
        What inspections found, see `outcomes_of_draw`.
    X : DataFrame, (entities, indicators)
        The indicators that the draw rested on.
    as_of : str or date
        The day that they describe.
    earlier : sequence of Round, default ()
        Earlier rounds, with another date each.

    Returns
    -------
    ClosedLoop
        The fitted model, and all rounds for the next time.

    Raises
    ------
    SchemaError
        If results do not fit the draw, a round repeats a date, or X lacks an inspected entity.
    OutcomeError
        If the outcomes cannot train a model.
    FitError
        If inference fails its checks.
    """
    day = to_date(as_of, "an as-of date")
    if day in [one.as_of for one in earlier]:
        raise SchemaError(
            f"Each round has its own date; {day} is there already: give the date of this round."
        )
    outcomes = outcomes_of_draw(draw, results)
    seen = outcomes.index[outcomes["inspected"].to_numpy(dtype=bool)]
    unknown = seen.difference(X.index)
    if len(unknown):
        raise SchemaError(
            f"Every inspected entity needs indicators; X has none of {shown(unknown[0])}: pass the X that "
            "the draw rested on."
        )
    rounds = (*earlier, Round(as_of=day, X=X.loc[seen], outcomes=outcomes.loc[seen]))
    return ClosedLoop(model=learn_from(model, rounds), rounds=rounds)


def learn_from(model: RiskModel, rounds: Sequence[Round]) -> RiskModel:
    """Fit a clone of the model to several rounds; rows of one entity may depend on each other.

    Parameters
    ----------
    model : RiskModel
        What to fit.
    rounds : sequence of Round
        At least one.

    Returns
    -------
    RiskModel
        The fitted clone.

    Raises
    ------
    OutcomeError
        If the outcomes cannot train a model.
    FitError
        If inference fails its checks.
    """
    names = ["as_of", "entity_id"]
    X = pd.concat({pd.Timestamp(one.as_of): _plain(one.X) for one in rounds}, names=names)
    X.attrs = rounds[-1].X.attrs
    outcomes = pd.concat({pd.Timestamp(one.as_of): _plain(one.outcomes) for one in rounds}, names=names)
    fitted: RiskModel = clone(model).fit(X, outcomes)
    return fitted


def outcomes_of_draw(draw: pd.DataFrame, results: pd.DataFrame) -> pd.DataFrame:
    """Return outcomes of every entity, as `Records.outcomes` has them, from a draw and its results.

    Parameters
    ----------
    draw : DataFrame
        What `InspectionPlan.draw` returned.
    results : DataFrame
        One row an inspected entity, indexed by entity id: `violation` (0 or 1), `loss_<currency>` (may be
        missing), and `channel` for those who were not drawn (``"complaint"`` if it is not said).

    Returns
    -------
    DataFrame, (entities, 5)
        `inspected`, `violation` and loss (missing where nobody looked), `inclusion_probability` (of those
        drawn at random) and `channel`.

    Raises
    ------
    SchemaError
        If a column is missing, a result is of an unknown or repeated entity, or a value is none that it can
        have.

    Examples
    --------
    >>> draw = pd.DataFrame({"inclusion_probability": [0.2, 0.2, 1.0], "drawn": [True, False, True],
    ...                      "channel": ["random", None, "targeted"]}, index=["a", "b", "c"])
    >>> results = pd.DataFrame({"violation": [1, 0], "loss_cny": [5000.0, None]}, index=["a", "b"])
    >>> outcomes_of_draw(draw, results)[["violation", "inclusion_probability", "channel"]]
       violation  inclusion_probability    channel
    a        1.0                    0.2     random
    b        0.0                    NaN  complaint
    c        NaN                    NaN       None
    """
    loss = _checked(draw, results)
    found = results.reindex(draw.index)
    violation = found["violation"].astype(float)
    inspected = violation.notna()
    drawn = draw["drawn"].to_numpy(dtype=bool) & inspected
    told = found["channel"].fillna("complaint") if "channel" in found else "complaint"
    channel = draw["channel"].where(drawn, told).astype(object).where(inspected, None)
    at_random = drawn & (draw["channel"] == "random")
    return pd.DataFrame(
        {
            "inspected": inspected,
            "violation": violation,
            loss: found[loss].astype(float).where(violation == 1) if loss in found else np.nan,
            "inclusion_probability": draw["inclusion_probability"].where(at_random),
            "channel": channel,
        },
        index=draw.index,
    )


def _checked(draw: pd.DataFrame, results: pd.DataFrame) -> str:
    """Check the results of a draw, and return the name of their column of losses."""
    if "violation" not in results:
        raise SchemaError(
            f"Results need the column 'violation'; got {', '.join(map(str, results.columns)) or 'none'}."
        )
    if results.index.has_duplicates:
        twice = shown(results.index[results.index.duplicated()][0])
        raise SchemaError(f"A round has one result an entity; {twice} has several: keep the worst.")
    unknown = results.index.difference(draw.index)
    if len(unknown):
        raise SchemaError(
            f"Results are of entities of the draw; {shown(unknown[0])} is not among them: correct its id."
        )
    wrong = results["violation"][~results["violation"].isin([0, 1]) & results["violation"].notna()]
    if len(wrong):
        raise SchemaError(f"A violation is 0, 1 or missing; got {wrong.iloc[0]}: correct the results.")
    if "channel" in results:
        strange = results["channel"].dropna()[~results["channel"].dropna().isin(CHANNELS)]
        if len(strange):
            raise SchemaError(
                f"A channel is one of {', '.join(CHANNELS)}; got {shown(strange.iloc[0])}: correct it."
            )
    return next((str(name) for name in results.columns if str(name).startswith("loss_")), "loss_cny")


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame without attributes, which several frames cannot share."""
    bare = frame.copy(deep=False)
    bare.attrs = {}
    return bare
