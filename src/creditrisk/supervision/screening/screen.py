"""Tags of everybody, and whom a screening rule picks out, on any executor."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from creditrisk.errors import SchemaError, SpecError, hint, shown
from creditrisk.records.engine import to_frame
from creditrisk.records.snapshot import Snapshot
from creditrisk.supervision.screening.expression import Expression, holds, tests_in
from creditrisk.supervision.screening.measures import measured
from creditrisk.supervision.screening.registry import TagRegistry


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tagged:
    """Who has which tag.

    Parameters
    ----------
    table : DataFrame of bool, (entities, tags)
        Indexed by entity id; tags that cannot be told are not in it.
    absent : tuple of str
        Ids of the tags that cannot be told, since their records or columns are not there.
    """

    table: pd.DataFrame
    absent: tuple[str, ...]

    def of(self, entity_id: str) -> list[str]:
        """Return the tags of an entity.

        Parameters
        ----------
        entity_id : str
            The entity.

        Returns
        -------
        list of str
            Ids, in the order of the registry.

        Raises
        ------
        SpecError
            If there is no such entity.
        """
        if entity_id not in self.table.index:
            raise SpecError(f"There is no entity {shown(entity_id)} among the tagged; look at their index.")
        row = self.table.loc[entity_id]
        return [str(name) for name in row.index[row.to_numpy(dtype=bool)]]


def tag_entities(
    snapshot: Snapshot,
    registry: TagRegistry,
    *,
    given: pd.DataFrame | None = None,
    tags: Iterable[str] | None = None,
    executor: str = "auto",
) -> Tagged:
    """Tag every entity of a snapshot.

    Parameters
    ----------
    snapshot : Snapshot
        From `Records.as_of`, of one day.
    registry : TagRegistry
        From `load_tags`.
    given : DataFrame, optional
        The columns that the registry is given, such as `risk_class`, by entity id: the table of ratings.
    tags : iterable of str, optional
        Which tags; all if not given.
    executor : {"auto", "sql", "scan"}, default "auto"
        As for `IndicatorExtractor`; the tags are the same.

    Returns
    -------
    Tagged
        Who has which.

    Raises
    ------
    SpecError
        If a tag is unknown, the snapshot is of a cohort, or a number is compared with text.
    """
    chosen = list(registry.tags) if tags is None else list(tags)
    rules = {name: registry.rule({"tag": name}, "the tags asked for") for name in chosen}
    X, missing = _values(snapshot, registry, rules.values(), given, executor)
    absent = [name for name, rule in rules.items() if _reads(rule) & missing]
    columns = {name: holds(rule, X) for name, rule in rules.items() if name not in absent}
    return Tagged(table=pd.DataFrame(columns, index=X.index, dtype=bool), absent=tuple(absent))


def screen(
    snapshot: Snapshot,
    registry: TagRegistry,
    rule: Mapping[str, object] | Expression,
    *,
    given: pd.DataFrame | None = None,
    executor: str = "auto",
) -> pd.DataFrame:
    """Return the entities that a screening rule picks out, with the measures behind it.

    Parameters
    ----------
    snapshot : Snapshot
        From `Records.as_of`, of one day.
    registry : TagRegistry
        From `load_tags`.
    rule : mapping or rule
        As in a TOML file: ``{"all": [{"tag": "online_trader"}, {"not": {"tag": "licensed"}}]}``.
    given : DataFrame, optional
        The columns that the registry is given, by entity id.
    executor : {"auto", "sql", "scan"}, default "auto"
        As for `IndicatorExtractor`; the entities are the same.

    Returns
    -------
    DataFrame
        Indexed by entity id, sorted: the measures that the rule reads.

    Raises
    ------
    SchemaError
        If the records or columns that the rule reads are not there.
    SpecError
        If the rule is wrong, or the snapshot is of a cohort.
    """
    read = registry.rule(rule)
    X, missing = _values(snapshot, registry, [read], given, executor)
    lost = sorted(_reads(read) & missing)
    if lost:
        raise SchemaError(
            f"A screening rule reads what is there; {lost[0]!r} is neither in the records nor given: read "
            "that record type, or pass the column."
        )
    picked: pd.DataFrame = X.loc[holds(read, X), sorted(_reads(read))].sort_index()
    return picked


def _values(
    snapshot: Snapshot,
    registry: TagRegistry,
    rules: Iterable[Expression],
    given: pd.DataFrame | None,
    executor: str,
) -> tuple[pd.DataFrame, set[str]]:
    """Return what the rules read, and what of it is not there."""
    if snapshot.date is None:
        raise SpecError("Tags are of one day; got the snapshot of a cohort: take records.as_of(date).")
    needed = set[str]().union(*(_reads(rule) for rule in rules))
    behind = {registry.needs[name] for name in needed if name in registry.needs}
    own = {name: one for name, one in registry.measures.items() if name in needed | behind}
    if own:
        X, absent = measured(own, snapshot, registry.id, executor)
    else:
        ids = to_frame(snapshot.spine.select("entity_id"))["entity_id"]
        X, absent = pd.DataFrame(index=pd.Index(sorted(ids), name="entity_id")), []
    wanted = [name for name in registry.given if name in needed]
    passed = pd.DataFrame(index=X.index) if given is None else given
    unknown = [name for name in passed.columns if name in registry.measures]
    if unknown:
        raise SpecError(
            f"What is given is no measure of the registry; got {unknown[0]!r}."
            f"{hint(unknown[0], registry.given)}"
        )
    for name in wanted:
        column = passed[name] if name in passed else pd.Series(np.nan, index=X.index)
        X[name] = column.reindex(X.index)
    missing = {name for name in wanted if name not in passed} | set(absent)
    missing |= {
        name for name, other in registry.needs.items() if name in needed and not X[other].notna().any()
    }
    return X, missing


def _reads(rule: Expression) -> set[str]:
    return set[str]().union(*(test.measures for test in tests_in(rule)))
