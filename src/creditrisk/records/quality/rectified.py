"""What became of the failures of an earlier audit (整改)."""

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from creditrisk.errors import SpecError
from creditrisk.records.dimension import Dimension
from creditrisk.records.engine import IbisTable
from creditrisk.records.quality.intervals import wilson

if TYPE_CHECKING:
    from creditrisk.records.quality.audit import Audit

FATES = ("failing", "corrected", "removed", "unchecked")
_KEY = ["record_id", "entity_id", "rule", "detail"]
_KEY_OF_GAP = [*_KEY, "source_org"]


def rectified(earlier: "Audit", later: "Audit") -> pd.DataFrame:
    """Follow every failure of an earlier audit to a later one.

    Parameters
    ----------
    earlier, later : Audit
        Two audits; the later one was made in this session.

    Returns
    -------
    pandas.DataFrame
        By dimension: `failed`, the four fates, `rate`, `lower` and `upper`.

    Raises
    ------
    SpecError
        If they are not in this order, or the rows of the later one are not at hand.
    """
    if earlier.as_of >= later.as_of:
        raise SpecError(
            f"Rectification compares an audit with an earlier one; got {later.as_of} and {earlier.as_of}: "
            f"exchange them."
        )
    if later.held is None:
        raise SpecError(
            "Rectification is told by an audit of records; this one was read from files, audit anew."
        )
    tables = sorted(set(earlier.table["table"]))
    counts = pd.DataFrame(0, index=pd.Index(list(map(str, Dimension)), name="dimension"), columns=list(FATES))
    for dimension in Dimension:
        for table in tables:
            then = earlier.failures(dimension, table)
            if len(then):
                fates = _fates(then, later, dimension, table)
                counts.loc[str(dimension)] += fates.value_counts().reindex(FATES, fill_value=0)
    done = counts["corrected"] + counts["removed"]
    followed = done + counts["failing"]
    lower, upper = wilson(done, followed)
    counts.insert(0, "failed", followed + counts["unchecked"])
    rate = (done / followed.where(followed > 0)).astype("float64")
    return counts.assign(rate=rate, lower=lower, upper=upper)


def _fates(then: pd.DataFrame, later: "Audit", dimension: Dimension, table: str) -> pd.Series:
    """Return what became of each failure of one dimension and table."""
    keys = _KEY_OF_GAP if dimension is Dimension.COVERAGE else _KEY
    now = later.failures(dimension, table)[keys].drop_duplicates().assign(still=True)
    state = then.merge(now, how="left", on=keys)
    fates = pd.Series("corrected", index=state.index)
    assert later.held is not None
    if dimension is not Dimension.COVERAGE:
        there = _held(state["record_id"], later.held.get(table))
        fates = fates.mask(~there, "removed")
    rules = later.table.loc[later.table["table"] == table, "rule"]
    fates = fates.mask(~state["rule"].isin(set(rules)), "unchecked")
    return fates.mask(state["still"].notna(), "failing")


def _held(ids: pd.Series, rows: IbisTable | None) -> pd.Series:
    """Return which record ids the rows still have."""
    if rows is None:
        return pd.Series(False, index=ids.index)
    present = rows.select("record_id").to_pyarrow()["record_id"].cast(pa.string())
    wanted = pa.array(ids.astype(object).where(ids.notna(), None), pa.string())
    found = pc.is_in(wanted, value_set=present.combine_chunks(), skip_nulls=True)
    return pd.Series(found.to_numpy(zero_copy_only=False), index=ids.index)
