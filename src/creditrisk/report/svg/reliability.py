"""Predicted against found: a reliability diagram with intervals."""

import pandas as pd

from creditrisk.report.svg.canvas import Canvas, Linear


def reliability(groups: pd.DataFrame, *, alt: str, x_label: str, y_label: str) -> str:
    """Return a reliability diagram.

    Parameters
    ----------
    groups : DataFrame
        One row a group: `predicted`, `found`, `lower`, `upper`, all 0–1.
    alt, x_label, y_label : str
        Texts.

    Returns
    -------
    str
        An SVG element.
    """
    high = min(1.0, 1.08 * float(groups[["predicted", "upper"]].max().max()))
    canvas = Canvas(Linear(0.0, high), Linear(0.0, high), alt)
    canvas.axes(x_label, y_label)
    (x0, y0), (x1, y1) = canvas.at(0, 0), canvas.at(high, high)
    canvas.parts.append(f'<path class="ideal" d="M{x0} {y0}L{x1} {y1}"/>')
    numbers = groups[["predicted", "found", "lower", "upper"]].to_numpy(dtype=float).tolist()
    for predicted, found, lower, upper in numbers:
        x, y = canvas.at(predicted, found)
        _, top = canvas.at(predicted, upper)
        _, bottom = canvas.at(predicted, lower)
        canvas.parts.append(f'<path class="interval" d="M{x} {top}V{bottom}"/>')
        canvas.parts.append(f'<circle class="dot" cx="{x}" cy="{y}" r="4.5"/>')
    return canvas.svg()
