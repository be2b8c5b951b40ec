"""Records in which no violation has a loss: every violation counts one, and classes follow p alone."""

import numpy as np
import pandas as pd

from creditrisk.models.risk import RiskModel
from creditrisk.models.unit_loss import NO_CURRENCY, UnitLoss

_COLUMN = f"loss_{NO_CURRENCY.lower()}"


def has_losses(outcomes: pd.DataFrame) -> bool:
    """Return whether some violation has a loss.

    Parameters
    ----------
    outcomes : DataFrame
        What came of the entities.

    Returns
    -------
    bool
        False as well where the definition of outcomes names no loss.
    """
    columns = [name for name in map(str, outcomes.columns) if name.startswith("loss_")]
    return bool((outcomes[columns] > 0).to_numpy().any())


def learn_without_losses(model: RiskModel, X: pd.DataFrame, outcomes: pd.DataFrame) -> RiskModel:
    """Fit the violation model alone, and let every violation count one.

    Parameters
    ----------
    model : RiskModel
        Unfitted; its loss model is not used.
    X : DataFrame, (entities, indicators)
        Indicators of the past.
    outcomes : DataFrame
        What came of the entities.

    Returns
    -------
    RiskModel
        Fitted, in the currency ``XXX``.
    """
    kept = outcomes.drop(columns=[name for name in map(str, outcomes.columns) if name.startswith("loss_")])
    kept[_COLUMN] = np.where(kept["violation"] == 1, 1.0, np.nan)
    return RiskModel(model.violation, UnitLoss()).fit(X, kept)
