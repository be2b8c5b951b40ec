"""The law: planted address clusters are found and nothing else; a twin that ignores the area is found out."""

import pytest
from benchmarks.statistics.address_clusters import SETTINGS, detected, world

from creditrisk.supervision.monitoring.clusters import find_clusters


def test_planted_clusters_are_found_and_the_twin_is_quiet() -> None:
    figures = detected(10_000, SETTINGS["planted"], 3)
    assert figures["precision"] >= 0.95
    assert figures["recall"] >= 0.6
    assert detected(10_000, SETTINGS["twin without clusters"], 3)["alarms"] == 0


def test_without_a_bound_of_false_discoveries_the_twin_is_loud() -> None:
    frame, _ = world(10_000, SETTINGS["twin without clusters"], 1)
    places = find_clusters(frame)
    assert (places["p_value"] <= 0.01).sum() >= 3
    assert not places["alarm"].any()


@pytest.mark.slow
def test_the_bound_holds_over_many_worlds() -> None:
    figures = detected(20_000, SETTINGS["planted"], 20)
    assert figures["precision"] >= 0.95
    assert detected(20_000, SETTINGS["twin without clusters"], 20)["worlds with one"] <= 0.2
