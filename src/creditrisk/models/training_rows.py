"""From what a user gives to `ViolationModel.fit` to the rows that it learns from."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from creditrisk.models import frames
from creditrisk.models.effects import Grouping
from creditrisk.models.labelled_rows import LabelledRows
from creditrisk.models.labels import two_classes


@dataclass(frozen=True, kw_only=True)
class TrainingRows:
    """Labelled rows, and what is known of the others.

    Attributes
    ----------
    rows : LabelledRows
        With a label and a positive weight.
    classes : ndarray of shape (2,)
        What the labels 0 and 1 stand for.
    n_unlabelled : int
        Rows without a label.
    """

    rows: LabelledRows
    classes: NDArray[Any]
    n_unlabelled: int


def training_rows(
    frame: pd.DataFrame,
    y: ArrayLike,
    *,
    groups: tuple[Grouping, ...],
    sample_weight: ArrayLike | None = None,
    exposure: ArrayLike | None = None,
    channel: ArrayLike | None = None,
    inclusion_probability: ArrayLike | None = None,
    entity: ArrayLike | None = None,
) -> TrainingRows:
    """Check all that belongs to a row, and keep the rows with a label.

    Parameters
    ----------
    frame : DataFrame of shape (n_rows, n_columns)
        Indicators and groups.
    y : array of shape (n_rows,)
        Labels; missing = never inspected.
    groups : tuple of str or CodeTree
        Columns to be pooled.
    sample_weight, exposure, channel, inclusion_probability, entity : array of shape (n_rows,), optional
        As in `ViolationModel.fit`.

    Returns
    -------
    TrainingRows
        Rows, classes, and how many had no label.

    Raises
    ------
    OutcomeError
        If no label, or only one class of labels, is there.
    SpecError
        If groups are no columns.
    """
    labels, classes = two_classes(y, len(frame))
    weight = frames.weights(sample_weight, len(frame))
    seen = ~np.isnan(labels) & (weight > 0)
    drawn = frames.design_weights(inclusion_probability, seen)
    rows = LabelledRows(
        X=frames.training_columns(frame, groups)[seen],
        y=labels[seen],
        weight=(weight * drawn)[seen],
        offset=np.log(frames.exposures(exposure, len(frame)))[seen],
        channel=None if channel is None else frames.one_a_row("channel", channel, len(frame))[seen],
        clusters=frames.clusters(entity, seen, drawn),
    )
    return TrainingRows(rows=rows, classes=classes, n_unlabelled=int(np.isnan(labels).sum()))
