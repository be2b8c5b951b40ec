"""The main flow of a batch: records sorted by entity, then slice by slice measured, scored, graded, written.

::

    records ─ sorted copy ─ as_of(day) ─┬─ what compares entities: one column each
                                        └─ slice ─ indicators ─ summary ─ policy ─▶ part
    manifest, when every part is there
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from creditrisk.assessment import writable_folder
from creditrisk.batch.advance import Advance, Pace, Progress
from creditrisk.batch.atomic import told, write_whole
from creditrisk.batch.folder import RunFolder
from creditrisk.batch.grader import Grader, grader_of
from creditrisk.batch.job import Job, job_of
from creditrisk.batch.manifest import Manifest, Part
from creditrisk.errors import SchemaError, SourceError, SpecError, hint
from creditrisk.grading.file import load_policy
from creditrisk.grading.policy import GradingPolicy
from creditrisk.indicators.load import system_in_force
from creditrisk.indicators.sliced import Slices, column_of_population, of_population, slices_of
from creditrisk.indicators.system import IndicatorSystem
from creditrisk.models.file import load_model
from creditrisk.models.file_checks import seal_of
from creditrisk.models.risk import RiskModel
from creditrisk.models.scoring.summarise import needed_columns
from creditrisk.records.dates import DateLike, to_date
from creditrisk.records.input_files import InputFiles, input_files
from creditrisk.records.sorted_copy import close_sorted, open_sorted, write_sorted

if TYPE_CHECKING:
    from creditrisk.records.records import Records

ROWS = 500_000


def grade_records(
    model: str | Path,
    records: str | Path,
    *,
    as_of: DateLike,
    out: str | Path,
    policy: str | Path | None = None,
    system: IndicatorSystem | str | Path | tuple[str | Path, ...] = "general",
    mapping: str | Path | None = None,
    method: str = "moments",
    rows: int = ROWS,
    progress: Progress | None = None,
) -> Manifest:
    """Rate every entity of records of any size, in parts; a run that was killed goes on where it was.

    Parameters
    ----------
    model : str or Path
        A model file.
    records : str or Path
        A folder of Parquet and CSV files, or a ``.duckdb`` file.
    as_of : str, date or Timestamp
        The present: only what was known strictly before it is used.
    out : str or Path
        A folder; ``ratings/part-00000.parquet`` and so on, and last of all ``manifest.json``.
    policy : str or Path, optional
        A policy file; ``policy.toml`` beside the model if not given.
    system : IndicatorSystem, str, Path or tuple of names, default "general"
        What is measured, files as in force on `as_of`: of it, what the model and the policy's rules read.
    mapping : str or Path, optional
        A mapping file for records in a bureau's own tables.
    method : {"moments", "draws"}, default "moments"
        As in `RiskModel.summary`; a policy with a matrix counts every draw either way.
    rows : int, default 500000
        Entities a part; memory grows with it, numbers do not depend on it.
    progress : callable, optional
        Told an `Advance` whenever the run got further.

    Returns
    -------
    Manifest
        What was rated by what, and every part with its SHA-256.

    Raises
    ------
    CreditRiskError
        One sentence for whatever files, records, system or disk do not allow, and where the inputs have
        changed under the run or the folder holds a run of something else. No file is half-written.
    """
    tell = progress or _silent
    now, chosen, fitted = (
        to_date(as_of, "an as-of date"),
        load_policy(_beside(model, policy)),
        load_model(model),
    )
    grader = grader_of(chosen, fitted, method)
    _check_rows(rows)
    measured = _needed(system_in_force(system, now), fitted, chosen)
    inputs, folder = input_files(records, mapping), RunFolder(writable_folder(out))
    with told(folder.path), folder.alone():
        stamps, digests = inputs.stamps(), inputs.digests()
        asked = {"as_of": now.isoformat(), "method": method, "rows_per_part": rows}
        job = job_of(seal_of(Path(model)), measured, chosen, digests, **asked)
        if (manifest := folder.finished(job)) is not None:
            return manifest
        folder.begin(job)
        tell(Advance(stage="reading records"))
        held = _sorted(inputs, folder, stamps, job)
        try:
            slices = _sliced(held, measured, folder, job, tell)
            pace = Pace(tell, slices.entities)
            parts = [_part(slices, number, folder, grader, pace) for number in range(len(slices))]
        finally:
            close_sorted(held)
        tell(Advance(stage="writing the manifest", done=slices.entities, total=slices.entities))
        _check_unchanged(inputs, stamps, job)
        manifest = Manifest(job=job, parts=tuple(parts), accounts=held.account)
        folder.finish(manifest)
    return manifest


def _part(slices: Slices, number: int, folder: RunFolder, grader: Grader, pace: Pace) -> Part:
    begin, end = slices.bounds(number)
    done = folder.part(number, end - begin)
    if done is not None:
        pace.found(done.rows)
        return done
    part = folder.keep(number, grader(slices.measure(number)))
    pace.rated(part.rows)
    return part


def _sorted(inputs: InputFiles, folder: RunFolder, stamps: dict[str, tuple[int, int]], job: Job) -> "Records":
    def write(path: Path) -> None:
        write_sorted(inputs, path)
        _check_unchanged(inputs, stamps, job)

    if not folder.sorted_copy.exists():
        write_whole(folder.sorted_copy, write)
    return open_sorted(inputs, folder.sorted_copy)


def _sliced(
    records: "Records", system: IndicatorSystem, folder: RunFolder, job: Job, tell: Progress
) -> Slices:
    snapshot = records.as_of(job.as_of)
    tell(Advance(stage="comparing entities"))
    population = {}
    for one in of_population(system):
        name = one.name
        population[name] = folder.column(name, lambda: column_of_population(system, snapshot, name))  # noqa: B023
    return slices_of(system, snapshot, size=job.rows_per_part, population=population)


def _check_unchanged(inputs: InputFiles, stamps: dict[str, tuple[int, int]], job: Job) -> None:
    now = inputs.stamps()
    changed = sorted(name for name, stamp in now.items() if stamp != stamps[name])
    if changed and inputs.digests() != job.inputs:
        raise SourceError(
            f"Records stay as they are while they are graded; {changed[0]!r} has changed since the run "
            "began: grade what is there now into another folder."
        )


def _needed(system: IndicatorSystem, model: RiskModel, policy: GradingPolicy) -> IndicatorSystem:
    """Return what of a system the model and the rules of the policy read."""
    rules = [name for rule in policy.rules for name in (rule.indicator, rule.released_by) if name]
    wanted = {*needed_columns(model), *rules}
    known = [*system.names, *system.groups]
    for name in sorted(wanted):
        if name not in known:
            raise SchemaError(
                f"Model and policy read the column {name!r}, which system {system.id!r} does not have; name "
                f"the system that they were made with.{hint(name, known)}"
            )
    own = tuple(one for one in system.indicators if one.name in wanted)
    return replace(system, indicators=own, rules=())


def _beside(model: str | Path, policy: str | Path | None) -> Path:
    return Path(model).with_name("policy.toml") if policy is None else Path(policy)


def _check_rows(rows: int) -> None:
    if isinstance(rows, bool) or not isinstance(rows, int) or rows < 1:
        raise SpecError(f"A part has a whole number of rows, at least 1; got {rows!r}: use {ROWS}.")


def _silent(advance: Advance) -> None:
    """Say nothing."""
