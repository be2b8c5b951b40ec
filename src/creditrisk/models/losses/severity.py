"""What a violation counts as, in money, by a TOML file: two bureaus may differ without a line of code.

Parts are added up. A part is a sum or the largest of money columns, a number of persons or units at a price
each, or an amount for each level of something that is not money, such as a closure. Money columns are brought
to the prices of one year first. Fines are set as multiples of the goods value: to count both in full is to
count one harm twice, hence the weights.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field, model_validator

from creditrisk.errors import SchemaError, SpecError, hint
from creditrisk.records.toml_file import FileSpec, load

Floats = NDArray[np.float64]
PACKAGED = Path(__file__).with_name("severities")


class MoneyPart(FileSpec):
    """Money columns, added up or the largest of them.

    Parameters
    ----------
    columns : tuple of str
        Money columns; missing ones of a record count as 0.
    combine : {"sum", "largest"}, default "sum"
        How several columns become one amount.
    weight : float, default 1.0
        How much of it counts.
    unit : float, default 1.0
        Money of the definition in one unit of the columns, 10 000 where they are in 万元.
    """

    kind: Literal["money"] = "money"
    columns: Annotated[tuple[str, ...], Field(min_length=1)]
    combine: Literal["sum", "largest"] = "sum"
    weight: Annotated[float, Field(gt=0)] = 1.0
    unit: Annotated[float, Field(gt=0)] = 1.0


class CountPart(FileSpec):
    """Persons or units, at an amount each.

    Parameters
    ----------
    column : str
        A number, such as consumers affected.
    each : float
        Money, in prices of the base year.
    most : float, optional
        The largest number that counts.
    """

    kind: Literal["count"] = "count"
    column: str
    each: Annotated[float, Field(gt=0)]
    most: Annotated[float, Field(gt=0)] | None = None


class LevelPart(FileSpec):
    """Amounts for what is not money.

    Parameters
    ----------
    column : str
        A text; several levels may stand in it, separated by commas.
    amounts : dict of str to float
        Money of each level, in prices of the base year; of several the largest counts, of others none.
    """

    kind: Literal["level"] = "level"
    column: str
    amounts: Annotated[dict[str, Annotated[float, Field(ge=0)]], Field(min_length=1)]


Part = Annotated[MoneyPart | CountPart | LevelPart, Field(discriminator="kind")]


class SeverityDefinition(FileSpec):
    """What a violation counts as.

    Parameters
    ----------
    name : str
        Its name.
    title_en, title_zh : str
        What it is called by people.
    currency : str
        Three letters.
    base_year : int, optional
        The year in whose prices severities are; needed with `price_index`.
    price_index : dict of int to float, default {}
        Level of prices by year.
    parts : tuple of MoneyPart, CountPart or LevelPart
        What is added up.
    """

    name: str
    title_en: str
    title_zh: str
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    base_year: int | None = None
    price_index: dict[int, Annotated[float, Field(gt=0)]] = Field(default_factory=dict)
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _base_is_known(self) -> Self:
        if self.price_index and self.base_year not in self.price_index:
            raise SpecError(f"base_year must be a year of price_index; got {self.base_year}")
        return self

    def of(self, records: pd.DataFrame, *, date: str = "occurred_on") -> pd.Series:
        """Return the severity of every record.

        Parameters
        ----------
        records : DataFrame of shape (n_records, n_columns)
            Penalties or other events, with the columns of the parts.
        date : str, default "occurred_on"
            The column whose year the price index is looked up by; read only where there is an index.

        Returns
        -------
        Series
            Money of the currency in prices of the base year; missing where every column of all parts is.

        Raises
        ------
        SchemaError
            If a column is missing, or a year is not in the price index.
        """
        needed = [name for part in self.parts for name in _columns(part)]
        for name in [*needed, *([date] if self.price_index else [])]:
            if name not in records.columns:
                near = hint(name, map(str, records.columns))
                raise SchemaError(f"Severity {self.name!r} needs column {name!r} of the records.{near}")
        prices = self._prices(records, date)
        total = sum((_amount(part, records, prices) for part in self.parts), np.zeros(len(records)))
        known = records[needed].notna().any(axis=1).to_numpy()
        return pd.Series(np.where(known, total, np.nan), index=records.index, name=self.name)

    def _prices(self, records: pd.DataFrame, date: str) -> Floats:
        """What one unit of money of each record's year is worth in the base year."""
        if not self.price_index or self.base_year is None:
            return np.ones(len(records))
        years = pd.to_datetime(records[date]).dt.year
        unknown = sorted({int(year) for year in years.dropna()} - set(self.price_index))
        if unknown or years.isna().any():
            found = f"the years {', '.join(map(str, unknown))}" if unknown else "records without a date"
            raise SchemaError(f"Severity {self.name!r} has no price index for {found}; add them to the file.")
        index: Mapping[int, float] = self.price_index
        level = years.map(index).to_numpy(dtype=np.float64)
        worth: Floats = np.full(len(level), self.price_index[self.base_year]) / level
        return worth


def load_severity(path: str | Path) -> SeverityDefinition:
    """Read a severity definition.

    Parameters
    ----------
    path : str or Path
        A TOML file, or the name of a packaged definition (``"penalty"``).

    Returns
    -------
    SeverityDefinition
        What the file says.

    Raises
    ------
    SourceError
        If there is no such file.
    SpecError
        If the file says something else.

    Examples
    --------
    >>> penalties = pd.DataFrame(
    ...     {
    ...         "fine_cny": [50_000.0, None],
    ...         "confiscated_cny": [10_000.0, None],
    ...         "goods_value_cny": [20_000.0, None],
    ...         "refunded_cny": [None, None],
    ...         "penalty_kinds": ["fine,confiscation", "revocation"],
    ...     }
    ... )
    >>> load_severity("penalty").of(penalties).tolist()
    [65000.0, 500000.0]
    """
    packaged = PACKAGED / f"{path}.toml"
    return load(SeverityDefinition, packaged if packaged.is_file() else path, what="severity definition")


def _columns(part: MoneyPart | CountPart | LevelPart) -> tuple[str, ...]:
    return part.columns if isinstance(part, MoneyPart) else (part.column,)


def _amount(part: MoneyPart | CountPart | LevelPart, records: pd.DataFrame, prices: Floats) -> Floats:
    if isinstance(part, LevelPart):
        cells = records[part.column].fillna("").astype(str).str.split(",")
        levels = [[part.amounts.get(one.strip(), 0.0) for one in cell] for cell in cells]
        return np.array([max(found, default=0.0) for found in levels], dtype=np.float64)
    values = records[list(_columns(part))].apply(pd.to_numeric).fillna(0.0).to_numpy(dtype=np.float64)
    if (values < 0).any():
        raise SchemaError(
            f"Amounts of {', '.join(_columns(part))} must be at least 0; got {values.min():g}; "
            "check the records."
        )
    if isinstance(part, CountPart):
        counted: Floats = part.each * np.minimum(values[:, 0], np.inf if part.most is None else part.most)
        return counted
    whole: Floats = values.sum(axis=1) if part.combine == "sum" else values.max(axis=1)
    return part.weight * part.unit * whole * prices
