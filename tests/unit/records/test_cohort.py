"""A cohort has every entity once a day."""

import datetime as dt

import pandas as pd
import pytest

from creditrisk.errors import DateError, SpecError
from creditrisk.records.cohort import read_cohort


def test_ids_become_text_and_days_dates_in_the_given_order() -> None:
    cohort = read_cohort(
        pd.DataFrame({"as_of": pd.to_datetime(["2024-02-01", "2024-01-01"]), "entity_id": [7, 3], "note": ""})
    )
    assert cohort.to_dict("list") == {
        "entity_id": ["7", "3"],
        "as_of": [dt.date(2024, 2, 1), dt.date(2024, 1, 1)],
    }


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (
            {"entity": ["a"], "as_of": ["2024-01-01"]},
            "'entity_id' is missing. Did you mean 'entity'?",
        ),
        ({"entity_id": [], "as_of": []}, "at least one row; got none"),
        ({"entity_id": ["a", None], "as_of": ["2024-01-01"] * 2}, "1 of 2 rows lack one"),
        ({"entity_id": ["a", "a"], "as_of": ["2024-01-01"] * 2}, "1 of 2 rows repeat another"),
    ],
)
def test_a_cohort_that_is_none_is_refused(frame: dict[str, list[str]], sentence: str) -> None:
    with pytest.raises(SpecError) as caught:
        read_cohort(pd.DataFrame(frame))
    assert sentence in str(caught.value)


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(DateError, match="'soon' is not an as-of date"):
        read_cohort(pd.DataFrame({"entity_id": ["a"], "as_of": ["soon"]}))


def test_a_column_that_stands_twice_is_refused() -> None:
    frame = pd.DataFrame([["a", "b", "2024-01-01"]], columns=["entity_id", "entity_id", "as_of"])
    with pytest.raises(SpecError, match=r"once each; 'entity_id' is there twice\.$"):
        read_cohort(frame)


def test_what_is_neither_day_nor_text_is_refused() -> None:
    with pytest.raises(DateError, match="got several in one row"):
        read_cohort(pd.DataFrame({"entity_id": ["a"], "as_of": [["2024-01-01"]]}))
    surrogate = pd.Series(["\ud800"], dtype=object)
    with pytest.raises(SpecError, match="one has characters that are none"):
        read_cohort(pd.DataFrame({"entity_id": surrogate, "as_of": ["2024-01-01"]}))
