"""A parameter that names one column or several."""

from typing import Annotated

from pydantic import BeforeValidator, Field


def several(written: object) -> object:
    """Return a single name as a tuple of one, anything else unchanged."""
    return (written,) if isinstance(written, str) else written


Columns = Annotated[tuple[str, ...], BeforeValidator(several), Field(min_length=1)]
