"""The days on which something stated in a system file is in force (施行日期)."""

import datetime as dt
from typing import Self

from pydantic import model_validator

from creditrisk.errors import SpecError
from creditrisk.records.toml_file import FileSpec


class Dated(FileSpec):
    """Something that is in force for a while: ``in_force_from <= day < in_force_to``.

    Parameters
    ----------
    in_force_from : datetime.date, optional
        The first day; from the beginning if not given.
    in_force_to : datetime.date, optional
        The first day on which it is no longer in force; without end if not given.

    Examples
    --------
    >>> Dated(in_force_from="2025-01-01").in_force(dt.date(2024, 12, 31))
    False
    """

    in_force_from: dt.date | None = None
    in_force_to: dt.date | None = None

    @model_validator(mode="after")
    def _ever_in_force(self) -> Self:
        begin, end = self.in_force_from, self.in_force_to
        if begin is not None and end is not None and end <= begin:
            raise SpecError(
                f"it is in force from {begin} to before {end}, which is never; let in_force_to be later than "
                "in_force_from"
            )
        return self

    def in_force(self, on: dt.date | None) -> bool:
        """Return whether it is in force on a day.

        Parameters
        ----------
        on : datetime.date or None
            The day; none means whenever.

        Returns
        -------
        bool
            ``in_force_from <= on < in_force_to``.
        """
        if on is None:
            return True
        begun = self.in_force_from is None or self.in_force_from <= on
        return begun and (self.in_force_to is None or on < self.in_force_to)
