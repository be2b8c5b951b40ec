"""A drawing surface with two axes, that turns data into SVG text."""

import math
from dataclasses import dataclass, field
from html import escape
from typing import Protocol

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 78, 18, 16, 52


class Scale(Protocol):
    """Data to a place between 0 and 1, and the ticks in between."""

    def place(self, value: float) -> float:
        """Return where a value lies, 0 at the start of the axis and 1 at its end."""

    def ticks(self) -> list[tuple[float, str]]:
        """Return values and labels."""


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear axis.

    Parameters
    ----------
    low, high : float
        Its ends.
    """

    low: float
    high: float

    def place(self, value: float) -> float:
        """Return where a value lies, 0 at the start of the axis and 1 at its end."""
        return (value - self.low) / (self.high - self.low)

    def ticks(self) -> list[tuple[float, str]]:
        """Return about five round values."""
        raw = (self.high - self.low) / 5
        size = 10 ** math.floor(math.log10(raw))
        step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= raw)
        first, last = math.ceil(self.low / step), math.floor(self.high / step + 1e-9)
        return [(i * step, f"{i * step:g}") for i in range(first, last + 1)]


@dataclass(frozen=True, slots=True)
class Log:
    """A logarithmic axis.

    Parameters
    ----------
    low, high : float
        Its ends, above 0.
    """

    low: float
    high: float

    def place(self, value: float) -> float:
        """Return where a value lies, 0 at the start of the axis and 1 at its end."""
        return math.log(value / self.low) / math.log(self.high / self.low)

    def ticks(self) -> list[tuple[float, str]]:
        """Return the powers of ten within, with 2 and 5 times them where there are few."""
        first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        factors = (1,) if self.high / self.low > 2000 else (1, 2, 5)
        values = [factor * 10.0**power for power in range(first, last + 1) for factor in factors]
        return [(value, _short(value)) for value in values if self.low <= value <= self.high]


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


@dataclass(slots=True)
class Canvas:
    """An SVG picture with a frame of two axes.

    Parameters
    ----------
    x, y : Scale
        The axes.
    alt : str
        What the picture shows, for those who cannot see it.
    """

    x: Scale
    y: Scale
    alt: str
    parts: list[str] = field(default_factory=list)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the place of a point on the picture, in pixels from the upper left corner."""
        across = LEFT + self.x.place(x) * (WIDTH - LEFT - RIGHT)
        down = HEIGHT - BOTTOM - self.y.place(y) * (HEIGHT - TOP - BOTTOM)
        return round(across, 1), round(down, 1)

    def axes(self, x_label: str, y_label: str) -> None:
        """Draw grid lines, tick labels and axis titles."""
        bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
        for value, label in self.x.ticks():
            across = LEFT + self.x.place(value) * (right - LEFT)
            self.parts.append(f'<path class="grid" d="M{across:.1f} {TOP}V{bottom}"/>')
            self.text(across, bottom + 18, label, anchor="middle")
        for value, label in self.y.ticks():
            down = bottom - self.y.place(value) * (bottom - TOP)
            self.parts.append(f'<path class="grid" d="M{LEFT} {down:.1f}H{right}"/>')
            self.text(LEFT - 8, down + 4, label, anchor="end")
        self.text((LEFT + right) / 2, HEIGHT - 10, x_label, anchor="middle", css="axis")
        turn = f' transform="rotate(-90 16 {(TOP + bottom) / 2})"'
        self.text(16, (TOP + bottom) / 2, y_label, anchor="middle", css="axis", more=turn)

    def text(
        self, x: float, y: float, text: str, *, anchor: str = "start", css: str = "tick", more: str = ""
    ) -> None:
        """Write text at a place in pixels."""
        self.parts.append(
            f'<text class="{css}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(text)}</text>'
        )

    def svg(self, *, height: float = HEIGHT) -> str:
        """Return the picture as an SVG element with a title."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" role="img" '
            f'aria-label="{escape(self.alt)}"><title>{escape(self.alt)}</title>{"".join(self.parts)}</svg>'
        )
