"""How a fit went: one state, one sentence, and the numbers behind it."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class FitState(StrEnum):
    """The ways in which a fit can end."""

    EXACT = "exact"
    SURROGATE_GOOD = "surrogate_good"
    SURROGATE_USABLE = "surrogate_usable"
    SURROGATE_AVERAGED = "surrogate_averaged"
    SURROGATE_REJECTED = "surrogate_rejected"
    MAP_ONLY = "map_only"
    NOT_CONVERGED = "not_converged"


_SENTENCES = {
    FitState.EXACT: "The exact posterior converged",
    FitState.SURROGATE_GOOD: "The surrogate posterior is good and was corrected by PSIS",
    FitState.SURROGATE_USABLE: "The surrogate posterior is usable and was corrected by PSIS",
    FitState.SURROGATE_AVERAGED: (
        "The surrogate was averaged over its own posterior; PSIS cannot confirm it in so many dimensions"
    ),
    FitState.SURROGATE_REJECTED: "PSIS rejects the surrogate posterior: use Nuts() or Auto()",
    FitState.MAP_ONLY: "Only the mode was computed: there is no uncertainty",
    FitState.NOT_CONVERGED: "The chains did not converge: raise tune and draws, or look at the data",
}

R_HAT_LIMIT = 1.05
DIVERGENT_SHARE_LIMIT = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class FitStatus:
    r"""How a fit went.

    Attributes
    ----------
    state : FitState
        How it ended.
    k_hat : float or None
        :math:`\hat k` of PSIS: below 0.5 good, below 0.7 usable; None for exact fits.
    weight_ess : float or None
        Effective share of the draws after PSIS, 0–1.
    r_hat, ess : float or None
        Largest :math:`\hat R` and smallest effective sample size over all coefficients.
    divergences : int
        Divergent transitions after tuning.
    design_effect : float or None
        Median over the terms of by how much their variance exceeds that of independent, equally weighted
        rows; None where rows are taken as such.
    rows, distinct_rows : int
        Labelled training rows, and how many of them differ.

    Examples
    --------
    >>> FitStatus(state=FitState.EXACT, r_hat=1.004, ess=900.0, rows=10, distinct_rows=9).sentence
    'The exact posterior converged (R-hat 1.004, ESS 900, 0 divergences, 10 rows, 9 distinct).'
    """

    state: FitState
    k_hat: float | None = None
    weight_ess: float | None = None
    r_hat: float | None = None
    ess: float | None = None
    divergences: int = 0
    design_effect: float | None = None
    rows: int = 0
    distinct_rows: int = 0

    @property
    def ok(self) -> bool:
        """Whether the posterior may be used."""
        return self.state not in (FitState.NOT_CONVERGED, FitState.SURROGATE_REJECTED)

    @property
    def sentence(self) -> str:
        """What happened, in one sentence."""
        if not self.rows:
            return "Nothing was learned: there were no rows to learn from."
        facts = []
        if self.k_hat is not None:
            facts.append(f"k-hat {self.k_hat:.2f}")
        if self.weight_ess is not None:
            facts.append(f"weights worth {self.weight_ess:.0%} of the draws")
        if self.r_hat is not None:
            facts.append(f"R-hat {self.r_hat:.3f}")
        if self.ess is not None:
            facts.append(f"ESS {self.ess:.0f}")
        if self.state is not FitState.MAP_ONLY:
            facts.append(f"{self.divergences} divergences")
        if self.design_effect is not None:
            facts.append(f"design effect {self.design_effect:.2f}")
        facts.append(f"{self.rows} rows")
        facts.append(f"{self.distinct_rows} distinct")
        return f"{_SENTENCES[self.state]} ({', '.join(facts)})."

    def to_dict(self) -> dict[str, object]:
        """Return the fields, and the sentence, for JSON."""
        return {**asdict(self), "state": str(self.state), "ok": self.ok, "sentence": self.sentence}
