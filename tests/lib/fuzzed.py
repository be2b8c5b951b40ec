"""Damage a model file in many ways and load each, in a process of its own: a crash of HDF5 ends it.

    python -m tests.lib.fuzzed MODEL FOLDER FIRST LAST

prints one JSON object: how many were refused, loaded as they were, loaded as something else, and what else
was raised.
"""

import json
import sys
from collections import Counter
from pathlib import Path

import h5py
import numpy as np

from creditrisk import RiskModel
from creditrisk.errors import ModelFileError
from creditrisk.models.file import load_model
from creditrisk.models.file_checks import seal

SEAL = 83


def flipped(data: bytearray, rng: np.random.Generator) -> bytearray:
    for _ in range(int(rng.integers(1, 65))):
        data[int(rng.integers(len(data)))] ^= 1 << int(rng.integers(8))
    return data


def cut(data: bytearray, rng: np.random.Generator) -> bytearray:
    return data[: int(rng.integers(len(data)))]


def blanked(data: bytearray, rng: np.random.Generator) -> bytearray:
    start = int(rng.integers(len(data)))
    width = int(rng.integers(1, 4096))
    data[start : start + width] = bytes([int(rng.integers(256))]) * len(data[start : start + width])
    return data


def swapped(data: bytearray, rng: np.random.Generator) -> bytearray:
    first, second = sorted(int(at) for at in rng.integers(len(data), size=2))
    return data[second:] + data[first:second] + data[:first]


def stretched(data: bytearray, rng: np.random.Generator) -> bytearray:
    at = int(rng.integers(len(data)))
    return data[:at] + rng.bytes(int(rng.integers(1, 512))) + data[at:]


def other_type(file: h5py.File, rng: np.random.Generator) -> None:
    for_what = ("violation/levels", "violation/intercept", "loss/positive_share")[int(rng.integers(3))]
    shape = file[for_what].shape
    del file[for_what]
    kind = ("S3", "i2", "c16", "f4")[int(rng.integers(4))]
    file.create_dataset(for_what, shape=(3, 2) if kind == "f4" else shape, dtype=kind)


def other_words(file: h5py.File, rng: np.random.Generator) -> None:
    wrong = (b"\x80\x04cos\nsystem\n.", "[]", "{", 7, np.zeros(3), '{"currency": "__import__(\'os\')"}')
    name = ("model", "schema_version", "format")[int(rng.integers(3))]
    del file.attrs[name]
    if rng.random() < 0.8:
        value = wrong[int(rng.integers(len(wrong)))]
        file.attrs[name] = np.void(value) if isinstance(value, bytes) else value


def huge(file: h5py.File, rng: np.random.Generator) -> None:
    del file["violation/levels"]
    size = int(rng.integers(2**33, 2**45))
    file["violation"].create_dataset("levels", shape=(size, 400), chunks=(1024, 400), dtype="f4")


def elsewhere(file: h5py.File, rng: np.random.Generator) -> None:
    del file["violation/levels"]
    if rng.random() < 0.5:
        file["violation/levels"] = h5py.ExternalLink("../../../../etc/passwd", "/levels")
    else:
        where = [("/etc/passwd", 0, 400)]
        file["violation"].create_dataset("levels", shape=(10, 10), dtype="f4", external=where)


BYTES = (flipped, cut, blanked, swapped, stretched)
CONTENT = (other_type, other_words, huge, elsewhere)


def damage(model: bytes, target: Path, number: int) -> None:
    """Write the file of this number: four of five have damaged bytes, the fifth is forged and sealed."""
    rng = np.random.default_rng(number)
    if number % 5:
        target.write_bytes(BYTES[int(rng.integers(len(BYTES)))](bytearray(model), rng))
        return
    target.write_bytes(model[:-SEAL])
    with h5py.File(target, "r+") as file:
        CONTENT[number // 5 % len(CONTENT)](file, rng)
    seal(target)


def outcome(target: Path, wanted: bytes) -> str:
    """Return what loading a file came to."""
    try:
        found = load_model(target)
    except ModelFileError as error:
        said = str(error)
        return "refused" if "\n" not in said else f"not one sentence: {said}"
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    return "the same" if content(found) == wanted else "something else"


def content(model: RiskModel) -> bytes:
    """Return every draw of a model."""
    posteriors = (model.violation_.posterior_, model.loss_.posterior_)
    draws = [one for posterior in posteriors for one in (posterior.intercept, posterior.levels)]
    return b"".join(one.tobytes() for one in (*draws, model.loss_.positive_share_))


def main(model: str, folder: str, first: str, last: str) -> None:
    data, target = Path(model).read_bytes(), Path(folder) / "damaged.nc"
    wanted = content(load_model(model))
    counts: Counter[str] = Counter()
    for number in range(int(first), int(last)):
        damage(data, target, number)
        unchanged = target.read_bytes() == data
        counts["unchanged" if unchanged else outcome(target, wanted)] += 1
    sys.stdout.write(json.dumps(counts) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
