import pandas as pd

from creditrisk.indicators.frame import (
    absent_of,
    directions_of,
    groups_of,
    model_columns,
    title_of,
    unit_of,
)


def table() -> pd.DataFrame:
    X = pd.DataFrame({"fines": [1.0], "listed": [0.0], "age": [2.0], "region": ["510100"]})
    X.attrs["creditrisk"] = {
        "directions": {"fines": "raises", "listed": "raises", "age": "lowers"},
        "uses": {"fines": "model", "listed": "rule", "age": "model"},
        "groups": ["region"],
        "titles": {"fines": ["fines", "罚款"]},
        "units": {"fines": "CNY"},
        "absent": ["age"],
    }
    return X


def test_model_columns_are_neither_groups_nor_for_rules() -> None:
    assert model_columns(table()) == ["fines", "age"]
    assert directions_of(table()) == {"fines": "raises", "age": "lowers"}


def test_only_columns_that_are_there_are_spoken_of() -> None:
    some = table()[["age"]]
    assert groups_of(some) == []
    assert directions_of(some) == {"age": "lowers"}


def test_titles_units_and_absence() -> None:
    X = table()
    assert (title_of(X, "fines"), title_of(X, "fines", "zh"), title_of(X, "age", "zh")) == (
        "fines",
        "罚款",
        "age",
    )
    assert (unit_of(X, "fines"), unit_of(X, "age"), absent_of(X)) == ("CNY", "", ["age"])


def test_a_plain_table_is_all_model_columns() -> None:
    assert model_columns(pd.DataFrame({"a": [1.0], "b": [2.0]})) == ["a", "b"]
