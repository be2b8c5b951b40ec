import datetime as dt
import math

import pytest
from tests.lib.drawn import drawn_records, registered
from tests.lib.engines import records_of

from creditrisk.errors import SchemaError, SpecError
from creditrisk.indicators.relations import WHOLE, Alike, Relations, related
from creditrisk.records.engine import to_frame
from creditrisk.records.snapshot import Snapshot

DAY = dt.date(2024, 1, 1)
GRAPH = """
entity_id | occurred_on | other_id | relation   | share
a         | 2020-01-01  | b        | invests_in | 0.8
b         | 2020-01-01  | c        | invests_in | 0.1
a         | 2020-01-01  | p        | director   |
"""


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    edges = drawn_records("relation_edge", GRAPH)
    return records_of({"registration": registered("a", "b", "c"), "relation_edge": edges}).as_of(DAY)


def walked(relations: Relations, snapshot: Snapshot) -> dict[tuple[str, str], tuple[int, float]]:
    """Return hops and weight of every pair."""
    rows = to_frame(related(relations, snapshot)).itertuples()
    return {(row.entity_id, row.related_id): (row.hop, row.weight / WHOLE) for row in rows}


def test_pairs_have_hops_and_weights_and_the_far_end_counts_by_its_neighbours(snapshot: Snapshot) -> None:
    two = 1 / math.log(math.e + 1)
    assert walked(Relations(hops=2, decay=0.1), snapshot) == {
        ("a", "b"): (1, pytest.approx(two)),
        ("a", "c"): (2, pytest.approx(0.1 * two)),
        ("b", "a"): (1, pytest.approx(two)),
        ("b", "c"): (1, 1.0),
        ("c", "b"): (1, pytest.approx(two)),
        ("c", "a"): (2, pytest.approx(0.1 * two * two)),
    }


def test_neighbours_are_those_of_the_relations_that_are_followed(snapshot: Snapshot) -> None:
    large = Relations.model_validate({"edges": {"share": {"at_least": 0.25}}})
    assert walked(large, snapshot) == {("a", "b"): (1, 1.0), ("b", "a"): (1, 1.0)}


def test_columns_that_are_not_there_are_said(snapshot: Snapshot) -> None:
    with pytest.raises(SchemaError, match=r"by the column 'regoin', .*Did you mean 'region'"):
        related(Relations(alike=Alike(column="regoin")), snapshot)
    with pytest.raises(SpecError, match=r"the column 'relatoin', .*Did you mean 'relation'"):
        related(Relations.model_validate({"edges": {"relatoin": "branch"}}), snapshot)
