"""The system itself refuses to write more: one sentence, nothing half-written, and the run goes on later."""

import resource
from contextlib import contextmanager

import pytest
from tests.lib.batches import contents

from creditrisk.errors import SourceError


@contextmanager
def no_file_longer_than(size):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def begun(folder):
    """Return what a run has written beside what it is of."""
    return {name for name in contents(folder) if name not in (".work/lock", ".work/job.json")}


def test_no_room_for_the_sorted_records(batch, tmp_path):
    refused = pytest.raises(SourceError, match="File too large; see that there is room")
    with refused as said, no_file_longer_than(100_000):
        batch.grade(tmp_path)
    assert "\n" not in str(said.value) and begun(tmp_path) == set()


def test_no_room_for_a_part(quick, expected, tmp_path):
    def fill(advance):
        if advance.stage == "grading":
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))

    refused = pytest.raises(SourceError, match=r"File too large.*nothing is half-written")
    with refused as said, no_file_longer_than(resource.getrlimit(resource.RLIMIT_FSIZE)[0]):
        quick.grade(tmp_path, progress=fill)
    assert "\n" not in str(said.value)
    assert {name for name in begun(tmp_path) if name.startswith("ratings")} == {"ratings/part-00000.parquet"}
    quick.grade(tmp_path)
    assert contents(tmp_path) == expected
