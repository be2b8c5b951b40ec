"""What a model believes before any data: the base rate and the probabilities that its priors imply."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from creditrisk.errors import SpecError, hint
from creditrisk.models import frames
from creditrisk.models.base import LinearEstimator
from creditrisk.models.design_matrix import build_design
from creditrisk.models.effects import Hinges
from creditrisk.models.elicited.bands import with_bands
from creditrisk.models.priors import Priors
from creditrisk.models.scoring.tables import predictor_draws

Floats = NDArray[np.float64]
Draws = NDArray[np.float32]

LEAST_PLAUSIBLE = 0.5
MOST_EXTREME = 0.25
EXTREME = 0.001
MOST_ROWS = 2000

_TEXTS = {
    "en": {
        "facts": "Before any data, the base rate lies between {low:.1%} and {high:.1%} (90 %)",
        "plausible": "{facts}, and few probabilities are nearly 0 or 1: the priors are plausible.",
        "rate": (
            "{facts}, only {inside:.0%} of it within the plausible {from_:.1%} to {to:.1%}: "
            "lower the scales of Priors, or correct the points table."
        ),
        "extreme": (
            "{facts}, but {extreme:.0%} of the probabilities are below 0.1 % or above 99.9 %: "
            "lower Priors.steps and Priors.group."
        ),
    },
    "zh": {
        "facts": "在看到任何数据之前，总体违法率在 {low:.1%} 至 {high:.1%} 之间（90 %）",
        "plausible": "{facts}，概率接近 0 或 1 的主体很少：先验合理。",
        "rate": (
            "{facts}，只有 {inside:.0%} 落在合理范围 {from_:.1%} 至 {to:.1%} 内："
            "请减小 Priors 的尺度，或更正评分表。"
        ),
        "extreme": (
            "{facts}，但 {extreme:.0%} 的概率低于 0.1 % 或高于 99.9 %：请减小 Priors.steps 与 Priors.group。"
        ),
    },
}


@dataclass(frozen=True, kw_only=True, eq=False)
class PriorPredictive:
    """Probabilities that the priors imply for entities as they are.

    Attributes
    ----------
    p : ndarray of float32 of shape (draws, n_entities)
        Probability of a violation, draw by draw, before any data.
    plausible_rate : tuple of two floats
        Between which base rates a supervisor would expect the truth.

    Examples
    --------
    >>> prior = PriorPredictive(p=np.full((50, 4), 0.1, np.float32), plausible_rate=(0.001, 0.8))
    >>> prior.plausible, prior.sentence("zh")[:12]
    (True, '在看到任何数据之前，总体')
    """

    p: Draws
    plausible_rate: tuple[float, float]

    @property
    def base_rate(self) -> Floats:
        """Mean probability over the entities, shape (draws,)."""
        return self.p.mean(axis=1, dtype=np.float64)

    @property
    def plausible(self) -> bool:
        """Whether half of the base rates are plausible, and few probabilities are nearly 0 or 1."""
        return self._inside >= LEAST_PLAUSIBLE and self._extreme <= MOST_EXTREME

    def sentence(self, language: str = "en") -> str:
        """Return what the priors imply, and what to do where it is implausible.

        Parameters
        ----------
        language : {"en", "zh"}, default "en"
            The language of the sentence.

        Returns
        -------
        str
            One sentence.

        Raises
        ------
        SpecError
            If there is no such language.
        """
        if language not in _TEXTS:
            raise SpecError(f"A sentence is in en or zh; got {language!r}.{hint(language, _TEXTS)}")
        texts = _TEXTS[language]
        low, high = np.quantile(self.base_rate, [0.05, 0.95])
        which = "plausible" if self.plausible else "rate"
        if self._extreme > MOST_EXTREME:
            which = "extreme"
        return texts[which].format(
            facts=texts["facts"].format(low=low, high=high),
            inside=self._inside,
            extreme=self._extreme,
            from_=self.plausible_rate[0],
            to=self.plausible_rate[1],
        )

    @property
    def _inside(self) -> float:
        low, high = self.plausible_rate
        return float(np.mean((self.base_rate >= low) & (self.base_rate <= high)))

    @property
    def _extreme(self) -> float:
        return float(np.mean((self.p < EXTREME) | (self.p > 1 - EXTREME)))


class PriorChecked(LinearEstimator):
    """A model of a probability whose priors can be looked at before it is fitted."""

    def prior_predictive(
        self,
        X: Any,
        *,
        draws: int = 500,
        plausible_rate: tuple[float, float] = (0.001, 0.8),
        random_state: int | np.random.Generator | None = None,
    ) -> PriorPredictive:
        """Return what the priors imply for these entities; no label is needed.

        Parameters
        ----------
        X : DataFrame or array of shape (n_entities, n_columns)
            Indicators and groups; of many, every k-th is taken, at most 2000.
        draws : int, default 500
            Draws from the prior.
        plausible_rate : tuple of two floats, default (0.001, 0.8)
            Between which base rates a supervisor would expect the truth.
        random_state : int or numpy.random.Generator, optional
            Seed of the draws; None is seed 0.

        Returns
        -------
        PriorPredictive
            Base rate and probabilities before any data, with a sentence.

        Raises
        ------
        SpecError
            If groups, directions or the points table name columns that X does not have.
        """
        from creditrisk.models._pymc.prior import prior_draws

        frame = frames.as_frame(X)
        used = frames.training_columns(frame, tuple(self.groups))
        priors = self.priors or Priors()
        design = build_design(
            used,
            groups=tuple(self.groups),
            directions=frames.chosen_directions(frame, dict(self.directions or {})),
            effect=with_bands(priors.table, self.effect or Hinges(), used.columns),
            weight=np.ones(len(used)),
            specific=tuple(getattr(self, "specific", ())),
        )
        theta = prior_draws(design, priors, draws, frames.seed_of(random_state))
        values = np.ascontiguousarray((design.basis @ theta.T).astype(np.float32))
        some = used.iloc[:: -(-len(used) // MOST_ROWS)]
        eta = predictor_draws(design.encode(some), values[0], values[1:])
        return PriorPredictive(p=expit(eta), plausible_rate=plausible_rate)
