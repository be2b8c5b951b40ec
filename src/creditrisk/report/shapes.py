"""Outlines of areas from GeoJSON: polygons and groups of polygons, by the code of the area."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creditrisk.errors import SourceError, SpecError, shown

type Ring = NDArray[np.float64]
type Shapes = Mapping[str, tuple[Ring, ...]]


def read_shapes(path: str | Path, *, code: str) -> dict[str, tuple[Ring, ...]]:
    """Read the outlines of areas.

    Parameters
    ----------
    path : str or Path
        A GeoJSON file with a FeatureCollection of polygons, longitude before latitude.
    code : str
        The property that holds the code of an area, ``"adcode"`` for instance.

    Returns
    -------
    dict of str to tuple of ndarray, (points, 2)
        Rings by code, holes among them.

    Raises
    ------
    SourceError
        If the file cannot be read or is no such collection.
    """
    try:
        collection = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SourceError(
            f"Outlines are read from a GeoJSON file; {str(path)!r} cannot be read ({type(error).__name__}): "
            "check the path."
        ) from None
    return shapes_of(collection, code=code)


def shapes_of(collection: Any, *, code: str) -> dict[str, tuple[Ring, ...]]:
    """Return the outlines in a FeatureCollection that was parsed already.

    Parameters
    ----------
    collection : dict
        A FeatureCollection.
    code : str
        The property that holds the code of an area.

    Returns
    -------
    dict of str to tuple of ndarray, (points, 2)
        Rings by code.

    Raises
    ------
    SourceError
        If it is none, or an area has no code or another geometry than polygons.
    """
    try:
        features = list(collection["features"])
    except (TypeError, KeyError):
        raise SourceError(
            "Outlines are a GeoJSON FeatureCollection; this has no features: export it as one."
        ) from None
    return {_code(feature, code): _rings(feature) for feature in features}


def checked_shapes(shapes: Shapes) -> Shapes:
    """Return outlines that can be drawn.

    Parameters
    ----------
    shapes : mapping of str to sequence of ndarray
        Rings by code.

    Returns
    -------
    mapping of str to sequence of ndarray
        The same.

    Raises
    ------
    SpecError
        If there is none, or a ring is no list of three points or more.
    """
    if not shapes:
        raise SpecError("A map needs the outline of at least one area; got none: pass shapes.")
    for name, rings in shapes.items():
        for ring in rings:
            if ring.ndim != 2 or ring.shape[1] != 2 or len(ring) < 3 or not np.isfinite(ring).all():
                raise SpecError(
                    f"A ring is a list of three points or more, longitude and latitude; one of {name!r} is "
                    "not: correct the outline."
                )
    return shapes


def _code(feature: Any, code: str) -> str:
    found = (feature.get("properties") or {}).get(code)
    if found is None:
        known = sorted(feature.get("properties") or {})
        raise SourceError(
            f"Every area has the property {code!r}; one has {shown(known)}: name the right one."
        )
    return str(found)


def _rings(feature: Any) -> tuple[Ring, ...]:
    geometry = feature.get("geometry") or {}
    try:
        parts = {"Polygon": lambda found: [found], "MultiPolygon": list}[geometry["type"]](
            geometry["coordinates"]
        )
        rings = tuple(np.asarray(ring, dtype=np.float64)[:, :2] for part in parts for ring in part)
    except (KeyError, TypeError, ValueError, IndexError):
        raise SourceError(
            f"Areas are drawn from Polygons and MultiPolygons; got {shown(geometry.get('type'))}: leave the "
            "others out."
        ) from None
    return rings
