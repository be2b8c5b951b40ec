"""From what a user gives to `LossModel.fit` to the losses that it learns from."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from creditrisk.errors import OutcomeError
from creditrisk.models import frames
from creditrisk.models.design_matrix import build_design
from creditrisk.models.effects import Effect, Grouping
from creditrisk.models.effects.tree import group_names
from creditrisk.models.losses.data import LossData

Floats = NDArray[np.float64]
FEWEST_LOSSES = 10


@dataclass(frozen=True, kw_only=True)
class PreparedLosses:
    """What a loss model knows before its first draw.

    Attributes
    ----------
    frame : DataFrame of shape (n_entities, n_columns)
        X as it was given.
    data : LossData
        The losses above 0.
    without : float
        Weight of the violations without a loss.
    """

    frame: pd.DataFrame
    data: LossData
    without: float


def prepared_losses(
    frame: pd.DataFrame,
    loss: ArrayLike,
    *,
    groups: tuple[Grouping, ...],
    directions: Mapping[str, str],
    effect: Effect,
    sample_weight: ArrayLike | None = None,
    exposure: ArrayLike | None = None,
) -> PreparedLosses:
    """Check all that belongs to a row, keep the losses above 0, and choose a term for every column.

    Parameters
    ----------
    frame : DataFrame of shape (n_entities, n_columns)
        Indicators and groups.
    loss : array of shape (n_entities,)
        Money, at least 0; NaN where there was no violation.
    groups : tuple of str or CodeTree
        Columns to be pooled.
    directions : mapping of str to str
        Direction by column.
    effect : Steps or Hinges
        How numbers enter.
    sample_weight, exposure : array of shape (n_entities,), optional
        As in `LossModel.fit`.

    Returns
    -------
    PreparedLosses
        Rows and design.

    Raises
    ------
    OutcomeError
        If a loss is negative, or fewer than ten are above 0.
    SpecError
        If groups are no columns, or an exposure is not above 0.
    """
    amount = _amounts(loss, len(frame)) / frames.exposures(exposure, len(frame))
    weight = frames.weights(sample_weight, len(frame))
    positive = (amount > 0) & (weight > 0)
    used = frames.training_columns(frame, groups)[positive]
    design = build_design(used, groups=groups, directions=directions, effect=effect, weight=weight[positive])
    data = LossData(
        frame=used,
        loss=amount[positive],
        weight=weight[positive],
        design=design,
        groups=group_names(groups),
    )
    return PreparedLosses(frame=frame, data=data, without=float(weight[amount == 0].sum()))


def _amounts(loss: ArrayLike, rows: int) -> Floats:
    values = frames.as_numbers(loss, "Losses")
    if len(values) != rows:
        raise OutcomeError(f"loss must have one amount a row of X; got {len(values)} for {rows} rows.")
    if (values < 0).any() or np.isinf(values).any():
        raise OutcomeError("A loss is money and at least 0; got a negative or infinite one; check its unit.")
    positive = int((values > 0).sum())
    if positive < FEWEST_LOSSES:
        raise OutcomeError(
            f"At least {FEWEST_LOSSES} losses above 0 are needed to fit a loss model; got {positive}; "
            "take a longer period."
        )
    return values
