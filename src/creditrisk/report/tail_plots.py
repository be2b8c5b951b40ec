"""Where a Pareto tail may begin, as pictures: mean excess and shape over thresholds."""

import pandas as pd

from creditrisk.errors import SchemaError
from creditrisk.grading.texts import Language
from creditrisk.report.language import load_texts
from creditrisk.report.picture import Picture
from creditrisk.report.svg.canvas import Canvas, Linear, Log

_ROOM = 1.15


def plot_mean_excess(thresholds: pd.DataFrame, *, language: Language = "en") -> Picture:
    """Return the mean excess over each threshold; a Pareto tail begins where it rises straight.

    Parameters
    ----------
    thresholds : DataFrame
        As `tail_by_threshold` returns it.
    language : {"en", "zh"}, default "en"
        Of the texts.

    Returns
    -------
    Picture
        Dots with their intervals.

    Raises
    ------
    SchemaError
        If it is another table.
    """
    return _over_thresholds(thresholds, "mean_excess", language)


def plot_tail_shape(thresholds: pd.DataFrame, *, language: Language = "en") -> Picture:
    r"""Return the shape :math:`\xi` of the excesses over each threshold; a Pareto tail has a level one.

    Parameters
    ----------
    thresholds : DataFrame
        As `tail_by_threshold` returns it.
    language : {"en", "zh"}, default "en"
        Of the texts.

    Returns
    -------
    Picture
        Dots with their intervals.

    Raises
    ------
    SchemaError
        If it is another table.
    """
    return _over_thresholds(thresholds, "xi", language)


def _over_thresholds(table: pd.DataFrame, what: str, language: Language) -> Picture:
    columns = [what, f"{what}_lower", f"{what}_upper"]
    lacking = [name for name in ("threshold", *columns) if name not in table]
    if lacking or table.empty:
        said = f"lacks {lacking[0]!r}" if lacking else "is empty"
        raise SchemaError(
            f"A tail is shown from the table of tail_by_threshold; this one {said}: pass what it returns."
        )
    text = load_texts(language)["tail"]
    at, values = table["threshold"].astype(float), table[columns].astype(float)
    low, high = float(values.min().min()), float(values.max().max())
    y = Linear(min(0.0, low), _ROOM * high if high > 0 else 1.0)
    canvas = Canvas(Log(float(at.min()) / _ROOM, float(at.max()) * _ROOM), y, text[what])
    canvas.axes(text["threshold"], text[f"{what}_axis"])
    for threshold, value, lower, upper in zip(at, *(values[name] for name in columns), strict=True):
        x, middle = canvas.at(threshold, value)
        top, bottom = canvas.at(threshold, upper)[1], canvas.at(threshold, lower)[1]
        canvas.parts.append(f'<path class="interval" d="M{x} {top}V{bottom}"/>')
        canvas.parts.append(f'<circle class="dot" cx="{x}" cy="{middle}" r="4.5"/>')
    return Picture.of(canvas.svg())
