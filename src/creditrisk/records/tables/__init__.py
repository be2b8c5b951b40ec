"""The record types of market supervision (domain terms: `GLOSSARY.md`)."""

from creditrisk.records.schema import Table
from creditrisk.records.tables.activity import ACTIVITY
from creditrisk.records.tables.identity import IDENTITY
from creditrisk.records.tables.oversight import OVERSIGHT
from creditrisk.records.tables.reputation import REPUTATION

TABLES: dict[str, Table] = {table.name: table for table in (*IDENTITY, *ACTIVITY, *OVERSIGHT, *REPUTATION)}

__all__ = ["TABLES"]
