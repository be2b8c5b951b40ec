"""What a run is of: everything on which its numbers depend. A run is resumed only with the same."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from creditrisk.errors import SpecError
from creditrisk.grading.policy import GradingPolicy
from creditrisk.indicators.system import IndicatorSystem

_SAID = {
    "creditrisk_version": "the version of creditrisk",
    "model_seal": "the model",
    "system": "the system",
    "system_version": "the version of the system",
    "system_sha256": "the content of the system",
    "policy": "the policy",
    "policy_sha256": "the content of the policy",
    "as_of": "the as-of date",
    "method": "the method",
    "rows_per_part": "the size of a part",
    "inputs": "the records",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is graded, by what.

    Parameters
    ----------
    creditrisk_version : str
        Of this library.
    model_seal : str
        SHA-256 of the model file, as its seal states it.
    system, system_version, system_sha256 : str
        Id, version and content of the indicators that are measured.
    policy, policy_sha256 : str
        Name with version, and content.
    as_of : str
        ISO date.
    method : str
        Of `RiskModel.summary`.
    rows_per_part : int
        Entities a part.
    inputs : mapping of str to str
        SHA-256 of every input file, by name.
    """

    creditrisk_version: str
    model_seal: str
    system: str
    system_version: str
    system_sha256: str
    policy: str
    policy_sha256: str
    as_of: str
    method: str
    rows_per_part: int
    inputs: Mapping[str, str]

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)

    def check_same(self, began: Mapping[str, Any], folder: Path) -> None:
        """Check that a folder holds a run of this job.

        Parameters
        ----------
        began : mapping
            The plain values of what began there.
        folder : Path
            The folder.

        Raises
        ------
        SpecError
            If something differs.
        """
        now = self.to_dict()
        for key, said in _SAID.items():
            if began.get(key) != now[key]:
                raise SpecError(
                    f"A folder holds one run, which goes on with what it began with; in {str(folder)!r} "
                    f"{_difference(said, began.get(key), now[key])}: write to another folder, or go back."
                )


def job_of(
    seal: str, system: IndicatorSystem, policy: GradingPolicy, inputs: Mapping[str, str], **asked: Any
) -> Job:
    """Return the job of a model, a system, a policy and files.

    Parameters
    ----------
    seal : str
        Of the model file.
    system : IndicatorSystem
        What is measured.
    policy : GradingPolicy
        Cuts and rules.
    inputs : mapping of str to str
        Digests of the input files.
    **asked : str and int
        `as_of`, `method` and `rows_per_part`.

    Returns
    -------
    Job
        With the digests of system and policy.
    """
    return Job(
        creditrisk_version=version("creditrisk"),
        model_seal=seal,
        system=system.id,
        system_version=system.version,
        system_sha256=_digest(repr(system)),
        policy=f"{policy.name} {policy.version}",
        policy_sha256=_digest(policy.to_toml()),
        inputs=inputs,
        **asked,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _difference(said: str, began: Any, now: Any) -> str:
    if isinstance(began, dict) and isinstance(now, dict):
        changed = sorted(name for name in {*began, *now} if began.get(name) != now.get(name))
        return f"{said} differ ({', '.join(changed)})"
    if isinstance(began, str) and len(began) == 64:
        return f"{said} is another"
    return f"{said} was {json.dumps(began, ensure_ascii=False)} and is {json.dumps(now, ensure_ascii=False)}"
