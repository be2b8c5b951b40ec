import inspect
from pathlib import Path

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
    assert files - registered == {"__init__", "measure", "columns", "interval"}


def test_every_measure_is_tried_against_the_reference() -> None:
    from tests.lib.reference_measures import MEASURES as REFERENCE

    assert {kind.__name__ for kind in MEASURES.values()} == set(REFERENCE)


@pytest.mark.parametrize("name", ["sum", "current"])
def test_one_column_or_several(name: str) -> None:
    key = {"sum": "column", "current": "ends"}[name]
    assert build_measure(name, {key: "x"}) == build_measure(name, {key: ["x"]})


def test_an_unknown_measure_is_said() -> None:
    with pytest.raises(SpecError, match=r"the measure 'summ' is unknown\. Did you mean 'sum'"):
        build_measure("summ", {})
