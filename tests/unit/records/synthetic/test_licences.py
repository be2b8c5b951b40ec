from creditrisk.records.synthetic import SyntheticRegistry


def test_each_entity_has_licences_of_one_kind_one_after_the_other(small_registry: SyntheticRegistry) -> None:
    licence = small_registry.tables["licence"]
    for name in ("licence_name", "field", "hazard_level", "category"):
        assert licence.groupby("entity_id")[name].nunique().max() == 1
    before = licence.groupby("entity_id")["withdrawn_on"].shift()
    assert (before == licence["occurred_on"])[before.notna()].all()


def test_drugs_and_devices_are_sold_with_a_licence_and_a_class(small_registry: SyntheticRegistry) -> None:
    licence, registration = small_registry.tables["licence"], small_registry.tables["registration"]
    shops = registration.loc[registration["industry"].isin(["F5251", "F5254"]), "entity_id"]
    assert shops.isin(licence["entity_id"]).mean() > 0.9
    classes = licence.loc[licence["field"].isin(["drug", "medical_device"]), "hazard_level"]
    assert set(classes) == {"1", "2", "3"}
