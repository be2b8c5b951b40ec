"""Flows from class to class, as bands between two columns of bars."""

from collections.abc import Sequence
from html import escape

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.report.svg.canvas import WIDTH

Floats = NDArray[np.float64]

_HEIGHT, _TOP, _GAP, _BAR = 380, 34, 14, 16
_LEFT, _RIGHT = 96, WIDTH - 96


def sankey(
    counts: pd.DataFrame, *, heads: tuple[str, str], figures: Sequence[Sequence[str]], alt: str
) -> str:
    """Return bands as wide as the numbers that flow.

    Parameters
    ----------
    counts : DataFrame
        Numbers of entities, by class before (rows) and after (columns).
    heads : tuple of two str
        Above the left and the right column.
    figures : sequence of two sequences of str
        What stands beside the bars before, and beside those after.
    alt : str
        What the picture shows.

    Returns
    -------
    str
        An SVG element.
    """
    numbers = counts.to_numpy(dtype=float)
    columns = max(numbers.shape)
    scale = (_HEIGHT - _TOP - _GAP * columns) / max(numbers.sum(), 1.0)
    left, right = _tops(numbers.sum(axis=1), scale), _tops(numbers.sum(axis=0), scale)
    parts = _bars(counts.index, left, numbers.sum(axis=1) * scale, _LEFT - _BAR, figures[0])
    parts += _bars(counts.columns, right, numbers.sum(axis=0) * scale, _RIGHT, figures[1])
    for i, before in enumerate(counts.index):
        for j, after in enumerate(counts.columns):
            width = numbers[i, j] * scale
            if width > 0:
                said = f"{before} → {after}: {numbers[i, j]:,.0f}"
                parts.append(_band(left[i], right[j], width, str(before), said))
                left[i], right[j] = left[i] + width, right[j] + width
    for across, anchor, head in ((_LEFT, "end", heads[0]), (_RIGHT, "start", heads[1])):
        parts.append(f'<text class="axis" x="{across}" y="18" text-anchor="{anchor}">{escape(head)}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(alt)}"><title>{escape(alt)}</title>{"".join(parts)}</svg>'
    )


def _tops(sizes: Floats, scale: float) -> list[float]:
    tops, down = [], float(_TOP)
    for size in sizes:
        tops.append(down)
        down += float(size) * scale + _GAP
    return tops


def _bars(
    names: pd.Index, tops: Sequence[float], heights: Floats, across: float, figures: Sequence[str]
) -> list[str]:
    at_left = across < WIDTH / 2
    beside, anchor = (across - 8, "end") if at_left else (across + _BAR + 8, "start")
    parts = []
    for name, top, height, figure in zip(names, tops, heights, figures, strict=True):
        parts += [
            f'<rect class="bar {name}" x="{across}" y="{top:.1f}" width="{_BAR}" '
            f'height="{max(height, 1):.1f}"/>',
            f'<text class="tick" x="{beside}" y="{top + height / 2 + 4:.1f}" text-anchor="{anchor}">'
            f"{escape(f'{name}  {figure}')}</text>",
        ]
    return parts


def _band(left: float, right: float, width: float, css: str, said: str) -> str:
    half, low, high = (_LEFT + _RIGHT) / 2, left + width, right + width
    upper = f"M{_LEFT} {left:.1f}C{half} {left:.1f} {half} {right:.1f} {_RIGHT} {right:.1f}"
    lower = f"V{high:.1f}C{half} {high:.1f} {half} {low:.1f} {_LEFT} {low:.1f}Z"
    return f'<path class="flow {css}" d="{upper}{lower}"><title>{escape(said)}</title></path>'
