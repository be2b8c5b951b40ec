"""Systems of indicators from TOML files: read, merge, check."""

from pathlib import Path

from creditrisk.indicators.entries import parse_indicator
from creditrisk.indicators.layers import read_layers
from creditrisk.indicators.system import IndicatorSystem
from creditrisk.indicators.system_file import packaged
from creditrisk.records.dates import DateLike, to_date

__all__ = ["load_system", "packaged", "parse_indicator"]


def load_system(*names_or_paths: str | Path, on: DateLike | None = None) -> IndicatorSystem:
    """Read one or several system files as one system.

    Later files extend earlier ones: an indicator or rule with a new id is added, one with a known id and
    ``overrides = true`` changes the keys that it names, and `retires` removes, each from a day on where the
    file gives one. Id, version and titles are those of the last file.

    Parameters
    ----------
    *names_or_paths : str or Path
        Packaged names, such as ``"general"``, or paths of TOML files; ``"general+food"`` stands for two.
    on : str, datetime.date or pandas.Timestamp, optional
        Give the system as it stands on this day; as after the last change that the files name if not given.

    Returns
    -------
    IndicatorSystem
        The merged system.

    Raises
    ------
    SourceError
        If a file cannot be read.
    SpecError
        If a name, key, table, measure or parameter is unknown, or the parts do not fit each other.

    Examples
    --------
    >>> system = load_system("general", on="2025-01-01")
    >>> system.id, system.groups["sector"].column
    ('general', 'industry')
    """
    return read_layers(*names_or_paths).on(None if on is None else to_date(on))


def system_in_force(
    system: IndicatorSystem | str | Path | tuple[str | Path, ...], on: DateLike
) -> IndicatorSystem:
    """Return a system as it is, or read one from names or files as in force on a day.

    Parameters
    ----------
    system : IndicatorSystem, str, Path or tuple of those names
        Several names are laid over each other in their order.
    on : str, datetime.date or pandas.Timestamp
        The day.

    Returns
    -------
    IndicatorSystem
        The system.
    """
    if isinstance(system, IndicatorSystem):
        return system
    return load_system(*(system if isinstance(system, tuple) else (system,)), on=on)
