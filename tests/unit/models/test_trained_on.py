"""A model knows what it was trained on, and so does its file."""

import json
import re

import h5py
import pandas as pd
from tests.lib.scored import invented

from creditrisk import load_model
from creditrisk.models.file_checks import seal
from creditrisk.models.trained_on import TrainedOn

ABOUT = {"system": "general", "version": "2026.1", "as_of": "2024-01-01"}
WATCHED = {"definition": "violation", "months": 12, "known_by": "2025-01-01"}


def told(X, outcomes):
    X.attrs["creditrisk"], outcomes.attrs["creditrisk"] = ABOUT, WATCHED
    return TrainedOn.of(X, outcomes)


def test_tables_tell_system_dates_and_outcomes():
    found = told(pd.DataFrame(index=["a", "b"]), pd.DataFrame(index=["a", "b"]))
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found.fitted_on)
    assert found.sentence.startswith(
        "Trained on system general 2026.1, as of 2024-01-01, 2 rows, 12 months of violation, "
        "known before 2025-01-01, fitted on 20"
    )
    assert TrainedOn.from_dict(json.loads(json.dumps(found.to_dict()))) == found


def test_of_several_dates_the_first_and_the_last_are_told():
    days = pd.to_datetime(["2023-01-01", "2022-01-01", "2024-07-01"])
    index = pd.MultiIndex.from_arrays([days, ["a", "b", "a"]], names=["as_of", "entity_id"])
    assert told(pd.DataFrame(index=index), pd.DataFrame()).dates == ("2022-01-01", "2024-07-01")


def test_it_travels_in_the_file_and_older_files_say_nothing(tmp_path):
    model = invented(draws=20)
    model.trained_on_ = told(pd.DataFrame(index=["a"]), pd.DataFrame())
    model.save(tmp_path / "model.nc")
    assert load_model(tmp_path / "model.nc").trained_on_ == model.trained_on_
    (tmp_path / "old.nc").write_bytes((tmp_path / "model.nc").read_bytes()[:-83])
    with h5py.File(tmp_path / "old.nc", "r+") as file:
        about = json.loads(file.attrs["model"])
        del about["trained_on"]
        file.attrs["model"] = json.dumps(about)
    seal(tmp_path / "old.nc")
    old = load_model(tmp_path / "old.nc").trained_on_
    assert old == TrainedOn() and old.sentence == "The file does not say what the model was trained on."
