"""Partially pooled effects of the levels of a group (region, sector …) and of the inspection channel."""

import warnings
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]
Names = NDArray[np.object_]

MOST_LEVELS = 2000


def level_names(values: Names) -> Names:
    """Return the values as text; missing ones as ``"missing"``."""
    series = pd.Series(values, dtype=object)
    text = series.map(_as_text, na_action="ignore")
    return text.where(series.notna(), "missing").to_numpy(dtype=object)


def _named(values: Names) -> tuple[Names, NDArray[np.intp]]:
    """Return the names of the distinct values, and which of them each value has."""
    codes, distinct = pd.factorize(values, use_na_sentinel=False)
    return level_names(distinct), codes


def _as_text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


@dataclass(frozen=True, kw_only=True)
class GroupTerm:
    r"""One effect a level, :math:`u_g \sim N(0, \tau)` with zero sum.

    An unseen level is drawn from the population; the last level stands for all of those.
    """

    name: str
    categories: tuple[str, ...]
    frequencies: Floats | None = None

    kind = "group"
    direction = "either"

    @classmethod
    def from_values(cls, name: str, values: Names, weights: Floats) -> "GroupTerm":
        """Take the levels, in sorted order, from training values; of very many, the most frequent."""
        names, codes = _named(values)
        found, kinds = np.unique(names.astype(str), return_inverse=True)
        codes = kinds[codes]
        if len(found) > MOST_LEVELS:
            text = (
                f"Column {name!r} has {len(found)} levels: the {MOST_LEVELS} most frequent keep an effect of "
                "their own, all others share that of an unseen level; give a coarser code."
            )
            warnings.warn(text, UserWarning, stacklevel=2)
            mass = np.bincount(codes, weights=weights)
            found = found[np.sort(np.argsort(-mass, kind="stable")[:MOST_LEVELS])]
        term = cls(name=name, categories=tuple(str(level) for level in found))
        counts = np.bincount(term.encode(values), weights=weights, minlength=term.n_levels)
        return cls(name=name, categories=term.categories, frequencies=counts / counts.sum())

    @property
    def n_levels(self) -> int:
        """Number of levels: those seen, and one for the unseen."""
        return len(self.categories) + 1

    @property
    def n_coefficients(self) -> int:
        """One a level seen."""
        return len(self.categories)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What each level is called, in order."""
        return (*self.categories, "unseen")

    @property
    def columns(self) -> tuple[str, ...]:
        """The column that it reads."""
        return (self.name,)

    def read(self, values: Names) -> Names:
        """Return what the levels are found by: the values themselves."""
        return values

    def encode(self, values: Names) -> Codes:
        """Return the level of each value; an unseen one is the last level."""
        return self.levels_of(values)

    def levels_of(self, values: Names) -> Codes:
        """Return the level of each name; an unseen one is the last level."""
        names, codes = _named(values)
        levels = pd.Index(self.categories).get_indexer(pd.Index(names))
        encoded: Codes = np.where(levels < 0, len(self.categories), levels).astype(np.int32)[codes]
        return encoded

    def basis(self) -> Floats:
        """Return the (levels, coefficients) matrix: zero-sum effects, and nothing for the unseen level."""
        matrix = np.zeros((self.n_levels, self.n_coefficients))
        matrix[:-1] = np.eye(self.n_coefficients) - 1 / self.n_coefficients
        return matrix


@dataclass(frozen=True, kw_only=True)
class ChannelTerm:
    """Why a labelled entity was looked at; the reference channel, at which we predict, has effect 0."""

    name: str
    categories: tuple[str, ...]
    frequencies: Floats | None = None

    kind = "channel"
    direction = "either"

    @classmethod
    def from_values(cls, values: Names, weights: Floats) -> "ChannelTerm | None":
        """Return the term, or None where there is only one channel.

        The reference is ``random`` where it occurs, else the most frequent channel.
        """
        names = level_names(values)
        found, codes = np.unique(names.astype(str), return_inverse=True)
        if len(found) < 2:
            return None
        mass = np.bincount(codes, weights=weights)
        first = "random" if "random" in found else str(found[int(np.argmax(mass))])
        rest = sorted(str(name) for name in found if name != first)
        term = cls(name="channel", categories=(first, *rest))
        counts = np.bincount(term.encode(values), weights=weights, minlength=term.n_levels)
        return cls(name="channel", categories=term.categories, frequencies=counts / counts.sum())

    @property
    def n_levels(self) -> int:
        """Number of channels."""
        return len(self.categories)

    @property
    def n_coefficients(self) -> int:
        """One a channel beside the reference."""
        return len(self.categories) - 1

    @property
    def columns(self) -> tuple[str, ...]:
        """None of X."""
        return ()

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The channels, reference first."""
        return self.categories

    def encode(self, values: Names) -> Codes:
        """Return the level of each channel."""
        return pd.Index(self.categories).get_indexer(pd.Index(level_names(values))).astype(np.int32)

    def basis(self) -> Floats:
        """Return the (channels, coefficients) matrix: nothing for the reference."""
        return np.eye(self.n_levels)[:, 1:]
