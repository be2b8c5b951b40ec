"""Run a compiled function over a range in several threads; it must release the lock and share nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import Any

import numba

SMALL = 20_000


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(workers(), thread_name_prefix="creditrisk-scan")


def workers() -> int:
    """Return how many threads run at once; ``NUMBA_NUM_THREADS`` sets it."""
    return int(numba.get_num_threads())


def bounds(length: int, parts: int) -> list[tuple[int, int]]:
    """Return a range cut into parts of about equal length.

    Examples
    --------
    >>> bounds(5, 2)
    [(0, 2), (2, 5)]
    """
    cuts = [length * part // parts for part in range(parts + 1)]
    return list(pairwise(cuts))


def each(function: Callable[..., Any], tasks: list[tuple[Any, ...]]) -> None:
    """Call a function with every tuple of arguments, in no order.

    Parameters
    ----------
    function : callable
        Compiled, without the interpreter's lock.
    tasks : list of tuple
        Its arguments.
    """
    if len(tasks) == 1:
        function(*tasks[0])
        return
    for done in [_pool().submit(function, *task) for task in tasks]:
        done.result()


def over(function: Callable[..., Any], length: int, *arguments: Any) -> None:
    """Call ``function(begin, end, *arguments)`` until ``[0, length)`` is covered.

    Parameters
    ----------
    function : callable
        Compiled, without the interpreter's lock.
    length : int
        Of the range.
    *arguments : object
        The same for every call.
    """
    each(function, [(*share, *arguments) for share in split(length, length)])


def split(length: int, work: int) -> list[tuple[int, int]]:
    """Return a range cut into shares for the threads; not cut if there is little work.

    Examples
    --------
    >>> split(5, work=5)
    [(0, 5)]
    """
    return bounds(length, 1 if work < SMALL else 2 * workers())
