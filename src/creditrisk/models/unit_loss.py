"""What stands for the loss where none is known: every violation counts one."""

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from creditrisk.models import frames
from creditrisk.models.design_matrix import Design, build_design
from creditrisk.models.inference.status import FitState, FitStatus
from creditrisk.models.linear import LinearPosterior
from creditrisk.models.loss import LOSS_STEPS, LossModel
from creditrisk.models.losses.families import LogNormal
from creditrisk.models.losses.part import LossPart

NO_CURRENCY = "XXX"
_NEARLY_NOTHING = 1e-6


class UnitLoss(LossModel):
    """A loss model that has seen no loss: the expected loss of an entity is its probability.

    Where records hold no losses, this takes the place of a `LossModel`; the currency is then ``XXX``, which
    in ISO 4217 stands for none.

    Examples
    --------
    >>> import pandas as pd
    >>> UnitLoss().fit(pd.DataFrame({"a": [1.0, 2.0]})).posterior(pd.DataFrame({"a": [3.0]})).tolist()
    [[1.0]]
    """

    def __init__(self) -> None:
        super().__init__()

    def fit(self, X: Any, loss: ArrayLike | None = None, **_: Any) -> Self:
        """Take note of the columns; nothing is learned.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators and groups.
        loss : array of shape (n_entities,), optional
            Not read.
        **_ : object
            Not read either.

        Returns
        -------
        UnitLoss
            Itself.
        """
        frame = frames.as_frame(X)
        used = frames.training_columns(frame, ())
        design = build_design(
            used, groups=(), directions={}, effect=LOSS_STEPS, weight=np.ones(len(used), dtype=np.float64)
        )
        part = LossPart(
            family=LogNormal(),
            location=_constant(design, 0.0),
            log_spread=_constant(Design(terms=()), float(np.log(_NEARLY_NOTHING))),
        )
        self.take_parts((part,))
        self.positive_share_ = np.ones(1)
        self.status_ = FitStatus(state=FitState.EXACT, rows=0, distinct_rows=0)
        self.feature_names_in_ = np.array([str(name) for name in frame.columns], dtype=object)
        self.n_features_in_ = frame.shape[1]
        return self


def _constant(design: Design, value: float) -> LinearPosterior:
    """Return one draw of a predictor that is the same whatever the indicators."""
    return LinearPosterior(
        design=design,
        intercept=np.full(1, value, dtype=np.float32),
        levels=np.zeros((int(design.offsets[-1]), 1), dtype=np.float32),
    )
