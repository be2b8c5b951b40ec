"""Where records come from: a folder, data frames, a DuckDB file or an Ibis connection."""

from creditrisk.records.sources.opening import open_source
from creditrisk.records.sources.source import Source

__all__ = ["Source", "open_source"]
