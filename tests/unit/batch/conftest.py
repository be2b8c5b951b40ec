"""One small registry, graded once; runs of the flow alone, without its measuring."""

import shutil

import pytest
from tests.lib.batches import contents, written

from creditrisk.batch import run
from creditrisk.batch.folder import RunFolder
from creditrisk.indicators.sliced import Slices


@pytest.fixture(scope="session")
def batch(tmp_path_factory):
    return written(tmp_path_factory.mktemp("batch"))


@pytest.fixture(scope="session")
def done(batch, tmp_path_factory):
    """Return a folder with a finished run, and what was measured and sorted on the way."""
    folder, kept = tmp_path_factory.mktemp("done"), {}
    measure, copy = Slices.measure, folder / "records.duckdb"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Slices, "measure", lambda self, n: kept.setdefault(n, measure(self, n)))
        finish = RunFolder.finish

        def keep_copy(self, manifest):
            shutil.copy(self.sorted_copy, copy)
            finish(self, manifest)

        patched.setattr(RunFolder, "finish", keep_copy)
        batch.grade(folder / "out")
    return folder / "out", kept, copy


@pytest.fixture
def expected(done):
    return contents(done[0])


@pytest.fixture
def quick(batch, done, monkeypatch):
    """Return the batch; runs take sorted records and indicators from the finished one."""
    _, kept, copy = done
    monkeypatch.setattr(run, "write_sorted", lambda inputs, path: shutil.copy(copy, path))
    monkeypatch.setattr(Slices, "measure", lambda self, number: kept[number].copy())
    return batch
