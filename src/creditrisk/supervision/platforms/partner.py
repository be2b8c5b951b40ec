"""A platform that may ask, and what it asks."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from creditrisk.errors import SpecError
from creditrisk.supervision.platforms.admission import AdmissionRules
from creditrisk.supervision.platforms.agreement import Agreement
from creditrisk.supervision.platforms.keys import KeyRing


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A platform that may ask.

    Parameters
    ----------
    agreement : Agreement
        What it may ask.
    keys : KeyRing
        Its keys.
    rules : AdmissionRules
        What keeps a merchant out.

    Raises
    ------
    SpecError
        If agreement and keys are of different partners, or admission would tell a class that is not agreed.
    """

    agreement: Agreement
    keys: KeyRing
    rules: AdmissionRules = field(default_factory=AdmissionRules)

    def __post_init__(self) -> None:
        """Check that the parts fit."""
        if self.agreement.partner != self.keys.partner:
            raise SpecError(
                f"A partner asks with its own keys; the agreement is with {self.agreement.partner!r}, the "
                f"keys are of {self.keys.partner!r}: exchange them."
            )
        if self.rules.held_classes and "risk_class" not in self.agreement.fields:
            raise SpecError(
                f"Who holds merchants for their class tells it; {self.agreement.partner!r} is not told "
                "risk_class: agree on that field, or hold no classes."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question of a platform about merchants.

    Parameters
    ----------
    partner : str
        Who asks.
    purpose : str
        For what, one of the agreement.
    key_id : str
        The key behind the hashes.
    hashes : sequence of str
        Keyed hashes of the merchants.
    """

    partner: str
    purpose: str
    key_id: str
    hashes: Sequence[str]
