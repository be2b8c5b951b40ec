"""What an audit demands: which tables are expected, in how many working days, with which columns."""

from importlib import resources
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from creditrisk.errors import SpecError, hint, shown
from creditrisk.records.schema import Table
from creditrisk.records.tables import TABLES
from creditrisk.records.toml_file import FileSpec, as_path, load

PACKAGED = ("guangdong",)


class TableStandard(FileSpec):
    """What an audit demands of one record type beyond its own rules.

    Parameters
    ----------
    timely : bool, optional
        Whether its records have to be collected and published in time; by default if its record type is
        public.
    mandatory : tuple of str, default ()
        Columns that count as incomplete when they are empty, beside those that its record type expects.
    organisations : tuple of str, default ()
        Organisations (`source_org`) of which each has to deliver.
    ahead_days : int, default 0
        By how many days something may happen after it was known, such as a licence valid from next month.
    """

    timely: bool | None = None
    mandatory: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    ahead_days: int = Field(default=0, ge=0)


class Silence(FileSpec):
    """When an organisation that used to deliver counts as silent.

    Parameters
    ----------
    records : float, default 20
        How many records would have been expected in the silent months; 20 are missed by chance once in five
        hundred million (Poisson).
    months : int, default 12
        In how many months it must have delivered before its silence means anything.
    """

    records: float = Field(default=20, gt=0)
    months: int = Field(default=12, ge=2)


class AuditStandard(FileSpec):
    """The demands of an audit; `load_standard` reads one from a TOML file.

    Parameters
    ----------
    id, version : str
        Which standard.
    title_en, title_zh : str
        What people call it.
    basis : str, default ""
        Where its figures come from.
    expected : tuple of str
        Record types that have to be delivered.
    collect_within : int, default 7
        Working days from the record arising to its being known.
    publish_within : int, default 20
        Working days from the record arising to its being published.
    ids : {"auto", "uscc", "any"}, default "auto"
        Whether entity ids have to be unified social credit codes; ``"auto"`` says so if at least half of the
        registered ids have 18 characters.
    counts : str, optional
        A CSV file beside the standard, with the columns `table`, `source_org`, `month` (as 2024-01, when the
        records arose) and `records`: what the source systems hold.
    silence : Silence
        When an organisation counts as silent.
    tables : mapping of str to TableStandard
        Demands by record type.
    """

    id: str
    version: str
    title_en: str
    title_zh: str
    basis: str = ""
    expected: tuple[str, ...]
    collect_within: int = Field(default=7, ge=1, le=250)
    publish_within: int = Field(default=20, ge=1, le=250)
    ids: Literal["auto", "uscc", "any"] = "auto"
    counts: str | None = None
    silence: Silence = Silence()
    tables: dict[str, TableStandard] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _names_what_there_is(self) -> Self:
        for name in (*self.expected, *self.tables):
            if name not in TABLES:
                raise SpecError(f"there is no record type {name!r}.{hint(name, TABLES)}")
        for name, table in self.tables.items():
            for column in table.mandatory:
                TABLES[name].column(column)
        return self

    def of(self, table: str) -> TableStandard:
        """Return the demands on one record type.

        Parameters
        ----------
        table : str
            Its name.

        Returns
        -------
        TableStandard
            What the standard says of it, or nothing in particular.
        """
        return self.tables.get(table, TableStandard())

    def is_timely(self, shape: Table) -> bool:
        """Return whether the records of a type have to be collected and published in time.

        Parameters
        ----------
        shape : Table
            The record type.

        Returns
        -------
        bool
            As the standard says, else as the record type is public.
        """
        said = self.of(shape.name).timely
        return shape.public if said is None else said


def load_standard(standard: AuditStandard | str | Path) -> AuditStandard:
    """Return an audit standard: itself, a packaged one by its name, or one from a TOML file.

    Parameters
    ----------
    standard : AuditStandard, str or Path
        ``"guangdong"``, or the path of a file that ends in ``.toml``.

    Returns
    -------
    AuditStandard
        The standard; a path in `counts` is made absolute.

    Raises
    ------
    SourceError
        If the file cannot be read.
    SpecError
        If there is no packaged standard of that name, or the file says something impossible.

    Examples
    --------
    >>> load_standard("guangdong").collect_within
    7
    """
    if isinstance(standard, AuditStandard):
        return standard
    if str(standard) in PACKAGED:
        file = resources.files("creditrisk.records.quality") / "standards" / f"{standard}.toml"
        with resources.as_file(file) as path:
            return load(AuditStandard, path, what="audit standard")
    if as_path(standard).suffix.lower() != ".toml":
        raise SpecError(
            f"An audit standard is a packaged one or a file that ends in .toml; got {shown(str(standard))}."
            f"{hint(str(standard), PACKAGED)}"
        )
    read = load(AuditStandard, standard, what="audit standard")
    if read.counts is None:
        return read
    return read.model_copy(update={"counts": str(Path(standard).resolve().parent / read.counts)})
