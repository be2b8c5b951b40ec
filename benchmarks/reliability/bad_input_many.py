"""One entity with ten million inspections, some of them broken: read in a process whose memory is watched."""

import resource
import sys
import tempfile
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.reliability.bad_input_base import ENTITIES, write_registration
from benchmarks.reliability.bad_input_case import Damaged
from benchmarks.reliability.bad_input_judge import Verdict, judge
from benchmarks.reliability.bad_input_workers import Judged

GROUP = 500_000
BROKEN_EVERY = 1000
DAYS = 3000
FIRST_DAY = 14_610
KILOBYTES_PER_GB = 1 << 20


def judge_many(rows: int, patience: int) -> tuple[Judged, float]:
    """Read so many rows of one entity, one in a thousand with a code that does not exist.

    Parameters
    ----------
    rows : int
        How many.
    patience : int
        Seconds after which the process counts as hung.

    Returns
    -------
    Judged
        What became of them.
    float
        The largest resident memory of the process, in GB.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, rows), daemon=True)
    started = time.perf_counter()
    process.start()
    theirs.close()
    name = f"many/{rows}"
    try:
        if not ours.poll(patience):
            raise EOFError
        verdict, memory = ours.recv()
    except EOFError:
        process.kill()
        verdict, memory = Verdict(kind="crash", note="the process died or hung"), float("inf")
    process.join()
    seconds = time.perf_counter() - started
    return Judged(name=name, digest=name, verdict=verdict, seconds=seconds), memory


def write_many(folder: Path, rows: int) -> None:
    """Write the inspections of one entity, group by group."""
    schema = pa.schema(
        {
            "record_id": pa.int64(),
            "entity_id": pa.string(),
            "occurred_on": pa.date32(),
            "known_on": pa.date32(),
            "result_codes": pa.string(),
        }
    )
    with pq.ParquetWriter(folder / "inspection.parquet", schema) as writer:
        for start in range(0, rows, GROUP):
            numbers = range(start, min(start + GROUP, rows))
            days = pa.array([FIRST_DAY + number % DAYS for number in numbers], pa.int32()).view(pa.date32())
            codes = ["?" if number % BROKEN_EVERY == 0 else "1" for number in numbers]
            columns = [pa.array(numbers), pa.array([ENTITIES[0]] * len(numbers)), days, days, pa.array(codes)]
            writer.write_table(pa.table(columns, schema=schema))


def _work(line: Connection, rows: int) -> None:
    with tempfile.TemporaryDirectory(prefix="bad-input-") as place:
        folder = Path(place)
        write_registration(folder)
        write_many(folder, rows)
        verdict = judge(Damaged(source=folder, rows={"inspection": rows}))
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    memory = kilobytes / (KILOBYTES_PER_GB * (1024 if sys.platform == "darwin" else 1))
    line.send((verdict, memory))
