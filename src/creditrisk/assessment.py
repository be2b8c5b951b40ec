"""The result of `assess`, and how it is written to a folder."""

import datetime as dt
import json
import math
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from creditrisk.errors import SourceError
from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.ratings import Ratings
from creditrisk.indicators.frame import absent_of
from creditrisk.indicators.system import IndicatorSystem
from creditrisk.models.inference.status import FitStatus
from creditrisk.models.posterior import RiskPosterior
from creditrisk.models.risk import RiskModel
from creditrisk.models.unit_loss import NO_CURRENCY
from creditrisk.report.content import Fit, ReportContent
from creditrisk.training import Training

FILES = ("ratings.parquet", "policy.toml", "model.nc", "report.html", "assessment.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Ratings of the present, and everything they were made from.

    Parameters
    ----------
    ratings : Ratings
        One row an entity.
    model : RiskModel
        The fitted model.
    policy : GradingPolicy
        Cuts and rules.
    posterior : RiskPosterior
        Draws of p and of the expected loss, (draws, entities).
    X : DataFrame, (entities, indicators)
        Indicators of the present.
    training : Training
        Indicators and outcomes of the past.
    system : IndicatorSystem
        What was measured.
    as_of : date
        The present.
    months : int
        The horizon of p and of the loss.
    rejections : DataFrame
        `table`, `rule`, `rows`: records that were set aside.
    ignored : tuple of str
        Tables and columns of the source that were not read.
    """

    ratings: Ratings
    model: RiskModel
    policy: GradingPolicy
    posterior: RiskPosterior
    X: pd.DataFrame
    training: Training
    system: IndicatorSystem
    as_of: dt.date
    months: int
    rejections: pd.DataFrame
    ignored: tuple[str, ...]

    @property
    def outcomes(self) -> pd.DataFrame:
        """What came of the entities in the past that the model learned from."""
        return self.training.outcomes

    def summary(self) -> dict[str, Any]:
        """Return the assessment in plain values, as in ``assessment.json``.

        Returns
        -------
        dict
            Dates, policy, number of entities, classes, fit and what was set aside; None for what is unknown.
        """
        classes = self.ratings.summary().reset_index().rename(columns={"risk_class": "class"})
        return {
            "schema_version": 1,
            "as_of": self.as_of.isoformat(),
            "trained_from": self.training.starts[0].isoformat(),
            "months": self.months,
            "system": self.system.id,
            "system_version": self.system.version,
            "policy": self.ratings.policy,
            "currency": self.ratings.currency,
            "entities": len(self.ratings),
            "inspected": int(self.outcomes["inspected"].sum()),
            "training_rows": len(self.outcomes),
            "classes": [_plain(row) for row in classes.to_dict("records")],
            "fit": [
                {"part": fit.part, "ok": fit.ok, "state": fit.state, "sentence": fit.sentence}
                | _plain(dict(fit.figures))
                for fit in self.fits()
            ],
            "absent": absent_of(self.X),
            "rejected_rows": int(self.rejections["rows"].sum()),
            "ignored": list(self.ignored),
        }

    def fits(self) -> tuple[Fit, ...]:
        """Return how well each part of the model was fitted.

        Returns
        -------
        tuple of Fit
            One for the probability of violation, one for the loss if losses are known.
        """
        parts = {"violation": self.model.violation_}
        if self.ratings.currency != NO_CURRENCY:
            parts["loss"] = self.model.loss_
        return tuple(_fit(part, estimator.status_) for part, estimator in parts.items())

    def report_content(self) -> ReportContent:
        """Return what the report shows, with p of the inspected at the start of their training period.

        Returns
        -------
        ReportContent
            The parts of the report.
        """
        seen = self.outcomes["inspected"].to_numpy(dtype=bool)
        trained = self.model.posterior(self.training.X[seen]).mean_p()
        return ReportContent(
            system_en=self.system.title_en,
            system_zh=self.system.title_zh,
            ratings=self.ratings,
            policy=self.policy,
            X=self.X,
            months=self.months,
            fits=self.fits(),
            contributions=self.posterior.contributions,
            outcomes=self.outcomes,
            trained_p=pd.Series(trained, index=self.outcomes.index[seen]).reindex(self.outcomes.index),
            trained_from=tuple(start.isoformat() for start in self.training.starts),
            rejections=self.rejections,
            ignored=self.ignored,
        )

    def write(self, out: str | Path, *, language: str = "en") -> None:
        """Write ratings, policy, model, report and summary; each file appears whole or not at all.

        Parameters
        ----------
        out : str or Path
            A folder; made if it does not exist, files of an earlier assessment are replaced.
        language : {"en", "zh"}, default "en"
            Of the report.

        Raises
        ------
        SourceError
            If the folder cannot be written to.
        """
        from creditrisk.report.html import write_report

        folder = writable_folder(out)
        part = Path(tempfile.mkdtemp(prefix=".partial-", dir=folder))
        try:
            self.ratings.write(part / "ratings.parquet")
            self.policy.to_toml(part / "policy.toml")
            self.model.save(part / "model.nc")
            write_report(self.report_content(), part / "report.html", language=language)
            text = json.dumps(self.summary(), ensure_ascii=False, indent=2, allow_nan=False)
            (part / "assessment.json").write_text(text + "\n", encoding="utf-8")
            for name in FILES:
                (part / name).replace(folder / name)
        finally:
            shutil.rmtree(part, ignore_errors=True)


def writable_folder(out: str | Path) -> Path:
    """Return a folder that exists and can be written to; it is made if need be.

    Parameters
    ----------
    out : str or Path
        The folder.

    Returns
    -------
    Path
        The same.

    Raises
    ------
    SourceError
        If it is a file, or cannot be made or written to.
    """
    folder = Path(out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        raise SourceError(
            f"Results are written to a folder; {str(folder)!r} cannot be one ({error.strerror}): "
            "choose another."
        ) from None
    return folder


def _fit(part: str, status: FitStatus) -> Fit:
    figures = {name: getattr(status, name) for name in ("k_hat", "r_hat", "ess", "divergences", "rows")}
    known = {name: float(value) for name, value in figures.items() if value is not None}
    return Fit(part=part, ok=status.ok, sentence=status.sentence, state=str(status.state), figures=known)


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    """Return the values as JSON holds them: no NaN, no numpy types."""
    plain = {str(key): value.item() if hasattr(value, "item") else value for key, value in row.items()}
    return {
        key: None if isinstance(value, float) and not math.isfinite(value) else value
        for key, value in plain.items()
    }
