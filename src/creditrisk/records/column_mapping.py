"""What a mapping file says about one column: where its values come from, and how they are written."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, field_validator, model_validator

from creditrisk.errors import SpecError, hint
from creditrisk.records.date_pattern import check_day_form
from creditrisk.records.forms.units import UNITS, NumberForm, target
from creditrisk.records.schema import Column, ColumnType
from creditrisk.records.toml_file import FileSpec

type Scalar = bool | int | float | str

ORIGINS = ("column", "value", "sql")
MAIN_STEPS = (("recode", "separator"), ("number", "multiply", "unit"), ("format",))
NUMBERS = (ColumnType.INTEGER, ColumnType.FLOAT)


def _several(written: object) -> object:
    return (written,) if isinstance(written, str) else written


type Several = Annotated[tuple[str, ...], BeforeValidator(_several)]


class ColumnMapping(FileSpec):
    """Where the values of one column come from, and what is done to each, in this order.

    Parameters
    ----------
    column : str, optional
        A column of the source.
    value : scalar, optional
        The same value in every row.
    sql : str, optional
        A scalar SQL expression over the source's columns, in the dialect of DuckDB on every engine.
    strip : str, optional
        Signs to take off both ends, such as ``"'"``; blanks are always taken off.
    sentinels : tuple of str, optional
        Values of the source that mean *none*, such as ``"9999-9-9"``; instead of those of the table or file.
    normalise : {"uscc", "half_width"}, optional
        ``"uscc"`` writes codes in capitals and half width, without blanks and hyphens.
    width : int, optional
        The digits of a full code; leading zeros that were lost come back.
    separator : str or tuple of str, optional
        What stands between several codes in one value; ours are joined by commas.
    recode : dict of str to scalar, optional
        The source's codes and ours; a row with another value is rejected unless there is `otherwise`.
    otherwise : scalar, optional
        Our code for every value that `recode` does not name; a missing value stays missing.
    number : {"1,234.5", "1.234,5", "1 234,5", "1'234.5"}, optional
        How numbers are written; full-width digits and signs of currency are understood then.
    unit : str, optional
        The unit of the source: ``"万元"`` or ``"ten_thousand_yuan"`` …; ``"as_written"`` if each value names
        its own, such as ``"500万元"``.
    multiply : float, optional
        What to multiply numbers by, for other units.
    format : str or tuple of str, optional
        How dates are written: as for `strptime`, ``"excel"`` for the serial numbers of spreadsheets, or
        ``"epoch_ms+08:00"``; of several the first that fits.
    """

    column: str | None = None
    value: Scalar | None = None
    sql: str | None = None
    strip: str | None = None
    sentinels: tuple[str, ...] | None = None
    normalise: Literal["uscc", "half_width"] | None = None
    width: int | None = None
    separator: Several | None = None
    recode: dict[str, Scalar] | None = None
    otherwise: Scalar | None = None
    number: NumberForm | None = None
    unit: str | None = None
    multiply: float | None = None
    format: Several | None = None

    @field_validator("unit")
    @classmethod
    def _known_unit(cls, unit: str | None) -> str | None:
        if unit is not None and unit not in UNITS:
            raise SpecError(f"there is no unit {unit!r}; use 'multiply' for others.{hint(unit, UNITS)}")
        return unit

    @field_validator("format")
    @classmethod
    def _readable_format(cls, forms: tuple[str, ...] | None) -> tuple[str, ...] | None:
        for form in forms or ():
            check_day_form(form)
        return forms

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        given = self._given(ORIGINS)
        if len(given) != 1:
            said = " and ".join(given) or "none of them"
            raise SpecError(f"a column comes from exactly one of column, value and sql; got {said}")
        others = self._given([name for name in ColumnMapping.model_fields if name not in ORIGINS])
        if given == ["value"] and others:
            raise SpecError(f"'value' stands in every row as it is; leave {others[0]!r} out")
        return self

    @model_validator(mode="after")
    def _steps_that_fit(self) -> Self:
        for name in ("recode", "separator", "format"):
            if getattr(self, name) in ({}, ()):
                raise SpecError(f"{name!r} names nothing; say something or leave it out")
        if self.otherwise is not None and self.recode is None:
            raise SpecError("'otherwise' needs a 'recode'; add one or leave it out")
        steps = [given for group in MAIN_STEPS if (given := self._given(group))]
        if len(steps) > 1:
            said = " and ".join(one[0] for one in steps)
            raise SpecError(f"a column takes one of recode, number or unit, and format; got {said}")
        if self.unit is not None and self.multiply is not None:
            raise SpecError("a column takes one of unit and multiply; got both")
        if self.width is not None and self.width < 1:
            raise SpecError(f"'width' counts digits; got {self.width}")
        return self

    @property
    def converts(self) -> bool:
        """Whether values become others than the source's: codes, numbers or days."""
        return bool(self._given([name for group in MAIN_STEPS for name in group]))

    def _given(self, names: Sequence[str]) -> list[str]:
        return [name for name in names if getattr(self, name) is not None]

    def check_against(self, column: Column, *, several: bool) -> None:
        """Refuse what cannot be meant for a column of ours.

        Parameters
        ----------
        column : Column
            The column that is filled.
        several : bool
            Whether it may hold several codes.

        Raises
        ------
        SpecError
            If a number is to become a name, or the like.
        """
        numbers = self._given(MAIN_STEPS[1])
        if numbers and column.type not in NUMBERS:
            raise SpecError(f"{numbers[0]!r} is for numbers, and {column.name!r} is of type {column.type}")
        if self.format is not None and column.type != ColumnType.DATE:
            raise SpecError(f"'format' is for dates, and {column.name!r} is of type {column.type}")
        if self.separator is not None and not several:
            raise SpecError(f"{column.name!r} holds one code; it takes no 'separator'")
        if self.unit is not None and column.unit is not None and target(self.unit) != column.unit:
            raise SpecError(
                f"the unit {self.unit!r} becomes {target(self.unit)}, but {column.name!r} is in {column.unit}"
            )


class ExtraColumn(ColumnMapping):
    """A column that the standard record type does not have.

    Parameters
    ----------
    type : ColumnType
        Its type after reading.
    known_with : str, optional
        The date column from which on it is known, where that is later than `known_on`.
    title : str
        What it is called by people.
    """

    type: ColumnType
    known_with: str | None = None
    title: str = ""

    def as_column(self, name: str) -> Column:
        """Return it as a column of a record type."""
        return Column(name=name, type=self.type, title=self.title, known_with=self.known_with)
