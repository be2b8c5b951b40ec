"""The shape of records: columns, tables, and when each value became known.

Every table has four columns of its own accord, `record_id`, `entity_id`, `occurred_on` and `known_on`;
a `Column` with `known_with` is hidden in a snapshot until the day in that other column has passed.
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

    Examples
    --------
    >>> Table(name="recall", title_en="recalls", title_zh="召回", own=()).column_names
    ('record_id', 'entity_id', 'occurred_on', 'known_on')
    """

    name: str
    title_en: str
    title_zh: str
    own: tuple[Column, ...]
    one_per_entity: bool = False
    ordered: tuple[tuple[str, str], ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The common columns, then its own."""
        return COMMON + self.own

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
