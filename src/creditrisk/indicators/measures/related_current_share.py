"""The share of related entities for which a record holds now, such as a listing (关联企业列异比例)."""

from creditrisk.indicators.measures.current import Current
from creditrisk.indicators.measures.related import Related


class RelatedCurrentShare(Related, Current):
    """The shrunken share of related entities for which a record holds on the as-of date; nothing if none.

    Parameters
    ----------
    starts, ends, last_days : str or tuple of str
        When a record holds; see `IntervalMeasure`.
    over : Relations
        Who is related, and how much each counts.
    prior_strength : float
        How many related entities the common rate is worth.
    prior_mean : float or "population"
        The common rate.
    """
