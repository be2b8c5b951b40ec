"""Short words for the columns of record types, one for each kind of value."""

from functools import partial

from creditrisk.records.schema import Column, ColumnType

FIELDS = (
    "food",
    "drug",
    "medical_device",
    "cosmetics",
    "special_equipment",
    "industrial_product",
    "advertising",
    "price",
    "online_trading",
    "competition",
    "intellectual_property",
    "measurement",
    "registration",
    "other",
)

text = partial(Column, type=ColumnType.STRING)
day = partial(Column, type=ColumnType.DATE)
flag = partial(Column, type=ColumnType.BOOLEAN)
whole = partial(Column, type=ColumnType.INTEGER, minimum=0)
number = partial(Column, type=ColumnType.FLOAT, minimum=0)
money = partial(Column, type=ColumnType.FLOAT, unit="CNY", minimum=0)
balance = partial(Column, type=ColumnType.FLOAT, unit="CNY")

FIELD = text(name="field", title="area of supervision (监管领域)", codes=FIELDS)


def ends(name: str, title: str) -> Column:
    """Return the day of an end, which is known from that day on."""
    return day(name=name, title=title, known_with=name)
