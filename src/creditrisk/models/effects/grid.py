r"""Two columns with directions together: increments on a grid of bands, monotone in each column.

.. math:: h(a, b) = \sum_{k,l \ge 1} d_{kl}\,1[a \ge a_k \;\text{and}\; b \ge b_l], \qquad d_{kl} \ge 0

for a synergy, where both together say more than their sum; with *or* in place of *and* for a redundancy,
where one of them says most of what both say. Columns that lower the risk are turned round. A missing value
lies in the band of the least risk.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from creditrisk.models.effects.pair import Bands

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]

JOINED = ("and", "or")


@dataclass(frozen=True, kw_only=True)
class GridTerm:
    """Increments of two banded columns; a level a cell of their grid.

    Attributes
    ----------
    first, second : Bands
        The columns, numbers both.
    turned : tuple of two bool
        Whether small values of a column are the risky ones.
    joined : {"and", "or"}
        Whether an increment needs both columns or one of them.
    """

    first: Bands
    second: Bands
    turned: tuple[bool, bool]
    joined: str
    frequencies: Floats | None = None

    kind = "grid"
    direction = "raises"
    missing_seen = False

    def with_frequencies(self, codes: tuple[Codes, Codes], weights: Floats) -> "GridTerm":
        """Return the same term with the share of the training weight in each cell."""
        counts = np.bincount(self.cell_levels(*codes), weights=weights, minlength=self.n_levels)
        return replace(self, frequencies=counts / counts.sum())

    @property
    def name(self) -> str:
        """Both columns."""
        return f"{self.first.name} × {self.second.name}"

    @property
    def columns(self) -> tuple[str, ...]:
        """Both columns."""
        return (self.first.name, self.second.name)

    @property
    def n_levels(self) -> int:
        """Number of cells."""
        return len(self.first.labels) * len(self.second.labels)

    @property
    def n_steps(self) -> int:
        """Number of increments: one for each two edges."""
        return (len(self.first.labels) - 2) * (len(self.second.labels) - 2)

    @property
    def n_coefficients(self) -> int:
        """One an increment."""
        return self.n_steps

    @property
    def cells(self) -> tuple[int, ...]:
        """The cells of all levels but the last."""
        return tuple(range(self.n_levels - 1))

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What each cell is called, in order."""
        return tuple(f"{first}, {second}" for first in self.first.labels for second in self.second.labels)

    def cell_levels(self, first: Codes, second: Codes) -> Codes:
        """Return the level of each pair of bands."""
        return np.asarray(first * len(self.second.labels) + second, dtype=np.int32)

    def basis(self) -> Floats:
        """Return the (levels, coefficients) matrix, centred on the training rows."""
        reached = [
            rank[:, None] >= np.arange(1, len(rank) - 1)
            for rank in map(risk_ranks, (self.first, self.second), self.turned)
        ]
        both = np.logical_and if self.joined == "and" else np.logical_or
        table = both(reached[0][:, None, :, None], reached[1][None, :, None, :])
        matrix = table.reshape(self.n_levels, self.n_steps).astype(np.float64)
        return matrix if self.frequencies is None else matrix - self.frequencies @ matrix


def risk_ranks(band: Bands, turned: bool) -> Codes:
    """Return for each band of a number how many edges lie towards less risk; of missing values none."""
    known = np.arange(len(band.labels) - 1, dtype=np.int32)
    return np.append(known[::-1] if turned else known, np.int32(0)).astype(np.int32)
