"""A process that grades is killed at random moments: in the end every byte is what it would have been."""

import random
import signal
import subprocess
import sys
import time

import pytest
from tests.lib.batches import contents, written

from creditrisk.grading.ratings import read_ratings

KILLS, ROWS = 50, 10
PROCESS = """
import sys
from pathlib import Path
from tests.lib.batches import Batch
print("ready", flush=True)
Batch(Path(sys.argv[1])).grade(Path(sys.argv[2]), rows=int(sys.argv[3]))
"""


@pytest.mark.slow
def test_killed_fifty_times_no_byte_differs(tmp_path, repository):
    batch = written(tmp_path / "batch")
    (plain := tmp_path / "plain").mkdir()
    began = start(batch, plain, repository)
    lasts = -time.monotonic()
    assert began.wait() == 0
    lasts += time.monotonic()
    expected, rng, finished = contents(plain), random.Random(1), 0
    rated = [read_ratings(path).table for path in sorted((plain / "ratings").iterdir())]
    ids = [entity for part in rated for entity in part.index]
    assert len(ids) == len(set(ids)) and len(rated) > 5
    out = tmp_path / "out-0"
    for _ in range(KILLS):
        process = start(batch, out, repository)
        try:
            code = process.wait(timeout=rng.uniform(0, lasts))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            code = process.wait()
        assert code in (0, -signal.SIGKILL)
        if code == 0:
            assert contents(out) == expected
            finished += 1
            out = tmp_path / f"out-{finished}"
    assert start(batch, out, repository).wait() == 0
    assert contents(out) == expected
    assert finished > 0


def start(batch, out, repository):
    """Start a process, and wait until it has imported everything."""
    command = [sys.executable, "-W", "ignore", "-c", PROCESS, str(batch.folder), str(out), str(ROWS)]
    process = subprocess.Popen(command, cwd=repository, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process.stdout as said:
        assert said.readline() == "ready\n"
    return process
