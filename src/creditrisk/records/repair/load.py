"""Find a repair regime: by its name, by its file, or by the day of a finding."""

from functools import cache
from pathlib import Path

from creditrisk.errors import SpecError, hint, shown
from creditrisk.records.dates import DateLike, to_date
from creditrisk.records.repair.regime import RepairRegime
from creditrisk.records.toml_file import as_path, load

PACKAGED = Path(__file__).parents[1] / "definitions" / "repair"


@cache
def packaged_regimes() -> tuple[RepairRegime, ...]:
    """Return the regimes that come with the library.

    Returns
    -------
    tuple of RepairRegime
        The earliest first.

    Examples
    --------
    >>> [regime.name for regime in packaged_regimes()]
    ['samr-2021', 'ndrc-2026']
    """
    regimes = [load(RepairRegime, path, what="repair regime") for path in PACKAGED.glob("*.toml")]
    return tuple(sorted(regimes, key=lambda regime: regime.in_force_from))


def load_regime(name: str | Path | RepairRegime) -> RepairRegime:
    """Read a repair regime.

    Parameters
    ----------
    name : str, Path or RepairRegime
        The name of a packaged regime, or a TOML file; a regime is returned as it is.

    Returns
    -------
    RepairRegime
        What it says.

    Raises
    ------
    SourceError
        If there is no such file.
    SpecError
        If there is no such name, or the file says something that no regime can say.

    Examples
    --------
    >>> load_regime("samr-2021").in_force_from
    datetime.date(2021, 9, 1)
    """
    if isinstance(name, RepairRegime):
        return name
    known = {regime.name: regime for regime in packaged_regimes()}
    if str(name) in known:
        return known[str(name)]
    if as_path(name).suffix != ".toml":
        said = f"There is no repair regime {shown(str(name))}, nor such a file."
        raise SpecError(f"{said}{hint(str(name), known)}")
    return load(RepairRegime, name, what="repair regime")


def regime_on(date: DateLike) -> RepairRegime:
    """Return the packaged regime that applies to what was officially found on a day.

    Parameters
    ----------
    date : str, datetime.date or pandas.Timestamp
        The day of the finding, `occurred_on` of a record.

    Returns
    -------
    RepairRegime
        The regime in force on that day; the earliest for a day before all of them, which is assumed.

    Raises
    ------
    DateError
        If it is not a date.

    Examples
    --------
    >>> regime_on("2026-03-31").name, regime_on("2026-04-01").name
    ('samr-2021', 'ndrc-2026')
    """
    day = to_date(date)
    begun = [regime for regime in packaged_regimes() if regime.in_force_from <= day]
    return begun[-1] if begun else packaged_regimes()[0]
