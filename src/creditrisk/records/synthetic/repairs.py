"""Completed repairs (信用修复): one for each listing and penalty that ended by repair."""

from typing import Any

import numpy as np
import pyarrow as pa

from creditrisk.records.synthetic.log import NEVER, Array, Days, after
from creditrisk.records.synthetic.texts import chosen, record_ids

_LISTS = ("abnormal_list", "serious_list")
_KNOWN_AFTER_DAYS = 3

_Part = tuple[Array, Array, Days, Days]


def repairs_of(written: dict[str, dict[str, Any]], exported_on: np.datetime64) -> dict[str, Any]:
    """Return the repairs of the records that are written out, in their order.

    Parameters
    ----------
    written : dict of str to (dict of str to array)
        The columns of each record type, rows in the order of their ids.
    exported_on : datetime64[D]
        Repairs that become known on this day or later are left out.

    Returns
    -------
    dict of str to array
        Columns of `repair`, with `entity` by position.
    """
    parts = [
        *(_removals(written[name]) for name in _LISTS),
        _ended(written["penalty"], "revoked_on", after(written["penalty"]["revoked_on"], _KNOWN_AFTER_DAYS)),
    ]
    place, entity, ended, known = (np.concatenate(values) for values in zip(*parts, strict=True))
    source = np.repeat(np.arange(len(parts)), [len(part[0]) for part in parts])
    order = np.lexsort((place, source, entity, ended))
    order = order[known[order] < exported_on]
    names = (*_LISTS, "penalty")
    ids = pa.concat_arrays([record_ids(name, len(written[name]["entity"])) for name in names])
    first = np.cumsum([0, *(len(written[name]["entity"]) for name in names[:-1])])
    return {
        "entity": entity[order],
        "occurred_on": ended[order],
        "known_on": known[order],
        "repaired_table": chosen(names, source[order]),
        "repaired_record_id": chosen(ids, first[source[order]] + place[order]),
    }


def _removals(listed: dict[str, Any]) -> _Part:
    repaired = np.equal(listed["repaired"].astype(float), 1.0)
    return _ended(listed, "ended_on", np.where(repaired, listed["end_known_on"], NEVER))


def _ended(columns: dict[str, Any], ended_on: str, known_on: Days) -> _Part:
    """Return the place, entity, end and day of knowledge of the records whose end is known."""
    place = np.flatnonzero(~np.isnat(known_on))
    return place, columns["entity"][place], columns[ended_on][place], known_on[place]
