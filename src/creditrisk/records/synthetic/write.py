"""Write frames as Parquet files with dates as dates."""

from pathlib import Path

import pandas as pd


def write_parquet(frame: pd.DataFrame, path: Path) -> None:
    """Write the frame; its timestamps become Parquet dates.

    Parameters
    ----------
    frame : DataFrame
        What to write, without its index.
    path : Path
        The file, in a folder that exists.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    for position, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            table = table.set_column(position, field.name, table.column(position).cast(pa.date32()))
    pq.write_table(table, path)
