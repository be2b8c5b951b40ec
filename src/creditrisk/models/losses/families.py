r"""Which distributions the positive losses of a violation may have; all with a finite mean.

With the linear predictor :math:`\eta` (steps and pooled groups, in log-money):

- `LogNormal`: :math:`\log L \sim N(\eta, \sigma)`, :math:`\sigma \le 4`;
- `Gamma`: mean :math:`e^\eta`, shape :math:`1 / \sigma^2`, so that :math:`\sigma` is the coefficient of
  variation: a longer left tail of the logarithm, and a shorter right one;
- `LogNormalPareto`: log-normal below a threshold u; of the losses above it the excess is generalised Pareto,
  scale :math:`\beta`, shape :math:`0 < \xi < 0.9`. How likely u is exceeded follows from :math:`\eta` and
  :math:`\sigma`.
"""

from dataclasses import dataclass

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

    Examples
    --------
    >>> LogNormal(spread_by=("sector",)).spread_by
    ('sector',)
    """

    spread_by: tuple[str, ...] = ()
    cap: float | None = None

    def __post_init__(self) -> None:
        if self.cap is not None and not self.cap > 0:
            raise SpecError(f"A cap is an amount above 0; got {self.cap}; leave it out if there is none.")


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
