"""Records to ratings in parts: nobody is lost, nothing half-written, and a run goes on where it was."""

import errno
import fcntl
import json
import shutil

import numpy as np
import pandas as pd
import pytest
from tests.lib.batches import AS_OF, ROWS, Batch, contents

from creditrisk import load_policy, load_system, read_records
from creditrisk.batch import atomic
from creditrisk.batch.manifest import read_manifest
from creditrisk.cli import main
from creditrisk.errors import CreditRiskError, DateError, SchemaError, SourceError, SpecError
from creditrisk.grading.grade_summary import grade_summary
from creditrisk.grading.ratings import Ratings, read_ratings
from creditrisk.indicators.extractor import IndicatorExtractor
from creditrisk.models.file import load_model


class Killed(BaseException):
    """The process ends here."""


def parts_of(out):
    return [read_ratings(path).table for path in sorted((out / "ratings").glob("*.parquet"))]


@pytest.fixture(scope="module")
def present(batch):
    """Return the indicators of everybody, measured in one go."""
    system = load_system(batch.system, on=AS_OF)
    return IndicatorExtractor(system).transform(read_records(batch.registry).as_of(AS_OF))


def test_everybody_is_rated_once_as_in_one_go(batch, done, present):
    model, policy = load_model(batch.model), load_policy(batch.folder / "policy.toml")
    summary = model.summary(present, cuts=policy.cuts, interval=policy.interval)
    ratings = pd.concat(parts_of(done[0]))
    pd.testing.assert_frame_equal(ratings, grade_summary(policy, summary, present).table, check_exact=True)
    listed = present["abnormal_now"] == 1
    assert listed.any() and ratings.loc[listed, "direct"].all()
    assert set(ratings.loc[listed, "risk_class"]) == {"D"}


def test_the_manifest_says_what_there_is(batch, done, present):
    out = done[0]
    manifest = read_manifest(out)
    assert manifest.to_dict() == json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert [part.rows for part in manifest.parts] == [len(part) for part in parts_of(out)]
    assert manifest.entities == len(present) and sum(manifest.classes.values()) == len(present)
    assert manifest.job.model_seal == batch.model.read_bytes()[-64:].decode()
    assert [account.rejected for account in manifest.accounts] == [0, 0, 0]


def test_killed_at_every_write_it_ends_the_same(quick, expected, tmp_path, monkeypatch):
    sync, steps, left = atomic._sync, 0, 0

    def dies(path, mode):
        nonlocal left
        if not left:
            raise Killed  # first before the file has its name, in the next run after
        left -= 1
        sync(path, mode)

    monkeypatch.setattr(atomic, "_sync", dies)
    while steps < 100:
        try:
            quick.grade(tmp_path)
            break
        except Killed:
            steps += 1
            left = steps % 2
            (tmp_path / "ratings").mkdir(exist_ok=True)
            (tmp_path / "ratings" / ".part-00003.parquet.part").write_bytes(b"half")
    assert steps == 2 * (len(expected) + 3)  # every file, the note, the copy and the column
    assert contents(tmp_path) == expected


def test_a_part_that_is_damaged_is_made_again(quick, expected, tmp_path):
    with pytest.raises(Killed):
        quick.grade(tmp_path, progress=dying_at("writing the manifest"))
    (tmp_path / "ratings" / "part-00001.parquet").write_bytes(b"half")
    quick.grade(tmp_path)
    assert contents(tmp_path) == expected


def dying_at(stage):
    def tell(advance):
        if advance.stage == stage:
            raise Killed

    return tell


def test_the_time_left_is_told_once_something_was_rated(quick, tmp_path):
    told = []
    quick.grade(tmp_path, progress=told.append)
    graded = [one for one in told if one.stage == "grading"]
    assert [one.done for one in graded] == list(
        np.minimum(ROWS * np.arange(1, len(graded) + 1), graded[0].total)
    )
    assert all(one.seconds_left >= 0 for one in graded) and graded[-1].seconds_left == 0


def test_a_full_disk_is_one_sentence_and_the_run_goes_on_later(quick, expected, tmp_path, monkeypatch):
    write = Ratings.write

    def full(self, path):
        if path.name.startswith(".part-00002"):
            path.write_bytes(b"half")
            raise OSError(errno.ENOSPC, "No space left on device")
        write(self, path)

    monkeypatch.setattr(Ratings, "write", full)
    with pytest.raises(SourceError, match="No space left on device") as said:
        quick.grade(tmp_path)
    assert one_sentence(said)
    names = [path.name for path in (tmp_path / "ratings").iterdir()]
    assert sorted(names) == ["part-00000.parquet", "part-00001.parquet"]
    monkeypatch.setattr(Ratings, "write", write)
    quick.grade(tmp_path)
    assert contents(tmp_path) == expected


def one_sentence(said):
    text = str(said.value)
    return "\n" not in text and text.endswith((".", "?"))


def test_records_that_change_under_the_run_are_seen(quick, tmp_path):
    changing = Batch(tmp_path / "copy")
    shutil.copytree(quick.folder, changing.folder)

    def change(advance):
        if advance.stage == "grading":
            (changing.registry / "penalty.parquet").write_bytes(b"other")

    with pytest.raises(SourceError, match=r"'penalty\.parquet' has changed") as said:
        changing.grade(tmp_path / "out", progress=change)
    assert one_sentence(said) and not (tmp_path / "out" / "manifest.json").exists()
    with pytest.raises(SpecError, match=r"the records differ \(penalty\.parquet\)"):
        changing.grade(tmp_path / "out")


def test_a_touched_file_is_still_the_same(quick, expected, tmp_path):
    quick.grade(tmp_path, progress=lambda advance: (quick.registry / "penalty.parquet").touch())
    assert contents(tmp_path) == expected


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"as_of": "2024-02-01"}, "the as-of date was"),
        ({"rows": 7}, "the size of a part was"),
        ({"method": "draws"}, "the method was"),
        ({"policy": "other.toml"}, "the policy was"),
    ],
)
def test_a_folder_goes_on_only_with_what_it_began_with(quick, tmp_path, more, said):
    with pytest.raises(Killed):
        quick.grade(tmp_path / "out", progress=dying_at("reading records"))
    if "policy" in more:
        text = (quick.folder / "policy.toml").read_text(encoding="utf-8")
        more = {"policy": tmp_path / "other.toml"}
        more["policy"].write_text(text.replace('version = "', 'version = "new-', 1), encoding="utf-8")
    with pytest.raises(SpecError, match=said) as error:
        quick.grade(tmp_path / "out", **more)
    assert one_sentence(error)


def test_a_finished_run_is_left_alone(batch, done, expected):
    assert batch.grade(done[0]) == read_manifest(done[0])
    with pytest.raises(SpecError, match="the as-of date was"):
        batch.grade(done[0], as_of="2024-02-01")
    assert contents(done[0]) == expected


def test_one_process_at_a_time(quick, tmp_path):
    (tmp_path / ".work").mkdir()
    with (tmp_path / ".work" / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(SourceError, match="another one is at work"):
            quick.grade(tmp_path)


@pytest.mark.parametrize(
    ("more", "error", "said"),
    [
        ({"as_of": "soon"}, DateError, "an as-of date"),
        ({"method": "guess"}, SpecError, "A method is one of"),
        ({"rows": 0}, SpecError, "at least 1"),
        ({"system": "general"}, SchemaError, "does not have; name the system"),
        ({"policy": "none.toml"}, SourceError, "none.toml"),
    ],
)
def test_what_cannot_be_is_one_sentence(quick, tmp_path, more, error, said):
    with pytest.raises(error, match=said) as found:
        quick.grade(tmp_path / "out", **more)
    assert one_sentence(found) and not (tmp_path / "out").exists()


def test_other_places_are_refused(quick, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(SourceError, match="choose another"):
        quick.grade(tmp_path / "file")
    (tmp_path / "out" / "ratings").mkdir(parents=True)
    (tmp_path / "out" / "ratings" / "part-00000.parquet").write_bytes(b"somebody's")
    with pytest.raises(SourceError, match="a folder of its own"):
        quick.grade(tmp_path / "out")


def test_a_read_only_disk_is_one_sentence(quick, tmp_path, monkeypatch):
    def refuse(path, mode):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(atomic, "_sync", refuse)
    with pytest.raises(CreditRiskError, match="Read-only file system") as said:
        quick.grade(tmp_path)
    assert one_sentence(said) and contents(tmp_path) == {".work/lock": b""}


def test_the_command(quick, expected, tmp_path, capsys):
    command = ["grade", quick.model, quick.registry, "--as-of", AS_OF, "--out", tmp_path / "out"]
    command += ["--system", quick.system, "--rows", ROWS]
    with pytest.raises(SystemExit) as ended:
        main([*map(str, command)])
    said = capsys.readouterr()
    assert ended.value.code == 0 and "entities rated by by-shares" in said.out
    assert "grading" in said.err and contents(tmp_path / "out") == expected
    with pytest.raises(SystemExit):
        main([*map(str, command), "--json"])
    assert json.loads(capsys.readouterr().out) == read_manifest(tmp_path / "out").to_dict()
