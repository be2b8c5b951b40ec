"""The few training rows that a fitted model keeps in memory, to be looked at; files hold none of them."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.models.design_matrix import Design
from creditrisk.models.inference.likelihood import BinomialRows
from creditrisk.models.labelled_rows import LabelledRows
from creditrisk.models.scoring.tables import predictor_draws

Floats = NDArray[np.float64]

MOST_KEPT = 20_000


@dataclass(frozen=True, kw_only=True)
class TrainingSample:
    """Every k-th labelled row, at most so many.

    Attributes
    ----------
    rows : BinomialRows
        Places, weights and labels.
    X : DataFrame of shape (n_rows, n_columns)
        The columns that the model uses.
    share : float
        Rows kept over rows learnt from.
    """

    rows: BinomialRows
    X: pd.DataFrame
    share: float

    @classmethod
    def of(cls, rows: LabelledRows, design: Design, most: int = MOST_KEPT) -> "TrainingSample":
        """Copy some rows, so that the others can be forgotten."""
        some = rows.thinned(most)
        kept = some.in_design(design)
        kept = replace(kept, offset=kept.offset.copy(), n=kept.n.copy())
        return cls(rows=kept, X=some.X.copy(), share=len(some.y) / len(rows.y))

    def thinned(self, most: int) -> "TrainingSample":
        """Return every k-th of these rows, with their own weights, at most so many."""
        k = -(-self.rows.n_rows // most)
        rows = self.rows.every(k)
        return TrainingSample(
            rows=rows, X=self.X.iloc[::k], share=self.share * rows.n_rows / self.rows.n_rows
        )

    def for_all(self) -> BinomialRows:
        """Return the rows, each weighing as many as it stands for."""
        return replace(self.rows, n=self.rows.n / self.share, y=self.rows.y / self.share)

    def predictors(self, intercept: NDArray[Any], levels: NDArray[Any]) -> Floats:
        """Return the linear predictor, shape (draws, rows), from draws of the intercept and of the levels."""
        eta = predictor_draws(
            self.rows.places,
            np.ascontiguousarray(intercept, dtype=np.float32),
            np.ascontiguousarray(levels, dtype=np.float32),
        )
        return eta.astype(np.float64) + self.rows.offset

    def log_likelihood(self, eta: Floats) -> Floats:
        """Return the weighted log-likelihood of every row, shape (draws, rows)."""
        result: Floats = self.rows.y * eta - self.rows.n * np.logaddexp(0.0, eta)
        return result
