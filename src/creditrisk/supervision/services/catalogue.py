"""A catalogue of what follows from a class: one TOML file of measures, benefits and visits."""

from importlib import resources
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from creditrisk.errors import SpecError, hint, shown
from creditrisk.grading.risk_class import RiskClass
from creditrisk.records.toml_file import FileSpec, as_path, load, parse, read_preset

_FOLDER = resources.files("creditrisk.supervision.services") / "catalogues"

CLASSES = tuple(str(one) for one in RiskClass)

type Kind = Literal["visits", "measure", "benefit"]


class Sector(FileSpec):
    """A sector with entries of its own.

    Parameters
    ----------
    title_en, title_zh : str
        What people call it.
    industries : tuple of str, default ()
        Beginnings of the codes of GB/T 4754 that belong to it; the longest that fits counts.

    Examples
    --------
    >>> Sector(title_en="catering", title_zh="餐饮", industries=("H62",)).industries
    ('H62',)
    """

    title_en: str
    title_zh: str
    industries: tuple[str, ...] = ()


class Entry(FileSpec):
    """One measure, benefit or frequency of visits.

    Parameters
    ----------
    id : str
        Its id.
    kind : {"visits", "measure", "benefit"}
        Of visits, an entity has one entry, that of its sector first; of the others, all that fit.
    classes : tuple of str
        The classes that it is for.
    sectors : tuple of str, default ()
        The sectors that it is for; all if empty.
    inside_sandbox : bool, default False
        Whether it is for members of the sandbox only.
    title_en, title_zh : str
        What it says.
    share_from, share_to : float, optional
        Least and largest share of the class that a year inspects, 0–1.
    visits_from, visits_to : float, optional
        Least and largest number of visits in a year.
    basis : str
        Legal basis or who published it; empty if none is known.
    source : {"published", "assumed"}
        Whether it was published.
    """

    id: str
    kind: Kind
    classes: tuple[str, ...] = Field(min_length=1)
    sectors: tuple[str, ...] = ()
    inside_sandbox: bool = False
    title_en: str
    title_zh: str
    share_from: float | None = Field(default=None, ge=0, le=1)
    share_to: float | None = Field(default=None, gt=0, le=1)
    visits_from: float | None = Field(default=None, ge=0)
    visits_to: float | None = Field(default=None, gt=0)
    basis: str
    source: Literal["published", "assumed"]

    @model_validator(mode="after")
    def _fits_together(self) -> "Entry":
        for name in self.classes:
            if name not in CLASSES:
                raise SpecError(f"a class is one of A, B, C, D; {self.id!r} says {shown(name)}; correct it")
        for what in ("share", "visits"):
            low, high = getattr(self, f"{what}_from"), getattr(self, f"{what}_to")
            if low is not None and high is not None and high < low:
                said = f"{self.id!r} says {low:g} to {high:g}"
                raise SpecError(f"{what}_to is no smaller than {what}_from; {said}; swap them")
        if self.kind != "visits" and any(
            getattr(self, name) is not None for name in ("share_from", "share_to", "visits_from", "visits_to")
        ):
            raise SpecError(f"only visits have shares and visits; {self.id!r} is a {self.kind}; remove them")
        return self


class MeasureCatalogue(FileSpec):
    """What follows from a class.

    Parameters
    ----------
    id, version, title_en, title_zh : str
        Of the catalogue.
    sectors : mapping of str to Sector, default {}
        Sectors with entries of their own.
    entries : tuple of Entry
        Measures, benefits and visits.

    Examples
    --------
    >>> catalogue = load_catalogue("market_supervision")
    >>> [entry.title_en for entry in catalogue.of("D", "food_production") if entry.kind == "visits"]
    ['at least three visits a year']
    """

    id: str
    version: str
    title_en: str
    title_zh: str
    sectors: dict[str, Sector] = Field(default_factory=dict)
    entries: tuple[Entry, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_complete(self) -> "MeasureCatalogue":
        ids = [entry.id for entry in self.entries]
        twice = next((one for one in ids if ids.count(one) > 1), None)
        if twice is not None:
            raise SpecError(f"an entry is there once; {twice!r} is there more often; rename one")
        for entry in self.entries:
            for name in entry.sectors:
                if name not in self.sectors:
                    raise SpecError(
                        f"{entry.id!r} names the unknown sector {name!r}.{hint(name, self.sectors)}"
                    )
        for sector in ("", *self.sectors):
            for risk_class in CLASSES:
                self._check_visits(risk_class, sector)
        return self

    def of(self, risk_class: str, sector: str = "", *, sandbox: bool = False) -> tuple[Entry, ...]:
        """Return what follows for an entity.

        Parameters
        ----------
        risk_class : str
            Its class.
        sector : str, default ""
            Its sector; none of those with entries of their own if empty.
        sandbox : bool, default False
            Whether it is a member of the sandbox.

        Returns
        -------
        tuple of Entry
            In the order of the file; of visits, one.

        Raises
        ------
        SpecError
            If there is no such class or sector.
        """
        if risk_class not in CLASSES:
            raise SpecError(
                f"A class is one of A, B, C, D; got {shown(risk_class)}.{hint(risk_class, CLASSES)}"
            )
        if sector and sector not in self.sectors:
            raise SpecError(f"There is no sector {shown(sector)}.{hint(sector, self.sectors)}")
        fitting = [
            entry
            for entry in self.entries
            if risk_class in entry.classes
            and (not entry.sectors or sector in entry.sectors)
            and (sandbox or not entry.inside_sandbox)
        ]
        own = any(entry.kind == "visits" and entry.sectors for entry in fitting)
        return tuple(entry for entry in fitting if entry.kind != "visits" or bool(entry.sectors) == own)

    def sector_of(self, industry: str | None) -> str:
        """Return the sector that an industry belongs to.

        Parameters
        ----------
        industry : str or None
            Code of GB/T 4754, letter first.

        Returns
        -------
        str
            Id of the sector; empty if none has it.
        """
        fits = [
            (len(code), name)
            for name, sector in self.sectors.items()
            for code in sector.industries
            if isinstance(industry, str) and industry.startswith(code)
        ]
        return max(fits)[1] if fits else ""

    def _check_visits(self, risk_class: str, sector: str) -> None:
        visits = [entry.id for entry in self.of(risk_class, sector, sandbox=True) if entry.kind == "visits"]
        if len(visits) != 1:
            raise SpecError(
                f"visits are stated once for each class and sector; class {risk_class} of "
                f"{sector or 'all others'} has {' and '.join(visits) or 'none'}; state one"
            )


def load_catalogue(name: str | Path) -> MeasureCatalogue:
    """Read a catalogue.

    Parameters
    ----------
    name : str or Path
        ``"market_supervision"``, or a TOML file.

    Returns
    -------
    MeasureCatalogue
        What it says.

    Raises
    ------
    SourceError
        If there is no such file.
    SpecError
        If there is no such name, or the file says something that no catalogue can say.

    Examples
    --------
    >>> sorted(load_catalogue("market_supervision").sectors)
    ['food_production', 'food_sales', 'special_equipment']
    """
    if as_path(name).suffix == ".toml":
        return load(MeasureCatalogue, name, what="catalogue of measures")
    return parse(
        MeasureCatalogue, read_preset(_FOLDER, str(name), "measures"), f"catalogue of measures {name!r}"
    )
