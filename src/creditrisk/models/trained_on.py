"""What a model was trained on and when: told by the tables it was fitted to, kept in its file."""

import datetime as dt
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any, Self

import pandas as pd

KEY = "creditrisk"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedOn:
    """Where a fitted model comes from; empty where its tables did not say.

    Parameters
    ----------
    fitted_on : str, default ""
        ISO date of the day of the fit.
    creditrisk_version : str, default ""
        Of the library that fitted it.
    system, system_version : str, default ""
        The indicator system, for whose version the model is valid.
    dates : tuple of str, default ()
        First and last as-of date of the indicators.
    rows : int, default 0
        Rows of indicators, labelled or not.
    definition : str, default ""
        What counted as a violation.
    months : int, default 0
        How long outcomes were watched.
    known_by : str, default ""
        The day before which outcomes had to be known.

    Examples
    --------
    >>> TrainedOn(system="general", system_version="2026.1", dates=("2022-01-01", "2024-01-01")).sentence
    'Trained on system general 2026.1, as of 2022-01-01 to 2024-01-01.'
    """

    fitted_on: str = ""
    creditrisk_version: str = ""
    system: str = ""
    system_version: str = ""
    dates: tuple[str, ...] = ()
    rows: int = 0
    definition: str = ""
    months: int = 0
    known_by: str = ""

    @classmethod
    def of(cls, X: pd.DataFrame, outcomes: pd.DataFrame) -> Self:
        """Return what two tables say of themselves.

        Parameters
        ----------
        X : DataFrame
            Indicators, as from `IndicatorExtractor`.
        outcomes : DataFrame
            As from `Records.outcomes`.

        Returns
        -------
        TrainedOn
            Fitted today.
        """
        about, watched = X.attrs.get(KEY, {}), outcomes.attrs.get(KEY, {})
        return cls(
            fitted_on=dt.datetime.now(dt.UTC).date().isoformat(),
            creditrisk_version=version("creditrisk"),
            system=str(about.get("system") or ""),
            system_version=str(about.get("version") or ""),
            dates=_dates(X, about),
            rows=len(X),
            definition=str(watched.get("definition") or ""),
            months=int(watched.get("months") or 0),
            known_by=str(watched.get("known_by") or ""),
        )

    @classmethod
    def from_dict(cls, said: dict[str, Any]) -> Self:
        """Return what a model file says; files that are older than this say nothing."""
        texts = ("fitted_on", "creditrisk_version", "system", "system_version", "definition", "known_by")
        known: dict[str, Any] = {name: str(said.get(name, "")) for name in texts}
        known |= {name: int(said.get(name, 0)) for name in ("rows", "months")}
        return cls(**known, dates=tuple(map(str, said.get("dates", ()))))

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self) | {"dates": list(self.dates)}

    @property
    def sentence(self) -> str:
        """What is known of it, in one sentence."""
        if self == type(self)():
            return "The file does not say what the model was trained on."
        parts = [
            f"on system {self.system} {self.system_version}" if self.system else "",
            f"as of {' to '.join(self.dates)}" if self.dates else "",
            f"{self.rows:,} rows" if self.rows else "",
            f"{self.months} months of {self.definition or 'outcomes'}" if self.months else "",
            f"known before {self.known_by}" if self.known_by else "",
            f"fitted on {self.fitted_on}" if self.fitted_on else "",
            f"by creditrisk {self.creditrisk_version}" if self.creditrisk_version else "",
        ]
        return f"Trained {', '.join(part for part in parts if part)}."


def _dates(X: pd.DataFrame, about: dict[str, Any]) -> tuple[str, ...]:
    if "as_of" in X.index.names and len(X):
        days = pd.DatetimeIndex(X.index.get_level_values("as_of"))
        return tuple(dict.fromkeys(day.date().isoformat() for day in (days.min(), days.max())))
    return (str(about["as_of"]),) if about.get("as_of") else ()
