"""Boundaries of the user: what is kept of them, and what is refused with which word.

The rectangles are invented. Winding by hand: a ring that goes east first along its lower side is counter-clockwise.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import UseError
from kg.view.explorer.boundaries import LARGEST, read_boundaries

CREDIT = "Invented for a test, GS(0000)0000"
COUNTER = [[10.0, 20.0], [12.0, 20.0], [12.0, 21.0], [10.0, 21.0], [10.0, 20.0]]
HOLE = [[11.0, 20.4], [11.0, 20.6], [11.5, 20.6], [11.5, 20.4], [11.0, 20.4]]  # clockwise
SQUARE = {"type": "Polygon", "coordinates": [COUNTER]}


def feature(geometry: Any, **more: Any) -> dict[str, Any]:
    """A feature with a property that must not be kept."""
    return {"type": "Feature", "properties": {"name": "secret"}, "geometry": geometry, **more}


def collection(*features: Any, **more: Any) -> dict[str, Any]:
    """Features together."""
    return {"type": "FeatureCollection", "features": list(features), **more}


def write(folder: Path, data: Any) -> Path:
    """A file of JSON, or of the text as it is."""
    path = folder / "lines.geojson"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def test_outer_rings_turn_clockwise_and_holes_the_other_way(tmp_path: Path) -> None:
    polygon = {"type": "Polygon", "coordinates": [COUNTER, HOLE]}
    found = read_boundaries(write(tmp_path, collection(feature(polygon))), f"  {CREDIT}\n")
    assert found["credit"] == CREDIT
    assert found["geojson"]["geometries"] == [
        {"type": "MultiPolygon", "coordinates": [[COUNTER[::-1], HOLE[::-1]]]},
    ]


def test_a_ring_that_is_clockwise_already_stays(tmp_path: Path) -> None:
    found = read_boundaries(write(tmp_path, {"type": "Polygon", "coordinates": [COUNTER[::-1]]}), CREDIT)
    assert found["geojson"]["geometries"][0]["coordinates"] == [[COUNTER[::-1]]]


def test_only_geometry_is_kept_with_four_decimals(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[1.23456, 2, 99], [1.23457, 2.00001, 99], [3, 4, 99]]}
    data = collection(
        feature(line, id=7),
        feature(None),
        feature({"type": "GeometryCollection", "geometries": [{"type": "MultiPolygon", "coordinates": [[COUNTER]]}]}),
        crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
    )
    found = read_boundaries(write(tmp_path, data), CREDIT)
    assert found["geojson"] == {
        "type": "GeometryCollection",
        "geometries": [
            {"type": "MultiLineString", "coordinates": [[[1.2346, 2.0], [3.0, 4.0]]]},
            {"type": "MultiPolygon", "coordinates": [[COUNTER[::-1]]]},
        ],
    }
    assert "secret" not in json.dumps(found)


def test_what_is_too_small_to_be_seen_is_left_out(tmp_path: Path) -> None:
    speck = [[5, 5], [5.00001, 5], [5.00001, 5.00001], [5, 5]]
    polygons = {"type": "MultiPolygon", "coordinates": [[speck], [COUNTER]]}
    found = read_boundaries(write(tmp_path, polygons), CREDIT)
    assert found["geojson"]["geometries"][0]["coordinates"] == [[COUNTER[::-1]]]


@pytest.mark.parametrize("credit", [None, "", " \n "])
def test_boundaries_without_a_credit_are_refused(tmp_path: Path, credit: str | None) -> None:
    with pytest.raises(UseError, match=r"need a credit line.*--credit.*审图号"):
        read_boundaries(write(tmp_path, SQUARE), credit)


def ring(*positions: Any) -> dict[str, Any]:
    """A square, and a second feature whose ring is as given."""
    return collection(feature(SQUARE), feature({"type": "Polygon", "coordinates": [list(positions)]}))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ('{"type":\n "FeatureCollection",', r"lines\.geojson:2: is not JSON"),
        ("[1]", "is not GeoJSON"),
        ("NaN", "NaN is no number"),
        ("[" * 200_000, "is not GeoJSON"),
        ({"type": "Topology", "objects": {}}, "is TopoJSON. Convert"),
        ({"type": "FeatureCollection"}, "no list of features"),
        (collection(), "no area and no line"),
        (collection({"type": "Polygon"}), "feature 1: is no Feature"),
        (collection(feature(SQUARE), feature({"type": "Point", "coordinates": [1, 2]})), "feature 2: is a Point"),
        ({"type": ["Polygon"], "coordinates": []}, "areas and lines"),
        ({"type": "Polygon", "coordinates": 3}, "no list"),
        (ring([1, 2], [2, 2], [2, 3], [1, 3]), "feature 2: ring 1 is not closed"),
        (ring([1, 2], [2, 2], [1, 2]), "feature 2: ring 1 has fewer than 4 positions"),
        (ring([1, "2"], [2, 2], [2, 3], [1, 2]), r'feature 2: \[1, "2"\] is no position'),
        (ring([True, 2], [2, 2], [2, 3], [1, 2]), "feature 2: .* is no position"),
        (ring([34, 108], [35, 108], [35, 109], [34, 108]), r"feature 2: \[34, 108\] has its latitude first"),
        (ring([12040000, 4060000], [0, 0], [1, 0], [12040000, 4060000]), "feature 2: .* no degrees .* WGS 84"),
        (ring([1e400, 2], [2, 2], [2, 3], [1, 2]), "feature 2|Infinity"),
        (
            collection(feature(SQUARE), crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}),
            "EPSG::4490. Reproject",
        ),
        (collection(feature(SQUARE), crs="gcj02"), "an unnamed system. Reproject"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_one_line(tmp_path: Path, data: Any, told: str) -> None:
    path = write(tmp_path, data)
    with pytest.raises(UseError, match=told) as caught:
        read_boundaries(path, CREDIT)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UseError, match="cannot be read"):
        read_boundaries(tmp_path / "none.geojson", CREDIT)
    with pytest.raises(UseError, match="cannot be read"):
        read_boundaries(tmp_path, CREDIT)
    path = tmp_path / "large.geojson"
    path.write_bytes(b" " * (LARGEST + 1))
    with pytest.raises(UseError, match=r"5\.0 MB.*Simplify it.*ogr2ogr"):
        read_boundaries(path, CREDIT)
    path.write_bytes(b"\xff\xfe{")
    with pytest.raises(UseError, match="is not UTF-8"):
        read_boundaries(path, CREDIT)
    with pytest.raises(UseError, match="300 at most"):
        read_boundaries(write(tmp_path, SQUARE), "x" * 301)
