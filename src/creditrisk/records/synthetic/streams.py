"""One random stream for each part of the world, so that a new part leaves the others as they were."""

from dataclasses import dataclass
from zlib import crc32

import numpy as np


@dataclass(frozen=True, slots=True)
class Streams:
    """Independent random generators, each found by a name and a year.

    Parameters
    ----------
    seed : int
        The seed of the world.

    Examples
    --------
    >>> streams = Streams(7)
    >>> bool(streams("lawsuit", 2020).random() == streams("lawsuit", 2020).random())
    True
    """

    seed: int

    def __call__(self, name: str, year: int = 0) -> np.random.Generator:
        """Return the generator of this part of the world, at its beginning."""
        key = (crc32(name.encode()), year)
        return np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=key))
