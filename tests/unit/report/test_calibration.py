import dataclasses

import numpy as np
from tests.unit.report.contents import draw_content

from creditrisk.report.calibration import by_predicted, calibration
from creditrisk.report.language import load_texts


def test_true_probabilities_lie_within_nine_intervals_of_ten():
    rng = np.random.default_rng(11)
    inside = []
    for _ in range(200):
        p = rng.uniform(0.02, 0.6, 500)
        groups = by_predicted(p, (rng.random(500) < p).astype(float))
        inside.append(groups["predicted"].between(groups["lower"], groups["upper"]).mean())
    assert 0.87 < np.mean(inside) < 0.95


def test_doubled_probabilities_lie_outside():
    rng = np.random.default_rng(11)
    p = rng.uniform(0.02, 0.5, 5000)
    groups = by_predicted(2 * p, (rng.random(5000) < p).astype(float))
    assert groups["predicted"].between(groups["lower"], groups["upper"]).mean() < 0.3


def test_groups_hold_everybody_once_in_rising_order():
    groups = by_predicted(np.linspace(0, 1, 103), np.zeros(103))
    assert groups["entities"].sum() == 103
    assert groups["predicted"].is_monotonic_increasing


def test_a_handful_of_labels_makes_no_picture():
    content = draw_content(100)
    assert calibration(content, load_texts("en")) is None
    assert calibration(dataclasses.replace(content, trained_p=None), load_texts("en")) is None


def test_where_enough_were_drawn_at_random_only_they_are_shown():
    content = draw_content(3000)
    drawn = (content.outcomes["channel"] == "random").sum()
    assert drawn > 300
    assert f"The {drawn:,} cases inspected by random draw" in intro(content)


def test_where_few_were_drawn_at_random_all_are_shown_and_the_reader_is_warned():
    content = draw_content(3000)
    targeted = content.outcomes.assign(channel="targeted")
    assert "visits for other reasons may find more" in intro(dataclasses.replace(content, outcomes=targeted))
    unknown = content.outcomes.assign(channel=None)
    assert "cases with an outcome" in intro(dataclasses.replace(content, outcomes=unknown))


def intro(content):
    return calibration(content, load_texts("en"))["intro"]
