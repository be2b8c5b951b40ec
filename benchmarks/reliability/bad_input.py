"""Thousands of damaged inputs on the real reader: each is refused in one sentence, or all its rows are there.

    python -m benchmarks.reliability.bad_input [--quick] [--workers 2] [--family text]

An input is good if `read_records` raises an error of the library with one plain sentence, or returns records
whose accepted and rejected rows are, table by table, as many as came, counted without the reader, and have
their record ids. Damaged are cells, texts, Parquet and DuckDB files, frames, places and questions. One input
in six is also asked for a snapshot and for outcomes, or given to the command line if it is a refused path.
"""

import argparse
from collections import Counter
from collections.abc import Iterable

from benchmarks.reliability.bad_input_judge import Kind
from benchmarks.reliability.bad_input_many import judge_many
from benchmarks.reliability.bad_input_workers import Judged, judge_all
from benchmarks.table import Bar, print_bars, print_json

FULL = {"cell": 680, "text": 520, "parquet": 350, "frame": 330, "place": 250, "question": 150}
QUICK = {"cell": 24, "text": 36, "parquet": 20, "frame": 20, "place": 16, "question": 12}
KINDS: tuple[Kind, ...] = ("accounted", "refused", "unaccounted", "sentence", "traceback", "crash")
LEAST_INPUTS = 2000
MANY = 10_000_000
FEWER = 200_000
PATIENCE = 1800


def main() -> None:
    """Run the battery and print what became of every family of inputs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="some of each family: under a minute")
    parser.add_argument("--workers", type=int, default=2, help="processes at a time")
    parser.add_argument("--family", choices=[*FULL, "many"], help="one of them only")
    given = parser.parse_args()
    shares = QUICK if given.quick else FULL
    judged = []
    for one in judge_all({k: n for k, n in shares.items() if given.family in (None, k)}, given.workers):
        judged.append(one)
        _print_fault(one)
    figures: dict[str, float] = {}
    if given.family in (None, "many"):
        rows = FEWER if given.quick else MANY
        many, memory = judge_many(rows, PATIENCE)
        judged.append(many)
        _print_fault(many)
        figures = {"rows of one entity": rows, "memory of their reading in GB": memory}
    _print_families(judged)
    figures = _figures(judged) | figures
    bars = _bars(figures)
    print_bars(bars)
    print_json("bad_input", figures, {}, bars)


def _print_fault(one: Judged) -> None:
    if not one.verdict.good:
        print(f"{one.verdict.kind}: {one.name}: {one.verdict.note}", flush=True)


def _figures(judged: list[Judged]) -> dict[str, float]:
    kinds = Counter(one.verdict.kind for one in judged)
    return {
        "inputs": len({one.digest for one in judged}),
        "refused in a sentence": kinds["refused"],
        "accounted for": kinds["accounted"],
        "crashes": kinds["crash"],
        "tracebacks": kinds["traceback"],
        "bad sentences": kinds["sentence"],
        "inputs with unaccounted rows": kinds["unaccounted"],
        "rows unaccounted for": sum(one.verdict.unaccounted for one in judged),
    }


def _bars(figures: dict[str, float]) -> dict[str, Bar]:
    zero = ("crashes", "tracebacks", "bad sentences", "inputs with unaccounted rows", "rows unaccounted for")
    return {"inputs": Bar(value=figures["inputs"], sign="≥", limit=LEAST_INPUTS)} | {
        name: Bar(value=figures[name], sign="≤", limit=0) for name in zero
    }


def _print_families(judged: Iterable[Judged]) -> None:
    counts: dict[str, Counter[str]] = {}
    for one in judged:
        counts.setdefault(one.name.split("/", 1)[0], Counter())[one.verdict.kind] += 1
    print("\nDamaged inputs by family, and what became of them")
    print(f"{'':10}{'inputs':>12}" + "".join(f"{kind:>12}" for kind in KINDS))
    for family, kinds in counts.items():
        print(f"{family:10}{kinds.total():>12,}" + "".join(f"{kinds[kind]:>12,}" for kind in KINDS))


if __name__ == "__main__":
    main()
