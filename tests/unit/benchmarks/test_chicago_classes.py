import numpy as np
import pandas as pd
import pytest
from benchmarks.accuracy.chicago_classes import by_month, chance_to_rise, classes, figures, rises
from benchmarks.command import Options
from benchmarks.splits import load_splits

from creditrisk.models.inference.engines import Map


def graded(rates, *, size=200, month="2014-09"):
    """Return inspections of four classes whose rates are these."""
    critical = [np.arange(size) < rate * size for rate in rates]
    return pd.DataFrame(
        {
            "month": month,
            "risk_class": np.repeat(list("ABCD"), size),
            "critical": np.concatenate(critical).astype(float),
        }
    )


def test_rates_are_counted_by_month_and_class_where_there_are_enough():
    both = pd.concat([graded([0.1, 0.2, 0.3, 0.4]), graded([0.4, 0.3, 0.2, 0.1], size=20, month="2014-10")])
    tables = by_month(both)
    assert list(tables) == ["2014-09"]
    assert tables["2014-09"]["rate"].tolist() == [0.1, 0.2, 0.3, 0.4]
    assert figures(tables)["2014-09"]["n C"] == 200


@pytest.mark.parametrize(
    ("rates", "expected"),
    [([0.1, 0.2, 0.3, 0.4], True), ([0.1, 0.3, 0.2, 0.4], False), ([0.1, 0.1, 0.2, 0.4], False)],
)
def test_rising_is_strict(rates, expected):
    assert bool(rises(np.array(rates))) is expected


def test_a_class_of_nobody_does_not_rise():
    one = graded([0.1, 0.2, 0.3, 0.4])
    assert not rises(by_month(one[one["risk_class"] != "C"])["2014-09"]["rate"].to_numpy())


def test_the_chance_to_rise_tells_luck_from_order():
    clear, same = ([0.05, 0.2, 0.4, 0.7], [0.2, 0.2, 0.2, 0.2])
    assert chance_to_rise(by_month(graded(clear))["2014-09"]) > 0.99
    assert chance_to_rise(by_month(graded(same))["2014-09"]) < 0.1


@pytest.mark.data
@pytest.mark.slow
def test_on_chicago_the_rates_rise_in_every_test_month(public_data):
    found = by_month(classes(Options(data=public_data, inference=Map()), load_splits(public_data)))
    assert list(found) == ["2014-09", "2014-10"]
    assert all(rises(table["rate"].to_numpy(dtype=float)) for table in found.values())
