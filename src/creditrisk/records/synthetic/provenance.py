"""Where each record came from: the organisation, the name it has for the entity, number, publication."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from creditrisk.records.schema import Table
from creditrisk.records.synthetic.log import Array
from creditrisk.records.synthetic.population import REGIONS
from creditrisk.records.synthetic.texts import chosen, numbered
from creditrisk.records.synthetic.working_days import working_days_after
from creditrisk.records.synthetic.world import World

_DISTRICT, _CITY, _PROVINCE = 6, 4, 2
_OFFICES = {
    "social_insurance": ("human resources", _CITY),
    "tax_status": ("tax office", _CITY),
    "invoice": ("tax office", _PROVINCE),
    "judgment_defaulter": ("court", _CITY),
    "lawsuit": ("court", _CITY),
    "equity_freeze": ("court", _CITY),
    "utility": ("utilities", _PROVINCE),
    "ride_order": ("transport", _PROVINCE),
    "certificate": ("human resources", _PROVINCE),
    "device": ("special equipment", _CITY),
    "device_event": ("special equipment", _CITY),
    "upkeep": ("special equipment", _CITY),
    "online_shop": ("online platforms", _CITY),
    "ad_monitor": ("advertising monitoring", _PROVINCE),
    "ip_right": ("intellectual property", _CITY),
    "ip_pledge": ("intellectual property", _CITY),
    "chattel_mortgage": ("market supervision", _CITY),
    "accident": ("emergency management", _CITY),
    "opinion": ("cyberspace office", _CITY),
}
_CASES = {"judgment_defaulter": "case_no", "equity_freeze": "case_no"}
_PUBLISHED_AFTER = (8, 20)


def provenance(world: World, table: Table, columns: dict[str, Array]) -> dict[str, Any]:
    """Return the columns that say where the records came from.

    Parameters
    ----------
    world : World
        Its entities.
    table : Table
        The record type.
    columns : dict of str to array, each of shape (n,)
        Its records, as written out; `entity` by position.

    Returns
    -------
    dict of str to array
        `source_org` and `entity_name`; of public records `published_on`, later than any is collected and
        at most 20 working days after the event; and the number of the document where there is one.
    """
    office, digits = _OFFICES.get(table.name, ("market supervision", _DISTRICT))
    entity = columns["entity"]
    region = world.people.region[entity]
    filled: dict[str, Any] = {
        "source_org": chosen([f"{code[:digits]} {office}" for code in REGIONS.tolist()], region),
        "entity_name": chosen(numbered("Entity ", np.arange(len(world.people)), digits=6), entity),
    }
    if table.public:
        low, high = _PUBLISHED_AFTER
        wait = world.streams(f"published {table.name}").integers(low, high + 1, len(entity))
        filled["published_on"] = working_days_after(columns["occurred_on"], wait)
    number = table.number or _CASES.get(table.name)
    if number is not None and number not in columns:
        filled[number] = _document_numbers(table.name, region, columns["occurred_on"])
    return filled


def _document_numbers(table: str, region: Array, day: Array) -> pa.LargeStringArray:
    """Return numbers such as 510104-JY-2024-00000123, all different, with the initials of the table."""
    years = day.astype("datetime64[Y]").astype(np.int64) + 1970
    initials = "".join(word[0] for word in table.split("_")).upper()
    offices = chosen([f"{code}-{initials}-" for code in REGIONS.tolist()], region)
    running = numbered("-", np.arange(1, len(day) + 1))
    nothing = pa.scalar("", pa.large_string())
    return pc.binary_join_element_wise(offices, numbered("", years, digits=4), running, nothing)
