"""What a platform may ask, for what purpose, how much of it, and which fields it is told."""

from dataclasses import dataclass

from creditrisk.errors import SpecError, hint, shown

SHAREABLE = (
    "decision",
    "grounds",
    "status",
    "abnormal_list",
    "serious_list",
    "listed_on",
    "reason",
    "licence_to",
    "risk_class",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The agreement with one partner; the limits by default are assumptions.

    Parameters
    ----------
    partner : str
        With whom.
    purposes : tuple of str
        For what it may ask, such as ``"admission"``; a query states one of them.
    fields : tuple of str, default those of admission
        What it is told, out of `SHAREABLE`; everything else stays inside.
    per_query : int, default 1000
        How many entities it may ask about at once.
    per_day : int, default 20000
        How many on one day.
    smallest_cell : int, default 10
        No number of entities below this is told in an aggregate.

    Raises
    ------
    SpecError
        If a field may not be shared, no purpose is stated, or a limit is not a positive whole number.

    Examples
    --------
    >>> Agreement(partner="platform-a", purposes=("admission",), fields=("phone_id",))
    Traceback (most recent call last):
    creditrisk.errors.SpecError: Only some fields are ever told to a platform; got 'phone_id'. Known: ...
    """

    partner: str
    purposes: tuple[str, ...]
    fields: tuple[str, ...] = ("decision", "grounds")
    per_query: int = 1000
    per_day: int = 20_000
    smallest_cell: int = 10

    def __post_init__(self) -> None:
        """Check every field."""
        if isinstance(self.purposes, str) or not self.purposes or not all(self.purposes):
            raise SpecError(
                f"An agreement states its purposes as a list of texts; got {shown(self.purposes)}: write "
                "('admission',) for instance."
            )
        for name in self.fields:
            if name not in SHAREABLE:
                raise SpecError(
                    f"Only some fields are ever told to a platform; got {shown(name)}."
                    f"{hint(str(name), SHAREABLE)}"
                )
        for limit in ("per_query", "per_day", "smallest_cell"):
            value = getattr(self, limit)
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise SpecError(
                    f"A limit is a whole number of 1 or more; got {limit}={shown(value)}: change it."
                )

    def check_purpose(self, purpose: str) -> None:
        """Check that a query states a purpose of the agreement.

        Parameters
        ----------
        purpose : str
            What the query says.

        Raises
        ------
        SpecError
            If it is another.
        """
        if purpose not in self.purposes:
            raise SpecError(
                f"A query states a purpose of its agreement; got {shown(purpose)} from {self.partner!r}."
                f"{hint(str(purpose), self.purposes)}"
            )

    def check_amount(self, asked: int, asked_before: int) -> None:
        """Check that a query is neither too large by itself nor on top of the others of its day.

        Parameters
        ----------
        asked : int
            About how many entities.
        asked_before : int
            About how many on the same day so far.

        Raises
        ------
        SpecError
            If it is too much: there is no bulk export.
        """
        if asked > self.per_query:
            raise SpecError(
                f"A query asks about at most {self.per_query:,} entities; {self.partner!r} asked about "
                f"{asked:,}: ask in parts, or match by private set intersection."
            )
        if asked_before + asked > self.per_day:
            raise SpecError(
                f"A partner asks about at most {self.per_day:,} entities a day; {self.partner!r} has asked "
                f"about {asked_before:,} and now about {asked:,}: ask tomorrow."
            )
