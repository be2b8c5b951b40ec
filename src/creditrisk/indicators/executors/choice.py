"""Which executor computes indicators: chosen by name, or by where the records lie."""

from creditrisk.errors import SpecError
from creditrisk.records.engine import IbisTable

EXECUTORS = ("auto", "sql", "scan")


def chosen_executor(name: str, table: IbisTable) -> str:
    """Return the executor to take.

    Parameters
    ----------
    name : str
        ``"auto"`` takes the scan for records in the memory of this process, and queries for all others.
    table : ibis.Table
        One of the records' tables.

    Returns
    -------
    str
        ``"sql"`` or ``"scan"``.

    Raises
    ------
    SpecError
        If there is no executor of that name.
    """
    if name not in EXECUTORS:
        raise SpecError(f"An executor is one of {', '.join(EXECUTORS)}; got {name!r}.")
    if name != "auto":
        return name
    return "scan" if in_memory(table) else "sql"


def in_memory(table: IbisTable) -> bool:
    """Return whether a table lies in the memory of this process, in a DuckDB without a file.

    Parameters
    ----------
    table : ibis.Table
        One of the records' tables.

    Returns
    -------
    bool
        False for a database elsewhere, and for one in a file, which may be larger than the memory.

    Examples
    --------
    >>> import ibis
    >>> connection = ibis.duckdb.connect()
    >>> _ = connection.raw_sql("CREATE TABLE penalty (record_id VARCHAR)")
    >>> in_memory(connection.table("penalty"))
    True
    """
    backend = table.get_backend()
    if backend.name != "duckdb":
        return False
    query = "SELECT path FROM duckdb_databases() WHERE database_name = current_database()"
    return all(path is None for (path,) in backend.con.sql(query).fetchall())
