"""Places with a point as GeoJSON (RFC 7946), each with its figures and how many findings speak of it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.analysis.facts import Facts, Record
from kg.export.formats import Exported, Options, Outcome
from kg.export.networks import chinese_labels

_FIGURE = ("value", "upper_value", "period", "comparator", "population", "status", "issue", "passage")
_LABELS = {"comparator": "comparator_label"}


def geojson(graph: Exported, path: Path, options: Options) -> Outcome:
    """Write the places that have a point; how many have none is a note."""
    options.tell("gathering places, figures and findings")
    known = _Known(graph)
    places = graph.facts.ask("points-of-places")
    drawn = [place for place in places if _position(place) is not None]
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write('{"type": "FeatureCollection", "features": [')
        for number, place in enumerate(drawn):
            out.write(("\n" if number == 0 else ",\n") + json.dumps(known.feature(place), ensure_ascii=False))
        out.write("\n]}\n")
    left = len(places) - len(drawn)
    notes = (f"{left:,} places have no point and are left out",) if left else ()
    return Outcome({"places": len(drawn)}, notes)


def _position(place: Record) -> list[float] | None:
    """Longitude and latitude in degrees, WGS 84; None where they are not known or not on the globe."""
    if place["longitude"] is None or place["latitude"] is None:
        return None
    try:
        east, north = float(place["longitude"]), float(place["latitude"])
    except ValueError:  # ill-typed
        return None
    return [east, north] if abs(east) <= 180 and abs(north) <= 90 else None


class _Known:
    """What is known of the places of a graph."""

    def __init__(self, graph: Exported) -> None:
        facts = self._facts = graph.facts
        cited = graph.citations()
        self._chinese = chinese_labels(facts)
        self._within: dict[str, set[str]] = defaultdict(set)
        for row in facts.ask("nesting"):
            if row["relation"] == "within" and row["basis"] != "derived":
                self._within[str(row["part"])].add(str(row["whole"]))
        self._figures: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in facts.ask("figures-of-places"):
            self._figures[str(row["place"])].append(_figure(row, facts, cited))
        self._findings: dict[str, Counter[str]] = defaultdict(Counter)
        for row in facts.ask("findings"):
            for thing in sorted(set(str(row["about"] or "").split())):
                self._findings[thing][str(row["kind_label"])] += 1

    def feature(self, place: Record) -> dict[str, Any]:
        """A place as a feature."""
        iri = str(place["place"])
        wholes = sorted(self._within.get(iri, ()))
        return {
            "type": "Feature",
            "id": iri,
            "geometry": {"type": "Point", "coordinates": _position(place)},
            "properties": {
                "key": self._facts.prefixes.shorten(iri),
                "label": str(place["place_label"]),
                "label_zh": self._chinese.get(iri),
                "kind": str(place["class"]),
                "within": [self._facts.prefixes.shorten(whole) for whole in wholes],
                "within_labels": [self._facts.label(whole) for whole in wholes],
                "figures": self._figures.get(iri, []),
                "findings": dict(sorted(self._findings.get(iri, Counter()).items())),
            },
        }


def _figure(row: Record, facts: Facts, cited: Mapping[str, str]) -> dict[str, Any]:
    """A figure of a place, and who says so; nothing stands for what is not said."""
    said = {"measure": row["measure_label"], "unit": row["unit_label"]}
    said["product"] = facts.label(str(row["product"])) if row["product"] is not None else None
    said |= {name: row[_LABELS.get(name, name)] for name in _FIGURE}
    if said["population"] is not None:
        said["population"] = facts.label(str(said["population"]))
    said["citation"] = cited.get(str(row["passage"]))
    return {name: _plain(value) for name, value in said.items() if value is not None}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, bool | int | float) else str(value)
