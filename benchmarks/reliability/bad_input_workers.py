"""Judging every input in a process that may die or hang without taking the benchmark along."""

import random
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue

from benchmarks.reliability import (
    bad_input_cells,
    bad_input_frames,
    bad_input_parquet,
    bad_input_places,
    bad_input_questions,
    bad_input_text,
)
from benchmarks.reliability.bad_input_case import Case, Damaged
from benchmarks.reliability.bad_input_command import run_command_line
from benchmarks.reliability.bad_input_judge import Verdict, judge, judge_questions

FAMILIES = {
    "cell": bad_input_cells.cases,
    "text": bad_input_text.cases,
    "parquet": bad_input_parquet.cases,
    "frame": bad_input_frames.cases,
    "place": bad_input_places.cases,
}
ASKED_TOO = 6
PATIENCE = 900
SEED = 20260401

type Job = tuple[str, Callable[[Path], "Judged"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What became of one input.

    Parameters
    ----------
    name : str
        The case.
    digest : str
        A hash of the input itself.
    verdict : Verdict
        What became of it.
    seconds : float
        How long that took.
    """

    name: str
    digest: str
    verdict: Verdict
    seconds: float = 0.0


def jobs(shares: dict[str, int]) -> list[Job]:
    """Return everything that is to be judged: so many cases of each family, and so many questions."""
    found: list[Job] = []
    for family, number in shares.items():
        rng = random.Random(f"{SEED} {family}")
        if family == "question":
            found += [
                (name, _question(name, ask)) for name, ask in bad_input_questions.questions(rng, number)
            ]
        else:
            found += [(case.name, _case(case, i)) for i, case in enumerate(FAMILIES[family](rng, number))]
    return found


def judge_all(shares: dict[str, int], workers: int) -> Iterator[Judged]:
    """Judge all cases; a worker that dies or hangs is a crash of its case, and is replaced.

    Parameters
    ----------
    shares : dict of str to int
        How many cases of each family.
    workers : int
        How many processes.

    Yields
    ------
    Judged
        One for every case, in no particular order.
    """
    names = [name for name, _ in jobs(shares)]
    done: SimpleQueue[Judged] = SimpleQueue()
    with ThreadPoolExecutor(workers) as pool:
        for start in range(workers):
            pool.submit(_judge_part, range(len(names))[start::workers], names, shares, done)
        for _ in names:
            yield done.get()


def _judge_part(
    part: Sequence[int], names: list[str], shares: dict[str, int], done: SimpleQueue[Judged]
) -> None:
    process, line = _start(shares)
    for index in part:
        try:
            line.send(index)
            if not line.poll(PATIENCE):
                raise EOFError
            done.put(line.recv())
        except (EOFError, OSError):
            process.kill()
            process.join()
            note = f"the process ended with {process.exitcode}"
            done.put(Judged(name=names[index], digest=names[index], verdict=Verdict(kind="crash", note=note)))
            process, line = _start(shares)
    line.send(None)
    process.join()


def _start(shares: dict[str, int]) -> tuple[object, Connection]:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, shares), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _work(line: Connection, shares: dict[str, int]) -> None:
    warnings.simplefilter("ignore")
    todo = jobs(shares)
    while (index := line.recv()) is not None:
        name, run = todo[index]
        folder = Path(tempfile.mkdtemp(prefix="bad-input-"))
        try:
            line.send(run(folder))
        except Exception as error:
            note = f"the case itself fails with {type(error).__name__}: {error}"
            line.send(Judged(name=name, digest=name, verdict=Verdict(kind="crash", note=note)))
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _case(case: Case, number: int) -> Callable[[Path], Judged]:
    def run(folder: Path) -> Judged:
        damaged = case.make(folder)
        digest = damaged.digest()
        started = time.perf_counter()
        verdict = _asked(damaged, folder) if number % ASKED_TOO == 0 else judge(damaged)
        return Judged(name=case.name, digest=digest, verdict=verdict, seconds=time.perf_counter() - started)

    return run


def _asked(damaged: Damaged, folder: Path) -> Verdict:
    """Ask for a snapshot and outcomes too; what is refused is given to the command line as well."""
    verdict = judge_questions(damaged)
    if verdict.kind != "refused" or not isinstance(damaged.source, Path):
        return verdict
    out = str(folder / "result")
    return run_command_line(["assess", str(damaged.source), "--as-of", "2024-01-01", "--out", out])


def _question(name: str, ask: bad_input_questions.Question) -> Callable[[Path], Judged]:
    return lambda folder: Judged(name=name, digest=name, verdict=ask(folder))
