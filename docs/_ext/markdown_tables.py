"""Markdown from rows."""

from collections.abc import Iterable


def table_of(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def code_list(names: Iterable[str]) -> str:
    """Return names as code, comma-separated."""
    return ", ".join(f"`{name}`" for name in names)
