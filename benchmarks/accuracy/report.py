"""Print the parts of a benchmark, then all of it as one JSON object."""

from collections.abc import Mapping
from typing import Any

from benchmarks.accuracy.part import Part
from benchmarks.command import Options
from benchmarks.table import Bar, print_bars, print_json, print_table


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
    print_part(part, options)
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
        print_part(part, options)
    finish(benchmark, parts, {name: bar for part in parts.values() for name, bar in part.bars.items()})


def finish(benchmark: str, parts: Mapping[str, Part], bars: Mapping[str, Bar]) -> None:
    """Print the bars and the last line of a benchmark whose tables are printed.

    Parameters
    ----------
    benchmark : str
        Its name.
    parts : mapping of str to Part
        By name.
    bars : mapping of str to Bar
        All that is asked.
    """
    print_bars(bars)
    names = dict.fromkeys(name for part in parts.values() for name in (*part.peers, *part.missing))
    peers = {peer: {name: _peer(part, peer) for name, part in parts.items()} for peer in names}
    peers = {peer: {name: found for name, found in one.items() if found} for peer, one in peers.items()}
    print_json(benchmark, {name: _ours(part) for name, part in parts.items()}, peers, bars)


def print_part(part: Part, options: Options) -> None:
    """Print the table of one part, why a peer is not in it, and how our fits went.

    Parameters
    ----------
    part : Part
        Figures.
    options : Options
        Of this run.
    """
    print_table(part.title, {options.ours: part.ours, **part.peers})
    for sentence in part.fits:
        print(f"Fit: {sentence}")
    for name, reason in part.missing.items():
        print(f"Missing: {name}: {reason}")


def _peer(part: Part, peer: str) -> Mapping[str, Any]:
    if peer in part.missing:
        return {"missing": part.missing[peer]}
    return part.peers.get(peer, {})


def _ours(part: Part) -> dict[str, Any]:
    return {**part.ours, **part.about, "fits": list(part.fits)}
