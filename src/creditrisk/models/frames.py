"""What both models ask of their input: a DataFrame with known columns, and weights that make sense."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import issparse

from creditrisk.errors import OutcomeError, SchemaError, SpecError, hint
from creditrisk.indicators.frame import directions_of, model_columns
from creditrisk.models.effects.tree import Grouping, group_columns

Floats = NDArray[np.float64]

_NUMBERS = ("integer", "floating", "mixed-integer-float", "decimal", "boolean")


def as_frame(X: Any) -> pd.DataFrame:
    """Return X as a DataFrame; the columns of an array are called ``x0``, ``x1`` and so on.

    Raises
    ------
    SchemaError
        If X is sparse or complex, has not two dimensions, or no columns, or two of one name.
    """
    if isinstance(X, pd.DataFrame) or hasattr(X, "to_pandas"):
        return _named(X if isinstance(X, pd.DataFrame) else X.to_pandas())
    if issparse(X):
        raise SchemaError("X must be dense: sparse input is not supported; give X.toarray() or a DataFrame.")
    array = np.asarray(X)
    if array.ndim != 2:
        raise SchemaError(
            f"X must have two dimensions, rows and columns; got shape {array.shape}. Reshape your data with "
            "X.reshape(-1, 1) if it is one column."
        )
    if np.iscomplexobj(array):
        raise SchemaError("Complex data not supported: X holds complex numbers; give real ones.")
    if not array.shape[1]:
        raise SchemaError(
            f"X has 0 feature(s) (shape={array.shape}) while a minimum of 1 is required; give a column."
        )
    return _named(pd.DataFrame(array, columns=[f"x{j}" for j in range(array.shape[1])]))


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with texts for names, each of them once, and numbers where objects are numbers."""
    if not all(isinstance(name, str) for name in frame.columns):
        frame = frame.set_axis([str(name) for name in frame.columns], axis="columns")
    if not frame.columns.is_unique:
        repeated = frame.columns[frame.columns.duplicated()][0]
        raise SchemaError(f"A column stands once in X; got {repeated!r} twice; drop or rename one.")
    objects = [name for name in frame.columns if frame[name].dtype == object]
    numeric = {
        name: pd.to_numeric(frame[name])
        for name in objects
        if pd.api.types.infer_dtype(frame[name], skipna=True) in _NUMBERS
    }
    return frame.assign(**numeric) if numeric else frame


def as_scored(X: Any, model: Any) -> pd.DataFrame:
    """Return X as a DataFrame with the columns that a fitted model needs, in its order.

    Raises
    ------
    SchemaError
        If a column is missing, or an array has more or fewer columns than that of the fit.
    """
    frame = as_frame(X)
    if not hasattr(X, "columns") and frame.shape[1] != model.n_features_in_:
        raise SchemaError(
            f"X has {frame.shape[1]} features, but {type(model).__name__} is expecting "
            f"{model.n_features_in_} features as input, those of its fit."
        )
    return same_columns(frame, model.posterior_.design.columns)


def chosen_directions(X: pd.DataFrame, given: dict[str, str] | None) -> dict[str, str]:
    """Return the direction of each column: the given one, else the indicator system's.

    Raises
    ------
    SpecError
        If a given direction names no column of X.
    """
    for name in given or {}:
        if name not in X.columns:
            raise SpecError(
                f"directions names {name!r}, which X does not have.{hint(name, map(str, X.columns))}"
            )
    return {**directions_of(X), **(given or {})}


def training_columns(X: pd.DataFrame, groups: Sequence[Grouping]) -> pd.DataFrame:
    """Return the columns that the model uses: those meant for it, and the groups, last.

    Raises
    ------
    SpecError
        If a group is not a column of X or stands there twice, or a column holds dates.
    """
    pooled = group_columns(groups)
    for name in pooled:
        if name not in X.columns:
            raise SpecError(f"groups names {name!r}, which X does not have.{hint(name, map(str, X.columns))}")
    names = [name for name in model_columns(X) if name not in pooled]
    for name in names:
        if pd.api.types.is_datetime64_any_dtype(X[name].dtype):
            raise SpecError(
                f"A model takes numbers and text; column {name!r} holds dates: give days or years since."
            )
    return X[[*names, *pooled]]


def known_numbers(parameter: str, names: Sequence[str], X: pd.DataFrame) -> tuple[str, ...]:
    """Return names that a parameter gives, each a column of numbers.

    Raises
    ------
    SpecError
        If one is not.
    """
    for name in names:
        if name not in X.columns:
            raise SpecError(
                f"{parameter} names {name!r}, which X does not have.{hint(name, map(str, X.columns))}"
            )
        if not pd.api.types.is_numeric_dtype(X[name].dtype):
            raise SpecError(f"{parameter} names columns of numbers; {name!r} holds texts; leave it out.")
    return tuple(names)


def same_columns(X: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return the columns that a fitted model needs, in its order.

    Raises
    ------
    SchemaError
        If one is missing.
    """
    for name in names:
        if name not in X.columns:
            raise SchemaError(
                f"The model was fitted with column {name!r}, which X does not have; extract X with the same "
                f"system.{hint(name, map(str, X.columns))}"
            )
    return X[list(names)]


def as_numbers(values: ArrayLike, what: str) -> Floats:
    """Return values as floats, NaN = missing.

    Raises
    ------
    OutcomeError
        If a value is neither a number nor missing.
    """
    given = pd.Series(np.asarray(values).ravel())
    found = pd.to_numeric(given, errors="coerce")
    wrong = given[found.isna() & given.notna()]
    if len(wrong):
        raise OutcomeError(f"{what} must be numbers or missing; got {wrong.iloc[0]!r} in {len(wrong)} rows.")
    return found.to_numpy(dtype=np.float64, na_value=np.nan)


def weights(sample_weight: ArrayLike | None, rows: int) -> Floats:
    """Return one non-negative finite weight a row; 1 where none was given.

    Raises
    ------
    SpecError
        If the length differs or a weight is negative or missing.
    """
    if sample_weight is None:
        return np.ones(rows)
    values = np.asarray(sample_weight, dtype=np.float64).ravel()
    if len(values) != rows:
        raise SpecError(f"sample_weight must have one weight a row; got {len(values)} for {rows} rows.")
    if not (np.isfinite(values).all() and (values >= 0).all()):
        raise SpecError("sample_weight must be finite and not negative; got a missing or negative one.")
    if rows and not values.any():
        raise SpecError("sample_weight must be positive somewhere; got a weight of zero in every row.")
    return values


def exposures(exposure: ArrayLike | None, rows: int) -> Floats:
    """Return one positive finite exposure a row; 1 where none was given.

    Raises
    ------
    SpecError
        If the length differs or an exposure is not positive.
    """
    if exposure is None:
        return np.ones(rows)
    values = np.asarray(one_a_row("exposure", exposure, rows), dtype=np.float64)
    if not (np.isfinite(values).all() and (values > 0).all()):
        raise SpecError("exposure must be positive and finite; leave out rows that were never watched.")
    return values


def design_weights(inclusion_probability: ArrayLike | None, seen: NDArray[np.bool_]) -> Floats:
    """Return the inverse of each row's inclusion probability, scaled to a mean of 1; 1 where it is unknown.

    Raises
    ------
    SpecError
        If the length differs or a probability is not in (0, 1].
    """
    if inclusion_probability is None:
        return np.ones(len(seen))
    values = np.asarray(
        one_a_row("inclusion_probability", inclusion_probability, len(seen)), dtype=np.float64
    )
    known = seen & ~np.isnan(values)
    wrong = values[known & ~((values > 0) & (values <= 1))]
    if len(wrong):
        raise SpecError(
            f"An inclusion probability lies in (0, 1], NaN where nothing was drawn; got {wrong[0]:g} in "
            f"{len(wrong)} rows: who cannot be drawn cannot be weighted."
        )
    weights = np.ones(len(seen))
    if known.any():
        inverse = 1 / values[known]
        weights[known] = inverse / inverse.mean()
    return weights


def clusters(entity: ArrayLike | None, seen: NDArray[np.bool_], drawn: Floats) -> NDArray[np.intp] | None:
    """Return a number for the entity of each row seen; None where rows are independent and weigh the same.

    Raises
    ------
    SpecError
        If the length differs.
    """
    weighted = seen.any() and float(np.ptp(drawn[seen])) > 0
    if entity is None:
        return np.arange(np.count_nonzero(seen)) if weighted else None
    codes, distinct = pd.factorize(one_a_row("entity", entity, len(seen))[seen], use_na_sentinel=False)
    return codes if weighted or len(distinct) < len(codes) else None


def one_a_row(name: str, values: ArrayLike, rows: int) -> NDArray[Any]:
    """Return values as an array with one a row.

    Raises
    ------
    SpecError
        If the length differs.
    """
    array = np.asarray(values).ravel()
    if len(array) != rows:
        raise SpecError(f"{name} must have one value a row of X; got {len(array)} for {rows} rows.")
    return array


def seed_of(random_state: int | np.random.Generator | None) -> int:
    """Return a seed for every random number of a fit.

    Raises
    ------
    SpecError
        If random_state is neither None, a whole number nor a Generator.
    """
    if random_state is None:
        return 0
    if isinstance(random_state, np.random.Generator):
        return int(random_state.integers(2**31))
    if isinstance(random_state, int | np.integer) and random_state >= 0:
        return int(random_state)
    raise SpecError(f"random_state is a whole number from 0 on, or a numpy Generator; got {random_state!r}.")
