"""Whether every expected record type and every responsible organisation delivered anything at all."""

from collections.abc import Collection, Mapping

from creditrisk.records.quality.gaps import Gaps, gaps
from creditrisk.records.quality.measure import UNKNOWN
from creditrisk.records.quality.standard import AuditStandard

NOT_DELIVERED = "table not delivered"
NO_ORGANISATION = "organisation delivers nothing"


def deliveries(delivered: Mapping[str, Collection[str]], standard: AuditStandard) -> Gaps:
    """Compare who delivered with who should have.

    Parameters
    ----------
    delivered : mapping of str to collection of str
        The organisations that delivered records, by table; tables without a record are left out.
    standard : AuditStandard
        What is expected.

    Returns
    -------
    Gaps
        Tables that are absent or empty, and organisations that delivered nothing.

    Examples
    --------
    >>> from creditrisk.records.quality.standard import load_standard
    >>> found = deliveries({"registration": {"bureau"}}, load_standard("guangdong"))
    >>> found.missing["table"].tolist()
    ['licence', 'inspection', 'penalty', 'abnormal_list', 'serious_list']
    """
    owed = [
        *((name, UNKNOWN, NOT_DELIVERED, name in delivered) for name in standard.expected),
        *(
            (name, organisation, NO_ORGANISATION, organisation in delivered.get(name, ()))
            for name, table in standard.tables.items()
            for organisation in table.organisations
        ),
    ]
    rows = [
        {"table": name, "source_org": org, "rule": rule, "checked": 1, "failed": int(not there)}
        for name, org, rule, there in owed
    ]
    return gaps(rows, ({k: row[k] for k in ("table", "source_org", "rule")} for row in rows if row["failed"]))
