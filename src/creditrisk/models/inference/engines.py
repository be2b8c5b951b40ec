"""How a posterior is computed: four small frozen objects instead of flags."""

from dataclasses import dataclass

from creditrisk.errors import SpecError

FEWEST_DRAWS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """What every engine that samples has in common.

    Parameters
    ----------
    draws : int, default 1000
        Draws of each chain after tuning.
    tune : int, default 1000
        Tuning steps of each chain.
    chains : int, default 2
        Number of chains, run one after the other, so that scripts and services need no main guard.
    keep : int, default 1000
        Draws kept for scoring.
    sampler : {"pymc", "nutpie", "gibbs"}, default "pymc"
        Which NUTS; ``"nutpie"`` needs the extra ``creditrisk[fast]``. ``"gibbs"``, the default of `Surrogate`
        and `Auto`, draws from quadratic log-likelihoods along directions, in seconds; where a likelihood is
        exact, the model joint, or a points table the prior, PyMC's NUTS takes its place.
    on_failure : {"raise", "return"}, default "raise"
        Whether a failed fit raises `FitError` or is returned with its status.
    """

    draws: int = 1000
    tune: int = 1000
    chains: int = 2
    keep: int = 1000
    sampler: str = "pymc"
    on_failure: str = "raise"

    def __post_init__(self) -> None:
        for name in ("draws", "tune", "chains", "keep"):
            if getattr(self, name) < 1:
                raise SpecError(f"{name} must be a positive whole number; got {getattr(self, name)}.")
        if self.draws < FEWEST_DRAWS:
            raise SpecError(f"draws must be at least {FEWEST_DRAWS} to be judged; got {self.draws}.")
        if self.keep > self.draws * self.chains:
            raise SpecError(
                f"keep={self.keep} draws cannot be kept of {self.draws * self.chains}; "
                "lower keep or raise draws."
            )
        if self.sampler not in ("pymc", "nutpie", "gibbs"):
            raise SpecError(f"sampler is 'pymc', 'nutpie' or 'gibbs'; got {self.sampler!r}.")
        if self.on_failure not in ("raise", "return"):
            raise SpecError(f"on_failure is 'raise' or 'return'; got {self.on_failure!r}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nuts(Engine):
    """Exact: NUTS on the likelihood of every distinct row; its cost grows with their number.

    Takes the parameters of `Engine`.

    Examples
    --------
    >>> Nuts(draws=500).chains
    2
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Surrogate(Engine):
    """The true priors on a quadratic likelihood, corrected and judged by PSIS.

    Takes the parameters of `Engine`.

    Examples
    --------
    >>> Surrogate(keep=200).keep
    200
    """

    sampler: str = "gibbs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Auto(Engine):
    r"""`Surrogate`; its expansion averaged over its own draws, then `Nuts`, where PSIS rejects it.

    Takes the parameters of `Engine`, and one of its own.

    Parameters
    ----------
    k_hat_limit : float, default 0.7
        Largest :math:`\hat k` of a surrogate that is used without further ado.
    exact_work : float, default 1e8
        Rows × terms × coefficients up to which `Nuts` steps in, some minutes; beyond it the averaged
        surrogate is returned, and its status says that PSIS could not confirm it.

    Examples
    --------
    >>> Auto().k_hat_limit
    0.7
    """

    sampler: str = "gibbs"
    k_hat_limit: float = 0.7
    exact_work: float = 1e8

    def accepts(self, k_hat: float | None) -> bool:
        """Return whether a fit is used as it is.

        Parameters
        ----------
        k_hat : float or None
            Of PSIS; None for exact fits.

        Returns
        -------
        bool
            Whether it lies within the limit.
        """
        return (k_hat or 0.0) <= self.k_hat_limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """The mode alone, repeated once: a quick look without uncertainty.

    Examples
    --------
    >>> Map()
    Map()
    """
