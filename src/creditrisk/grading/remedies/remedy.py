"""Remedies: what repair or compliance can change, and to which value, as files."""

import math
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import Field

from creditrisk.errors import SpecError, shown
from creditrisk.records.toml_file import FileSpec, load, parse, read_preset

type Preset = Literal["standing", "counting"]

_MOST = 10


class Remedy(FileSpec):
    """One thing that an entity can do.

    Parameters
    ----------
    id : str
        Short id.
    title_en, title_zh : str
        What it does, as an order.
    values : mapping of str to float or "missing"
        Value of each indicator afterwards, by column.

    Examples
    --------
    >>> Remedy(id="licence", title_en="renew", title_zh="延续", values={"licence_expired": 0}).id
    'licence'
    """

    id: str = Field(min_length=1)
    title_en: str
    title_zh: str
    values: dict[str, float | Literal["missing"]] = Field(min_length=1)

    def changes(self, row: pd.Series) -> dict[str, tuple[float, float]]:
        """Return what the remedy would change.

        Parameters
        ----------
        row : Series
            The indicators of an entity.

        Returns
        -------
        dict of str to tuple of two floats
            Value before and after, by column; missing is NaN, columns that stay are not in it.
        """
        found = {}
        for name, value in self.values.items():
            before = float("nan") if name not in row or pd.isna(row[name]) else float(row[name])
            after = float("nan") if value == "missing" else float(value)
            if name in row and not math.isnan(before) and before != after:
                found[name] = (before, after)
        return found


class _File(FileSpec):
    remedies: tuple[Remedy, ...]


def packaged_remedies(preset: Preset = "standing") -> tuple[Remedy, ...]:
    """Return the remedies for the packaged systems.

    Parameters
    ----------
    preset : {"standing", "counting"}, default "standing"
        Whether indicators are of all records, or only of those that still count; only there does the repair
        of a penalty change anything.

    Returns
    -------
    tuple of Remedy
        In the order in which they are tried.

    Raises
    ------
    SpecError
        If there is no such preset.
    """
    own, ids = _packaged(preset), {one.id for one in _packaged(preset)}
    return checked((*own, *(one for one in _packaged("standing") if one.id not in ids)))


def _packaged(preset: Preset) -> tuple[Remedy, ...]:
    folder = resources.files("creditrisk.grading") / "presets" / "remedies"
    found = read_preset(folder, preset, "remedies")
    return parse(_File, found, f"remedies {preset!r}").remedies


def load_remedies(path: str | Path) -> tuple[Remedy, ...]:
    """Read remedies of one's own.

    Parameters
    ----------
    path : str or Path
        A TOML file with a list ``remedies``.

    Returns
    -------
    tuple of Remedy
        In the order of the file.

    Raises
    ------
    SourceError
        If the file is not there.
    SpecError
        If it says something impossible, or an id comes twice.
    """
    return checked(load(_File, path, what="remedies").remedies)


def checked(remedies: Sequence[Remedy]) -> tuple[Remedy, ...]:
    """Return remedies with different ids.

    Parameters
    ----------
    remedies : sequence of Remedy
        Of one file.

    Returns
    -------
    tuple of Remedy
        The same.

    Raises
    ------
    SpecError
        If an id comes twice, or there are more than ten: all their sets are tried.
    """
    ids = [one.id for one in remedies]
    if len(set(ids)) < len(ids) or len(ids) > _MOST:
        raise SpecError(
            f"Remedies have different ids, and there are at most {_MOST}; got {shown(ids)}: remove or rename."
        )
    return tuple(remedies)
