"""What calibration knows of every entity: what is cut, p, expected loss, and the rules that it hits."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from creditrisk.grading.rules import RuleHits

Floats = NDArray[np.float64]
Float32s = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnEvidence:
    """The same quantities draw by draw.

    Parameters
    ----------
    values, p, loss : ndarray of float32, (draws, entities)
        Draws of what is cut, of p and of the expected loss.
    """

    values: Float32s
    p: Float32s
    loss: Float32s


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of every entity when cuts are looked for.

    Parameters
    ----------
    values : ndarray of float, (entities,)
        What is cut: a posterior mean, or a posterior quantile where the class needs a stated confidence.
    p : ndarray of float, (entities,)
        Posterior-mean probability of violation.
    loss : ndarray of float, (entities,)
        Posterior-mean expected loss, in money.
    hits : RuleHits
        The rules that each entity hits.
    drawn : DrawnEvidence, optional
        The draws, where they are at hand; ratings that were read from a file have none.
    true_class : ndarray of float, (entities, 4), optional
        Probabilities that each entity is truly A, B, C or D; only goals of cost read them.
    weight : float, default 1
        How many entities each one stands for, in a sample of them.
    """

    values: Floats
    p: Floats
    loss: Floats
    hits: RuleHits
    drawn: DrawnEvidence | None = None
    true_class: Floats | None = None
    weight: float = 1.0

    def __len__(self) -> int:
        """Return the number of entities."""
        return len(self.values)

    def sample(self, rows: NDArray[np.intp]) -> Self:
        """Return some of the entities, without their draws; together they stand for as many as before.

        Parameters
        ----------
        rows : ndarray of int
            Their places; one may come several times.

        Returns
        -------
        Evidence
            In the order of `rows`.
        """
        return replace(
            self,
            values=self.values[rows],
            p=self.p[rows],
            loss=self.loss[rows],
            hits=RuleHits(rules=self.hits.rules, hit=self.hits.hit[rows]),
            drawn=None,
            true_class=None if self.true_class is None else self.true_class[rows],
            weight=self.weight * len(self) / max(len(rows), 1),
        )
