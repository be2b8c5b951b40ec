"""Relations: of every kind, dated, some ended, none for some; related entities are alike in their risk."""

import numpy as np
import pandas as pd
import pytest

from creditrisk.records.synthetic import SyntheticRegistry

KINDS = {"invests_in", "legal_person", "director", "branch", "same_address", "same_phone", "same_agent"}


@pytest.fixture(scope="module")
def edges(small_registry: SyntheticRegistry) -> pd.DataFrame:
    return small_registry.tables["relation_edge"]


@pytest.fixture(scope="module")
def risk(small_registry: SyntheticRegistry) -> "pd.Series[float]":
    """Return the mean logit p of each entity, without the part of its sector and region."""
    truth = small_registry.truth.assign(logit=lambda t: np.log(t["p_violation"] / (1 - t["p_violation"])))
    mean = truth.groupby("entity_id")["logit"].mean()
    registered = small_registry.tables["registration"].set_index("entity_id").reindex(mean.index)
    groups = pd.get_dummies(pd.DataFrame({"s": registered["industry"].str[0], "r": registered["region"]}))
    columns = groups.to_numpy(float)
    of_groups = columns @ np.linalg.lstsq(columns, mean.to_numpy(), rcond=None)[0]
    return pd.Series(mean.to_numpy() - of_groups, index=mean.index)


def pairs(edges: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of entities that are related at once or through one person or agent."""
    ends = edges[["entity_id", "other_id"]]
    through = ends.merge(ends, on="other_id")[["entity_id_x", "entity_id_y"]]
    through.columns = ["entity_id", "other_id"]
    both = pd.concat([ends, through[through["entity_id"] < through["other_id"]]])
    return both[both["other_id"].str.len() == 18].drop_duplicates()


def likeness(both: pd.DataFrame, risk: "pd.Series[float]") -> float:
    one, other = both["entity_id"].map(risk), both["other_id"].map(risk)
    return float(one.corr(other))


def test_there_are_all_kinds_and_some_have_ended(edges: pd.DataFrame) -> None:
    ended = edges.groupby("relation")["ended_on"].agg(lambda days: days.notna().mean())
    assert set(ended.index) == KINDS
    assert ended.between(0.05, 0.8).all()


def test_some_entities_have_none_and_some_many(
    edges: pd.DataFrame, small_registry: SyntheticRegistry
) -> None:
    related = set(edges["entity_id"]) | set(edges["other_id"])
    entities = small_registry.tables["registration"]["entity_id"]
    assert 0.1 < (~entities.isin(related)).mean() < 0.6
    assert edges["other_id"].value_counts().max() > 20


def test_no_entity_is_related_to_itself(edges: pd.DataFrame) -> None:
    assert (edges["entity_id"] != edges["other_id"]).all()


def test_a_person_or_agent_with_an_edge_has_several_entities(edges: pd.DataFrame) -> None:
    shared = edges[edges["relation"].isin(["legal_person", "director"])]
    assert shared.groupby("other_id")["entity_id"].nunique().gt(1).mean() > 0.95


def test_holdings_end_when_the_shareholder_leaves(
    edges: pd.DataFrame, small_registry: SyntheticRegistry
) -> None:
    shareholder = small_registry.tables["shareholder"]
    left = shareholder.set_index(["investor_id", "entity_id"])["ended_on"]
    held = edges[edges["relation"].eq("invests_in")].set_index(["entity_id", "other_id"])["ended_on"]
    both = held.to_frame("edge").join(left.rename("share").rename_axis(held.index.names), how="inner")
    assert len(both) > 30
    assert (both["edge"] <= both["share"])[both["share"].notna()].all()


def test_related_entities_are_more_alike_than_chance(edges: pd.DataFrame, risk: "pd.Series[float]") -> None:
    both = pairs(edges).query("other_id in @risk.index and entity_id in @risk.index")
    assert len(both) > 1000
    assert likeness(both, risk) > 0.2
    strangers = both.assign(other_id=both["other_id"].sample(frac=1, random_state=3).to_numpy())
    assert abs(likeness(strangers, risk)) < 0.1
