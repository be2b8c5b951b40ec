"""Indicators in slices are those of everybody at once."""

import pandas as pd
import pytest

from creditrisk import load_system, read_records, simulate
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.indicators.sliced import column_of_population, of_population, slices_of


@pytest.mark.slow
def test_slices_of_every_packaged_indicator_are_the_whole():
    system = load_system("general")
    snapshot = read_records(simulate(300, seed=3).tables).as_of("2024-01-01")
    whole = IndicatorExtractor(system).transform(snapshot)
    columns = {one.name: column_of_population(system, snapshot, one.name) for one in of_population(system)}
    slices = slices_of(system, snapshot, size=100, population=columns)
    found = [slices.measure(number) for number in range(len(slices))]
    assert [len(one) for one in found[:-1]] == [100] * (len(found) - 1)
    assert all(one.attrs == whole.attrs for one in found)
    pd.testing.assert_frame_equal(pd.concat(found), whole, check_exact=True)


def test_what_compares_entities_is_known():
    named = {one.name for one in of_population(load_system("general"))}
    assert {"industry_base_rate", "same_address_entities", "complaint_rate"} <= named
    assert "penalty_n" not in named
