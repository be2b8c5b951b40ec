"""Codes pool along their tree: what is unseen takes the effects above it."""

import duckdb
import numpy as np
import pandas as pd
import pytest
from tests.lib.nested import nested
from tests.lib.scored import jittered

from creditrisk.errors import SpecError
from creditrisk.grading.reasons import strongest
from creditrisk.model_commands import described
from creditrisk.models.design_matrix import build_design
from creditrisk.models.effects import CodeTree, Hinges, industries, regions
from creditrisk.models.effects.branch import BranchTerm
from creditrisk.models.effects.titles import term_title
from creditrisk.models.file import load_model
from creditrisk.models.inference.engines import Map, Surrogate
from creditrisk.models.loss import LossModel
from creditrisk.models.risk import RiskModel
from creditrisk.models.scorecard import load_scorecard
from creditrisk.models.violation import ViolationModel

CUTS = (300.0, 700.0, 1500.0)
STRANGE = ["310199", "319999", "999999", "3101", "n/a", None, "310101001"]


@pytest.fixture(scope="module")
def world():
    return nested(4000, 3, above=0.8, own=0.2)


@pytest.fixture(scope="module")
def risk(world):
    rng = np.random.default_rng(1)
    X = world.X.set_index(pd.Index([f"e{i}" for i in range(len(world.X))], name="entity_id"))
    loss = np.where(world.y == 1, np.exp(8 + rng.normal(size=len(X))), np.nan)
    outcomes = pd.DataFrame({"violation": world.y, "loss_cny": loss}, index=X.index)
    model = RiskModel(
        ViolationModel(groups=[regions()], interactions=0, inference=Map()),
        LossModel(groups=[regions(depths=(2, 4))], inference=Map()),
    )
    return jittered(model.fit(X, outcomes))


def strange():
    ids = pd.Index([f"e{i}" for i in range(len(STRANGE))], name="entity_id")
    return pd.DataFrame({"region": pd.Series(STRANGE, dtype=object), "penalty_n": 1.0}).set_index(ids)


def fit(world, group):
    model = ViolationModel(groups=[group], interactions=0, inference=Map())
    return model.fit(world.X, world.y)


def test_an_unseen_district_takes_the_effects_of_its_city_and_province(world):
    model, flat = fit(world, regions()), fit(world, "region")
    seen = world.X["region"].str[:2].unique()
    unseen = pd.DataFrame({"region": [f"{code}0199" for code in sorted(seen)], "penalty_n": 1.0})
    apart = model.predict_proba(unseen)[:, 1]
    known = world.X["region"].str.startswith(unseen["region"][int(np.argmax(apart))][:4])
    assert np.ptp(apart) > 0.05
    assert world.y[known].mean() > world.y.mean()
    assert np.ptp(flat.predict_proba(unseen)[:, 1]) == 0.0


@pytest.mark.slow
def test_each_depth_has_a_scale_of_its_own(world):
    engine = Surrogate(draws=100, tune=200, keep=100, on_failure="return")
    model = ViolationModel(groups=[regions()], interactions=0, inference=engine).fit(world.X, world.y)
    names = [term.name for term in model.posterior_.design.terms]
    assert names == ["penalty_n", "region:2", "region:4", "region:6"]
    tau = model.to_datatree()["posterior"]["tau"]
    assert list(tau.coords["group"].values) == names[1:]
    province, district = tau.mean(["chain", "draw"]).values[[0, 2]]
    assert province > district


def test_what_is_no_code_has_the_level_of_the_missing(world):
    codes = world.X["region"].where(np.arange(len(world.X)) % 7 > 0).to_numpy(dtype=object)
    term = BranchTerm.of_codes(regions(), 4, codes, np.ones(len(codes)))
    level = term.encode(np.array(STRANGE, dtype=object))
    assert [term.labels[k] for k in level] == [
        "3101", "unseen", "unseen", "3101", "missing", "missing", "3101"
    ]  # fmt: skip


def test_codes_kept_as_numbers_are_read(world):
    model = fit(world, regions())
    numbers = world.X.assign(region=world.X["region"].astype(float))
    np.testing.assert_array_equal(model.predict_proba(numbers), model.predict_proba(world.X))


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ([industries("region")], "none of its values is one"),
        ([regions(), "region"], "'region' twice"),
        ([regions("ward")], "groups names 'ward'"),
    ],
)
def test_what_is_no_tree_is_refused(world, groups, said):
    with pytest.raises(SpecError, match=said):
        ViolationModel(groups=groups, inference=Map()).fit(world.X, world.y)


@pytest.mark.parametrize("prefixes", [(), (4, 2), (2, 2), (0, 2), (2.0,), [2, 4]])
def test_depths_that_are_none_are_refused(prefixes):
    with pytest.raises(SpecError, match="rising whole numbers"):
        CodeTree(column="region", prefixes=prefixes)


def test_industries_begin_with_a_letter():
    X = pd.DataFrame({"industry": ["C1411", "C1412", "F5211", "F52", "1411"] * 10})
    design = build_design(X, groups=[industries()], directions={}, effect=Hinges(), weight=np.ones(50))
    assert [term.name for term in design.terms] == ["industry:1", "industry:3", "industry:4", "industry:5"]
    assert design.terms[0].categories == ("C", "F", "missing")
    assert design.terms[2].categories == ("C141", "F521", "missing")


def test_the_file_keeps_the_tree(risk, tmp_path):
    risk.save(tmp_path / "model.nc")
    again = load_model(tmp_path / "model.nc")
    assert again.violation_.groups == (regions(),)
    shown = described(again)["violation"]
    assert shown["groups"] == [term["name"] for term in shown["terms"] if term["kind"] == "branch"]
    X = strange()
    np.testing.assert_array_equal(again.posterior(X).p, risk.posterior(X).p)


@pytest.mark.parametrize("method", ["draws", "moments"])
def test_the_kernels_know_the_tree(risk, world, method):
    X = pd.concat([strange(), world.X[:200].set_index(world.X.index[:200].astype(str))])
    summary = risk.summary(X, cuts=CUTS, method=method)
    posterior = risk.posterior(X)
    tolerance = {"draws": 2e-5, "moments": 0.03}[method]
    np.testing.assert_allclose(summary.p.mean, posterior.p.mean(axis=0), rtol=tolerance)
    np.testing.assert_allclose(
        summary.expected_loss.mean, posterior.expected_loss.mean(axis=0), rtol=2 * tolerance
    )


def test_one_entity_is_graded_as_its_row(risk):
    X = strange()
    p = risk.posterior(X).p.mean(axis=0)
    for i, row in enumerate(X.to_dict("records")):
        assert risk.grade_one(row, cuts=CUTS).p == pytest.approx(p[i], rel=2e-5)


def test_the_scorecard_scores_and_prints_every_depth(risk, tmp_path):
    card, X = risk.violation_.scorecard(), strange()
    card.to_toml(tmp_path / "card.toml")
    np.testing.assert_array_equal(load_scorecard(tmp_path / "card.toml").score(X), card.score(X))
    assert "## region:4" in card.to_markdown()
    with duckdb.connect() as connection:
        connection.register("indicators", X.reset_index())
        found = connection.execute(card.to_sql()).df().set_index("entity_id")["points"]
    np.testing.assert_allclose(found.reindex(X.index), card.score(X), atol=1e-9)


def test_reasons_name_the_depth_in_both_languages(risk, world):
    X = world.X.copy()
    X.attrs["creditrisk"] = {"titles": {"region": ("region", "地区")}}
    movers = strongest(risk.violation_.contributions(X[:50]), top=2)
    assert "region:2" in movers.terms
    assert term_title(X, "region:2", "zh") == "地区（前2位）"
    assert term_title(X, "region:2") == "region (first 2 characters)"
    assert term_title(X, "region:4 × penalty_n", "zh") == "地区（前4位） × penalty n"
