"""One record type of one source: checked, and split into clean rows and rejected rows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import ibis

from creditrisk.errors import SchemaError
from creditrisk.records.accounts import Account
from creditrisk.records.conform import RAW, ROW, RULE, RULES, Check, Conformed, Reading, conform, mark
from creditrisk.records.dimension import Dimension
from creditrisk.records.engine import IbisConnection, IbisTable, IbisValue, forget, md5, store, to_value
from creditrisk.records.schema import ColumnType, Table

NOT_EARLIEST = "not the earliest record of its key"
ORPHAN = "entity not registered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The rows of one record type.

    Parameters
    ----------
    clean : ibis.Table
        Those that broke no rule, with all columns of the record type.
    rejected : ibis.Table or None
        Those that broke one, typed and as they came; none if there are none.
    account : Account
        How many there are of each.
    dimensions : mapping of str to Dimension
        What each rule is about.
    """

    clean: IbisTable
    rejected: IbisTable | None
    account: Account
    dimensions: Mapping[str, Dimension]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the split rows are stored.

    Parameters
    ----------
    connection : ibis connection
        The engine.
    prefix : str
        What the names of our tables begin with.
    title : str
        What to call the source in an error.
    """

    connection: IbisConnection
    prefix: str
    title: str

    def store(self, name: str, rows: IbisTable) -> IbisTable:
        """Keep rows under a name of ours."""
        return store(self.connection, f"{self.prefix}{name}", rows)


def split(
    source: IbisTable,
    readings: Mapping[str, Reading],
    shape: Table,
    place: Place,
    *,
    source_rows: int,
    registered: IbisTable | None,
    distinct_by: tuple[str, ...] = (),
) -> Split:
    """Split the rows of a source into clean and rejected records of one type.

    Parameters
    ----------
    source : ibis.Table
        The rows that the mapping takes.
    readings : mapping of str to Reading
        What the source has, by the name of the record's column.
    shape : Table
        The record type.
    place : Place
        Where the results are stored.
    source_rows : int
        How many rows the source has, those included that the mapping leaves out.
    registered : ibis.Table or None
        The registered entities; none while `registration` itself is read.
    distinct_by : tuple of str
        Keys of which only the earliest known record is kept; the others are left out, not rejected.

    Returns
    -------
    Split
        Both kinds of rows, stored on the engine.

    Raises
    ------
    SchemaError
        If a column is missing, or none of its values can be cast.
    """
    conformed = conform(source, readings, shape, title=place.title)
    if registered is not None:
        conformed = _without_orphans(conformed, registered)
    if distinct_by:
        conformed = _without_later(conformed, shape, distinct_by, NOT_EARLIEST)
    conformed, clean = _without_repeats(conformed, shape, place)
    rejected = place.store(f"rejected_{shape.name}", _as_they_came(conformed))
    refused = to_value(rejected.count())
    taken = to_value(source.count())
    earlier = to_value((conformed.rows[RULE] == NOT_EARLIEST).sum()) or 0 if distinct_by else 0
    account = Account(
        table=shape.name,
        source_rows=source_rows,
        left_out=source_rows - taken + earlier,
        accepted=to_value(clean.count()),
        rejected=refused,
    )
    if refused:
        _refuse_unreadable(source, conformed.checks, shape, place.title)
    else:
        forget(place.connection, rejected)
    return Split(
        clean=_with_all_columns(clean, shape),
        rejected=rejected if refused else None,
        account=account,
        dimensions=conformed.dimensions,
    )


def _without_orphans(conformed: Conformed, registered: IbisTable) -> Conformed:
    known = registered.select(registered_id=registered.entity_id)
    joined = conformed.rows.left_join(known, conformed.rows.entity_id == known.registered_id)
    orphan = joined.registered_id.isnull() & joined.entity_id.notnull()
    rows = mark(joined, [(ORPHAN, orphan)]).drop("registered_id")
    dimensions = {**conformed.dimensions, ORPHAN: Dimension.RELATEDNESS}
    return replace(conformed, rows=rows, dimensions=dimensions)


def _without_repeats(conformed: Conformed, shape: Table, place: Place) -> tuple[Conformed, IbisTable]:
    """Store the rows that break no rule, one for each key."""
    clean = place.store(shape.name, _good(conformed))
    keys = {"record_id stands twice": "record_id"}
    if shape.one_per_entity:
        keys["entity has a second record"] = "entity_id"
    repeated = {rule: key for rule, key in keys.items() if _repeats(clean, key)}
    if not repeated:
        return conformed, clean
    for rule, key in repeated.items():
        conformed = _without_later(conformed, shape, (key,), rule)
    forget(place.connection, clean)
    return conformed, place.store(f"single_{shape.name}", _good(conformed))


def _good(conformed: Conformed) -> IbisTable:
    return conformed.rows.filter(conformed.rows[RULE].isnull()).select(*conformed.delivered)


def _repeats(clean: IbisTable, key: str) -> bool:
    counted = clean.aggregate(rows=clean.count(), keys=clean[key].nunique()).to_pyarrow().to_pylist()[0]
    return bool(counted["rows"] != counted["keys"])


def _without_later(conformed: Conformed, shape: Table, keys: tuple[str, ...], rule: str) -> Conformed:
    """Mark every row whose key an earlier known row has; within a day its contents decide."""
    rows = conformed.rows
    window = ibis.window(
        group_by=[rows[RULE].isnull(), *(rows[key] for key in keys)],
        order_by=[
            rows.known_on,
            rows.occurred_on,
            *(_sorted_alike(rows[c.name], c.type) for c in shape.columns if c.name in conformed.delivered),
        ],
    )
    numbered = rows.mutate(earlier=ibis.row_number().over(window))
    later = numbered[RULE].isnull() & (numbered.earlier > 0)
    dimensions = {**conformed.dimensions, rule: Dimension.REDUNDANCY}
    return replace(conformed, rows=mark(numbered, [(rule, later)]).drop("earlier"), dimensions=dimensions)


def _sorted_alike(value: IbisValue, kind: ColumnType) -> IbisValue:
    return md5(value) if kind == ColumnType.STRING else value


def _as_they_came(conformed: Conformed) -> IbisTable:
    rows = conformed.rows
    text = {name: rows[name].cast("string") for name in rows.columns if name.startswith(RAW)}
    numbered = [ROW] if ROW in rows.columns else []
    rejected = rows.filter(rows[RULE].notnull() & (rows[RULE] != NOT_EARLIEST))
    return rejected.select(*conformed.delivered, *numbered, RULE, RULES, **text)


def _with_all_columns(clean: IbisTable, shape: Table) -> IbisTable:
    """Return the columns of the record type; those that the source does not deliver are null."""
    return clean.select(
        **{
            c.name: clean[c.name] if c.name in clean.columns else ibis.null(ENGINE_TYPES[c.type])
            for c in shape.columns
        }
    )


def _refuse_unreadable(source: IbisTable, checks: tuple[Check, ...], shape: Table, title: str) -> None:
    """Raise if some column has values and every one of them fails: that is no bad row but a bad column."""
    if not checks:
        return
    sums = {f"{what}_{i}": e.sum() for i, check in enumerate(checks) for what, e in check.both().items()}
    found = source.aggregate(**sums).to_pyarrow().to_pylist()[0]
    for i, check in enumerate(checks):
        if found[f"present_{i}"] and found[f"present_{i}"] == found[f"fails_{i}"]:
            example = source.filter(check.fails).select(value=check.value.cast("string")).limit(1)
            value = example.to_pyarrow()["value"][0].as_py()
            raise SchemaError(
                f"In table {shape.name!r} ({title}) {check.rule}: none of the {found[f'present_{i}']} values "
                f"fits, the first is {value!r}; correct the column or map it."
            )


ENGINE_TYPES = {
    ColumnType.STRING: "string",
    ColumnType.INTEGER: "int64",
    ColumnType.FLOAT: "float64",
    ColumnType.DATE: "date",
    ColumnType.BOOLEAN: "boolean",
}
