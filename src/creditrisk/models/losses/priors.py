"""What is believed of losses before any: the scales of the linear part, and of spread and tail."""

from dataclasses import dataclass, fields

from creditrisk.models.priors import Priors


@dataclass(frozen=True, slots=True, kw_only=True)
class LossPriors(Priors):
    r"""Prior scales of a loss model, in log-money.

    Takes the parameters of `Priors`, and five of its own.

    Parameters
    ----------
    spread : float, default 1.0
        Standard deviation of the logarithm of the spread around 1.
    spread_group : float, default 0.2
        Scale of the standard deviation of the log-spread between the levels of a group.
    shape : float, default 1.0
        Standard deviation of the logit of :math:`\xi / 0.9` around -1, which is :math:`\xi = 0.24`.
    tail_group : float, default 0.3
        Scale of the standard deviation, between the levels of a group, of log-scale and logit of the tail.
    correlation : float, default 2.0
        :math:`\eta` of the LKJ prior of the correlation with the violation model's effects of the same group,
        where both are fitted jointly; 1 is even over all correlations, more is nearer to none.

    Examples
    --------
    >>> LossPriors(steps=0.1).spread
    1.0
    """

    steps: float = 0.25
    spread: float = 1.0
    spread_group: float = 0.2
    shape: float = 1.0
    tail_group: float = 0.3
    correlation: float = 2.0


def loss_priors(given: Priors | None) -> LossPriors:
    """Return the priors of a loss model, completed where the shared ones were given.

    Parameters
    ----------
    given : Priors or None
        As the user gave them.

    Returns
    -------
    LossPriors
        All of them.
    """
    if given is None:
        return LossPriors()
    if isinstance(given, LossPriors):
        return given
    return LossPriors(**{field.name: getattr(given, field.name) for field in fields(given)})


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadPrior:
    """What is believed of the second predictor of a family.

    Parameters
    ----------
    anchor, deviation : float
        Mean and standard deviation of its intercept.
    group : float
        Scale of the standard deviation between the levels of a group.

    Examples
    --------
    >>> SpreadPrior(anchor=0.0, deviation=1.0, group=0.2).group
    0.2
    """

    anchor: float
    deviation: float
    group: float
