r"""Which distributions the positive losses of a violation may have; all with a finite mean.

With the linear predictor :math:`\eta` (steps and pooled groups, in log-money):

- `LogNormal`: :math:`\log L \sim N(\eta, \sigma)`, :math:`\sigma \le 4`;
- `Gamma`: mean :math:`e^\eta`, shape :math:`1 / \sigma^2`, so that :math:`\sigma` is the coefficient of
  variation: a longer left tail of the logarithm, and a shorter right one;
- `LogNormalPareto`: log-normal below a threshold u; of the losses above it the excess is generalised Pareto,
  scale :math:`\beta`, shape :math:`0 < \xi < 0.9`. How likely u is exceeded follows from :math:`\eta` and
  :math:`\sigma`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from creditrisk.errors import SpecError


@dataclass(frozen=True, slots=True, kw_only=True)
class LogNormal:
    """Losses whose logarithm is normal.

    Parameters
    ----------
    spread_by : tuple of str, default ()
        Groups of the model whose levels may differ in spread, partially pooled; one spread for all if none.
    cap : float, optional
        Losses of this amount or more are known only to be at least that, as where a record or an insurance
        ends there; predictions are of what they would have been.
    floor : float, optional
        Losses of this amount or less are known only to be at most that, as where less need not be reported
        or a law sets the least fine; see `smallest_shared`.

    Examples
    --------
    >>> LogNormal(spread_by=("sector",)).spread_by
    ('sector',)
    """

    spread_by: tuple[str, ...] = ()
    cap: float | None = None
    floor: float | None = None

    def __post_init__(self) -> None:
        for name in ("cap", "floor"):
            amount = getattr(self, name)
            if amount is not None and not amount > 0:
                raise SpecError(
                    f"A {name} is an amount above 0; got {amount}; leave it out if there is none."
                )
        if self.cap is not None and self.floor is not None and self.cap <= self.floor:
            raise SpecError(f"A cap lies above the floor; got {self.cap} and {self.floor}; swap them, say.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gamma:
    """Gamma losses with a log link.

    Parameters
    ----------
    spread_by : tuple of str, default ()
        Groups of the model whose levels may differ in coefficient of variation.

    Examples
    --------
    >>> Gamma()
    Gamma(spread_by=())
    """

    spread_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LogNormalPareto:
    """Log-normal losses with a generalised Pareto tail.

    Parameters
    ----------
    tail_share : float, default 0.1
        Share of the training losses that lie above the threshold.
    spread_by : tuple of str, default ()
        Groups whose levels may differ in the spread of the body.
    tail_by : tuple of str, default ()
        Groups whose levels may differ in scale and shape of the tail.

    Examples
    --------
    >>> LogNormalPareto(tail_by=("sector",)).tail_share
    0.1
    """

    tail_share: float = 0.1
    spread_by: tuple[str, ...] = ()
    tail_by: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 < self.tail_share <= 0.5:
            raise SpecError(
                f"tail_share is a share above 0 and at most 0.5; got {self.tail_share}; 0.1 is usual."
            )


LossFamily = LogNormal | Gamma | LogNormalPareto


def listed(family: LossFamily | Sequence[LossFamily] | None) -> tuple[LossFamily, ...]:
    """Return the families that may have draws: those given, `LogNormal` where none is."""
    if family is None:
        return (LogNormal(),)
    return tuple(family) if isinstance(family, Sequence) else (family,)


def smallest_shared(losses: ArrayLike, share: float = 0.03) -> float | None:
    """Return the smallest loss if so many have it that it must be a bound: a least fine, a threshold.

    Parameters
    ----------
    losses : array of shape (n_losses,)
        Money; those of 0 or less and missing ones do not count.
    share : float, default 0.03
        The least share of the losses that a bound has.

    Returns
    -------
    float or None
        A floor for `LogNormal`; None where the smallest amount is one of many.

    Examples
    --------
    >>> smallest_shared([250.0, 250.0, 700.0, 1200.0])
    250.0
    """
    amounts = np.asarray(losses, dtype=np.float64)
    amounts = amounts[amounts > 0]
    if not len(amounts):
        return None
    least = float(amounts.min())
    same = int((amounts == least).sum())
    return least if same > 1 and same >= share * len(amounts) else None
