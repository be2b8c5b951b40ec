"""The shape of records: columns, tables, and when each value became known.

Every table has four columns of its own accord, `record_id`, `entity_id`, `occurred_on` and `known_on`, and
may say where a record came from (`PROVENANCE`); a `Column` with `known_with` is hidden in a snapshot until
the day in that other column has passed.
"""

from dataclasses import dataclass
from enum import StrEnum

from creditrisk.errors import SpecError, hint


class ColumnType(StrEnum):
    """The types that a column of a record can have."""

    STRING = "string"
    INTEGER = "integer"
    FLOAT = "float"
    DATE = "date"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a record type.

    Parameters
    ----------
    name : str
        Its name; money columns end in their currency (`fine_cny`).
    type : ColumnType
        Its type after reading.
    title : str
        One phrase in English, with the Chinese term in brackets.
    unit : str, optional
        ``"CNY"``, ``"persons"`` …; none for codes, names and dates.
    required : bool, default False
        Whether a row without a value is rejected.
    codes : tuple of str, default ()
        The allowed values; any value if empty.
    separator : str, optional
        What stands between several codes in one value; none if there is only one.
    minimum : float, optional
        The smallest allowed number.
    known_with : str, optional
        The date column from which on the value is known, where that is later than `known_on`.
    expected : bool, default False
        Whether a record without a value counts as incomplete in an audit; it is not rejected.
    code_system : str, optional
        The code system that an audit checks its values against: ``"uscc"``, ``"region"`` or ``"industry"``.

    Examples
    --------
    >>> Column(name="fine_cny", type=ColumnType.FLOAT, title="fine (罚款)", unit="CNY", minimum=0).unit
    'CNY'
    """

    name: str
    type: ColumnType
    title: str
    unit: str | None = None
    required: bool = False
    codes: tuple[str, ...] = ()
    separator: str | None = None
    minimum: float | None = None
    known_with: str | None = None
    expected: bool = False
    code_system: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A column whose values are the ids of records of another table.

    Parameters
    ----------
    column : str
        The column that refers.
    table : str, optional
        The record type referred to.
    table_column : str, optional
        The column that names the record type, where that differs from row to row.
    same_entity : bool, default True
        Whether both records concern the same entity.

    Examples
    --------
    >>> Link(column="inspection_id", table="inspection").table
    'inspection'
    """

    column: str
    table: str | None = None
    table_column: str | None = None
    same_entity: bool = True


COMMON = (
    Column(name="record_id", type=ColumnType.STRING, title="id of the record (记录编号)", required=True),
    Column(
        name="entity_id",
        type=ColumnType.STRING,
        title="whom it concerns, the USCC where there is one (统一社会信用代码)",
        required=True,
    ),
    Column(name="occurred_on", type=ColumnType.DATE, title="when it happened (发生日期)", required=True),
    Column(name="known_on", type=ColumnType.DATE, title="when the bureau knew (归集日期)", required=True),
)

PROVENANCE = (
    Column(
        name="source_org", type=ColumnType.STRING, title="organisation responsible for the record (来源单位)"
    ),
    Column(
        name="entity_name", type=ColumnType.STRING, title="name of the entity as the record has it (主体名称)"
    ),
    Column(
        name="produced_on",
        type=ColumnType.DATE,
        title="when the record arose, if not on `occurred_on` (产生日期)",
    ),
    Column(
        name="published_on",
        type=ColumnType.DATE,
        title="when it was published (公示日期)",
        known_with="published_on",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One record type.

    Parameters
    ----------
    name : str
        Its name in files, mappings and indicator systems.
    title_en, title_zh : str
        What it is called by people.
    own : tuple of Column
        The columns beside the four common ones.
    one_per_entity : bool, default False
        Whether an entity has at most one record (`registration`).
    ordered : tuple of (str, str), default ()
        Pairs of date columns of which the first may not be later than the second.
    responsible : str, default ""
        Who has to deliver the records.
    public : bool, default False
        Whether its records have to be collected and published in time (应归尽归、应公示尽公示).
    number : str, optional
        The column with the number of the document or case; one entity has a number once.
    matter : tuple of str, default ()
        Columns that, with the entity and the day, say what a record is about; two records that agree in all
        of them are near duplicates.
    links : tuple of Link, default ()
        Columns that refer to records of other tables.
    each_year : bool, default False
        Whether every entity owes one record for every calendar year that it began as registered.

    Examples
    --------
    >>> Table(name="recall", title_en="recalls", title_zh="召回", own=()).column_names[:4]
    ('record_id', 'entity_id', 'occurred_on', 'known_on')
    """

    name: str
    title_en: str
    title_zh: str
    own: tuple[Column, ...]
    one_per_entity: bool = False
    ordered: tuple[tuple[str, str], ...] = ()
    responsible: str = ""
    public: bool = False
    number: str | None = None
    matter: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    each_year: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """The common columns, its own, and those that say where a record came from."""
        return COMMON + self.own + PROVENANCE

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of `columns`, in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Return the column of that name.

        Raises
        ------
        SpecError
            If the table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise SpecError(f"Table {self.name!r} has no column {name!r}.{hint(name, self.column_names)}")
