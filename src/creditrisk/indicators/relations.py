"""Related entities (关联企业): whom dated relations lead to, in how many hops, and how much each counts.

The relations are the edges of a graph that stays on the engine: whom an entity is related to comes from joins
of `relation_edge` with itself. An edge counts on a day if it was known before it, has begun, and is not known
to have ended. Ends that are not registered, such as persons, are passed through but never counted, so that
two firms of one legal representative are two hops apart.

A step to a node with ``d`` different neighbours counts ``1 / ln(e - 1 + d)``: 1 for a single one, less for a
hub. A second hop counts `decay` times the two steps. Of several ways the best counts, once.
"""

import math
from typing import TYPE_CHECKING, Literal

import ibis
from pydantic import Field

from creditrisk.errors import SchemaError, hint
from creditrisk.records import conditions
from creditrisk.records.conditions import Where
from creditrisk.records.engine import IbisTable, IbisValue
from creditrisk.records.toml_file import FileSpec

if TYPE_CHECKING:
    from creditrisk.records.snapshot import Snapshot

EDGES = "relation_edge"
REGISTRATION = "registration"
WHOLE = 1_000_000_000_000


class Alike(FileSpec):
    """A column of the registration in which two entities have to agree.

    Parameters
    ----------
    column : str
        Any column.
    prefix : int, optional
        How many of its first characters have to be the same; all of them if not given.
    """

    column: str
    prefix: int | None = Field(default=None, ge=1)


class Relations(FileSpec):
    """Which relations are followed, and how far.

    Parameters
    ----------
    edges : conditions, default {}
        Which records of `relation_edge` are followed, such as ``{ relation = ["invests_in", "branch"] }``.
    follow : {"both", "outward", "inward"}, default "both"
        Whether they are followed from `entity_id` to `other_id`, the other way, or both.
    hops : {1, 2}, default 1
        How many relations lead to another entity at most.
    decay : float, default 0.5
        What a second hop counts, between 0 and 1.
    most : int, default 50
        A node with more different neighbours than this is not stepped on: its relations say too little.
    alike : Alike, optional
        Only entities count that agree with the entity in a column of the registration.

    Examples
    --------
    >>> Relations(edges={"relation": ["invests_in", "branch"]}, hops=2).decay
    0.5
    """

    edges: Where = Field(default_factory=dict)
    follow: Literal["both", "outward", "inward"] = "both"
    hops: Literal[1, 2] = 1
    decay: float = Field(default=0.5, gt=0, le=1)
    most: int = Field(default=50, ge=1)
    alike: Alike | None = None


def related(relations: Relations, snapshot: "Snapshot") -> IbisTable:
    """Return the related entities of every entity of a snapshot.

    Parameters
    ----------
    relations : Relations
        Which relations are followed.
    snapshot : Snapshot
        What was known on a single day.

    Returns
    -------
    ibis.Table
        `entity_id`, `as_of`, `related_id`, the fewest hops between them as `hop`, and `weight`, a whole
        number of `WHOLE` parts so that sums do not depend on their order.

    Raises
    ------
    SchemaError
        If the registrations do not have the column of `alike`.
    """
    steps = _steps(relations, snapshot)
    near = snapshot.spine.join(steps, "entity_id").mutate(hop=ibis.literal(1))
    ways = near.select("entity_id", "as_of", "related_id", "hop", "weight")
    if relations.hops == 2:
        ways = ways.union(_second_hops(near, steps, relations.decay))
    ways = _among_registered(ways, relations.alike, snapshot)
    best = ways.group_by("entity_id", "as_of", "related_id").aggregate(
        hop=ways.hop.min(), weight=ways.weight.max()
    )
    return best.mutate(weight=(best.weight * WHOLE).round().cast("int64"))


def registered_text(snapshot: "Snapshot", column: str, prefix: int | None = None) -> IbisTable:
    """Return a column of the registrations as text, of all that are known, deregistered ones among them.

    Parameters
    ----------
    snapshot : Snapshot
        What was known.
    column : str
        Which column.
    prefix : int, optional
        How many of its first characters; all of them if not given.

    Returns
    -------
    ibis.Table
        `entity_id`, `as_of` and `text`.

    Raises
    ------
    SchemaError
        If the registrations do not have the column.
    """
    register = snapshot.tables[REGISTRATION]
    if column not in register.columns:
        raise SchemaError(
            f"An indicator compares entities by the column {column!r}, which the table 'registration' of "
            f"these records does not have.{hint(column, register.columns)}"
        )
    text = register[column].cast("string")
    return register.select("entity_id", "as_of", text=text if prefix is None else text.substr(0, prefix))


def _steps(relations: Relations, snapshot: "Snapshot") -> IbisTable:
    """Return every step of one hop with its weight, none of them onto a hub."""
    edges = _edges(relations, snapshot)
    outward = edges.select(entity_id=edges.one, related_id=edges.other)
    inward = edges.select(entity_id=edges.other, related_id=edges.one)
    both = outward.union(inward, distinct=True)
    degrees = both.group_by(related_id=both.entity_id).aggregate(degree=both.count())
    kept = degrees.filter(degrees.degree <= relations.most)
    weights = kept.select("related_id", weight=_damped(kept.degree))
    steps = {"both": both, "outward": outward.distinct(), "inward": inward.distinct()}[relations.follow]
    return steps.join(weights, "related_id").select("entity_id", "related_id", "weight")


def _edges(relations: Relations, snapshot: "Snapshot") -> IbisTable:
    table = snapshot.tables[EDGES]
    open_ended = (table.ended_on > table.as_of).fill_null(True)
    holds = (table.occurred_on <= table.as_of) & open_ended & (table.entity_id != table.other_id)
    held = table.filter(holds & conditions.compile(relations.edges, table))
    return held.select(one=held.entity_id, other=held.other_id)


def _damped(degree: IbisValue) -> IbisValue:
    return 1.0 / (degree.cast("float64") + (math.e - 1.0)).ln()


def _second_hops(near: IbisTable, steps: IbisTable, decay: float) -> IbisTable:
    onward = steps.select(via=steps.entity_id, end=steps.related_id, second=steps.weight)
    far = near.join(onward, near.related_id == onward.via)
    far = far.filter(far.entity_id != far.end)
    return far.select(
        "entity_id", "as_of", related_id=far.end, hop=ibis.literal(2), weight=far.weight * far.second * decay
    )


def _among_registered(ways: IbisTable, alike: Alike | None, snapshot: "Snapshot") -> IbisTable:
    if alike is None:
        register = snapshot.tables[REGISTRATION]
        return ways.semi_join(register.select(related_id=register.entity_id), "related_id")
    texts = registered_text(snapshot, alike.column, alike.prefix)
    theirs = texts.select(related_id=texts.entity_id, theirs=texts.text)
    own = texts.select("entity_id", own=texts.text)
    joined = ways.join(own, "entity_id").join(theirs, "related_id")
    return joined.filter(joined.own == joined.theirs).select(*ways.columns)
