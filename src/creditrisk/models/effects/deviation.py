r"""What an indicator says more in one sector than in all: increments on top of its general effect.

.. math:: d_{sj}(x) = 1[\text{sector} = s] \sum_{k \ge 1} \delta_k\,1[x \ge x_k], \qquad \delta_k \ge 0

so that the sum with the general effect stays monotone; of a column without a direction the increments have
any sign. Elsewhere, and where the indicator is missing, a deviation is exactly nothing.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from creditrisk.models.effects.grid import risk_ranks
from creditrisk.models.effects.pair import Bands

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]


@dataclass(frozen=True, kw_only=True)
class DeviationTerm:
    """Increments of a banded indicator in one sector; the last level is *elsewhere*.

    Attributes
    ----------
    first : Bands
        The indicator, a number.
    second : Bands
        The column of sectors, with one name.
    direction : {"raises", "lowers", "either"}
        That of the indicator.
    """

    first: Bands
    second: Bands
    direction: str
    frequencies: Floats | None = None

    kind = "deviation"
    missing_seen = False

    def with_frequencies(self, codes: tuple[Codes, Codes], weights: Floats) -> "DeviationTerm":
        """Return the same term with the share of the training weight in each level."""
        counts = np.bincount(self.cell_levels(*codes), weights=weights, minlength=self.n_levels)
        return replace(self, frequencies=counts / counts.sum())

    @property
    def name(self) -> str:
        """Indicator, column and sector."""
        return f"{self.first.name} in {self.second.name}={self.second.names[0]}"

    @property
    def columns(self) -> tuple[str, ...]:
        """The indicator and the column of sectors."""
        return (self.first.name, self.second.name)

    @property
    def n_levels(self) -> int:
        """Number of levels: the bands, missing ones too, and one for all other sectors."""
        return len(self.first.labels) + 1

    @property
    def n_steps(self) -> int:
        """Number of increments: one an edge."""
        return len(self.first.labels) - 2

    @property
    def n_coefficients(self) -> int:
        """One an increment."""
        return self.n_steps

    @property
    def cells(self) -> tuple[int, ...]:
        """The cells of all levels but the last, as `cell_levels` counts them."""
        return tuple(band * len(self.second.labels) for band in range(len(self.first.labels)))

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What each level is called, in order."""
        return (*(f"{band}, {self.second.labels[0]}" for band in self.first.labels), "elsewhere")

    def cell_levels(self, first: Codes, second: Codes) -> Codes:
        """Return the level of each pair of bands."""
        return np.where(second == 0, first, self.n_levels - 1).astype(np.int32)

    def basis(self) -> Floats:
        """Return the (levels, coefficients) matrix; not centred, so that elsewhere it is nothing."""
        ranks = np.append(risk_ranks(self.first, self.direction == "lowers"), 0)
        return (ranks[:, None] >= np.arange(1, self.n_steps + 1)).astype(np.float64)
