"""Policy files: `GradingPolicy.to_toml` writes them, `load_policy` reads them, exactly.

Schema 2 added author, parent, dates in force, scores, matrices and decisions. A file of schema 1 says none of
them and means what schema 2 takes where nothing is said.
"""

import datetime as dt
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from creditrisk.errors import SpecError
from creditrisk.grading.policy import GradingPolicy
from creditrisk.grading.policy_document import SCHEMA_VERSION, decision_of
from creditrisk.grading.risk_matrix import RiskMatrix
from creditrisk.grading.score_scale import ScoreScale
from creditrisk.indicators.rule import Rule
from creditrisk.records.toml_file import FileSpec, parse, read_toml


class DecisionFile(FileSpec):
    """How the posterior becomes a class: ``by``, and what goes with it."""

    by: Literal["mean", "confidence", "costs"] = "mean"
    level: float | None = None
    costs: tuple[tuple[float, ...], ...] | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.level is None) == (self.by == "confidence"):
            raise SpecError(f"a decision by confidence has a level, others have none; got by = {self.by!r}")
        if (self.costs is None) == (self.by == "costs"):
            raise SpecError(f"a decision by costs has costs, others have none; got by = {self.by!r}")
        return self


class ScoreFile(FileSpec):
    """The fields of `ScoreScale`."""

    top: float = 100.0
    high: str = "risk"
    base: float = 50.0
    odds: float = 1 / 9
    pdo: float = 10.0


class MatrixFile(FileSpec):
    """The fields of `RiskMatrix`."""

    p_edges: tuple[float, ...]
    loss_edges: tuple[float, ...]
    classes: tuple[tuple[str, ...], ...]


class PolicyFile(FileSpec):
    """What a policy file holds; the fields are those of `GradingPolicy`."""

    name: str
    version: str
    basis: str = ""
    author: str = ""
    parent: str = ""
    in_force_from: dt.date | None = None
    in_force_to: dt.date | None = None
    on: str = "expected_loss"
    cuts: tuple[float, float, float] | None = None
    currency: str = "CNY"
    interval: float = 0.9
    decision: DecisionFile = Field(default_factory=DecisionFile)
    score: ScoreFile | None = None
    matrix: MatrixFile | None = None
    calibrated: dict[str, Any] = Field(default_factory=dict)
    rules: tuple[Rule, ...] = ()


def load_policy(path: str | Path) -> GradingPolicy:
    """Read a policy file.

    Parameters
    ----------
    path : str or Path
        A TOML file written by `GradingPolicy.to_toml`, or by hand in the same form; those of older schema
        versions are understood.

    Returns
    -------
    GradingPolicy
        Equal to the one that was written.

    Raises
    ------
    SourceError
        If there is no such file.
    SpecError
        If it is not TOML, has an unknown or missing key, a value of a wrong type, or a newer schema version.
    """
    document = read_toml(path)
    name = Path(path).name
    version = document.pop("schema_version", None)
    if not isinstance(version, int) or not 1 <= version <= SCHEMA_VERSION:
        raise SpecError(
            f"A policy file has schema_version 1 to {SCHEMA_VERSION}; {name!r} has {version!r}: "
            "update creditrisk or correct the file."
        )
    read = parse(PolicyFile, document, f"policy {name!r}")
    fields = {field: getattr(read, field) for field in PolicyFile.model_fields}
    fields["decision"] = decision_of(read.decision.by, read.decision.level, read.decision.costs)
    fields["score"] = read.score and ScoreScale(**read.score.model_dump())
    fields["matrix"] = read.matrix and RiskMatrix(**read.matrix.model_dump())
    return GradingPolicy(**fields)
