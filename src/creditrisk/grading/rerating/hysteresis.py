"""Classes that do not flutter: a margin around the cuts, and a time that a class is kept."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SpecError
from creditrisk.grading.cuts import Cuts, model_ranks

Ranks = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hysteresis:
    """When a class of the model may change; rules act at once whatever it says.

    Parameters
    ----------
    margin_up : float, default 0
        How far above a cut a value must lie for a riskier class, as a part of the cut.
    margin_down : float, default 0.1
        How far below a cut it must lie for a better class.
    dwell_months : int, default 3
        How many months a class is kept before a better one may follow; a riskier one follows at once.

    Raises
    ------
    SpecError
        If a margin is not from 0 to below 1, or the time is negative.

    Examples
    --------
    >>> stay = Hysteresis(margin_down=0.1, dwell_months=6)
    >>> held, months = np.array([3, 3, 3], dtype=np.int8), np.array([12, 12, 2])
    >>> stay.settle(held, months, np.array([0.29, 0.2, 0.2]), (0.1, 0.15, 0.3)).tolist()
    [3, 2, 3]
    """

    margin_up: float = 0.0
    margin_down: float = 0.1
    dwell_months: int = 3

    def __post_init__(self) -> None:
        """Check every field."""
        for name, margin in (("margin_up", self.margin_up), ("margin_down", self.margin_down)):
            if not 0 <= margin < 1:
                raise SpecError(
                    f"A margin is a part of a cut, from 0 to below 1; got {name}={margin}: change it."
                )
        if self.dwell_months < 0:
            raise SpecError(f"A class is kept for 0 months or more; got {self.dwell_months}: change it.")

    def settle(
        self, held: Ranks, months: NDArray[np.integer], values: NDArray[np.float64], cuts: Cuts
    ) -> Ranks:
        """Return the classes of the model after margins and time.

        Parameters
        ----------
        held : ndarray of int8, (entities,)
            The classes so far, 0 for A to 3 for D; below 0 for an entity that had none.
        months : ndarray of int, (entities,)
            For how many months it had them.
        values : ndarray of float, (entities,)
            What is cut.
        cuts : tuple of 3 floats
            The lower bounds of B, C and D.

        Returns
        -------
        ndarray of int8, (entities,)
            Ranks.
        """
        up = model_ranks(values, _times(cuts, 1 + self.margin_up))
        down = model_ranks(values, _times(cuts, 1 - self.margin_down))
        better = (down < held) & (months >= self.dwell_months)
        settled = np.where(up > held, up, np.where(better, down, held))
        return np.where(held < 0, model_ranks(values, cuts), settled).astype(np.int8)


def _times(cuts: Cuts, factor: float) -> Cuts:
    low, middle, high = cuts
    return low * factor, middle * factor, high * factor
