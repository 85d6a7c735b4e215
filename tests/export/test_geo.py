"""GeoJSON after RFC 7946, compared with the gazetteer and the graph."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]

from kg.api import Graph
from tests.hostile import hostile_graph
from tests.support import PREFIXES, ROOT

POINT = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"const": "Point"},
        "coordinates": {
            "prefixItems": [
                {"type": "number", "minimum": -180, "maximum": 180},
                {"type": "number", "minimum": -90, "maximum": 90},
            ],
            "minItems": 2,
            "maxItems": 3,
        },
    },
}
FEATURE = {
    "type": "object",
    "required": ["type", "geometry", "properties"],
    "properties": {
        "type": {"const": "Feature"},
        "id": {"type": ["string", "number"]},
        "geometry": POINT,
        "properties": {"type": ["object", "null"]},
    },
    "not": {"anyOf": [{"required": ["coordinates"]}, {"required": ["features"]}]},  # 7.1
}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["type", "features"],
    "properties": {"type": {"const": "FeatureCollection"}, "features": {"type": "array", "items": FEATURE}},
    "not": {"required": ["crs"]},  # 4
}


def read(path: Path) -> dict[str, Any]:
    """The features by IRI, after the file was checked."""
    collection = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(collection, SCHEMA)
    return {feature["id"]: feature for feature in collection["features"]}


def test_places_lie_where_the_gazetteer_has_them(graph: Graph, tmp_path: Path) -> None:
    written = graph.export("geojson", tmp_path / "a.geojson")
    features = read(tmp_path / "a.geojson")
    with (ROOT / "loaders/reference/places.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["latitude"]]
    points = {PREFIXES.mapping["place"] + row["key"]: [float(row["longitude"]), float(row["latitude"])] for row in rows}
    assert {iri: feature["geometry"]["coordinates"] for iri, feature in features.items()} == points
    assert written.counts == {"places": len(points)}
    assert written.notes == (
        f"{len(graph.ask('points-of-places')) - len(points)} places have no point and are left out",
    )


def test_a_place_has_its_names_figures_and_findings(graph: Graph, tmp_path: Path) -> None:
    graph.export("geojson", tmp_path / "a.geojson")
    iri = f"{PREFIXES.mapping['place']}yichang"
    known = read(tmp_path / "a.geojson")[iri]["properties"]
    assert (known["key"], known["label"], known["label_zh"]) == ("place:yichang", "Yichang", "宜昌市")
    assert "place:hubei" in known["within"]
    incubators = [figure for figure in known["figures"] if figure["measure"] == "Incubators at all levels"]
    assert [(figure["value"], figure["comparator"]) for figure in incubators] == [(54, "exact")]
    assert all(figure["citation"] == graph.citations([figure["passage"]])[figure["passage"]] for figure in incubators)
    assert len(known["figures"]) == len(graph.ask("figures-of-places", place="yichang"))
    about = [row for row in graph.findings() if iri in str(row["about"]).split()]
    assert sum(known["findings"].values()) == len(about)


def test_hostile_places_are_written_and_those_off_the_globe_are_not(tmp_path: Path) -> None:
    graph = hostile_graph()
    graph.export("geojson", tmp_path / "a.geojson")
    place = PREFIXES.mapping["place"]
    assert list(read(tmp_path / "a.geojson")) == [f"{place}宝鸡é"]
    store = graph.store.in_memory()
    store.update(
        f"INSERT DATA {{ GRAPH <urn:g> {{ <{place}p0> <{PREFIXES.mapping['iis']}latitude> 91.0 ; "
        f'<{PREFIXES.mapping["iis"]}longitude> 10.0 . <{place}p1> <{PREFIXES.mapping["iis"]}latitude> "north" ; '
        f"<{PREFIXES.mapping['iis']}longitude> 10.0 }} }}"
    )
    Graph(store, graph.project).export("geojson", tmp_path / "a.geojson")
    assert list(read(tmp_path / "a.geojson")) == [f"{place}宝鸡é"]
