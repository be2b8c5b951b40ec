"""One data set with its split, as every model of a benchmark gets it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

Floats = NDArray[np.float64]
Fold = tuple[NDArray[np.intp], NDArray[np.intp]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Task:
    """One data set with its split; equal only to itself, so that a peer may remember what it found.

    Parameters
    ----------
    raw : DataFrame, (rows, features)
        The features of the public splits, as loaded.
    X : DataFrame, (rows, features)
        The same as numbers and categories.
    y : ndarray of float, (rows,)
        0 or 1.
    train, test : ndarray of bool, (rows,)
        Which rows.
    matrix : ndarray, (rows, columns)
        X as logistic regression sees it: clipped, filled, one-hot, standardised by the training rows.
    groups : tuple of str
        Features whose levels are pooled by the models that can.
    directions : mapping of str to {"raises", "lowers"}
        What is known beforehand of how a feature moves the risk; for every model that can use it.
    entities : ndarray, (rows,), optional
        Whose row it is, where one entity has several rows.
    """

    raw: pd.DataFrame
    X: pd.DataFrame
    y: Floats
    train: NDArray[np.bool_]
    test: NDArray[np.bool_]
    matrix: Floats
    groups: tuple[str, ...] = ()
    directions: Mapping[str, str] = field(default_factory=dict)
    entities: NDArray[Any] | None = None

    @classmethod
    def of(
        cls,
        splits: ModuleType,
        loaded: dict[str, Any],
        *,
        directions: Mapping[str, str] | None = None,
        entities: ArrayLike | None = None,
    ) -> "Task":
        """Prepare what a `load_*` function of the splits returned."""
        train = np.asarray(loaded["train"], dtype=bool)
        X = splits.prep(loaded["X"], train)
        return cls(
            raw=loaded["X"],
            X=X,
            y=np.asarray(loaded["y"], dtype=float),
            train=train,
            test=np.asarray(loaded["test"], dtype=bool),
            matrix=splits.lr_matrix(X, train),
            groups=tuple(name for name in loaded["groups"] if name in X.columns),
            directions=directions or {},
            entities=None if entities is None else np.asarray(entities),
        )

    def folds(self, count: int = 5) -> list[Fold]:
        """Split the training rows for a search: all rows of an entity lie in the same fold.

        Parameters
        ----------
        count : int, default 5
            Number of folds.

        Returns
        -------
        list of tuple of ndarray
            Positions among the training rows: those to learn from, those to judge by.
        """
        y = self.y[self.train]
        if self.entities is None:
            return list(StratifiedKFold(count, shuffle=True, random_state=0).split(y, y))
        splitter = StratifiedGroupKFold(count, shuffle=True, random_state=0)
        return list(splitter.split(y, y, self.entities[self.train]))
