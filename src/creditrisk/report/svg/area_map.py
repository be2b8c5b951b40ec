"""A map: areas in five shades by a rate, hot spots outlined."""

import math
from collections.abc import Collection, Mapping
from html import escape

import numpy as np

from creditrisk.report.figures import share
from creditrisk.report.picture import Picture
from creditrisk.report.shapes import Ring, Shapes, checked_shapes
from creditrisk.report.svg.canvas import WIDTH

SHADES = 5
_MARGIN, _KEY = 12, 34


def area_map(
    rates: Mapping[str, float], shapes: Shapes, *, alt: str, hot: Collection[str] = (), blank: str = "–"
) -> Picture:
    """Return a map of rates.

    Parameters
    ----------
    rates : mapping of str to float
        Rate by area, such as ``area_rates(...)["rate"]``; areas without one are grey.
    shapes : mapping of str to sequence of ndarray, (points, 2)
        Rings by area, longitude and latitude, as `read_shapes` returns them.
    alt : str
        What the map shows, for those who cannot see it.
    hot : collection of str, default ()
        Areas to outline, such as those that `hot_spots` names.
    blank : str, default "–"
        What the key calls areas without a rate.

    Returns
    -------
    Picture
        The map; every area says its code and rate when pointed at.

    Raises
    ------
    SpecError
        If there is no outline, or one cannot be drawn.
    """
    place = _Projection(checked_shapes(shapes))
    known = {name: float(rates[name]) for name in shapes if name in rates and math.isfinite(rates[name])}
    ends = _ends(list(known.values()))
    parts = []
    for name in sorted(shapes, key=lambda one: one in hot):
        css = f"s{_shade(known[name], ends)}" if name in known else "blank"
        css += " hot" if name in hot else ""
        said = f"{name}: {share(known.get(name, math.nan))}"
        path = "".join(place.path(ring) for ring in shapes[name])
        parts.append(f'<path class="area {css}" d="{path}"><title>{escape(said)}</title></path>')
    parts += _key(ends, place.height, blank if len(known) < len(shapes) else "")
    height = place.height + _KEY
    return Picture.of(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img" '
        f'aria-label="{escape(alt)}"><title>{escape(alt)}</title>{"".join(parts)}</svg>'
    )


class _Projection:
    """Longitude and latitude to pixels, true to scale in the middle of the map."""

    def __init__(self, shapes: Shapes) -> None:
        points = np.concatenate([ring for rings in shapes.values() for ring in rings])
        self._shrink = math.cos(math.radians(float(points[:, 1].mean())))
        self._west, self._north = float(points[:, 0].min()), float(points[:, 1].max())
        wide = max(float(np.ptp(points[:, 0])) * self._shrink, 1e-9)
        high = max(float(np.ptp(points[:, 1])), 1e-9)
        self._scale = min((WIDTH - 2 * _MARGIN) / wide, 1.2 * WIDTH / high)
        self.height = high * self._scale + 2 * _MARGIN

    def path(self, ring: Ring) -> str:
        across = _MARGIN + (ring[:, 0] - self._west) * self._shrink * self._scale
        down = _MARGIN + (self._north - ring[:, 1]) * self._scale
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(across, down, strict=True)) + "Z"


def _ends(values: list[float]) -> list[float]:
    """Return the ends of the shades, of equal width."""
    if not values:
        return []
    low, high = min(values), max(values)
    return [float(end) for end in np.linspace(low, high if high > low else low + 1e-9, SHADES + 1)]


def _shade(value: float, ends: list[float]) -> int:
    return min(int(np.searchsorted(ends[1:-1], value, side="right")), SHADES - 1)


def _key(ends: list[float], top: float, blank: str) -> list[str]:
    entries = [
        (f"s{shade}", f"{share(ends[shade])} – {share(ends[shade + 1])}") for shade in range(len(ends) - 1)
    ]
    entries += [("blank", blank)] if blank else []
    step = (WIDTH - 2 * _MARGIN) / max(len(entries), 1)
    parts = []
    for i, (css, said) in enumerate(entries):
        left = _MARGIN + i * step
        parts += [
            f'<rect class="{css}" x="{left:.1f}" y="{top + 8:.1f}" width="14" height="14"/>',
            f'<text class="tick" x="{left + 19:.1f}" y="{top + 19:.1f}">{escape(said)}</text>',
        ]
    return parts
