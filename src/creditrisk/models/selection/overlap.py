"""Do the labelled entities cover those that are scored?"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.utils.validation import check_is_fitted

from creditrisk.errors import SpecError
from creditrisk.models import frames
from creditrisk.models.design_matrix import Design, Places
from creditrisk.models.effects import ChannelTerm
from creditrisk.models.effects.places import level_weights
from creditrisk.models.violation import ViolationModel

Floats = NDArray[np.float64]

MOST_BEYOND = 0.05


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """How scored entities lie among the labelled ones.

    Attributes
    ----------
    table : DataFrame
        A row a level of each indicator: ``labelled``, its share of the training weight; ``rows``, that
        weight; ``scored``, its share of the scored entities; ``beyond``, whether too few rows support it.
    beyond : Series of bool, (entities,)
        Whether an entity lies at a level that too few labelled rows support, by entity.
    fewest : float
        The rows that a level needs.
    """

    table: pd.DataFrame
    beyond: pd.Series
    fewest: float

    @property
    def share_beyond(self) -> float:
        """Share of the scored entities for which the model extrapolates."""
        return float(self.beyond.mean()) if len(self.beyond) else 0.0

    @property
    def warning(self) -> str | None:
        """One sentence where more than 5 % of the scored entities are beyond the labelled ones, else None."""
        if self.share_beyond <= MOST_BEYOND:
            return None
        worst = self.table[self.table["beyond"]].sort_values("scored", ascending=False).index[0]
        return (
            f"{self.share_beyond:.0%} of the scored entities lie where fewer than {self.fewest:g} labelled "
            f"rows are, most of them at {worst[0]} = {worst[1]}: there the prior speaks; inspect some of "
            "them at random."
        )


def overlap(model: ViolationModel, X: pd.DataFrame, *, fewest: float = 5.0) -> Overlap:
    """Compare the levels at which scored entities lie with those of the labelled rows.

    Parameters
    ----------
    model : ViolationModel
        Fitted, or loaded from a file.
    X : DataFrame of shape (n_entities, n_columns)
        Indicators of those who are scored.
    fewest : float, default 5
        Training rows (the weight of them) that a level needs.

    Returns
    -------
    Overlap
        Shares by level, and who lies beyond.

    Raises
    ------
    SpecError
        If `fewest` is not positive.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> from creditrisk.models.inference.engines import Map
    >>> rng = np.random.default_rng(0)
    >>> X = pd.DataFrame({"penalty_n": rng.poisson(1.0, 400), "sector": rng.choice(["C", "F"], 400)})
    >>> model = ViolationModel(inference=Map()).fit(X, rng.random(400) < 0.2)
    >>> found = overlap(model, X.assign(sector=["C"] * 300 + ["H"] * 100))
    >>> round(found.share_beyond, 2)
    0.25
    >>> found.table.loc[("sector", "unseen"), ["rows", "scored"]].tolist()
    [0.0, 0.25]
    """
    if not fewest > 0:
        raise SpecError(f"fewest counts labelled rows and is positive; got {fewest}; give 5 or so.")
    check_is_fitted(model, "posterior_")
    frame = frames.as_scored(X, model)
    design = model.posterior_.design
    places = design.encode(frame)
    rows = _labelled_rows(design, float(model.status_.rows))
    lonely = (rows < fewest)[places.level] | ((rows < fewest)[_next(places)] & (places.share > 0))
    told = [j for j, term in enumerate(design.terms) if not isinstance(term, ChannelTerm)]
    beyond = lonely[:, told].any(axis=1)
    return Overlap(
        table=_table(design, places, rows, fewest),
        beyond=pd.Series(beyond, index=frame.index, name="beyond"),
        fewest=fewest,
    )


def _next(places: Places) -> NDArray[np.int32]:
    return np.where(places.share > 0, places.level + 1, places.level).astype(np.int32)


def _labelled_rows(design: Design, total: float) -> Floats:
    parts = [
        np.full(term.n_levels, total) if term.frequencies is None else total * term.frequencies
        for term in design.terms
    ]
    return np.concatenate(parts)


def _table(design: Design, places: Places, rows: Floats, fewest: float) -> pd.DataFrame:
    parts = []
    for j, term in enumerate(design.terms):
        if isinstance(term, ChannelTerm):
            continue
        own = slice(design.offsets[j], design.offsets[j + 1])
        level, share = places.level[:, j] - design.offsets[j], places.share[:, j]
        scored = level_weights(level, share, np.ones(len(level)), term.n_levels)
        parts.append(
            pd.DataFrame(
                {
                    "labelled": rows[own] / max(rows[own].sum(), 1.0),
                    "rows": rows[own],
                    "scored": scored / max(len(level), 1),
                    "beyond": (rows[own] < fewest) & (scored > 0),
                },
                index=pd.MultiIndex.from_product([[term.name], term.labels], names=["indicator", "level"]),
            )
        )
    return pd.concat(parts)
