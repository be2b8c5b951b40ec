import numpy as np
import pandas as pd
import pytest
from tests.lib.audited import STANDARD, registration

from creditrisk.records.quality.silence import long_pauses
from creditrisk.records.quality.standard import Silence
from creditrisk.records.read import read_records

RULE = "nothing delivered in a month"


def found(counts: list[float]) -> list[list[int]] | None:
    pauses = long_pauses(np.array(counts, dtype=float), Silence())
    return None if pauses is None else [pause.tolist() for pause in pauses]


def test_a_busy_organisation_may_not_pause_for_a_month() -> None:
    assert found([30.0] * 20 + [0] + [30.0] * 5) == [[20]]


def test_a_quiet_one_may_until_twenty_records_would_have_come() -> None:
    assert found([5.0] * 40 + [0] * 3 + [5.0] * 5) == []
    assert found([5.0] * 40 + [0] * 4 + [5.0] * 5) == [[40, 41, 42, 43]]


def test_one_that_ended_is_silent_since_then() -> None:
    assert found([30.0] * 20 + [0] * 3) == [[20, 21, 22]]


def test_a_month_that_is_empty_every_year_is_a_season() -> None:
    full, short = [30.0] * 12, [30.0] * 11 + [0.0]
    assert found(short * 5) == []
    assert found(full * 2 + short + full * 2) == [[35]]


@pytest.mark.parametrize("counts", [[30.0, 0, 0] * 10, [30.0] * 11 + [0], [0.0] * 30])
def test_nothing_is_said_of_the_irregular_and_the_new(counts: list[float]) -> None:
    assert found(counts) is None


def test_a_poisson_stream_is_never_silent_by_chance() -> None:
    rng = np.random.default_rng(3)
    streams = [rng.poisson(rate, 72).astype(float) for rate in np.repeat([1, 2, 4, 8, 16, 32], 300)]
    assert sum(len(long_pauses(stream, Silence()) or []) for stream in streams) == 0


def complaints(entities: int) -> pd.DataFrame:
    """Return 30 complaints a month for two years, of so many entities in turn; none in one month."""
    days = [day for day in pd.date_range("2022-01-01", "2023-12-31", freq="D") if f"{day:%Y-%m}" != "2023-05"]
    ids = [f"91510100MA{number % entities:08d}" for number, _ in enumerate(days)]
    return pd.DataFrame(
        {
            "record_id": [f"c{number}" for number, _ in enumerate(days)],
            "entity_id": ids,
            "occurred_on": days,
            "known_on": days,
            "complaint_no": [f"n{number}" for number, _ in enumerate(days)],
            "kind": "complaint",
            "source_org": "12315",
        }
    )


def entities_of(frame: pd.DataFrame) -> pd.DataFrame:
    ids = sorted(set(frame["entity_id"]))
    base = registration().iloc[[0] * len(ids)].reset_index(drop=True)
    return base.assign(entity_id=ids, record_id=ids, name=ids)


@pytest.mark.parametrize(("entities", "silent"), [(28, ["2023-05"]), (3, [])])
def test_the_silence_of_many_entities_is_the_organisation(entities: int, silent: list[str]) -> None:
    frame = complaints(entities)
    records = read_records({"registration": entities_of(frame), "complaint": frame})
    found = records.audit("2024-01-01", standard=STANDARD.model_copy(update={"ids": "any"}))
    assert found.failures("coverage")["detail"].tolist() == silent
    rows = found.table[found.table["rule"] == RULE]
    assert rows[["source_org", "checked", "failed"]].to_numpy().tolist() == [["12315", 24, len(silent)]]
