"""Indicators that say more in one sector than in all, found by the trend of the residuals there."""

import numpy as np
import pandas as pd

from creditrisk.errors import SpecError, hint
from creditrisk.models.design_matrix import Design
from creditrisk.models.effects import DeviationTerm, GroupTerm, NumberTerm, PairTerm
from creditrisk.models.effects.pair import Bands
from creditrisk.models.synergies import Ranked, Residuals, ranked, trend

MOST = 10
SECTORS = 50
LEAST_Z = 4.5


def check_deviations(by: str, design: Design) -> None:
    """Refuse a column of sectors that is no plain group of the model.

    Raises
    ------
    SpecError
        If it is not.
    """
    groups = [term.name for term in design.terms if type(term) is GroupTerm]
    if by not in groups:
        raise SpecError(
            f"Deviations are by a plain group with several levels; got deviations={by!r}; the groups are "
            f"{', '.join(groups) or 'none'}.{hint(by, groups)}"
        )


def with_deviations(design: Design, X: pd.DataFrame, by: str, left: Residuals, most: int = MOST) -> Design:
    """Return the design with the deviations that stand out most.

    Of an indicator with a direction only a stronger effect is a deviation. One that already shares a free
    table with the sectors has none.

    Parameters
    ----------
    design : Design
        The terms so far.
    X : DataFrame of shape (n_rows, n_columns)
        Training rows.
    by : str
        The column of sectors.
    left : Residuals
        Of the model of the main effects.
    most : int, default 10
        The largest number of deviations.

    Returns
    -------
    Design
        The same design where nothing stands out by `LEAST_Z` standard deviations.
    """
    names = X[by].to_numpy(dtype=object)
    sectors = Bands.of_names(by, names, SECTORS)
    sector_of = sectors.encode(names)
    found: list[tuple[float, str, int]] = []
    columns: dict[str, tuple[NumberTerm, Ranked]] = {}
    tables = {name for term in design.terms if isinstance(term, PairTerm) for name in term.columns}
    for term in design.terms:
        if not isinstance(term, NumberTerm) or (by in tables and term.name in tables):
            continue
        column = ranked(term, X)
        columns[term.name] = term, column
        shape = (len(column.band.labels), len(sectors.labels))
        r, w = left.tables(column.codes * shape[1] + sector_of, shape)
        pattern = np.outer(column.ranks, [1.0, 0.0])
        for s in range(len(sectors.names)):
            parts = [np.stack([one[:-1, s], one[:-1].sum(axis=1) - one[:-1, s]], axis=1) for one in (r, w)]
            z = trend(parts[0], parts[1], pattern)
            found.append((abs(z) if term.direction == "either" else z, term.name, s))
    chosen = [(name, s) for z, name, s in sorted(found, reverse=True)[:most] if z >= LEAST_Z]
    more = []
    for name, s in chosen:
        term, column = columns[name]
        own = Bands(name=by, names=(sectors.names[s],))
        deviation = DeviationTerm(first=column.band, second=own, direction=term.direction)
        inside = np.where(sector_of == s, 0, 1).astype(np.int32)
        more.append(deviation.with_frequencies((column.codes, inside), left.weight))
    return design.extended(more)
