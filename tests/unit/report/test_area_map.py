"""Maps: outlines from GeoJSON, shades, hot spots, and bad outlines."""

import json
import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import pytest

from creditrisk.errors import SourceError, SpecError
from creditrisk.report.picture import Picture
from creditrisk.report.shapes import read_shapes, shapes_of
from creditrisk.report.svg.area_map import area_map

SVG = "{http://www.w3.org/2000/svg}"


def square(west, south):
    """Return the ring of a square of one degree."""
    return [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]


def feature(code, kind, coordinates):
    """Return one feature."""
    return {"properties": {"adcode": code}, "geometry": {"type": kind, "coordinates": coordinates}}


@pytest.fixture
def collection():
    """Return three areas: one with a hole, one of two islands, one plain."""
    hole = [[104.2, 30.2], [104.4, 30.2], [104.4, 30.4]]
    return {
        "type": "FeatureCollection",
        "features": [
            feature(510104, "Polygon", [square(104, 30), hole]),
            feature(510105, "MultiPolygon", [[square(105, 30)], [square(107, 31)]]),
            feature(510106, "Polygon", [square(104, 31)]),
        ],
    }


def paths(picture):
    """Return the areas of a map by what they say."""
    found = ET.fromstring(picture.svg).iter(f"{SVG}path")
    return {path.find(f"{SVG}title").text: path for path in found}


def test_areas_are_shaded_by_rate_and_hot_ones_outlined(collection, tmp_path):
    (tmp_path / "areas.json").write_text(json.dumps(collection), encoding="utf-8")
    shapes = read_shapes(tmp_path / "areas.json", code="adcode")
    rates = pd.Series({"510104": 0.1, "510105": 0.6})
    found = paths(area_map(rates, shapes, alt="rates < 1", hot=["510105"]))
    assert {said: path.get("class") for said, path in found.items()} == {
        "510104: 10.0 %": "area s0",
        "510105: 60.0 %": "area s4 hot",
        "510106: –": "area blank",
    }
    assert found["510104: 10.0 %"].get("d").count("M") == 2
    assert list(found)[-1] == "510105: 60.0 %"


def test_north_is_up_east_is_right_and_all_lies_within(collection):
    picture = area_map({}, shapes_of(collection, code="adcode"), alt="none")
    root = ET.fromstring(picture.svg)
    _, _, width, height = map(float, root.get("viewBox").split())
    corners = {}
    for said, path in paths(picture).items():
        text = path.get("d").replace("M", " ").replace("L", " ").replace("Z", " ")
        points = np.array(text.split(), dtype=float).reshape(-1, 2)
        assert (points >= 0).all()
        assert (points <= [width, height]).all()
        corners[said[:6]] = points.mean(axis=0)
    assert corners["510105"][0] > corners["510104"][0]
    assert corners["510106"][1] < corners["510104"][1]


def test_equal_rates_make_a_map_too(collection):
    found = paths(area_map({"510104": 0.2, "510105": 0.2}, shapes_of(collection, code="adcode"), alt="x"))
    assert found["510104: 20.0 %"].get("class") == "area s0"


def test_a_picture_is_a_file_and_a_page_in_a_notebook(collection, tmp_path):
    picture = area_map({}, shapes_of(collection, code="adcode"), alt="none")
    picture.write(tmp_path / "map.svg")
    assert (tmp_path / "map.svg").read_text(encoding="utf-8") == picture._repr_html_()
    assert "style" in picture.svg
    with pytest.raises(SpecError, match=r"written as .svg; got 'map.png'"):
        picture.write(tmp_path / "map.png")
    assert isinstance(picture, Picture)


def test_bad_outlines_are_one_sentence(collection, tmp_path):
    with pytest.raises(SourceError, match="cannot be read"):
        read_shapes(tmp_path / "none.json", code="adcode")
    with pytest.raises(SourceError, match="has no features"):
        shapes_of({"type": "Polygon"}, code="adcode")
    with pytest.raises(SourceError, match="has the property 'code'; one has"):
        shapes_of(collection, code="code")
    with pytest.raises(SourceError, match="got 'Point'"):
        shapes_of({"features": [feature(1, "Point", [104, 30])]}, code="adcode")
    with pytest.raises(SpecError, match="at least one area"):
        area_map({}, {}, alt="none")
    with pytest.raises(SpecError, match="one of 'a' is not"):
        area_map({}, {"a": (np.array([[1.0, 2.0], [3.0, np.nan], [1.0, 1.0]]),)}, alt="none")
