"""The plane of probability and loss, with the cuts as lines of equal expected loss."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from creditrisk.report.svg.canvas import Canvas, Log

_MARKS = {
    "A": "M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
    "B": "M-2.7-2.7h5.4v5.4h-5.4z",
    "C": "M0-3.6L3.4 2.6H-3.4z",
    "D": "M0-4L4 0L0 4L-4 0z",
}


def plane(
    entities: pd.DataFrame, cuts: Sequence[float], *, alt: str, x_label: str, y_label: str, steps: int = 60
) -> str:
    """Return a log-log picture of entities and cuts.

    Parameters
    ----------
    entities : DataFrame
        `p` (0–1), `loss` (loss if violated, money) and `risk_class` of the entities to show.
    cuts : sequence of float
        Lower bounds of B, C and D to draw lines at; those outside the picture are left out.
    alt, x_label, y_label : str
        Texts.
    steps : int, default 60
        Points of a line.

    Returns
    -------
    str
        An SVG element.
    """
    shown = entities[(entities["p"] > 0) & (entities["loss"] > 0)]
    x_axis, y_axis = _axis(shown["p"]), _axis(shown["loss"])
    canvas = Canvas(x_axis, y_axis, alt)
    canvas.axes(x_label, y_label)
    for letter, mark in _MARKS.items():
        canvas.parts.append(f'<defs><path id="mark{letter}" d="{mark}"/></defs>')
        of_class = shown[shown["risk_class"] == letter]
        for p, loss in zip(of_class["p"], of_class["loss"], strict=True):
            x, y = canvas.at(p, loss)
            canvas.parts.append(f'<use href="#mark{letter}" class="mark {letter}" x="{x}" y="{y}"/>')
    for letter, cut in zip("BCD", cuts, strict=False):
        _draw_cut(canvas, x_axis, y_axis, cut, letter, steps)
    return canvas.svg()


def _axis(values: pd.Series) -> Log:
    if values.empty:
        return Log(0.1, 1.0)
    low, high = float(values.min()) / 1.15, float(values.max()) * 1.15
    return Log(low, high)


def _draw_cut(canvas: Canvas, x: Log, y: Log, cut: float, letter: str, steps: int) -> None:
    if not np.isfinite(cut) or cut <= 0:
        return
    low, high = max(x.low, cut / y.high), min(x.high, cut / y.low)
    if low >= high:
        return
    points = [canvas.at(p, cut / p) for p in np.geomspace(low, high, steps)]
    canvas.parts.append(f'<path class="cut" d="M{" ".join(f"{a} {b}" for a, b in points)}"/>')
    canvas.text(points[0][0] + 7, points[0][1] + 12, letter, css="tick cutlabel")
