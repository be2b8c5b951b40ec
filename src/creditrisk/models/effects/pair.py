r"""Two columns together, beyond what each says alone: a small table of pooled cells."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from creditrisk.models.effects.group import level_names

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]


@dataclass(frozen=True, kw_only=True)
class Bands:
    """A column in a few bands: quantiles of a number, the most frequent names of a text.

    Attributes
    ----------
    name : str
        Of the column.
    edges : ndarray or None
        Where bands of a number begin; None for texts.
    names : tuple of str
        Names with a band of their own; empty for numbers.
    """

    name: str
    edges: Floats | None = None
    names: tuple[str, ...] = ()

    @classmethod
    def of_numbers(cls, name: str, values: Floats, most: int) -> "Bands":
        """Cut a number at its quantiles."""
        known = values[np.isfinite(values)]
        edges = np.unique(np.quantile(known, np.arange(1, most) / most)) if len(known) else np.zeros(0)
        return cls(name=name, edges=edges)

    @classmethod
    def of_names(cls, name: str, values: NDArray[np.object_], most: int) -> "Bands":
        """Take the most frequent names; equal ones in their order."""
        found, counts = np.unique(level_names(values).astype(str), return_counts=True)
        chosen = np.argsort(-counts, kind="stable")[:most]
        return cls(name=name, names=tuple(str(found[i]) for i in np.sort(chosen)))

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What each band is called; the last one holds missing numbers or all other names."""
        if self.edges is None:
            return (*(f"{self.name} {name}" for name in self.names), f"{self.name} other")
        bounds = [f"{edge:.4g}" for edge in self.edges]
        below = [f"{self.name} below {bound}" for bound in bounds]
        last = [f"{self.name} from {bounds[-1]}"] if bounds else [f"{self.name} any"]
        return (*below, *last, f"{self.name} missing")

    def encode(self, values: NDArray[np.generic]) -> Codes:
        """Return the band of each value."""
        last = len(self.labels) - 1
        if self.edges is None:
            place = {name: i for i, name in enumerate(self.names)}
            named = level_names(values.astype(object))
            return np.array([place.get(name, last) for name in named], dtype=np.int32)
        numbers = values.astype(np.float64)
        codes = np.searchsorted(self.edges, numbers, side="right")
        return np.where(np.isnan(numbers), last, codes).astype(np.int32)


@dataclass(frozen=True, kw_only=True)
class PairTerm:
    r"""One effect a cell of two banded columns, :math:`u_c \sim N(0, \tau)` with zero sum.

    Cells that no training row lies in share the last level, which is drawn from the population.
    """

    first: Bands
    second: Bands
    cells: tuple[int, ...]
    frequencies: Floats | None = None

    kind = "pair"
    direction = "either"

    @classmethod
    def from_bands(
        cls, first: Bands, second: Bands, codes: tuple[Codes, Codes], weights: Floats
    ) -> "PairTerm":
        """Take the cells that training rows lie in."""
        at = codes[0] * len(second.labels) + codes[1]
        term = cls(first=first, second=second, cells=tuple(int(cell) for cell in np.unique(at)))
        counts = np.bincount(term.cell_levels(*codes), weights=weights, minlength=term.n_levels)
        return replace(term, frequencies=counts / counts.sum())

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
        """Number of levels: the cells seen, and one for all others."""
        return len(self.cells) + 1

    @property
    def n_coefficients(self) -> int:
        """One a cell seen."""
        return len(self.cells)

    @property
    def categories(self) -> tuple[str, ...]:
        """What the cells are called."""
        return self.labels[:-1]

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What each level is called, in order."""
        wide = len(self.second.labels)
        named = [
            f"{self.first.labels[cell // wide]}, {self.second.labels[cell % wide]}" for cell in self.cells
        ]
        return (*named, "unseen")

    def cell_levels(self, first: Codes, second: Codes) -> Codes:
        """Return the level of each pair of bands."""
        at = first * len(self.second.labels) + second
        found = np.searchsorted(self.cells, at)
        seen = np.take(np.append(self.cells, -1), found) == at
        return np.where(seen, found, len(self.cells)).astype(np.int32)

    def basis(self) -> Floats:
        """Return the (levels, coefficients) matrix: zero-sum effects, and nothing for unseen cells."""
        matrix = np.zeros((self.n_levels, self.n_coefficients))
        matrix[:-1] = np.eye(self.n_coefficients) - 1 / self.n_coefficients
        return matrix
