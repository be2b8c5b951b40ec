"""Engines, priors and status: small frozen objects that refuse nonsense."""

import dataclasses

import pytest

from creditrisk.errors import SpecError
from creditrisk.models.inference.engines import Auto, Map, Nuts, Surrogate
from creditrisk.models.inference.status import FitState, FitStatus
from creditrisk.models.priors import Priors


@pytest.mark.parametrize("engine", [Auto(), Nuts(), Surrogate(), Map()])
def test_engines_are_frozen(engine):
    with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
        engine.draws = 5


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"draws": 0}, "draws must be a positive whole number; got 0"),
        ({"draws": 24}, "draws must be at least 25 to be judged; got 24"),
        ({"draws": 30, "chains": 2, "keep": 61}, "keep=61 draws cannot be kept of 60"),
        ({"sampler": "stan"}, "got 'stan'"),
        ({"on_failure": "ignore"}, "got 'ignore'"),
    ],
)
def test_engines_refuse_nonsense(wrong, sentence):
    with pytest.raises(SpecError, match=sentence):
        Surrogate(**wrong)


def test_priors_refuse_a_scale_of_zero():
    with pytest.raises(SpecError, match="got group=0"):
        Priors(group=0)


def test_only_failures_are_not_ok():
    failed = {state for state in FitState if not FitStatus(state=state).ok}
    assert failed == {FitState.NOT_CONVERGED, FitState.SURROGATE_REJECTED}


def test_every_state_has_a_sentence():
    sentences = {FitStatus(state=state, rows=9).sentence.split(" (")[0] for state in FitState}
    assert len(sentences) == len(FitState)
    assert "no rows" in FitStatus(state=FitState.EXACT).sentence
