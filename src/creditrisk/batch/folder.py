"""The folder of a run: what is done lies in it, what is under way in ``.work``, of one process at a time."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from creditrisk.batch.atomic import clear_unfinished, write_whole
from creditrisk.batch.job import Job
from creditrisk.batch.manifest import NAME, Manifest, Part, read_manifest, whole_part
from creditrisk.errors import SourceError
from creditrisk.grading.ratings import Ratings

try:
    import fcntl
except ImportError:  # not on Windows: there nobody keeps a second process out
    fcntl = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class RunFolder:
    """Where a run keeps what it has done.

    Parameters
    ----------
    path : Path
        The folder that the user named.
    """

    path: Path

    @property
    def work(self) -> Path:
        """What is removed at the end."""
        return self.path / ".work"

    @property
    def ratings(self) -> Path:
        """The parts."""
        return self.path / "ratings"

    @property
    def sorted_copy(self) -> Path:
        """The records in the order of the entities."""
        return self.work / "records.duckdb"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes out, clear what a killed one left, and at the end of all what was under way.

        Raises
        ------
        SourceError
            If another process is writing here.
        """
        self.work.mkdir(exist_ok=True)
        with (self.work / "lock").open("a") as lock:
            try:
                if fcntl is not None:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise SourceError(
                    f"One process at a time writes to a folder; another one is at work in "
                    f"{str(self.path)!r}: wait for it, or choose another folder."
                ) from None
            for folder in (self.path, self.work, self.ratings):
                clear_unfinished(folder)
            try:
                yield
            finally:
                if (self.path / NAME).exists():
                    shutil.rmtree(self.work, ignore_errors=True)

    def finished(self, job: Job) -> Manifest | None:
        """Return the manifest of a run that is done."""
        if not (self.path / NAME).exists():
            return None
        manifest = read_manifest(self.path)
        job.check_same(manifest.job.to_dict(), self.path)
        return manifest

    def begin(self, job: Job) -> None:
        """Note what the run is of, or check it if the run has begun before.

        Raises
        ------
        SpecError
            If the run is of something else.
        SourceError
            If the folder holds ratings of which nobody says what they are of.
        """
        note = self.work / "job.json"
        if note.exists():
            job.check_same(json.loads(note.read_text(encoding="utf-8")), self.path)
        elif self.ratings.exists() and any(self.ratings.iterdir()):
            raise SourceError(
                f"A run begins in a folder of its own; {str(self.ratings)!r} holds files already: choose "
                "another folder."
            )
        else:
            text = json.dumps(job.to_dict(), ensure_ascii=False)
            write_whole(note, lambda part: part.write_text(text, encoding="utf-8"))
        self.ratings.mkdir(exist_ok=True)

    def column(self, name: str, make: Callable[[], NDArray[np.float64]]) -> NDArray[np.float64]:
        """Return a column of one number an entity, made once and kept on the disk."""
        path = self.work / f"{name}.npy"
        if not path.exists():
            values = make()
            write_whole(path, lambda part: _save(part, values))
        column: NDArray[np.float64] = np.load(path, mmap_mode="r", allow_pickle=False)
        return column

    def part(self, number: int, rows: int) -> Part | None:
        """Return a part that is done, or None."""
        return whole_part(self._part(number), rows)

    def keep(self, number: int, ratings: Ratings) -> Part:
        """Write a part, and return it."""
        write_whole(self._part(number), ratings.write)
        return Part.of(self._part(number))

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest, the last of all files."""
        write_whole(self.path / NAME, manifest.write)

    def _part(self, number: int) -> Path:
        return self.ratings / f"part-{number:05d}.parquet"


def _save(path: Path, values: NDArray[np.float64]) -> None:
    with path.open("wb") as file:
        np.save(file, values, allow_pickle=False)
