"""A fitted model made ready to score millions of entities, and the threads that do it."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from creditrisk.models.scoring.build import build_lookup
from creditrisk.models.scoring.draw_table import DrawTable, draw_table
from creditrisk.models.scoring.exact import summarise_by_draws
from creditrisk.models.scoring.lookup import Designs, Lookup, base_levels
from creditrisk.models.scoring.moment_table import MomentTable, moment_table
from creditrisk.models.scoring.moments import summarise_by_moments

Floats = NDArray[np.float64]
Single = NDArray[np.float32]
Kernel = Callable[[NDArray[Any], NDArray[np.int32], Single], None]
Rows = Callable[[slice], tuple[NDArray[Any], NDArray[np.int32]]]

CHUNK = 32_768
_FARTHEST = 80.0


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked of every row.

    Attributes
    ----------
    cuts : tuple of three floats
        Where B, C and D begin.
    on_p : bool
        Whether the cuts are probabilities, not money.
    interval : float
        Probability of the intervals.
    of_p : bool, default True
        Whether the exact kernel gives the quantiles of p as well, or NaN; they cost it a quarter more time.
    """

    cuts: Sequence[float]
    on_p: bool
    interval: float
    of_p: bool = True

    @property
    def levels(self) -> Floats:
        """The shares of the distribution below the three quantiles."""
        tail = (1 - self.interval) / 2
        return np.array([tail, 0.5, 1 - tail])

    def transformed_cuts(self) -> Single:
        """Return the cuts on the logarithmic or logit scale, the farthest ones brought to ±80."""
        cuts = np.asarray(self.cuts, dtype=np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            scale = np.log(cuts) - np.log1p(-np.minimum(cuts, 1.0)) if self.on_p else np.log(cuts)
        near: Single = np.clip(np.nan_to_num(scale, nan=_FARTHEST), -_FARTHEST, _FARTHEST).astype(np.float32)
        return near


@dataclass(frozen=True, kw_only=True)
class Predictors:
    """The draws of logit p and of the log of the expected loss of a violation.

    Attributes
    ----------
    designs : tuple of two Design
        Terms of each.
    intercepts : tuple of two ndarray of shape (draws,)
        Draws of each intercept.
    levels : tuple of two ndarray of shape (levels, draws)
        Draws of each model's levels.
    """

    designs: Designs
    intercepts: tuple[Floats, Floats]
    levels: tuple[Floats, Floats]

    @property
    def n_draws(self) -> int:
        """Number of draws."""
        return len(self.intercepts[0])

    def lookup(self, dtype: Any) -> Lookup:
        """Return the arrays that find the cells of values of this type."""
        return build_lookup(self.designs, dtype)

    def draw_tables(self) -> tuple[DrawTable, DrawTable]:
        """Return the tables of the exact kernel."""
        first, second = (
            draw_table(design, intercept, levels, base_levels(design))
            for design, intercept, levels in zip(self.designs, self.intercepts, self.levels, strict=True)
        )
        return first, second

    def moment_tables(self) -> tuple[MomentTable, MomentTable]:
        """Return the tables of the fast kernel."""
        lookup = self.lookup(np.float64)
        first, second = (
            moment_table(design, intercept, levels, base_levels(design), lookup, part)
            for part, (design, intercept, levels) in enumerate(
                zip(self.designs, self.intercepts, self.levels, strict=True)
            )
        )
        return first, second


def draws_kernel(predictors: Predictors, question: Question, dtype: Any) -> Kernel:
    """Return the kernel that draws every row's posterior and counts."""
    lookup, tables = predictors.lookup(dtype), predictors.draw_tables()
    position = (predictors.n_draws - 1) * question.levels
    low = position.astype(np.int64)
    ranks = np.stack([low, np.minimum(low + 1, predictors.n_draws - 1)], axis=1).ravel()
    cuts, parts = np.asarray(question.cuts, dtype=np.float32), (position - low).astype(np.float32)

    def kernel(values: NDArray[Any], names: NDArray[np.int32], out: Single) -> None:
        summarise_by_draws(
            values, names, lookup, *tables, cuts, question.on_p, question.of_p, ranks, parts, out
        )

    return kernel


def moments_kernel(predictors: Predictors, question: Question, dtype: Any) -> Kernel:
    """Return the kernel that knows the posterior by its moments."""
    lookup, tables = predictors.lookup(dtype), predictors.moment_tables()
    cuts, z = question.transformed_cuts(), ndtri(question.levels).astype(np.float32)

    def kernel(values: NDArray[Any], names: NDArray[np.int32], out: Single) -> None:
        summarise_by_moments(values, names, lookup, *tables, cuts, question.on_p, z, out)

    return kernel


def run(rows: Rows, number: int, kernel: Kernel, threads: int | None, chunk: int = CHUNK) -> Single:
    """Return twelve figures of every row, chunks of rows shared among threads.

    Parameters
    ----------
    rows : callable
        Returns numbers and codes of the rows of a slice.
    number : int
        How many rows there are.
    kernel : callable
        Fills the figures of a chunk.
    threads : int or None
        How many; one a core if None.
    chunk : int, default 32768
        Rows a chunk; it changes no figure.

    Returns
    -------
    ndarray of float32 of shape (12, number)
        P(A) to P(D), then mean, lower, median and upper of p, then those of the expected loss.
    """
    out = np.empty((12, number), dtype=np.float32)

    def score(start: int) -> None:
        here = slice(start, min(start + chunk, number))
        answers = np.empty((12, here.stop - start), dtype=np.float32)
        kernel(*rows(here), answers)
        out[:, here] = answers

    starts = range(0, number, chunk)
    workers = min(threads or _cores(), len(starts))
    if workers <= 1:
        for start in starts:
            score(start)
        return out
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(score, starts))
    return out


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
