"""Outcomes of the three warning systems, on drawn records of the year 2023."""

from typing import Any

import pytest
from tests.lib.drawn import drawn_records, registered
from tests.lib.engines import records_of

from creditrisk.records.records import Records

INSPECTIONS = """
entity_id | occurred_on | known_on   | result_codes | channel
a         | 2023-03-01  | 2023-03-01 | 6            | random
b         | 2023-03-01  | 2023-03-01 | 3            | random
c         | 2023-03-01  | 2023-03-01 | 1,F          | targeted
"""

ABNORMAL = """
entity_id | occurred_on | known_on   | reason
d         | 2023-04-01  | 2023-04-01 | 通过登记的住所或者经营场所无法联系
e         | 2023-04-01  | 2023-04-01 | annual report not published
"""

TAXES = """
entity_id | occurred_on | known_on   | major_violation | non_normal | arrears_cny
a         | 2023-04-01  | 2023-04-01 | yes             | yes        | 7000
b         | 2023-04-01  | 2023-04-01 | no              | yes        | 5000
"""

PENALTIES = """
entity_id | occurred_on | known_on   | act_type | fine_cny | confiscated_cny
a         | 2023-05-01  | 2023-05-01 | 虚开发票 | 1000     | 200
c         | 2023-05-01  | 2023-05-01 | 价格欺诈 | 900      |
"""

ORDERS = """
entity_id | occurred_on | known_on   | order_no | driver_certified | vehicle_certified | fare_cny
a         | 2023-05-01  | 2023-05-01 | 1        | yes              | yes               | 10
a         | 2023-05-02  | 2023-05-02 | 2        | no               | no                | 20
a         | 2023-05-03  | 2023-05-03 | 3        | yes              | no                | 40
b         | 2023-05-01  | 2023-05-01 | 4        | yes              | yes               | 10
"""


@pytest.fixture(scope="module")
def records() -> Records:
    """Return the drawn records of six entities."""
    return records_of(
        {
            "registration": registered(*"abcdef"),
            "inspection": drawn_records("inspection", INSPECTIONS),
            "abnormal_list": drawn_records("abnormal_list", ABNORMAL),
            "tax_status": drawn_records("tax_status", TAXES),
            "penalty": drawn_records("penalty", PENALTIES),
            "ride_order": drawn_records("ride_order", ORDERS),
        }
    )


def found(records: Records, definition: str, column: str = "violation") -> dict[str, Any]:
    """Return a column of the outcomes of those for whom it is known."""
    known = records.outcomes("2023-01-01", definition=definition)[column].dropna()
    return dict(known.to_dict())


def test_an_abnormal_address_is_found_by_a_visit_or_a_listing_for_the_address(records: Records) -> None:
    assert found(records, "abnormal_address") == {"a": 1, "b": 0, "c": 1, "d": 1}
    assert found(records, "abnormal_address", "channel") == {
        "a": "random",
        "b": "random",
        "c": "targeted",
        "d": "targeted",
    }


def test_invoice_fraud_is_what_taxes_and_penalties_say_and_no_word_is_none(records: Records) -> None:
    assert found(records, "invoice_fraud") == {"a": 1, "b": 0, "c": 0, "d": 0, "e": 0, "f": 0}
    assert found(records, "invoice_fraud", "loss_cny") == {"a": 8200}


def test_a_ride_without_a_certificate_costs_its_fare_once(records: Records) -> None:
    assert found(records, "ride_hailing") == {"a": 1, "b": 0}
    assert found(records, "ride_hailing", "loss_cny") == {"a": 60}
