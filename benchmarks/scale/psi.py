"""Private set intersection at scale: how long two processes take to match their sets.

    python -m benchmarks.scale.psi [--quick]

100,000 merchants of a platform against 1,000,000 listed entities, 2,000 of them in common, over a pipe on one
machine; `--quick` matches a hundredth of that. The time is that of the platform, from its first key to the
intersection; the bureau computes in a process of its own meanwhile.
"""

import argparse
import multiprocessing
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection

from benchmarks.command import in_one_sentence
from benchmarks.table import Bar, print_bars, print_json, print_table
from creditrisk.supervision.platforms.psi import answer_listed, ask_listed

MERCHANTS, LISTED, COMMON = 100_000, 1_000_000, 2_000


class Counted:
    """A channel that counts its bytes."""

    def __init__(self, channel: Connection) -> None:
        self._channel = channel
        self.sent = self.received = 0

    def send_bytes(self, message: bytes) -> None:
        """Send and count."""
        self.sent += len(message)
        self._channel.send_bytes(message)

    def recv_bytes(self, most: int | None = None) -> bytes:
        """Receive and count."""
        message = self._channel.recv_bytes(most)
        self.received += len(message)
        return message


def codes(first: int, number: int) -> Iterator[str]:
    """Yield made-up codes of 18 characters."""
    return (f"91{one:016d}" for one in range(first, first + number))


def bureau(channel: Connection, number: int, most: int) -> None:
    """Answer once, in a process of its own."""
    answer_listed(channel, codes(0, number), most=most)


def run(part: int) -> None:
    """Match a part of the full size, and print what it took.

    Parameters
    ----------
    part : int
        The sizes are divided by it.
    """
    merchants, listed, common = MERCHANTS // part, LISTED // part, COMMON // part
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    other = context.Process(target=bureau, args=(there, listed, merchants))
    other.start()
    channel = Counted(here)
    start = time.perf_counter()
    found = ask_listed(channel, codes(listed - common, merchants))
    seconds = time.perf_counter() - start
    other.join()
    wrong = len(found ^ set(codes(listed - common, common)))
    figures = {
        "merchants": float(merchants),
        "listed": float(listed),
        "seconds": seconds,
        "microseconds per entity": seconds / (merchants + listed) * 1e6,
        "MB sent": channel.sent / 1e6,
        "MB received": channel.received / 1e6,
    }
    bars = {"wrongly matched or missed": Bar(value=float(wrong), sign="≤", limit=0)}
    print_table("Private set intersection between two processes", {"creditrisk": figures})
    print_bars(bars)
    print_json("psi", figures, {}, bars)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a hundredth of the size: some seconds")
    given = parser.parse_args()
    in_one_sentence(lambda: run(100 if given.quick else 1))
