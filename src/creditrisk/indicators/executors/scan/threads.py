"""Run a compiled function over a range in several threads; it must release the lock and share nothing."""

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from queue import Queue
from threading import Event, Semaphore, Thread
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


def ahead[T](things: Generator[T], *, most: int) -> Iterator[T]:
    """Yield things that a thread of its own makes, up to `most` of them before they are asked for.

    Parameters
    ----------
    things : generator
        Makes them without the interpreter's lock; closed at the end, also where nobody asks for the rest.
    most : int
        How many.

    Yields
    ------
    object
        What was made, in order; an error is raised where it happened.

    Examples
    --------
    >>> list(ahead((number for number in range(5)), most=2))
    [0, 1, 2, 3, 4]
    """
    made: Queue[tuple[bool, Any]] = Queue()
    room = Semaphore(most)
    stopped = Event()

    def make() -> None:
        try:
            for thing in things:
                made.put((True, thing))
                room.acquire()
                if stopped.is_set():
                    return
            made.put((False, None))
        except BaseException as error:
            made.put((False, error))
        finally:
            things.close()

    maker = Thread(target=make, name="creditrisk-ahead", daemon=True)
    maker.start()
    try:
        while (next_ := made.get())[0]:
            room.release()
            yield next_[1]
        if next_[1] is not None:
            raise next_[1]
    finally:
        stopped.set()
        room.release()
        maker.join()


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
