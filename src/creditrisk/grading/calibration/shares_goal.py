"""The goal that the final classes have given shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from creditrisk.grading.calibration.by_shares import below_targets, cuts_by_shares, direct_share
from creditrisk.grading.calibration.evidence import Evidence
from creditrisk.grading.calibration.goal import Found
from creditrisk.grading.calibration.ladder import ladder_of
from creditrisk.grading.cuts import Cuts
from creditrisk.grading.risk_class import RiskClass
from creditrisk.grading.texts import LANGUAGES, SHARE_NOTES, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetShares:
    """The final classes have these shares.

    Parameters
    ----------
    shares : mapping of RiskClass to float
        Of A, B, C and D; they add up to 1.
    """

    shares: Mapping[RiskClass, float]

    @property
    def method(self) -> str:
        """Its name: ``shares``."""
        return "shares"

    @property
    def moved_by(self) -> Literal["order", "outcome"]:
        """The order of the entities alone."""
        return "order"

    def cuts(self, evidence: Evidence) -> Cuts:
        """Return the cuts that come nearest to the shares.

        Parameters
        ----------
        evidence : Evidence
            What is known of the entities.

        Returns
        -------
        tuple of 3 floats
            The lower bounds of B, C and D.
        """
        return cuts_by_shares(ladder_of(evidence), self.shares)

    def solve(self, evidence: Evidence) -> Found:
        """Return these cuts with the shares that they reach.

        Parameters
        ----------
        evidence : Evidence
            What is known of the entities.

        Returns
        -------
        Found
            Cuts, and a note where the shares are missed.
        """
        ladder = ladder_of(evidence)
        below = below_targets(ladder, self.shares)
        cuts = ladder.cuts_at(below)
        tally = ladder.tally(cuts)
        direct, wanted = direct_share(ladder), self.shares[RiskClass.D]
        reached = np.rint(np.cumsum(tally.entities)[:3] / ladder.weight)
        if direct > wanted:
            notes = _notes("vetoes", direct=f"{direct:.2%}", wanted=f"{wanted:.2%}")
        elif np.any(reached != below):
            notes = _notes("ties")
        else:
            notes = _notes("reached")
        return Found(cuts=cuts, tally=tally, notes=notes)


def _notes(name: str, **places: str) -> dict[Language, str]:
    return {language: SHARE_NOTES[language][name].format(**places) for language in LANGUAGES}
