"""The record types of market supervision (domain terms: `GLOSSARY.md`)."""

from creditrisk.records.schema import Table
from creditrisk.records.tables.activity import ACTIVITY
from creditrisk.records.tables.courts import COURTS
from creditrisk.records.tables.equipment import EQUIPMENT
from creditrisk.records.tables.identity import IDENTITY
from creditrisk.records.tables.incidents import INCIDENTS
from creditrisk.records.tables.licences import LICENCES
from creditrisk.records.tables.lists import LISTS
from creditrisk.records.tables.oversight import OVERSIGHT
from creditrisk.records.tables.penalties import PENALTIES
from creditrisk.records.tables.property import PROPERTY
from creditrisk.records.tables.relations import RELATIONS
from creditrisk.records.tables.reputation import REPUTATION
from creditrisk.records.tables.rides import RIDES
from creditrisk.records.tables.trading import TRADING

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        *IDENTITY,
        *RELATIONS,
        *LICENCES,
        *ACTIVITY,
        *PROPERTY,
        *OVERSIGHT,
        *PENALTIES,
        *LISTS,
        *COURTS,
        *REPUTATION,
        *INCIDENTS,
        *TRADING,
        *EQUIPMENT,
        *RIDES,
    )
}

__all__ = ["TABLES"]
