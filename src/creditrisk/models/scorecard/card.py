r"""Points (评分卡): log-odds of a violation on a scale that people can add up.

.. math:: \text{points}_i = \text{base} + \frac{\text{pdo}}{\log 2}\,
          (\mathrm{E}[\mathrm{logit}\,p_i] - \log \text{odds})

More points are more risk: `pdo` more points double the odds of a violation, and `base` points mean `odds`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from creditrisk.errors import SpecError
from creditrisk.models import frames
from creditrisk.models.design_matrix import Design, numbers
from creditrisk.models.effects import ChannelTerm, HingeTerm
from creditrisk.models.linear import LinearPosterior

Floats = NDArray[np.float64]

START = "start"


@dataclass(frozen=True, kw_only=True, eq=False)
class Scorecard:
    """Points of every bin, knot and level, with intervals; more points are more risk.

    An entity has the points of the start and those of its level in each term. Between two knots the points
    lie on a straight line in log(1 + x).

    Attributes
    ----------
    design : Design
        The terms, in the order of the points.
    pdo : float
        Points that double the odds of a violation.
    base, odds : float
        The points at which the odds of a violation, p / (1 - p), are `odds`.
    prob : float
        Probability of the equal-tailed intervals.
    points, lower, upper : ndarray of shape (1 + n_levels,)
        Posterior mean and interval of the start, then of the levels of all terms end to end.

    Examples
    --------
    >>> from creditrisk.models.inference.engines import Map
    >>> from creditrisk.models.violation import ViolationModel
    >>> rng = np.random.default_rng(7)
    >>> X = pd.DataFrame({"penalties": rng.poisson(1.0, 500)})
    >>> y = rng.random(500) < expit(-2 + 0.8 * X["penalties"])
    >>> model = ViolationModel(directions={"penalties": "raises"}, inference=Map()).fit(X, y)
    >>> card = model.scorecard(pdo=20, base=600)
    >>> clean, fined = card.score(pd.DataFrame({"penalties": [0, 3]}))
    >>> bool(clean < fined)
    True
    >>> float(card.probability(600.0).round(3)), float(card.probability(620.0).round(3))
    (0.1, 0.182)
    """

    design: Design
    pdo: float
    base: float
    odds: float
    prob: float
    points: Floats
    lower: Floats
    upper: Floats

    @classmethod
    def of(
        cls, posterior: LinearPosterior, *, pdo: float, base: float, odds: float, prob: float
    ) -> "Scorecard":
        """Put a posterior on a scale of points.

        Parameters
        ----------
        posterior : LinearPosterior
            Of a violation model.
        pdo, base, odds : float
            The scale.
        prob : float
            Probability of the intervals.

        Returns
        -------
        Scorecard
            Its points.

        Raises
        ------
        SpecError
            If pdo or odds are not positive, or prob is not between 0 and 1.
        """
        check_scale(pdo, odds, prob)
        draws = np.vstack([posterior.intercept[None], posterior.levels])
        tail = (1 - prob) / 2
        lower, upper = np.quantile(draws, [tail, 1 - tail], axis=1)
        factor = pdo / np.log(2)
        shift = np.zeros(len(draws))
        shift[0] = base - factor * np.log(odds)
        mean = draws.mean(axis=1, dtype=np.float64)
        scaled = {
            name: shift + factor * values.astype(np.float64)
            for name, values in (("points", mean), ("lower", lower), ("upper", upper))
        }
        return cls(design=posterior.design, pdo=pdo, base=base, odds=odds, prob=prob, **scaled)

    def score(self, X: Any) -> Floats:
        """Return the points of every entity, at the random channel.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators with the columns of the fit.

        Returns
        -------
        ndarray of shape (n_entities,)
            Points, in the order of the posterior mean of the log-odds.
        """
        frame = frames.same_columns(frames.as_frame(X), self.design.columns)
        places = self.design.encode(frame)
        total = np.full(len(frame), self.points[0])
        for j, term in enumerate(self.design.terms):
            if isinstance(term, ChannelTerm):
                continue
            at, share = places.level[:, j] + 1, places.share[:, j].astype(np.float64)
            if isinstance(term, HingeTerm):
                share = term.position(numbers(frame[term.name]))[1]
            here, following = self.points[at], self.points[np.minimum(at + 1, len(self.points) - 1)]
            total += here + share * (following - here)
        return total

    def probability(self, points: Any) -> Floats:
        """Return the probability of a violation that points stand for.

        Parameters
        ----------
        points : float or array of float
            Points of this scale.

        Returns
        -------
        ndarray of the same shape
            Probabilities; those of the model are means over its draws, and differ a little.
        """
        distance = (np.asarray(points, dtype=np.float64) - self.base) / self.pdo
        p: Floats = expit(np.log(self.odds) + distance * np.log(2))
        return p

    def to_frame(self) -> pd.DataFrame:
        """Return the points as a table, one row a level; the first row is the start.

        Returns
        -------
        DataFrame
            Columns ``term, kind, level, share, points, lower, upper``; share of the training rows.
        """
        names = [(START, START, "every entity", 1.0)]
        for term in self.design.terms:
            shares = np.full(term.n_levels, np.nan) if term.frequencies is None else term.frequencies
            names += [
                (term.name, term.kind, label, float(share))
                for label, share in zip(term.labels, shares, strict=True)
            ]
        frame = pd.DataFrame(names, columns=["term", "kind", "level", "share"])
        return frame.assign(points=self.points, lower=self.lower, upper=self.upper)

    def to_markdown(self, language: str = "en") -> str:
        """Return the points as tables for people, rounded to a tenth.

        Parameters
        ----------
        language : {"en", "zh"}, default "en"
            The language of the headings.

        Returns
        -------
        str
            Markdown.
        """
        from creditrisk.models.scorecard.markdown import to_markdown

        return to_markdown(self, language)

    def to_toml(self, path: str | Path | None = None) -> str:
        """Return the points as TOML, which `load_scorecard` reads back exactly.

        Parameters
        ----------
        path : str or Path, optional
            Where to write it, too.

        Returns
        -------
        str
            The text.
        """
        from creditrisk.models.scorecard.file import to_text

        text = to_text(self)
        if path is not None:
            Path(path).write_text(text, encoding="utf-8")
        return text

    def to_sql(self, table: str = "indicators", *, entity: str = "entity_id", dialect: str = "duckdb") -> str:
        """Return a query that scores a table of indicators as `score` does.

        Parameters
        ----------
        table : str, default "indicators"
            The table, with a column for each indicator and group.
        entity : str, default "entity_id"
            Its column that says whom a row concerns.
        dialect : {"duckdb", "postgres", "spark"}, default "duckdb"
            Where it runs.

        Returns
        -------
        str
            A SELECT of the entity and its ``points``.
        """
        from creditrisk.models.scorecard.sql import to_sql

        return to_sql(self, table, entity, dialect)


def check_scale(pdo: float, odds: float, prob: float) -> None:
    """Refuse a scale that is none.

    Raises
    ------
    SpecError
        If pdo or odds are not positive, or prob is not between 0 and 1.
    """
    if not (np.isfinite(pdo) and pdo > 0):
        raise SpecError(f"pdo is the points that double the odds of a violation; got {pdo}; give 20.")
    if not (np.isfinite(odds) and odds > 0):
        raise SpecError(f"odds are p / (1 - p) and positive; got {odds}; give 1 / 9 for 10 %.")
    if not 0 < prob < 1:
        raise SpecError(f"An interval has a probability between 0 and 1; got {prob}; write 0.9 for 90 %.")
