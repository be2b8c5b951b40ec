"""What a violation model knows before its first draw."""

from dataclasses import dataclass

import pandas as pd

from creditrisk.models.design_matrix import Design
from creditrisk.models.labelled_rows import Evidence
from creditrisk.models.training_rows import TrainingRows


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """Rows, design and likelihood of a fit.

    Attributes
    ----------
    frame : DataFrame of shape (n_entities, n_columns)
        X as it was given.
    given : TrainingRows
        Its labelled rows.
    design : Design
        Terms of the model.
    evidence : Evidence
        What the labels say of its coefficients.
    """

    frame: pd.DataFrame
    given: TrainingRows
    design: Design
    evidence: Evidence
