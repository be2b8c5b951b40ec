"""Replications side by side, one process a core; the same results for any number of cores."""

import multiprocessing
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from typing import Any


def replicate(one: Callable[[Any], Any], settings: Iterable[Any]) -> list[Any]:
    """Return what a function of a module makes of each setting, in their order.

    Parameters
    ----------
    one : callable
        Of one setting, which names its seed.
    settings : iterable
        What differs between the replications.

    Returns
    -------
    list
        A result a setting.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count() or 1, context, initializer=_one_thread) as pool:
        return list(pool.map(one, settings))


def _one_thread() -> None:
    import numba

    numba.set_num_threads(1)
