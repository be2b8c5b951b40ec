"""Print the parts of a benchmark, then all of it as one JSON object."""

from collections.abc import Mapping
from typing import Any

from benchmarks.accuracy.part import Part
from benchmarks.command import Options
from benchmarks.table import print_bars, print_json, print_table


def report(benchmark: str, part: Part, options: Options) -> None:
    """Print the table, the bars and the last line of a benchmark with one part.

    Parameters
    ----------
    benchmark : str
        Its name.
    part : Part
        All of it; its figures stand directly under ``ours`` and the names of the peers.
    options : Options
        Of this run.
    """
    _print_part(part, options)
    print_bars(part.bars)
    print_json(benchmark, _ours(part), part.peers, part.bars)


def report_parts(benchmark: str, parts: Mapping[str, Part], options: Options) -> None:
    """Print the tables, the bars and the last line of a benchmark with several parts.

    Parameters
    ----------
    benchmark : str
        Its name.
    parts : mapping of str to Part
        By name; under ``ours`` and each peer the figures stand under the name of their part.
    options : Options
        Of this run.
    """
    for part in parts.values():
        _print_part(part, options)
    bars = {name: bar for part in parts.values() for name, bar in part.bars.items()}
    print_bars(bars)
    names = dict.fromkeys(name for part in parts.values() for name in part.peers)
    peers = {
        peer: {name: part.peers[peer] for name, part in parts.items() if peer in part.peers} for peer in names
    }
    print_json(benchmark, {name: _ours(part) for name, part in parts.items()}, peers, bars)


def _print_part(part: Part, options: Options) -> None:
    print_table(part.title, {options.ours: part.ours, **part.peers})
    for sentence in part.fits:
        print(f"Fit: {sentence}")


def _ours(part: Part) -> dict[str, Any]:
    return {**part.ours, **part.about, "fits": list(part.fits)}
