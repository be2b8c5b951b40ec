"""One indicator: what it measures, on which records, and what it means for the risk."""

from typing import Literal, Self

from pydantic import Field, SerializeAsAny, model_validator

from creditrisk.errors import SpecError
from creditrisk.indicators.dated import Dated
from creditrisk.indicators.measures import Measure
from creditrisk.indicators.measures.measure import Window
from creditrisk.records.conditions import Where

Direction = Literal["raises", "lowers", "either"]
Missing = Literal["zero", "missing"]
Use = Literal["model", "rule", "planning"]


class Indicator(Dated):
    """One indicator (指标).

    Parameters
    ----------
    in_force_from, in_force_to : datetime.date, optional
        The first day on which it belongs to its system, and the first on which it no longer does.
    id : str
        Short id, unique in its system, such as ``"S06"``.
    name : str
        Name of its column: lower case, digits and underscores.
    title_en, title_zh : str
        What people call it.
    dimension : str
        The group of indicators that it belongs to (一级指标).
    table : str, optional
        The record type; none only for measures that read no records.
    measure : Measure
        How records become a value.
    months : int, optional
        Length of the window before the as-of date; all history if not given.
    where : conditions
        Which records count.
    dated_by : str, default "occurred_on"
        The date column by which a record falls into the window.
    direction : {"raises", "lowers", "either"}
        What a larger value does to the risk.
    missing : {"zero", "missing"}
        What an entity has for whom there is nothing to measure.
    transform : {"none", "log1p"}, default "none"
        ``"log1p"`` gives ``ln(1 + value)``.
    unit : str, default ""
        Of the value, such as ``"CNY"``; empty for plain numbers.
    legal_basis : str, default ""
        Empty if none is known.
    note : str, default ""
        What a reader should know.
    use : {"model", "rule", "planning"}, default "model"
        Whether the model learns from it, only rules read it, or only inspection planning does.

    Examples
    --------
    >>> from creditrisk.indicators.measures import build_measure
    >>> Indicator(id="S06", name="penalty_n", title_en="penalties", title_zh="行政处罚次数",
    ...           dimension="supervision", table="penalty", measure=build_measure("count", {}),
    ...           months=36, direction="raises", missing="zero").use
    'model'
    """

    id: str = Field(min_length=1)
    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title_en: str
    title_zh: str
    dimension: str
    table: str | None = None
    measure: SerializeAsAny[Measure]
    months: int | None = Field(default=None, ge=1)
    where: Where = Field(default_factory=dict)
    dated_by: str = "occurred_on"
    direction: Direction
    missing: Missing
    transform: Literal["none", "log1p"] = "none"
    unit: str = ""
    legal_basis: str = ""
    note: str = ""
    use: Use = "model"

    @model_validator(mode="after")
    def _fits_its_measure(self) -> Self:
        measure = type(self.measure).__name__
        if (self.table is not None) != self.measure.reads_records:
            needs = "needs a" if self.measure.reads_records else "reads no records and takes no"
            raise SpecError(
                f"indicator {self.id!r} says table = {self.table!r}, and {measure} {needs} `table`"
            )
        if self.months is None and self.measure.window is Window.REQUIRED:
            raise SpecError(f"indicator {self.id!r} says no `months`, and {measure} needs a window; add it")
        if self.months is not None and self.measure.window is Window.NONE:
            raise SpecError(
                f"indicator {self.id!r} says months = {self.months}, and {measure} has no window; remove it"
            )
        return self

    def window_lengths(self) -> set[int]:
        """Return the window lengths that the measure may ask for.

        Returns
        -------
        set of int
            Calendar months: the window, and twice the window.
        """
        return set() if self.months is None else {self.months, 2 * self.months}
