"""A folder of policies: a file and a comparison for each version, a change log; nothing is overwritten."""

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from creditrisk.errors import SourceError
from creditrisk.grading.recalibrate import Recalibration

CHANGE_LOG = "CHANGES.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The files of a new version.

    Parameters
    ----------
    policy, comparison, change_log : Path
        Where they are.
    """

    policy: Path
    comparison: Path
    change_log: Path


def publish(
    recalibration: Recalibration,
    folder: str | Path,
    *,
    reason: str = "",
    day: dt.date | None = None,
    language: Literal["en", "zh"] = "en",
) -> Published:
    """Write a new version of a policy, its comparison with the one before, and a line of change log.

    Parameters
    ----------
    recalibration : Recalibration
        The new version.
    folder : str or Path
        Where policies are kept; made if it does not exist.
    reason : str, default ""
        Why, in a sentence.
    day : date, optional
        Of the change log; today if not given.
    language : {"en", "zh"}, default "en"
        Of the comparison.

    Returns
    -------
    Published
        The files.

    Raises
    ------
    SourceError
        If this version is already there, or the folder cannot be written to.
    """
    policy = recalibration.policy
    folder = Path(folder)
    stem = re.sub(r"[^\w.-]+", "-", f"{policy.name}-{policy.version}")
    paths = Published(
        policy=folder / f"{stem}.toml",
        comparison=folder / f"{stem}.md",
        change_log=folder / CHANGE_LOG,
    )
    page = recalibration.comparison.to_markdown(language=language)
    note = str(policy.calibrated.get(f"note_{language}", ""))
    _refuse_twice(paths)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_new(paths.policy, policy.to_toml())
        _write_new(paths.comparison, f"{page}\n{note}\n" if note else page)
        with paths.change_log.open("a", encoding="utf-8") as log:
            log.write(_line(recalibration, reason, day or dt.date.today()))
    except OSError as error:
        raise SourceError(
            f"Policies are kept in a folder; {str(folder)!r} cannot be written to ({error.strerror}): choose "
            "another."
        ) from None
    return paths


def _refuse_twice(paths: Published) -> None:
    for path in (paths.policy, paths.comparison):
        if path.exists():
            raise SourceError(
                f"A version of a policy is never overwritten; {path.name!r} is already in "
                f"{path.parent.name!r}: give the new one another version."
            )


def _write_new(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(text)


def _line(recalibration: Recalibration, reason: str, day: dt.date) -> str:
    policy, moved = recalibration.policy, len(recalibration.comparison.moved)
    entities = len(recalibration.comparison.classes)
    parts = [
        f"- {day.isoformat()}: {policy.name} {policy.version} replaces {policy.parent}",
        f"by {policy.calibrated.get('method', 'hand')}",
        f"{moved:,} of {entities:,} entities change class",
    ]
    parts += [f"from {policy.in_force_from}"] if policy.in_force_from else []
    parts += [f"author {policy.author}"] if policy.author else []
    said = " ".join(reason.split())
    return f"{'; '.join(parts)}.{f' {said}' if said else ''}\n"
