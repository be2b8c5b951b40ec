import pandas as pd

from creditrisk.records.synthetic import SyntheticRegistry


def test_what_failed_is_tested_again(small_registry: SyntheticRegistry) -> None:
    tests = small_registry.tables["sampling_test"]
    again = tests[tests["retest_of"].notna()]
    first = tests.set_index("record_id").loc[again["retest_of"]].reset_index()
    again = again.reset_index(drop=True)
    assert len(again) > 20
    assert first["failed"].all()
    assert first["retest_of"].isna().all()
    for name in ("entity_id", "field", "product"):
        pd.testing.assert_series_equal(first[name], again[name])
    assert (first["occurred_on"] < again["occurred_on"]).all()


def test_there_are_samples_of_drugs_and_devices_and_only_failed_ones_are_serious(
    small_registry: SyntheticRegistry,
) -> None:
    tests = small_registry.tables["sampling_test"]
    assert set(tests["field"]) == {"food", "drug", "medical_device", "industrial_product"}
    assert tests.loc[tests["serious"], "failed"].all()
    assert (tests["failed_items"].notna() == tests["failed"]).all()
