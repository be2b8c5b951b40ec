"""Cross-validation of panels: nobody is learnt from and judged by, and no row learns from a later date."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.errors import SchemaError, SpecError

Rows = NDArray[np.intp]

ENTITY, DATE = "entity_id", "as_of"


class PanelSplit:
    """Folds of entities; each fold is judged on the last dates, by a model of the others' earlier dates.

    For ``cv=`` of scikit-learn. X is indexed by ``entity_id`` and, for a panel, ``as_of``; without dates, or
    with a single one, only entities are kept apart.

    Parameters
    ----------
    n_splits : int, default 5
        Folds.
    test_dates : int, default 1
        How many of the last dates are for judging.
    random_state : int, default 0
        Seed of who is in which fold.

    Examples
    --------
    >>> index = pd.MultiIndex.from_product(
    ...     [["a", "b", "c"], ["2022-01-01", "2023-01-01"]], names=["entity_id", "as_of"]
    ... )
    >>> X = pd.DataFrame({"penalty_n": range(6)}, index=index)
    >>> train, test = next(PanelSplit(n_splits=3).split(X))
    >>> len(train), len(test)
    (2, 1)
    >>> set(X.index[train].get_level_values("entity_id")) & set(X.index[test].get_level_values("entity_id"))
    set()
    """

    def __init__(self, n_splits: int = 5, *, test_dates: int = 1, random_state: int = 0) -> None:
        if n_splits < 2 or test_dates < 1:
            raise SpecError(
                f"A split has at least two folds and a date to be judged on; got n_splits={n_splits}, "
                f"test_dates={test_dates}."
            )
        self.n_splits = n_splits
        self.test_dates = test_dates
        self.random_state = random_state

    def get_n_splits(self, X: Any = None, y: Any = None, groups: Any = None) -> int:
        """Return the number of folds.

        Parameters
        ----------
        X, y, groups : object, optional
            Not looked at.

        Returns
        -------
        int
            `n_splits`.
        """
        return self.n_splits

    def split(self, X: pd.DataFrame, y: Any = None, groups: Any = None) -> Iterator[tuple[Rows, Rows]]:
        """Yield training and test rows of each fold.

        Parameters
        ----------
        X : DataFrame
            Indexed by entity, or by entity and date.
        y, groups : object, optional
            Not looked at.

        Yields
        ------
        tuple of two ndarray of int
            Positions of the rows.

        Raises
        ------
        SchemaError
            If the index does not say whose rows they are, or has too few entities or dates.
        """
        entity, date = _who_and_when(X)
        codes, entities = pd.factorize(entity, sort=True)
        if len(entities) < self.n_splits:
            raise SchemaError(
                f"{self.n_splits} folds need as many entities; X has {len(entities)}; ask for fewer folds."
            )
        fold = np.random.default_rng(self.random_state).permutation(len(entities)) % self.n_splits
        late = self._late(date)
        for k in range(self.n_splits):
            inside = fold[codes] == k
            train = ~inside if late is None else ~inside & ~late
            test = inside if late is None else inside & late
            yield np.flatnonzero(train), np.flatnonzero(test)

    def _late(self, date: pd.Index | None) -> NDArray[np.bool_] | None:
        dates = [] if date is None else sorted(set(date))
        if date is None or len(dates) < 2:
            return None
        if len(dates) <= self.test_dates:
            raise SchemaError(
                f"Some dates must be left to learn from; X has {len(dates)}, test_dates={self.test_dates}."
            )
        return np.asarray(date.isin(dates[-self.test_dates :]))


def _who_and_when(X: Any) -> tuple[pd.Index, pd.Index | None]:
    index = getattr(X, "index", None)
    if not isinstance(index, pd.Index) or (index.nlevels > 1 and ENTITY not in index.names):
        raise SchemaError(
            "A panel is split by entity and date; X must be a DataFrame indexed by entity_id, or by "
            "entity_id and as_of."
        )
    if index.nlevels == 1:
        return index, None
    date = index.get_level_values(DATE) if DATE in index.names else None
    return index.get_level_values(ENTITY), date
