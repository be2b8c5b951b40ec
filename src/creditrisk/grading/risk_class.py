"""The four credit-risk classes of the national system, A (low, 低) to D (high, 高)."""

from enum import StrEnum
from typing import Literal


class RiskClass(StrEnum):
    """A credit-risk class (信用风险分类); classes compare in order of risk, ``A < B < C < D``.

    Examples
    --------
    >>> RiskClass.A < RiskClass.D
    True
    >>> RiskClass.B.raised(2), RiskClass.B.raised(2, cap=RiskClass.C)
    (<RiskClass.D: 'D'>, <RiskClass.C: 'C'>)
    >>> RiskClass.D.label("zh")
    '高'
    """

    A = "A"
    B = "B"
    C = "C"
    D = "D"

    @property
    def rank(self) -> int:
        """Its place in the order of risk: 0 for A, 3 for D."""
        return "ABCD".index(self.value)

    def raised(self, notches: int, cap: "RiskClass | None" = None) -> "RiskClass":
        """Return the class so many steps riskier, never beyond `cap` and never below itself.

        Parameters
        ----------
        notches : int
            Steps towards high risk, 0 or more.
        cap : RiskClass, optional
            The highest class that the step can reach; D if not given.

        Returns
        -------
        RiskClass
            The raised class; the class itself where it already lies at or beyond the cap.
        """
        highest = 3 if cap is None else cap.rank
        return list(RiskClass)[max(self.rank, min(self.rank + notches, highest))]

    def label(self, language: Literal["en", "zh"]) -> str:
        """Return what the class is called: low, general, elevated or high (低、一般、较高、高).

        Parameters
        ----------
        language : {"en", "zh"}
            The language.

        Returns
        -------
        str
            A word.
        """
        return _LABELS[language][self.rank]


_LABELS = {
    "en": ("low", "general", "elevated", "high"),
    "zh": ("低", "一般", "较高", "高"),
}
