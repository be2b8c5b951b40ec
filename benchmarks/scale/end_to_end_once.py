"""Grade a folder of records in a process of its own: seconds of every stage, and peak memory."""

import argparse
import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.scale.extraction_ours import system
from creditrisk.batch import grader, run
from creditrisk.batch.advance import Advance
from creditrisk.batch.folder import RunFolder
from creditrisk.indicators.sliced import Slices
from creditrisk.models.scoring.summarise import ReadyModel

PARTS = {
    "hashing the files": (run.InputFiles, "digests"),
    "reading, checking and sorting": (run, "write_sorted"),
    "measuring": (Slices, "measure"),
    "scoring": (ReadyModel, "summary"),
    "grading by the policy": (grader, "grade_summary"),
    "writing parts": (RunFolder, "keep"),
}


class Stopwatch:
    """Adds up how long some functions take."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def watch(self, stage: str, owner: Any, name: str) -> None:
        """Measure every call of a function from now on."""
        function: Callable[..., Any] = getattr(owner, name)

        def timed(*arguments: Any, **more: Any) -> Any:
            began = time.perf_counter()
            try:
                return function(*arguments, **more)
            finally:
                self.seconds[stage] += time.perf_counter() - began

        setattr(owner, name, timed)


def main(arguments: list[str] | None = None) -> None:
    """Grade, and print the figures as JSON.

    Parameters
    ----------
    arguments : list of str, optional
        Instead of those of the process.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("records", type=Path)
    parser.add_argument("day")
    parser.add_argument("out", type=Path)
    given = parser.parse_args(arguments)
    watch = Stopwatch()
    for stage, (owner, name) in PARTS.items():
        watch.watch(stage, owner, name)
    began, used = time.perf_counter(), time.process_time()
    manifest = run.grade_records(
        given.model, given.records, as_of=given.day, out=given.out, system=system(), progress=_tell
    )
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9
    stages = dict(watch.seconds) | {"all else": seconds - sum(watch.seconds.values())}
    rated = {"rated": manifest.entities, "parts": len(manifest.parts), "classes": manifest.classes}
    rated["rejected"] = sum(account.rejected for account in manifest.accounts)
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak_gb": peak, "stages": stages} | rated))


def _tell(advance: Advance) -> None:
    left = "" if advance.seconds_left is None else f", {advance.seconds_left:.0f} s left"
    print(f"{advance.stage} {advance.done:,} of {advance.total:,}{left}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
