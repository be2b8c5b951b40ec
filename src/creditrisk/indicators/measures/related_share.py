"""The share of related entities that have a record, such as a penalty (关联企业处罚比例)."""

from creditrisk.indicators.measures.flag import Flag
from creditrisk.indicators.measures.related import Related


class RelatedShare(Related, Flag):
    """The shrunken share of related entities with a record in the window and the filter; nothing if none.

    Parameters
    ----------
    over : Relations
        Who is related, and how much each counts.
    prior_strength : float
        How many related entities the common rate is worth.
    prior_mean : float or "population"
        The common rate.
    """
