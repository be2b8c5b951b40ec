"""The same checks as Ibis expressions: columns are checked where they lie, on every engine, without a UDF."""

from typing import TYPE_CHECKING

from creditrisk.records.codes.industries import industry_tree
from creditrisk.records.codes.regions import region_tree
from creditrisk.records.codes.uscc import USCC_ALPHABET, USCC_WEIGHTS
from creditrisk.records.dates import DateLike

if TYPE_CHECKING:
    import ibis.expr.types as ir

_USCC_FORM = f"^[0-9]{{8}}[{USCC_ALPHABET}]{{10}}$"


def uscc_valid_expression(column: "ir.StringValue") -> "ir.BooleanValue":
    """Say of a column which values are valid unified social credit codes.

    Parameters
    ----------
    column : ibis string expression
        Codes as written.

    Returns
    -------
    ibis boolean expression
        What `uscc_is_valid` says of the same values; false where null.

    Examples
    --------
    >>> import ibis, pyarrow as pa
    >>> column = ibis.memtable(pa.table({"code": ["91350100M000100Y43", "91350100M000100Y4A", None]})).code
    >>> uscc_valid_expression(column).to_pyarrow().to_pylist()
    [True, False, False]
    """
    import ibis

    alphabet = ibis.literal(USCC_ALPHABET)
    values = [alphabet.find(column.substr(place, 1)) * weight for place, weight in enumerate(USCC_WEIGHTS)]
    total = sum(values[1:], start=values[0])
    return _sure(_has_width(column, 18) & column.re_search(_USCC_FORM) & (total % 31 == 0))


def region_known_expression(column: "ir.StringValue", on: DateLike | None = None) -> "ir.BooleanValue":
    """Say of a column which values are regions of GB/T 2260.

    The counties of a province stand in one text: thousands of values after ``IN`` are slow to compare.

    Parameters
    ----------
    column : ibis string expression
        Codes of 6, 9 or 12 digits.
    on : str, datetime.date or pandas.Timestamp, optional
        In force in the year of that day; at any time if left out.

    Returns
    -------
    ibis boolean expression
        What `RegionTree.known` says of the same values; false where null.

    Examples
    --------
    >>> import ibis, pyarrow as pa
    >>> column = ibis.memtable(pa.table({"region": ["510104", "510104001", "510199"]})).region
    >>> region_known_expression(column).to_pyarrow().to_pylist()
    [True, True, False]
    """
    import ibis

    counties: dict[str, list[str]] = {}
    for code in region_tree().codes(on):
        counties.setdefault(code[:2], []).append(code[2:])
    listed = [(first, ibis.literal(",".join(rest))) for first, rest in counties.items()]
    branches = [(first, text.contains(column.substr(2, 4))) for first, text in listed]
    known = column.substr(0, 2).cases(*branches, else_=False)
    return _sure(_has_width(column, 6, 9, 12) & ~column.re_search("[^0-9]") & known)


def industry_known_expression(column: "ir.StringValue") -> "ir.BooleanValue":
    """Say of a column which values are industries of GB/T 4754-2017.

    Parameters
    ----------
    column : ibis string expression
        Codes, letter first.

    Returns
    -------
    ibis boolean expression
        What `IndustryTree.known` says of the same values; false where null.

    Examples
    --------
    >>> import ibis, pyarrow as pa
    >>> column = ibis.memtable(pa.table({"industry": ["C1411", "H", "A1411"]})).industry
    >>> industry_known_expression(column).to_pyarrow().to_pylist()
    [True, True, False]
    """
    tree = industry_tree()
    deeper = column.substr(0, 3).isin(tree.divisions) & ~column.substr(1).re_search("[^0-9]")
    return _sure(column.isin(tree.sections) | (_has_width(column, 3, 4, 5) & deeper))


def _has_width(column: "ir.StringValue", *widths: int) -> "ir.BooleanValue":
    return column.length().isin(widths)


def _sure(condition: "ir.BooleanValue") -> "ir.BooleanValue":
    """Return false where the condition is null."""
    return condition.fill_null(False)
