"""Policy files: `GradingPolicy.to_toml` writes them, `load_policy` reads them, exactly."""

from pathlib import Path
from typing import Any

from pydantic import Field

from creditrisk.errors import SpecError
from creditrisk.grading.policy import SCHEMA_VERSION, GradingPolicy
from creditrisk.indicators.rule import Rule
from creditrisk.records.toml_file import FileSpec, parse, read_toml


class PolicyFile(FileSpec):
    """What a policy file holds; the fields are those of `GradingPolicy`."""

    name: str
    version: str
    basis: str = ""
    on: str = "expected_loss"
    cuts: tuple[float, float, float]
    currency: str = "CNY"
    interval: float = 0.9
    calibrated: dict[str, Any] = Field(default_factory=dict)
    rules: tuple[Rule, ...] = ()


def load_policy(path: str | Path) -> GradingPolicy:
    """Read a policy file.

    Parameters
    ----------
    path : str or Path
        A TOML file written by `GradingPolicy.to_toml`, or by hand in the same form.

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
    return GradingPolicy(**{field: getattr(read, field) for field in PolicyFile.model_fields})
