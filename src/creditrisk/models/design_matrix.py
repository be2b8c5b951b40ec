"""From a DataFrame to level codes, and from coefficients to level values: the linear part of both models."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.linalg import block_diag
from scipy.sparse import csr_array

from creditrisk.models.effects import (
    BranchTerm,
    ChannelTerm,
    CodeTree,
    Effect,
    Grouping,
    GroupTerm,
    HingeTerm,
    StepTerm,
    TableTerm,
    Term,
)
from creditrisk.models.effects.pair import Bands
from creditrisk.models.effects.tree import group_columns

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where rows lie among the levels: at one level a term, or between it and the next.

    Attributes
    ----------
    level : ndarray of int32 of shape (n_rows, n_terms)
        Level codes, offset into the vector of all level values.
    share : ndarray of float32 of shape (n_rows, n_terms)
        Weight of the next level, 0–1; the level's own is the rest.
    """

    level: Codes
    share: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.level)

    def matrix(self, basis: Floats) -> Floats:
        """Return the (rows, coefficients) model matrix that a (1 + levels, coefficients) basis makes."""
        rows = np.repeat(basis[:1], len(self), axis=0)
        for j in range(self.level.shape[1]):
            at, share = self.level[:, j] + 1, self.share[:, j, None]
            rows += basis[at]
            between = share[:, 0] > 0
            rows[between] += share[between] * (basis[at[between] + 1] - basis[at[between]])
        return rows


@dataclass(frozen=True, kw_only=True)
class Design:
    """The terms of a fitted model, in the order of its columns.

    Attributes
    ----------
    terms : tuple of Term
        One a column that the model uses; a channel term, if any, is the last.
    """

    terms: tuple[Term, ...]

    @cached_property
    def offsets(self) -> NDArray[np.int32]:
        """Where each term's levels begin in the vector of all level values."""
        sizes = [term.n_levels for term in self.terms]
        return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)

    @cached_property
    def slices(self) -> tuple[slice, ...]:
        """Where each term's coefficients lie in theta, whose first element is the intercept."""
        ends = 1 + np.cumsum([0] + [term.n_coefficients for term in self.terms])
        return tuple(slice(int(a), int(b)) for a, b in pairwise(ends))

    @property
    def n_coefficients(self) -> int:
        """Length of theta."""
        return 1 + sum(term.n_coefficients for term in self.terms)

    @cached_property
    def basis(self) -> Floats:
        """The (1 + levels, coefficients) matrix: theta to (intercept, level values)."""
        matrix: Floats = block_diag(np.ones((1, 1)), *[term.basis() for term in self.terms])
        return matrix

    @cached_property
    def sparse_basis(self) -> csr_array:
        """`basis` without its zeros, most of it: terms share no level."""
        return csr_array(self.basis)

    def of_coefficients(self, of_levels: Floats) -> Floats:
        """Return ``basis.T @ of_levels`` for rows (1 + levels, any), a term at a time."""
        found = np.empty((self.n_coefficients, of_levels.shape[1]))
        found[0] = of_levels[0]
        for term, where, first in zip(self.terms, self.slices, self.offsets[:-1], strict=True):
            rows = of_levels[1 + first : 1 + first + term.n_levels]
            if isinstance(term, GroupTerm):
                found[where] = rows[:-1] - rows[:-1].mean(axis=0)
            else:
                found[where] = term.basis().T @ rows
        return found

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that the terms need, each once."""
        return tuple(dict.fromkeys(name for term in self.terms for name in term.columns))

    def extended(self, more: Sequence[Term]) -> "Design":
        """Return the design with more terms, its channel term still the last."""
        last = tuple(term for term in self.terms if isinstance(term, ChannelTerm))
        main = tuple(term for term in self.terms if not isinstance(term, ChannelTerm))
        return Design(terms=(*main, *more, *last))

    def encode(self, X: pd.DataFrame, channel: NDArray[np.object_] | None = None) -> Places:
        """Return where every row lies among the levels.

        Parameters
        ----------
        X : DataFrame of shape (n_rows, n_columns)
            Must hold every column of the terms.
        channel : ndarray of shape (n_rows,), optional
            The channel of each row; the reference channel if not given.

        Returns
        -------
        Places
            A level a row and term.
        """
        level = np.empty((len(X), len(self.terms)), dtype=np.int32)
        share = np.zeros((len(X), len(self.terms)), dtype=np.float32)
        for j, term in enumerate(self.terms):
            if isinstance(term, StepTerm):
                level[:, j] = term.encode(numbers(X[term.name]))
            elif isinstance(term, HingeTerm):
                level[:, j], share[:, j] = term.place(numbers(X[term.name]))
            elif isinstance(term, GroupTerm):
                level[:, j] = term.encode(X[term.columns[0]].to_numpy(dtype=object))
            elif isinstance(term, TableTerm):
                bands = [band.encode(values_of(X[band.name], band)) for band in (term.first, term.second)]
                level[:, j] = term.cell_levels(*bands)
            else:
                level[:, j] = 0 if channel is None else term.encode(channel)
            level[:, j] += self.offsets[j]
        return Places(level=level, share=share)


def numbers(column: pd.Series) -> Floats:
    """Return a numeric or boolean column as float64 with NaN for missing."""
    return pd.to_numeric(column).to_numpy(dtype=np.float64, na_value=np.nan)


def values_of(column: pd.Series, band: Bands) -> NDArray[Any]:
    """Return a column as its bands were made from it: numbers, or names."""
    return column.to_numpy(dtype=object) if band.edges is None else numbers(column)


def build_design(
    X: pd.DataFrame,
    *,
    groups: Sequence[Grouping],
    directions: Mapping[str, str],
    effect: Effect,
    weight: Floats,
    channel: NDArray[np.object_] | None = None,
    specific: Sequence[str] = (),
) -> Design:
    """Choose a term for every column: steps for numbers, pooled effects for groups and text.

    Parameters
    ----------
    X : DataFrame of shape (n_rows, n_columns)
        Training rows.
    groups : sequence of str or CodeTree
        Columns to be pooled whatever their type; of a tree, at every depth.
    directions : mapping of str to str
        Direction by column; ``either`` where not named.
    effect : Steps or Hinges
        How numbers are cut.
    weight : ndarray of shape (n_rows,)
        Training weights.
    channel : ndarray of shape (n_rows,), optional
        Why each row was looked at.
    specific : sequence of str, default ()
        Numbers that apply to some entities only: where missing, they are exactly nothing.

    Returns
    -------
    Design
        The terms; columns with a single level are left out, since they say nothing.
    """
    terms: list[Term] = []
    pooled = group_columns(groups)
    trees = {group.column: group for group in groups if isinstance(group, CodeTree)}
    for name in X.columns:
        column = X[name]
        term: Term
        if name in trees:
            terms += _branches(trees[name], column.to_numpy(dtype=object), weight)
            continue
        if name in pooled or not pd.api.types.is_numeric_dtype(column.dtype):
            term = GroupTerm.from_values(str(name), column.to_numpy(dtype=object), weight)
            informative = len(term.categories) > 1
        else:
            term = effect.term(
                str(name), numbers(column), direction=directions.get(str(name), "either"), weight=weight
            )
            if name in specific:
                term = replace(term, missing_seen=False, silent=True)
            informative = term.n_steps > 0 or bool(
                not term.silent and term.frequencies is not None and 0 < term.frequencies[-1] < 1
            )
        if informative:
            terms.append(term)
    channels = None if channel is None else ChannelTerm.from_values(channel, weight)
    if channels is not None:
        terms.append(channels)
    return Design(terms=tuple(terms))


def _branches(tree: CodeTree, codes: NDArray[np.object_], weight: Floats) -> list[BranchTerm]:
    """Return a term for each depth at which there is more than one branch."""
    terms = [BranchTerm.of_codes(tree, prefix, codes, weight) for prefix in tree.prefixes]
    return [term for term in terms if len(term.categories) > 1]
