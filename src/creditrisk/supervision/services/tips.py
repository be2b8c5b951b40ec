"""The tips list (常见风险点行政提示清单): whom to tell what, once, while it can still be put right."""

import datetime as dt
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import Field

from creditrisk.errors import SchemaError, SpecError
from creditrisk.records.dates import to_date
from creditrisk.records.toml_file import FileSpec, as_path, load, parse, read_preset
from creditrisk.supervision.monitoring.log import COLUMNS, alert_states
from creditrisk.supervision.monitoring.point import MonitoringPoint

REPAIR = "repair"
_FOLDER = resources.files("creditrisk.supervision.services") / "tip_texts"
_TIPS = ["entity_id", "about", "number", "kind", "due", "tip_en", "tip_zh"]
_KEY = _TIPS[:3]


class TipText(FileSpec):
    """One tip.

    Parameters
    ----------
    kind : {"risk", "annual_report", "repair"}
        A risk of violation, a guide to the annual report, or a way to repair.
    en, zh : str
        What the entity is told.
    """

    kind: Literal["risk", "annual_report", "repair"]
    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)


class TipTexts(FileSpec):
    """What a file of tips says.

    Parameters
    ----------
    source : {"published", "assumed"}
        Whether a published practice words them so.
    repair : TipText
        For entities with a record that can be repaired now.
    points : table of TipText
        By monitoring point.
    """

    source: Literal["published", "assumed"]
    repair: TipText
    points: dict[str, TipText]


def load_tips(name: str | Path = "market_supervision") -> TipTexts:
    """Read a file of tips.

    Parameters
    ----------
    name : str or Path, default "market_supervision"
        Of a packaged one, or a TOML file.

    Returns
    -------
    TipTexts
        The tips.

    Raises
    ------
    SourceError
        If there is no such file.
    SpecError
        If there is no such name, or the file says something that no tip can say.

    Examples
    --------
    >>> load_tips().points["annual_report_all_zero"].kind
    'annual_report'
    """
    if as_path(name).suffix == ".toml":
        return load(TipTexts, name, what="tips")
    return parse(TipTexts, read_preset(_FOLDER, str(name), "tips"), f"tips {name!r}")


def tips_list(
    log: pd.DataFrame,
    points: Iterable[MonitoringPoint],
    *,
    on: str | dt.date,
    texts: TipTexts | None = None,
    outlook: pd.DataFrame | None = None,
    sent: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the tips to send at the end of a day: of alerts nobody was told of, and of repair.

    Parameters
    ----------
    log : DataFrame
        The log of alerts.
    points : iterable of MonitoringPoint
        The points of the log.
    on : str or date
        The day; events on it count.
    texts : TipTexts, optional
        ``load_tips()`` if not given.
    outlook : DataFrame, optional
        From `repair_outlook`: entities with a record that is ready are told so.
    sent : DataFrame, optional
        Tips sent before, which are not sent again.

    Returns
    -------
    DataFrame
        `entity_id`, `about` (a monitoring point, or ``"repair"``), `number` (of the alert; for repair, how
        many records are ready), `kind`, `due` (the last day to tell it), `tip_en` and `tip_zh`.

    Raises
    ------
    SpecError
        If a point of an alert has no tip.
    SchemaError
        If `sent` lacks a column.
    """
    known = texts or load_tips()
    states = alert_states(log, points, as_of=to_date(on) + dt.timedelta(days=1))
    untold = states[states["stage"].isin(["detected", "escalated"]) & ~states["told"].astype(bool)]
    without = untold.loc[~untold["point"].isin(known.points), "point"]
    if len(without):
        raise SpecError(
            f"Every monitoring point has a tip; {without.iloc[0]!r} has none: write one into the file."
        )
    tips = untold.rename(columns={"point": "about"})[[*_KEY, "due"]]
    if outlook is not None:
        ready = outlook.loc[outlook["ready"] > 0, "ready"]
        repair = pd.DataFrame(
            {"entity_id": ready.index, "about": REPAIR, "number": ready.to_numpy(), "due": None}
        )
        tips = pd.concat([tips, repair.astype(object)], ignore_index=True)
    said = [known.repair if about == REPAIR else known.points[about] for about in tips["about"]]
    tips = tips.assign(
        kind=[one.kind for one in said], tip_en=[one.en for one in said], tip_zh=[one.zh for one in said]
    )
    return tips.loc[~_is_sent(tips, sent), _TIPS].sort_values(_KEY, ignore_index=True)


def notices_of(tips: pd.DataFrame, *, on: str | dt.date) -> pd.DataFrame:
    """Return sent tips as the notices of their alerts, to be added to the log.

    Parameters
    ----------
    tips : DataFrame
        From `tips_list`.
    on : str or date
        The day on which they were sent.

    Returns
    -------
    DataFrame
        Rows of the log; tips on repair answer no alert and have none.
    """
    told = tips[tips["about"] != REPAIR]
    rows = [
        (to_date(on), about, entity, "notify", "tip") for entity, about in told[_KEY[:2]].to_numpy(object)
    ]
    return pd.DataFrame(rows, columns=COLUMNS, dtype=object)


def _is_sent(tips: pd.DataFrame, sent: pd.DataFrame | None) -> "pd.Series[bool]":
    if sent is None or tips.empty:
        return pd.Series(False, index=tips.index)
    for name in _KEY:
        if name not in sent:
            raise SchemaError(
                f"Sent tips are told by {', '.join(_KEY)}; {name} is missing: pass a tips list."
            )
    before = set(map(tuple, sent[_KEY].to_numpy(object)))
    return pd.Series([key in before for key in map(tuple, tips[_KEY].to_numpy(object))], index=tips.index)
