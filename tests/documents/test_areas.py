"""The page on areas does what it says."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.documents.blocks import blocks
from tests.unit.supervision.rated import rated


def test_the_walk_ends_in_a_map(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rng, ratings = np.random.default_rng(3), rated(3000)
    ids = ratings.table.index
    region = pd.Series(rng.choice(["510104", "510105", "440103"], len(ids)), index=ids)
    chance = ratings.table["p_violation"].where(region != "440103", 0.8)
    names: dict[str, Any] = {
        "ratings": ratings,
        "region": region,
        "found": (rng.random(len(ids)) < chance).astype(float).where(rng.random(len(ids)) < 0.5),
        "longitude": pd.Series(rng.uniform(104, 104.3, len(ids)), index=ids),
        "latitude": pd.Series(rng.uniform(30, 30.3, len(ids)), index=ids),
    }
    square = [[104, 30], [105, 30], [105, 31]]
    feature = {"properties": {"adcode": "440103"}, "geometry": {"type": "Polygon", "coordinates": [square]}}
    Path("areas.geojson").write_text(json.dumps({"features": [feature]}), encoding="utf-8")
    for block in blocks(repository / "docs" / "how-to" / "areas.md", "python"):
        exec(block, names)
    assert names["spots"].index[names["spots"]["hot"]].tolist() == ["440103"]
    assert 'class="area s0 hot"' in Path("areas.svg").read_text(encoding="utf-8")
