"""Pictures of ratings: what is drawn is what the tables say."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from tests.unit.grading.drawn import NOTCH, SHARES, VETO, draw_world

from creditrisk.errors import SpecError
from creditrisk.grading.policy import GradingPolicy
from creditrisk.report.plots import plot_classes, plot_migration, plot_plane

SVG = "{http://www.w3.org/2000/svg}"
COUNTS = pd.DataFrame(
    [[50, 5, 0, 1], [4, 20, 3, 0], [0, 2, 8, 2], [0, 0, 1, 4]], index=list("ABCD"), columns=list("ABCD")
)


@pytest.fixture(scope="module")
def graded():
    posterior, X = draw_world(400, draws=20)
    policy = GradingPolicy.calibrate_on(posterior, X, shares=SHARES, rules=(VETO, NOTCH), version="1")
    return policy, policy.grade(posterior, X)


def bands(picture):
    """Return the bands by what they say: width at the left and at the right."""
    found = {}
    for path in ET.fromstring(picture.svg).iter(f"{SVG}path"):
        numbers = [float(one) for one in re.findall(r"-?\d+\.?\d*", path.get("d"))]
        found[path.find(f"{SVG}title").text] = (numbers[-1] - numbers[1], numbers[8] - numbers[7])
    return found


def test_every_flow_is_a_band_as_wide_as_its_number():
    found = bands(plot_migration(COUNTS))
    flows = {f"{a} → {b}: {COUNTS.loc[a, b]}": COUNTS.loc[a, b] for a in "ABCD" for b in "ABCD"}
    flows = {said: number for said, number in flows.items() if number}
    assert set(found) == set(flows)
    wide = np.array([found[said] for said in flows]) / np.array(list(flows.values()))[:, None]
    assert wide == pytest.approx(wide.mean(), abs=0.1)


def test_bands_leave_their_bar_side_by_side():
    root = ET.fromstring(plot_migration(COUNTS).svg)
    bars = list(root.iter(f"{SVG}rect"))
    heights = [float(bar.get("height")) for bar in bars[:4]]
    found = bands(plot_migration(COUNTS))
    for letter, height in zip("ABCD", heights, strict=True):
        leaving = sum(left for said, (left, _) in found.items() if said.startswith(letter))
        assert leaving == pytest.approx(height, abs=0.5)


def test_the_picture_speaks_both_languages_and_counts_who_moved():
    assert "Of 100 entities 18 change class." in plot_migration(COUNTS).svg
    assert "100 户主体中 18 户类别变化。" in plot_migration(COUNTS, language="zh").svg


def test_the_bars_show_the_shares(graded):
    _, ratings = graded
    svg = plot_classes(ratings, language="zh").svg
    for share in ratings.summary()["share"]:
        assert f"{100 * share:.1f} %" in svg
    assert "高" in svg


def test_the_plane_shows_everybody_and_the_cuts(graded):
    policy, ratings = graded
    root = ET.fromstring(plot_plane(ratings, policy, months=6).svg)
    assert len(list(root.iter(f"{SVG}use"))) == len(ratings)
    assert len([path for path in root.iter(f"{SVG}path") if path.get("class") == "cut"]) == 3
    assert "within 6 months" in plot_plane(ratings, policy, months=6).svg


def test_nothing_but_four_classes_migrates():
    with pytest.raises(SpecError, match="A migration is from A, B, C, D"):
        plot_migration(COUNTS.loc[["A", "B"]])


def test_nobody_is_a_picture_too():
    assert bands(plot_migration(COUNTS * 0)) == {}
