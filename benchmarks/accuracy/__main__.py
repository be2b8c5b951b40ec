"""Every public data set, our model with its default settings, and every peer, in one run.

    python -m benchmarks.accuracy --data ../shared/data [--quick] [--only NAME] [--peers none|fast|all]

Splits and features are those of the public splits; no choice was made on the test rows. The peers that are
tuned search over five folds of the training rows, all rows of an entity in the same fold. The monotone
LightGBM and our model are told the same directions; where none is known, it is the free one, not searched
again. `constant` and `ridge_hinges` are references: shown, and not counted among the peers. Bars are judged
when all peers ran.
"""

import argparse
import sys
from functools import partial
from types import ModuleType

from benchmarks.accuracy.bars import against_best, flat, over_data_sets
from benchmarks.accuracy.datasets import DATASETS, Dataset
from benchmarks.accuracy.ours import ours
from benchmarks.accuracy.part import Part
from benchmarks.accuracy.peers.roster import Judged, judge, roster
from benchmarks.accuracy.report import finish, print_part
from benchmarks.accuracy.task import Task
from benchmarks.command import Options, base_parser, in_one_sentence, options_of
from benchmarks.splits import load_splits
from benchmarks.table import Figures
from creditrisk.models.inference.engines import Map

CANDIDATES, BAGS = 16, 8
QUICK_CANDIDATES, QUICK_BAGS = 3, 1


def run(options: Options, only: str | None, peers: str) -> None:
    """Print a table a data set, the bars and the JSON line; what is under way goes to stderr.

    Parameters
    ----------
    options : Options
        Of this run.
    only : str or None
        One data set instead of all.
    peers : {"none", "fast", "all"}
        Which peers.
    """
    splits = load_splits(options.data)
    quick = isinstance(options.inference, Map)
    chosen = roster(
        peers,
        candidates=QUICK_CANDIDATES if quick else CANDIDATES,
        bags=QUICK_BAGS if quick else BAGS,
    )
    parts: dict[str, Part] = {}
    tasks = {
        name: one.task(name, options.data, splits) for name, one in DATASETS.items() if only in (None, name)
    }
    fits = {name: _our_fit(name, splits, task, options) for name, task in tasks.items()}
    for name, task in tasks.items():
        judged = judge(splits, task, chosen, partial(_tell, name))
        parts[name] = _part(DATASETS[name], task, *fits[name], judged)
        print_part(parts[name], options)
    missing = sum(len(part.missing) for part in parts.values())
    complete = peers == "all" and only is None
    bars = {name: part.bars for name, part in parts.items()} if peers == "all" else {}
    finish("accuracy", parts, over_data_sets(bars, missing) if complete else flat(bars))


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and run.

    Parameters
    ----------
    arguments : list of str, optional
        Instead of those of the process.
    """
    parser = base_parser(__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--only", choices=list(DATASETS), help="one data set")
    parser.add_argument(
        "--peers", choices=["none", "fast", "all"], default="all", help="fast: without searches and EBM"
    )
    given = parser.parse_args(arguments)
    in_one_sentence(lambda: run(options_of(given), given.only, given.peers))


def _our_fit(name: str, splits: ModuleType, task: Task, options: Options) -> tuple[Figures, str]:
    figures, sentence = ours(splits, task, options.inference)
    _tell(name, f"{options.ours} {figures['fit_seconds']:.0f} s")
    return figures, sentence


def _part(dataset: Dataset, task: Task, figures: Figures, sentence: str, judged: Judged) -> Part:
    train, test = int(task.train.sum()), int(task.test.sum())
    return Part(
        title=f"{dataset.title} ({train:,} rows to learn from, {test:,} to predict)",
        ours=figures,
        peers=judged.figures,
        bars=against_best(figures, judged.figures),
        fits=(sentence,),
        about={
            "train": train,
            "test": test,
            "features": task.X.shape[1],
            "groups": list(task.groups),
            "directions": dict(task.directions),
        },
        missing=judged.missing,
    )


def _tell(name: str, what: str) -> None:
    print(f"{name}: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
