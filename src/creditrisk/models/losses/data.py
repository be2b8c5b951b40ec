"""The positive losses of the training rows, as every family needs them."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.errors import SpecError, hint
from creditrisk.models.design_matrix import Design
from creditrisk.models.effects import GroupTerm
from creditrisk.models.level_matrix import distinct, level_matrix
from creditrisk.models.losses.kernels import Cells, GammaKernel, LogNormalKernel, ParetoKernel
from creditrisk.models.losses.rows import LossRows

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class LossData:
    """Training rows with a loss above 0.

    Attributes
    ----------
    frame : DataFrame of shape (n_losses, n_columns)
        Indicators and groups.
    loss, weight : ndarray of shape (n_losses,)
        Money above 0, and the weight of each.
    design : Design
        Terms of location.
    groups : tuple of str
        Groups of the model.
    """

    frame: pd.DataFrame
    loss: Floats
    weight: Floats
    design: Design
    groups: tuple[str, ...]

    def pooled(self, names: tuple[str, ...]) -> Design:
        """Return the design of these groups alone.

        Raises
        ------
        SpecError
            If one is not a group of the model.
        """
        for name in names:
            if name not in self.groups:
                near = hint(name, self.groups)
                raise SpecError(f"Spread and tail are pooled by groups of the model; got {name!r}.{near}")
        terms = [term for term in self.design.terms if isinstance(term, GroupTerm) and term.name in names]
        return Design(terms=tuple(terms))

    def thinned(self, most: int) -> "LossData":
        """Copy every k-th loss, at most so many, so that the others can be forgotten."""
        k = -(-len(self.loss) // most)
        return replace(
            self,
            frame=self.frame.iloc[::k].copy(),
            loss=self.loss[::k].copy(),
            weight=self.weight[::k].copy(),
        )

    def threshold(self, tail_share: float) -> float:
        """Return the amount that this share of the losses lies above."""
        return float(np.quantile(self.loss, 1 - tail_share, method="lower"))

    def above(self, threshold: float) -> "LossData":
        """Return the excesses over a threshold instead of the losses."""
        over = self.loss > threshold
        return replace(
            self, frame=self.frame[over], loss=self.loss[over] - threshold, weight=self.weight[over]
        )

    def log_normal_rows(
        self, spread: Design, centre: float, threshold: float = np.inf, floor: float = 0.0
    ) -> LossRows:
        """Return cells of log losses from a centre; censored above the threshold and up to the floor."""
        r, over, under = np.log(self.loss) - centre, self.loss > threshold, self.loss <= floor
        limit = np.inf if np.isinf(threshold) else float(np.log(threshold)) - centre
        least = float(np.log(floor)) - centre if floor > 0 else -np.inf
        n = self.weight * ~(over | under)
        sums = (n, n * r, n * r**2, self.weight * over, self.weight * under)
        return self._cells(spread, LogNormalKernel(limit=limit, floor=least), sums)

    def gamma_rows(self, spread: Design, centre: float) -> LossRows:
        """Return the cells of losses in units of e^centre."""
        r, n = np.log(self.loss) - centre, self.weight
        none = np.zeros_like(n)
        return self._cells(spread, GammaKernel(), (n, n * r, n * np.exp(r), none, none))

    def pareto_rows(self, groups: Design, centre: float) -> LossRows:
        """Return the losses, here excesses, in units of e^centre, each a cell."""
        matrix = level_matrix(groups, groups.encode(self.frame))
        excess, none = self.loss * np.exp(-centre), np.zeros_like(self.weight)
        return LossRows(
            kernel=ParetoKernel(),
            cells=Cells(n=self.weight, first=excess, second=none, over=none, under=none),
            designs=(groups, groups),
            matrices=(matrix, matrix),
        )

    def _cells(
        self, spread: Design, kernel: LogNormalKernel | GammaKernel, sums: tuple[Floats, ...]
    ) -> LossRows:
        places, cell = distinct(self.design.encode(self.frame))
        first = np.zeros(len(places), dtype=np.intp)
        first[cell[::-1]] = np.arange(len(cell))[::-1]
        return LossRows(
            kernel=kernel,
            cells=Cells(*(np.bincount(cell, weights=one, minlength=len(places)) for one in sums)),
            designs=(self.design, spread),
            matrices=(
                level_matrix(self.design, places),
                level_matrix(spread, spread.encode(self.frame.iloc[first])),
            ),
        )
