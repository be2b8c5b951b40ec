"""Rows with the rules that they break written beside them."""

from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

import ibis

from creditrisk.records.conform import RAW, ROW, Conformed, Rule
from creditrisk.records.dimension import Dimension
from creditrisk.records.engine import IbisBoolean, IbisTable, IbisValue, md5
from creditrisk.records.schema import ColumnType, Table

RULE = "rule"
RULES = "rules"
NOT_EARLIEST = "not the earliest record of its key"
ORPHAN = "entity not registered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Conformed rows of which each says what is wrong with it.

    Parameters
    ----------
    rows : ibis.Table
        With `rule`, the first rule that a row breaks (null for none), and `rules`, all of them.
    delivered : tuple of str
        The columns of the record type that the source has.
    """

    rows: IbisTable
    delivered: tuple[str, ...]

    def good(self) -> IbisTable:
        """Return the rows that break no rule."""
        return self.rows.filter(self.rows[RULE].isnull()).select(*self.delivered)

    def rejected(self) -> IbisTable:
        """Return the rows that break one, typed and, as text, as they came."""
        rows = self.rows
        text = {name: rows[name].cast("string") for name in rows.columns if name.startswith(RAW)}
        numbered = [ROW] if ROW in rows.columns else []
        rejected = rows.filter(rows[RULE].notnull() & (rows[RULE] != NOT_EARLIEST))
        return rejected.select(*self.delivered, *numbered, RULE, RULES, **text)


def broken(rules: tuple[Rule, ...]) -> IbisBoolean:
    """Return whether a row breaks any of the rules."""
    return reduce(or_, (rule.fails.fill_null(False) for rule in rules))


def mark(conformed: Conformed) -> Marked:
    """Write beside every row the rules that it breaks by itself."""
    said = [(rule.sentence, rule.fails.fill_null(False)) for rule in conformed.rules]
    first = ibis.cases(*((fails, sentence) for sentence, fails in said))
    rows = conformed.rows.mutate(**{RULE: first, RULES: _all(said)})
    return Marked(rows=rows, delivered=conformed.delivered)


def mark_orphans(marked: Marked, registered: IbisTable) -> Marked:
    """Mark every row whose entity is not registered, whatever else it breaks."""
    known = registered.select(registered_id=registered.entity_id)
    joined = marked.rows.left_join(known, marked.rows.entity_id == known.registered_id)
    orphan = joined.registered_id.isnull() & joined.entity_id.notnull()
    return replace(marked, rows=_marked(joined, ORPHAN, orphan).drop("registered_id"))


def mark_later(marked: Marked, shape: Table, keys: tuple[str, ...], rule: str) -> Marked:
    """Mark every good row whose key an earlier known one has; within a day the contents decide.

    Contents are compared so that every engine sorts them alike: text by its MD5 sum.
    """
    rows = marked.rows
    contents = [_sorted_alike(rows[c.name], c.type) for c in shape.columns if c.name in marked.delivered]
    window = ibis.window(
        group_by=[rows[RULE].isnull(), *(rows[key] for key in keys)],
        order_by=[rows.known_on, rows.occurred_on, *contents],
    )
    numbered = rows.mutate(earlier=ibis.row_number().over(window))
    later = numbered[RULE].isnull() & (numbered.earlier > 0)
    return replace(marked, rows=_marked(numbered, rule, later).drop("earlier"))


def dimensions(conformed: Conformed) -> dict[str, Dimension]:
    """Return what every rule is about that a row of these can break."""
    own = {rule.sentence: rule.dimension for rule in conformed.rules}
    return own | {ORPHAN: Dimension.RELATEDNESS} | dict.fromkeys(REPEATED, Dimension.REDUNDANCY)


def _marked(rows: IbisTable, sentence: str, fails: IbisBoolean) -> IbisTable:
    return rows.mutate(
        **{
            RULE: rows[RULE].coalesce(ibis.ifelse(fails, sentence, ibis.null("string"))),
            RULES: rows[RULES] + _all([(sentence, fails)]),
        }
    )


def _all(said: list[tuple[str, IbisBoolean]]) -> IbisValue:
    each = [ibis.ifelse(fails, f"{sentence}; ", "") for sentence, fails in said]
    return reduce(lambda one, other: one + other, each)


def _sorted_alike(value: IbisValue, kind: ColumnType) -> IbisValue:
    return md5(value) if kind == ColumnType.STRING else value


REPEATED = {"record_id stands twice": "record_id", "entity has a second record": "entity_id"}
