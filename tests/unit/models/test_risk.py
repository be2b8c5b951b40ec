"""Probability and loss together, and their file."""

import json

import h5py
import numpy as np
import pandas as pd
import pytest
from tests.lib.worlds import DIRECTIONS, world

from creditrisk.errors import ModelFileError, SchemaError, SourceError
from creditrisk.models.file import SCHEMA_VERSION, load_model
from creditrisk.models.file_checks import seal
from creditrisk.models.inference.engines import Map, Surrogate
from creditrisk.models.loss import LossModel
from creditrisk.models.risk import RiskModel
from creditrisk.models.violation import ViolationModel


@pytest.fixture(scope="module")
def made():
    return world(2500, 31)


@pytest.fixture(scope="module")
def outcomes(made):
    frame = pd.DataFrame({"violation": made.violation, "loss_cny": made.loss}, index=made.X.index)
    return frame.assign(channel=np.where(np.arange(len(frame)) % 2, "random", "targeted"))


@pytest.fixture(scope="module")
def fitted(made, outcomes):
    engine = Surrogate(draws=150, tune=200, keep=100, on_failure="return")
    groups = ["region", "sector"]
    violation = ViolationModel(groups=groups, directions=DIRECTIONS, inference=engine)
    return RiskModel(violation, LossModel(groups=groups, inference=engine)).fit(made.X, outcomes)


def test_expected_loss_is_p_times_the_loss_of_a_violation_draw_by_draw(made, fitted):
    risk = fitted.posterior(made.X[:20])
    product = fitted.violation_.posterior(made.X[:20]) * fitted.loss_.posterior(made.X[:20])
    np.testing.assert_array_equal(risk.expected_loss, product)
    assert risk.p.dtype == np.float32
    assert risk.p.shape == (100, 20)
    assert list(risk.entity_ids) == list(made.X.index[:20])


def test_intervals_hold_the_mean(made, fitted):
    risk = fitted.posterior(made.X[:50])
    for (lower, upper), mean in (
        (risk.interval_p(), risk.mean_p()),
        (risk.interval_expected_loss(0.5), risk.mean_expected_loss()),
    ):
        assert (lower < upper).all()
        assert ((mean > lower) & (mean < upper * 1.5)).all()


def test_outcomes_are_matched_by_entity_not_by_position(made, outcomes):
    def fit(frame):
        model = RiskModel(ViolationModel(inference=Map()), LossModel(inference=Map()))
        return model.fit(made.X, frame).violation_.posterior(made.X[:9])

    np.testing.assert_array_equal(fit(outcomes), fit(outcomes.sample(frac=1, random_state=0)))


def test_the_parts_given_stay_unfitted(made, outcomes):
    violation = ViolationModel(inference=Map())
    RiskModel(violation, LossModel(inference=Map())).fit(made.X, outcomes)
    assert not hasattr(violation, "posterior_")


def test_outcomes_without_what_is_needed_are_refused(made, outcomes):
    model = RiskModel(ViolationModel(inference=Map()), LossModel(inference=Map()))
    with pytest.raises(SchemaError, match="column 'violation'"):
        model.fit(made.X, outcomes.drop(columns="violation"))
    with pytest.raises(SchemaError, match=r"one loss column.*got none"):
        model.fit(made.X, outcomes.drop(columns="loss_cny"))
    with pytest.raises(SchemaError, match="share no entity"):
        model.fit(made.X, outcomes.set_axis([f"other{i}" for i in range(len(outcomes))]))
    with pytest.raises(SchemaError, match="one row an entity"):
        model.fit(made.X, pd.concat([outcomes, outcomes[:1]]))


def test_a_loaded_model_predicts_to_the_last_bit(made, fitted, tmp_path):
    fitted.save(tmp_path / "model.nc")
    loaded = load_model(tmp_path / "model.nc")
    before, after = fitted.posterior(made.X), loaded.posterior(made.X)
    np.testing.assert_array_equal(before.p, after.p)
    np.testing.assert_array_equal(before.expected_loss, after.expected_loss)
    pd.testing.assert_frame_equal(before.contributions, after.contributions)
    assert fitted.violation_.scorecard().to_toml() == loaded.violation_.scorecard().to_toml()
    assert loaded.status_ == fitted.status_
    assert loaded.currency_ == "CNY"


def test_a_file_of_schema_version_2_is_still_read(made, fitted, tmp_path):
    import xarray as xr

    fitted.save(tmp_path / "model.nc")
    with xr.open_datatree(tmp_path / "model.nc", engine="h5netcdf") as lazy:
        new = lazy.load()
    about = json.loads(new.attrs["model"])
    (part,) = about["loss"].pop("parts")
    about["loss"]["terms"] = part["terms"]["location"]
    loss = fitted.loss_
    location = new["loss/part_0/location"].to_dataset()
    shared = {"sigma": ("draw", loss.sigma_), "positive_share": ("draw", loss.positive_share_)}
    old = xr.DataTree.from_dict({"violation": new["violation"].to_dataset(), "loss": location.assign(shared)})
    old.attrs = {**new.attrs, "schema_version": 2, "model": json.dumps(about)}
    old.to_netcdf(tmp_path / "old.nc", engine="h5netcdf")
    before, after = fitted.posterior(made.X[:20]), load_model(tmp_path / "old.nc").posterior(made.X[:20])
    np.testing.assert_allclose(before.expected_loss, after.expected_loss, rtol=1e-5)


def test_a_saved_file_holds_no_entity(made, fitted, tmp_path):
    fitted.save(tmp_path / "model.nc")
    assert made.X.index[0].encode() not in (tmp_path / "model.nc").read_bytes()


def test_files_that_cannot_be_trusted_are_refused(fitted, tmp_path):
    path = tmp_path / "model.nc"
    fitted.save(path)
    whole = path.read_bytes()
    with pytest.raises(SourceError, match="must exist"):
        load_model(tmp_path / "none.nc")
    (tmp_path / "text.nc").write_text("not a model")
    with pytest.raises(ModelFileError, match="damaged or not one"):
        load_model(tmp_path / "text.nc")
    (tmp_path / "cut.nc").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelFileError):
        load_model(tmp_path / "cut.nc")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("schema_version", SCHEMA_VERSION + 1, "update creditrisk"),
        ("format", "something else", "not a model file"),
        ("model", json.dumps({"currency": "CNY"}), "incomplete"),
    ],
)
def test_attributes_are_checked(fitted, tmp_path, name, value, sentence):
    path = tmp_path / "model.nc"
    fitted.save(path)
    with h5py.File(path, "a") as file:
        file.attrs[name] = value
    seal(path)
    with pytest.raises(ModelFileError, match=sentence):
        load_model(path)
