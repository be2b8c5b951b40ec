"""Which peers there are, and how they are judged: none is left out without a reason in the table."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import ModuleType

from benchmarks.accuracy.measures import probability_figures
from benchmarks.accuracy.peers.additive import ebm
from benchmarks.accuracy.peers.boosted import boosted_default, boosted_slower
from benchmarks.accuracy.peers.hinges import ridge_hinges
from benchmarks.accuracy.peers.logistic import constant, logistic
from benchmarks.accuracy.peers.ordered import catboost
from benchmarks.accuracy.peers.scorecard import scorecard
from benchmarks.accuracy.peers.tuned import tuned_free, tuned_monotone
from benchmarks.accuracy.task import Floats, Task
from creditrisk.errors import SourceError

Peer = Callable[[Task], Floats]

UNTUNED: Mapping[str, Peer] = {
    "constant": constant,
    "logreg": logistic,
    "lgbm_default": boosted_default,
    "lgbm_200x0.05": boosted_slower,
}
REFERENCES = ("constant", "ridge_hinges")


def roster(choice: str, *, candidates: int, bags: int) -> dict[str, Peer]:
    """Return the peers of a run.

    Parameters
    ----------
    choice : {"none", "fast", "all"}
        "fast" leaves out those that take minutes: the searches and EBM.
    candidates : int
        Settings that each search of LightGBM compares.
    bags : int
        Outer bags of EBM.

    Returns
    -------
    dict of str to callable
        By name.
    """
    if choice == "none":
        return {}
    fast = {**UNTUNED, "catboost": catboost, "optbinning": scorecard, "ridge_hinges": ridge_hinges}
    if choice == "fast":
        return fast
    slow: dict[str, Peer] = {
        "lgbm_tuned": lambda task: tuned_free(task, candidates),
        "lgbm_tuned_monotone": lambda task: tuned_monotone(task, candidates),
        "ebm": partial(ebm, bags=bags),
    }
    order = [*UNTUNED, *slow, "catboost", "optbinning", "ridge_hinges"]
    return {name: {**fast, **slow}[name] for name in order}


def untuned(task: Task) -> dict[str, Floats]:
    """Return the probabilities of the peers that need no search.

    Parameters
    ----------
    task : Task
        Data and split.

    Returns
    -------
    dict of str to ndarray
        ``constant`` (the training rate), ``logreg``, ``lgbm_default`` and ``lgbm_200x0.05``.
    """
    return {name: peer(task) for name, peer in UNTUNED.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the peers reach on one data set.

    Parameters
    ----------
    figures : mapping of str to mapping of str to float
        By peer.
    missing : mapping of str to str
        Why a peer has no figures.
    """

    figures: Mapping[str, Mapping[str, float]]
    missing: Mapping[str, str]


def judge(splits: ModuleType, task: Task, peers: Mapping[str, Peer], tell: Callable[[str], None]) -> Judged:
    """Run the peers and measure them on the test rows; one that fails is named with its reason.

    Parameters
    ----------
    splits : ModuleType
        The public splits, which know the measures.
    task : Task
        Data and split.
    peers : mapping of str to callable
        By name.
    tell : callable
        Gets a line about every peer as it ends.

    Returns
    -------
    Judged
        Figures and failures.
    """
    figures, missing = {}, {}
    for name, peer in peers.items():
        try:
            figures[name] = timed_figures(splits, task, peer)
        except SourceError as error:
            missing[name] = str(error)
        except Exception as error:
            missing[name] = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
        tell(
            f"{name} {figures[name]['fit_seconds']:.0f} s" if name in figures else f"{name}: {missing[name]}"
        )
    return Judged(figures=figures, missing=missing)


def timed_figures(splits: ModuleType, task: Task, peer: Peer) -> dict[str, float]:
    """Return a model's figures on the test rows, and the seconds that search, fit and prediction took.

    Parameters
    ----------
    splits : ModuleType
        The public splits.
    task : Task
        Data and split.
    peer : callable
        The model.

    Returns
    -------
    dict of str to float
        Figures by name.
    """
    start = time.perf_counter()
    p = peer(task)
    seconds = time.perf_counter() - start
    return {**probability_figures(splits, task.y[task.test], p), "fit_seconds": seconds}
