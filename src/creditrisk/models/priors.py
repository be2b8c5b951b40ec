r"""What is believed before any data, as one small object; every number is configuration.

Intercept :math:`\alpha \sim N(0, 3)`; steps of indicator j with B bins
:math:`\delta_{jk} = \rho\,s_j z_{jk} / B_j`, :math:`z \sim Exp(1)`, :math:`s_j \sim t^+_\nu(0, 1)`,
:math:`\rho \sim N^+(0, scale)`: the sum of an indicator's steps does not depend on the number of bins,
indicators that say nothing shrink together, and bins that data do not separate merge. Without a direction
:math:`\delta_{jk} = \rho\,s_j z_{jk} / \sqrt{B_j}`, :math:`z \sim N(0, 1)`, a random walk. Groups
:math:`u \sim N(0, \tau)` with zero sum, :math:`\tau \sim N^+(0, group)`.
"""

from dataclasses import dataclass, fields

from creditrisk.errors import SpecError
from creditrisk.models.elicited.table import PointsTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Priors:
    """Prior scales of the linear part, in log-odds (violation) or log-money (loss).

    Parameters
    ----------
    intercept : float, default 3.0
        Standard deviation of the intercept around its anchor.
    steps : float, default 0.5
        Scale of the typical sum of an indicator's steps.
    tail : float, default 2.0
        Degrees of freedom of the scale of each indicator: few let a handful of indicators stand out.
    group : float, default 0.5
        Scale of the standard deviation between the levels of a group.
    missing : float, default 0.5
        Standard deviation of the effect of a missing value.
    channel : float, default 2.0
        Standard deviation of the effect of a channel against the random one. Wide: tips find several times
        what random draws find, and shrinking that towards 0 shifts what is predicted of everybody.
    table : PointsTable, optional
        A regulator's present points: prior means of the columns that it has.

    Examples
    --------
    >>> Priors(steps=0.25).group
    0.5
    """

    intercept: float = 3.0
    steps: float = 0.5
    tail: float = 2.0
    group: float = 0.5
    missing: float = 0.5
    channel: float = 2.0
    table: PointsTable | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, float | int) and not value > 0:
                raise SpecError(f"A prior scale must be positive; got {field.name}={value}.")
