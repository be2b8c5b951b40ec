import inspect
from pathlib import Path
from typing import Any

import pytest

from creditrisk.errors import SpecError
from creditrisk.indicators import measures
from creditrisk.indicators.measures import MEASURES, build_measure


def test_every_measure_has_a_name_a_file_and_a_docstring_of_its_own() -> None:
    classes = list(MEASURES.values())
    assert len({inspect.getfile(kind) for kind in classes}) == len(classes) == len(set(classes))
    assert all(kind.__doc__ for kind in classes)


def test_every_file_of_measures_is_in_the_registry_or_serves_one_that_is() -> None:
    files = {path.stem for path in Path(inspect.getfile(measures)).parent.glob("*.py")}
    registered = {Path(inspect.getfile(kind)).stem for kind in MEASURES.values()}
    assert files - registered == {"__init__", "measure", "columns", "interval", "across", "related"}


def test_every_measure_is_tried_against_the_reference() -> None:
    from tests.lib.reference_across import ACROSS
    from tests.lib.reference_measures import MEASURES as REFERENCE

    assert {kind.__name__ for kind in MEASURES.values()} == set(REFERENCE) | set(ACROSS)


@pytest.mark.parametrize("name", ["sum", "current"])
def test_one_column_or_several(name: str) -> None:
    key = {"sum": "column", "current": "ends"}[name]
    assert build_measure(name, {key: "x"}) == build_measure(name, {key: ["x"]})


@pytest.mark.parametrize(
    ("name", "changes", "sentence"),
    [
        ("base_rate", {"levels": [4, 2]}, "levels are lengths of a code, the shortest first"),
        ("base_rate", {"levels": [0, 2]}, "levels are lengths of a code"),
        ("base_rate", {"levels": []}, "the key 'levels' is wrong"),
        ("related_share", {"over": {"hops": 3}}, "the key 'over.hops' is wrong"),
        ("related_share", {"over": {"decay": 0}}, "the key 'over.decay' is wrong"),
        ("related_share", {"over": {"hop": 2}}, r"the key 'over.hop' is unknown\. Did you mean 'hops'"),
    ],
)
def test_a_measure_of_others_that_cannot_be_meant(name: str, changes: dict[str, Any], sentence: str) -> None:
    good = {
        "base_rate": {"code": "industry", "levels": [1, 3], "prior_strength": 2},
        "related_share": {"prior_strength": 2, "prior_mean": "population"},
    }
    build_measure(name, good[name])
    with pytest.raises(SpecError, match=sentence):
        build_measure(name, good[name] | changes)


def test_an_unknown_measure_is_said() -> None:
    with pytest.raises(SpecError, match=r"the measure 'summ' is unknown\. Did you mean 'sum'"):
        build_measure("summ", {})
