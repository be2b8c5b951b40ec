"""What counts as being looked at, as a violation and as its loss, as a TOML file says it."""

from importlib import resources
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from creditrisk.errors import SpecError, hint, shown
from creditrisk.records.conditions import Where
from creditrisk.records.tables import TABLES
from creditrisk.records.tables.oversight import CHANNELS
from creditrisk.records.toml_file import FileSpec, as_path, load


def _record_type(name: str) -> str:
    if name not in TABLES:
        raise SpecError(f"there is no record type {name!r}.{hint(name, TABLES)}")
    return name


type RecordType = Annotated[str, AfterValidator(_record_type)]


class Selection(FileSpec):
    """Some records of one type.

    Parameters
    ----------
    table : str
        Their record type.
    where : dict, default {}
        Which of them.
    """

    table: RecordType
    where: Where = Field(default_factory=dict)


class Contact(Selection):
    """Records that show that somebody looked at an entity.

    Parameters
    ----------
    table : str
        Their record type.
    where : dict, default {}
        Which of them.
    channel : str, optional
        Why: one of ``random``, ``targeted``, ``campaign`` and ``complaint``, or the column that says it.
    inclusion_probability : str, optional
        The column with the probability of having been drawn.
    """

    channel: str | None = None
    inclusion_probability: str | None = None

    @property
    def fixed_channel(self) -> str | None:
        """The channel of every record, if it is no column."""
        return self.channel if self.channel in CHANNELS else None


class Violation(Selection):
    """Records that show a violation; each of them also shows that somebody looked.

    Parameters
    ----------
    table : str
        Their record type.
    where : dict, default {}
        Which of them.
    channel : str, optional
        As for a contact; not needed where the same record type is among the contacts, else ``complaint``.
    """

    channel: str | None = None


class Loss(Selection):
    """Records that say what violations cost.

    Parameters
    ----------
    table : str
        Their record type.
    where : dict, default {}
        Which records.
    columns : tuple of str
        The money columns to be added up, all in the currency of the definition.
    """

    table: RecordType
    columns: Annotated[tuple[str, ...], Field(min_length=1)]


class OutcomeDefinition(FileSpec):
    """A definition of outcomes.

    Parameters
    ----------
    name : str
        Its name.
    title_en, title_zh : str
        What it is called by people.
    currency : str
        Three letters, such as ``"CNY"``.
    observed : {"contacted", "everyone"}, default "contacted"
        Whose outcome is known: of those somebody looked at; or of everyone, where records of violations
        are complete without anybody being drawn (convictions, accidents): then no record is no violation.
    settled_after_months : int, default 0
        How long after a window its losses are complete, where they are decided late; losses that a training
        day sees earlier are missing then, not small.
    contact : tuple of Contact, default ()
        Who was looked at.
    violation : tuple of Violation
        Who was found in violation.
    loss : tuple of Loss, default ()
        What it cost.

    Examples
    --------
    >>> load_definition("violation").violation[1].table
    'penalty'
    """

    name: str
    title_en: str
    title_zh: str
    currency: Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]
    observed: Literal["contacted", "everyone"] = "contacted"
    settled_after_months: int = Field(default=0, ge=0)
    contact: tuple[Contact, ...] = ()
    violation: Annotated[tuple[Violation, ...], Field(min_length=1)]
    loss: tuple[Loss, ...] = ()

    @model_validator(mode="after")
    def _somebody_looks(self) -> Self:
        if self.observed == "contacted" and not self.contact:
            raise SpecError(
                "without a [[contact]] only violations would show who was looked at; add one, or say "
                "observed = 'everyone'"
            )
        return self

    @property
    def tables(self) -> tuple[str, ...]:
        """The record types that it reads, each once."""
        parts: tuple[Selection, ...] = (*self.contact, *self.violation, *self.loss)
        return tuple(dict.fromkeys(part.table for part in parts))

    @property
    def showing(self) -> tuple[str, ...]:
        """The record types that show that somebody looked, each once."""
        parts: tuple[Selection, ...] = (*self.contact, *self.violation)
        return tuple(dict.fromkeys(part.table for part in parts))

    @property
    def loss_column(self) -> str:
        """The name of the loss in a table of outcomes, such as ``loss_cny``."""
        return f"loss_{self.currency.lower()}"


def load_definition(name: str | Path | OutcomeDefinition = "violation") -> OutcomeDefinition:
    """Read a definition of outcomes.

    Parameters
    ----------
    name : str, Path or OutcomeDefinition
        The name of a packaged definition, or a TOML file; a definition is returned as it is.

    Returns
    -------
    OutcomeDefinition
        What it says.

    Raises
    ------
    SourceError
        If there is no such file.
    SpecError
        If there is no such name, or the file says something that no definition can say.

    Examples
    --------
    >>> load_definition().currency
    'CNY'
    """
    if isinstance(name, OutcomeDefinition):
        return name
    packaged = resources.files("creditrisk.records").joinpath("definitions")
    known = {Path(file.name).stem: file for file in packaged.iterdir() if file.name.endswith(".toml")}
    if str(name) in known:
        with resources.as_file(known[str(name)]) as path:
            return load(OutcomeDefinition, path, what="outcome definition")
    if as_path(name).suffix != ".toml":
        raise SpecError(
            f"There is no outcome definition {shown(str(name))}, nor such a file.{hint(str(name), known)}"
        )
    return load(OutcomeDefinition, name, what="outcome definition")
