"""A rule of direct determination (直接判定) or of inspection, as a system file states it.

A rule is hit when its indicator reaches `at_least`. Vetoes set a class, notches move the model's class
by some steps up to a cap, floors and ceilings say the lowest and the highest class that remain,
`always_inspect` leaves the class alone. This file only says what a rule is; grading applies it.
"""

from typing import Literal, Self

from pydantic import AliasChoices, Field, model_validator

from creditrisk.errors import SpecError
from creditrisk.indicators.dated import Dated

RuleKind = Literal["veto", "notch", "floor", "ceiling", "always_inspect"]
Certainty = Literal["found", "own", "seed"]


class Rule(Dated):
    """One rule over one indicator.

    Parameters
    ----------
    in_force_from, in_force_to : datetime.date, optional
        The first day on which it belongs to its system, and the first on which it no longer does.
    id : str
        Short id, unique in its system, such as ``"R01"``.
    kind : {"veto", "notch", "floor", "ceiling", "always_inspect"}
        What a hit does.
    indicator : str
        Name of the indicator (the column of X) that is compared.
    at_least : float, default 1
        The smallest value that is a hit; a missing value is no hit, unless `if_missing` says so.
    if_missing : {"hit"}, optional
        Write ``"hit"`` where a missing value is a hit, as for an entity that is always inspected because
        nothing is known of it.
    released_by : str, optional
        Name of an indicator whose value of 1 or more takes the hit back, such as a credit repair that is
        done (信用修复).
    notches : int, optional
        Steps towards D; only for a notch, which must have it.
    risk_class : {"A", "B", "C", "D"}, optional
        The class of a veto (default D), the cap of a notch (default D), the lowest class of a floor, or the
        highest of a ceiling. In a TOML file also `class` or `cap`.
    basis : str, default ""
        Legal or factual basis; empty if none is known.
    certainty : {"found", "own", "seed"}
        Whether the ground was read in a published source, is the authors' own knowledge, or stands in a
        seed document of the project.
    title_en, title_zh : str
        What people call it.

    Examples
    --------
    >>> rule = Rule(id="R01", kind="veto", indicator="serious_list_now", certainty="own",
    ...             title_en="on the serious-violation list", title_zh="列入严重违法失信名单")
    >>> rule.risk_class, rule.at_least
    ('D', 1.0)
    """

    id: str
    kind: RuleKind
    indicator: str
    at_least: float = 1.0
    if_missing: Literal["hit"] | None = None
    released_by: str | None = None
    notches: int | None = Field(default=None, ge=1, le=3)
    risk_class: Literal["A", "B", "C", "D"] | None = Field(
        default=None, validation_alias=AliasChoices("risk_class", "class", "cap")
    )
    basis: str = ""
    certainty: Certainty
    title_en: str
    title_zh: str

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if (self.notches is None) == (self.kind == "notch"):
            raise SpecError(
                f"rule {self.id!r} is a {self.kind} with notches = {self.notches}; a notch has `notches` "
                "of 1 to 3, no other rule has them"
            )
        if self.kind in ("veto", "notch") and self.risk_class is None:
            object.__setattr__(self, "risk_class", "D")
        if (self.risk_class is None) != (self.kind == "always_inspect"):
            raise SpecError(
                f"rule {self.id!r} is a {self.kind} with class = {self.risk_class}; a floor has a `class`, "
                "a ceiling too, an always_inspect has none"
            )
        return self
