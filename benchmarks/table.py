"""What a benchmark prints: a table for people, the bars, and one JSON object for machines."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A figure and what it has to reach.

    Parameters
    ----------
    value : float
        The figure of our own model.
    sign : {"≥", "≤"}
        Which side is good.
    limit : float
        The last good value.
    """

    value: float
    sign: str
    limit: float

    @property
    def holds(self) -> bool:
        """Whether the figure, as it came and not rounded, is on the good side."""
        return self.value >= self.limit if self.sign == "≥" else self.value <= self.limit

    def to_dict(self) -> dict[str, Any]:
        """Return value, goal and whether it holds."""
        return {"value": _rounded(self.value), "goal": f"{self.sign} {self.limit:g}", "holds": self.holds}


def print_table(title: str, rows: Mapping[str, Figures]) -> None:
    """Print one line a model and one column a figure.

    Parameters
    ----------
    title : str
        Above the table.
    rows : mapping of str to mapping of str to float
        Figures by name, by model.
    """
    columns = list(dict.fromkeys(name for figures in rows.values() for name in figures))
    width = max(len(name) for name in rows)
    print(f"\n{title}\n{'':{width}}  {'  '.join(columns)}")
    for name, figures in rows.items():
        cells = [_cell(figures.get(column)).rjust(len(column)) for column in columns]
        print(f"{name:{width}}  {'  '.join(cells)}")


def print_bars(bars: Mapping[str, Bar]) -> None:
    """Print every bar with its figure.

    Parameters
    ----------
    bars : mapping of str to Bar
        By name.
    """
    print()
    for name, bar in bars.items():
        verdict = "holds" if bar.holds else "MISSED"
        print(f"{verdict:6}  {name}: {_cell(bar.value)}, goal {bar.sign} {bar.limit:g}")


def print_json(
    benchmark: str, ours: Mapping[str, Any], peers: Mapping[str, Any], bars: Mapping[str, Bar]
) -> None:
    """Print the last line: one JSON object.

    Parameters
    ----------
    benchmark : str
        Its name.
    ours, peers : mapping
        Figures of our own model, and of each peer.
    bars : mapping of str to Bar
        By name.
    """
    result = {
        "benchmark": benchmark,
        "ours": _plain(ours),
        "peers": _plain(peers),
        "bars": {name: bar.to_dict() for name, bar in bars.items()},
    }
    print(json.dumps(result, ensure_ascii=False, allow_nan=False), flush=True)


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _plain(value: Any) -> Any:
    """Return the figures with five decimals, which is more than the data can tell apart."""
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return _rounded(value) if isinstance(value, float) else value


def _rounded(value: float) -> float:
    return round(float(value), 5)
