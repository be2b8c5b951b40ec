import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditrisk.report.svg.bars import bars
from creditrisk.report.svg.canvas import HEIGHT, WIDTH, Canvas, Linear, Log
from creditrisk.report.svg.plane import plane

SVG = "{http://www.w3.org/2000/svg}"
TEXTS = {"alt": "a < b", "x_label": "p", "y_label": "loss"}


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_a_linear_axis_has_a_few_ticks_all_within(low, width):
    axis = Linear(low, low + width)
    values = [value for value, _ in axis.ticks()]
    assert 2 <= len(values) <= 8
    assert all(-1e-6 <= axis.place(value) <= 1 + 1e-6 for value in values)


@given(st.floats(1e-6, 1e6), st.floats(1.5, 1e8))
def test_a_log_axis_keeps_its_ticks_within(low, factor):
    axis = Log(low, low * factor)
    assert all(-1e-9 <= axis.place(value) <= 1 + 1e-9 for value, _ in axis.ticks())


def test_larger_values_lie_higher_and_further_right():
    canvas = Canvas(Log(0.01, 1), Linear(0, 10), "x")
    (x1, y1), (x2, y2) = canvas.at(0.1, 1), canvas.at(0.5, 9)
    assert x1 < x2
    assert y1 > y2


def entities(n=200):
    rng = np.random.default_rng(2)
    return pd.DataFrame(
        {
            "p": rng.uniform(0.01, 0.9, n),
            "loss": rng.lognormal(9, 1, n),
            "risk_class": rng.choice(list("ABCD"), n),
        }
    )


def test_every_entity_is_a_mark_within_the_picture():
    root = ET.fromstring(plane(entities(), (100.0, 1000.0), **TEXTS))
    marks = root.findall(f"{SVG}use")
    assert len(marks) == 200
    assert all(0 <= float(m.get("x")) <= WIDTH and 0 <= float(m.get("y")) <= HEIGHT for m in marks)


def test_a_cut_separates_the_expected_losses():
    """Points just below and above a cut lie on the two sides of its line, wherever on the line."""
    shown = entities()
    cut = float((shown["p"] * shown["loss"]).median())
    root = ET.fromstring(plane(shown, (cut,), **TEXTS))
    line = next(path for path in root.findall(f"{SVG}path") if path.get("class") == "cut")
    points = np.array(line.get("d")[1:].split(), dtype=float).reshape(-1, 2)
    marks = np.array([(float(m.get("x")), float(m.get("y"))) for m in root.findall(f"{SVG}use")])
    order = [shown.index[shown["risk_class"] == letter] for letter in "ABCD"]
    loss = (shown["p"] * shown["loss"]).loc[np.concatenate(order)].to_numpy()
    on_line = np.interp(marks[:, 0], points[:, 0], points[:, 1])
    inside = (
        (marks[:, 0] > points[0, 0]) & (marks[:, 0] < points[-1, 0]) & (np.abs(marks[:, 1] - on_line) > 1)
    )
    above = marks[:, 1] < on_line
    assert inside.sum() > 50
    assert (above[inside] == (loss[inside] > cut)).all()


@pytest.mark.parametrize("cut", [0.0, np.inf, 1e30])
def test_a_cut_outside_the_picture_is_left_out(cut):
    root = ET.fromstring(plane(entities(), (cut,), **TEXTS))
    assert not [path for path in root.findall(f"{SVG}path") if path.get("class") == "cut"]


def test_nothing_to_show_is_still_a_picture():
    root = ET.fromstring(plane(entities(0), (1.0,), **TEXTS))
    assert not root.findall(f"{SVG}circle")


def test_bars_are_as_long_as_their_values_and_long_labels_are_cut():
    root = ET.fromstring(bars(["a" * 90, "行政处罚" * 12], [1.0, 0.5], ["1", "½"], alt="x"))
    widths = [float(bar.get("width")) for bar in root.findall(f"{SVG}rect")]
    assert widths[0] == pytest.approx(2 * widths[1])
    labels = [text.text for text in root.findall(f"{SVG}text") if text.get("class") == "label"]
    assert all(label.endswith("…") for label in labels)
    assert len(labels[1]) < 21
