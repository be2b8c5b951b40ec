"""Which code system a code belongs to."""

from creditrisk.records.codes import classify


def test_a_valid_code_has_its_kind_and_every_other_none() -> None:
    kinds = {
        "91110108551385082Q": "uscc",
        "91110108551385082A": "unknown",
        "110108000000016": "registration_number",
        "110108000000015": "unknown",
        "551385082": "organisation_code",
        "551385083": "unknown",
        "": "unknown",
    }
    assert classify(list(kinds)).tolist() == list(kinds.values())
    assert classify([None, 551385082]).tolist() == ["unknown", "unknown"]
