"""How many other entities share a value, such as an address (同址企业数)."""

from typing import Any, ClassVar

import pandas as pd

from creditrisk.indicators.measures.attribute import Attribute


class Peers(Attribute):
    """The number of other entities of the snapshot with the same value of a column.

    Nothing for an entity without a value, and nothing in a cohort, which does not show the other entities.

    Parameters
    ----------
    column : str
        Any column of the registration.
    """

    needs_population: ClassVar[bool] = True

    def finish(self, parts: pd.DataFrame) -> "pd.Series[Any]":
        sizes = parts.groupby([pd.Grouper(level="as_of"), "value"])["value"].transform("size")
        return sizes.astype("float64") - 1.0
