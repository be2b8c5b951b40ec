"""Damaged and forged model files: refused in one sentence, never loaded as something else, never run."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.lib.scored import invented

from creditrisk import load_model
from creditrisk.errors import ModelFileError

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def model_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("models") / "model.nc"
    invented(draws=20).save(path)
    return path


def outcomes(model_file: Path, folder: Path, first: int, last: int) -> dict[str, int]:
    """Return the outcomes of damaged files, loaded in a process of their own."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.lib.fuzzed", str(model_file), str(folder)]
    done = subprocess.run(
        [*command, str(first), str(last)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_200_damaged_files_are_refused(model_file, tmp_path):
    counts = outcomes(model_file, tmp_path, 0, 200)
    assert set(counts) <= {"refused", "unchanged"}, counts
    assert counts["refused"] >= 195


@pytest.mark.slow
def test_5000_damaged_files_are_refused(model_file, tmp_path):
    counts = outcomes(model_file, tmp_path, 200, 5200)
    assert set(counts) <= {"refused", "unchanged"}, counts
    assert counts["refused"] >= 4990


def test_one_changed_draw_is_noticed(model_file, tmp_path):
    data = bytearray(model_file.read_bytes())
    levels = load_model(model_file).violation_.posterior_.levels
    at = data.find(levels[3].tobytes())
    assert at > 0
    data[at] ^= 1
    (tmp_path / "other.nc").write_bytes(data)
    with pytest.raises(ModelFileError, match="checksum"):
        load_model(tmp_path / "other.nc")


def test_a_lost_seal_is_noticed(model_file, tmp_path):
    (tmp_path / "cut.nc").write_bytes(model_file.read_bytes()[:-83])
    with pytest.raises(ModelFileError, match="checksum"):
        load_model(tmp_path / "cut.nc")


def test_a_netcdf_reader_still_reads_a_sealed_file(model_file):
    import xarray as xr

    with xr.open_datatree(model_file, engine="h5netcdf") as tree:
        assert tree["violation"]["levels"].shape[1] == 20
