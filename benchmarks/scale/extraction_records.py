"""Made-up records of a large registry, fast: ten record types, few entities with many records each."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks.scale.extraction_peers.names import EVENTS

SHARES = (0.18, 0.17, 0.12, 0.13, 0.16, 0.14, 0.05, 0.04, 0.01)
FIRST_DAY = (np.datetime64("2019-01-01") - np.datetime64("1970-01-01")).astype(int)
DAYS = 2556


def write_records(folder: Path, entities: int, events: int, *, seed: int = 0) -> None:
    """Write one Parquet file a record type.

    Parameters
    ----------
    folder : Path
        Where.
    entities, events : int
        How many entities, and records beside their registrations.
    seed : int
        Of the random numbers.
    """
    rng = np.random.default_rng(seed)
    ids = pa.array([f"91{510100 + i % 97}MA{i:08d}" for i in range(entities)])
    _write(folder, "registration", _registrations(ids, rng))
    for table, share in zip(EVENTS, SHARES, strict=True):
        rows = int(events * share)
        whose = (entities * rng.random(rows) ** 2.2).astype(np.int64)
        whose = (whose * 2_654_435_761 + 12_345) % entities
        occurred = FIRST_DAY + rng.integers(0, DAYS, rows)
        common = _common(table, ids.take(pa.array(whose)), occurred, rng)
        _write(folder, table, common | _own(table, ids, occurred, rng))


def _registrations(ids: pa.Array, rng: np.random.Generator) -> dict[str, pa.Array]:
    rows = len(ids)
    left = FIRST_DAY + rng.integers(0, DAYS, rows)
    stays = rng.random(rows) < 0.9
    common = _common("registration", ids, FIRST_DAY - rng.integers(100, 5000, rows), rng)
    return common | {"deregistered_on": _dates(left, stays), "deregistered_known_on": _dates(left + 5, stays)}


def _common(
    table: str, ids: pa.Array, occurred: NDArray[np.int64], rng: np.random.Generator
) -> dict[str, pa.Array]:
    return {
        "record_id": pa.array([f"{table[:3]}{i:09d}" for i in range(len(ids))]),
        "entity_id": ids,
        "occurred_on": _dates(occurred),
        "known_on": _dates(occurred + rng.integers(0, 60, len(ids))),
    }


def _own(
    table: str, ids: pa.Array, occurred: NDArray[np.int64], rng: np.random.Generator
) -> dict[str, pa.Array]:
    rows = len(occurred)
    money = pa.array(np.round(np.exp(rng.normal(8, 1.5, rows)), 2))
    match table:
        case "lawsuit" | "complaint":
            return {"amount_cny": money}
        case "penalty":
            return {"fine_cny": money, "severity": pa.array(rng.integers(0, 6, rows))}
        case "inspection":
            return {"department": _words("department", 200, rows, rng), "result_codes": _same("1", rows)}
        case "sampling_test":
            return {"product": _words("product", 500, rows, rng), "failed": _same(False, rows)}
        case "registration_change":
            return {"item": _same("capital", rows)}
        case "shareholder":
            whose = pa.array(rng.integers(0, len(ids), rows))
            return {"subscribed_cny": money, "investor_id": ids.take(whose)}
        case "abnormal_list":
            ended, stays = occurred + rng.integers(1, 1500, rows), rng.random(rows) < 0.4
            return {
                "ended_on": _dates(ended, stays),
                "end_known_on": _dates(ended + rng.integers(0, 30, rows), stays),
            }
        case _:
            return {}


def _dates(days: NDArray[np.int64], missing: NDArray[np.bool_] | None = None) -> pa.Array:
    return pa.array(days.astype(np.int32), mask=missing).cast(pa.date32())


def _same(value: str | bool, rows: int) -> pa.Array:
    return pa.repeat(value, rows)


def _words(word: str, count: int, rows: int, rng: np.random.Generator) -> pa.Array:
    words = pa.array([f"{word} {i}" for i in range(count)])
    return words.take(pa.array(rng.integers(0, count, rows)))


def _write(folder: Path, table: str, columns: dict[str, pa.Array]) -> None:
    pq.write_table(pa.table(columns), folder / f"{table}.parquet")
