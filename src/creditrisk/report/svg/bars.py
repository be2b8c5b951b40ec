"""Horizontal bars, one a line, with their label above the line's start."""

from collections.abc import Sequence
from html import escape

from creditrisk.report.svg.canvas import WIDTH

_LINE = 30
_LABEL = 270


def bars(
    labels: Sequence[str],
    values: Sequence[float],
    figures: Sequence[str],
    *,
    alt: str,
    css: Sequence[str] | None = None,
) -> str:
    """Return bars with a label at their left and a figure at their right.

    Parameters
    ----------
    labels : sequence of str
        What stands left of each bar.
    values : sequence of float
        Lengths, 0 or more.
    figures : sequence of str
        What stands right of each bar.
    alt : str
        What the picture shows.
    css : sequence of str, optional
        A CSS class for each bar.

    Returns
    -------
    str
        An SVG element.
    """
    longest = max([*values, 1e-12])
    room = WIDTH - _LABEL - 80
    parts = []
    for i, (label, value, figure) in enumerate(zip(labels, values, figures, strict=True)):
        top, length = i * _LINE + 4, max(1.0, value / longest * room)
        style = "bar" if css is None else f"bar {css[i]}"
        parts += [
            f'<text class="label" x="{_LABEL - 10}" y="{top + 15}" text-anchor="end">'
            f"{escape(_fit(label))}</text>",
            f'<rect class="{style}" x="{_LABEL}" y="{top}" width="{length:.1f}" height="22" rx="2"/>',
            f'<text class="tick" x="{_LABEL + length + 8:.1f}" y="{top + 15}">{escape(figure)}</text>',
        ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {len(labels) * _LINE + 4}" role="img" '
        f'aria-label="{escape(alt)}"><title>{escape(alt)}</title>{"".join(parts)}</svg>'
    )


def _fit(label: str, width: int = 34) -> str:
    """Return a label that fits its place; a Chinese character is as wide as two letters."""
    taken = 0
    for i, letter in enumerate(label):
        taken += 2 if ord(letter) > 0x2E7F else 1
        if taken > width:
            return label[: i - 1].rstrip() + "…"
    return label
