"""Faults of redundancy (冗余性): a record that is there twice, word for word or nearly so."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from creditrisk.records.dimension import Dimension
from creditrisk.records.schema import COMMON, PROVENANCE, Column
from creditrisk.records.synthetic.fault import Fault, Ground, Rows

_WIDE = str.maketrans({str(digit): chr(0xFF10 + digit) for digit in range(10)})
_VARIANTS = (
    str.lower,
    lambda number: number.translate(_WIDE),
    lambda number: f" {number[:6]} {number[6:]} ",
)


def _all(ground: Ground) -> NDArray[np.bool_]:
    return np.ones(len(ground.frame), dtype=bool)


def _not_identity(ground: Ground) -> NDArray[np.bool_] | None:
    return None if ground.identity else _all(ground)


def _same_id(ground: Ground, rows: Rows) -> pd.DataFrame:
    return ground.frame.loc[rows].copy()


def _new_id(ground: Ground, rows: Rows) -> pd.DataFrame:
    copies = ground.frame.loc[rows].copy()
    return copies.assign(record_id=copies["record_id"] + "-copy")


def _can_be_near(ground: Ground) -> NDArray[np.bool_] | None:
    matter = list(ground.table.matter)
    if ground.identity or not matter or not _minor(ground):
        return None
    return np.asarray(ground.frame[matter].notna().any(axis=1))


def _near(ground: Ground, rows: Rows) -> pd.DataFrame:
    copies = _new_id(ground, rows)
    for column in _minor(ground):
        copies[column.name] = pd.Series(None, index=copies.index, dtype=copies[column.name].dtype)
    return copies


def _minor(ground: Ground) -> list[Column]:
    """Return the columns that may differ between near duplicates."""
    table = ground.table
    kept = {*table.matter, table.number, *(link.column for link in table.links)}
    kept |= {column.name for column in (*COMMON, *PROVENANCE)}
    return [one for one in table.columns if not (one.required or one.expected or one.name in kept)]


def _numbered(ground: Ground) -> NDArray[np.bool_] | None:
    number = ground.table.number
    return None if number is None else ground.filled(number)


def _same_number(ground: Ground, rows: Rows) -> pd.DataFrame:
    number = ground.table.number
    assert number is not None
    copies = _new_id(ground, rows)
    which = ground.rng.integers(0, len(_VARIANTS), len(rows))
    copies[number] = [_VARIANTS[kind](text) for kind, text in zip(which, copies[number], strict=True)]
    return copies


FAULTY_COPIES = (
    Fault(name="same id twice", dimension=Dimension.REDUNDANCY, can=_all, plant=_same_id),
    Fault(
        name="same content under a new id", dimension=Dimension.REDUNDANCY, can=_not_identity, plant=_new_id
    ),
    Fault(
        name="nearly the same under a new id", dimension=Dimension.REDUNDANCY, can=_can_be_near, plant=_near
    ),
    Fault(
        name="same number written otherwise",
        dimension=Dimension.REDUNDANCY,
        can=_numbered,
        plant=_same_number,
    ),
)
