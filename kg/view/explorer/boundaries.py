"""Boundaries that the user gives for the map: checked, bared of all but their geometry, never without a credit line.

None are shipped: a map of China that is published needs a review number for each picture, which data alone do not have.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from kg.errors import UseError, short

FILE_HELP = (
    "GeoJSON (WGS 84) whose areas and lines the map draws; only the geometry is kept, no properties. Needs --credit"
)
CREDIT_HELP = "whose the boundaries are, drawn in the picture; a published map of China needs a review number (审图号)"
LARGEST = 5_000_000
"""Bytes that a file may have."""
DECIMALS = 4
"""Of a degree; the fourth is 11 metres."""
_LONGEST_CREDIT = 300
_WGS84 = ("crs84", "4326")
_AREAS = {"Polygon": 1, "MultiPolygon": 2}
_LINES = {"LineString": 0, "MultiLineString": 1}

Position = list[float]


def read_boundaries(path: Path, credit: str | None) -> dict[str, Any]:
    """Read boundaries for the block `boundaries` of the page.

    Args:
        path: a FeatureCollection, Feature, GeometryCollection, Polygon, MultiPolygon, LineString or MultiLineString as
            RFC 7946 has it: longitude before latitude, degrees of WGS 84.
        credit: whose they are, with the review number where one is needed.

    Returns: `credit` and `geojson`, a GeometryCollection. Coordinates have four decimals; outer rings run clockwise and
        holes the other way, as d3-geo wants them and not as RFC 7946 does; rings too small to be seen are left out.

    Raises:
        UseError: there is no credit, or the file is missing, too large, or not such GeoJSON.
    """
    line = " ".join((credit or "").split())
    if not line:
        raise UseError(
            f"{path}: boundaries need a credit line. Add --credit TEXT that says whose they are; a published map of "
            "China needs a review number (审图号): put it there"
        )
    if len(line) > _LONGEST_CREDIT:
        raise UseError(f"the credit line has {len(line)} letters. Give one of {_LONGEST_CREDIT} at most")
    geometries = [made for geometry, where in _geometries(_read(path), str(path)) for made in _checked(geometry, where)]
    if not geometries:
        raise UseError(f"{path}: holds no area and no line. Give a file of Polygon, MultiPolygon or LineString")
    return {"credit": line, "geojson": {"type": "GeometryCollection", "geometries": geometries}}


def _read(path: Path) -> Any:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise UseError(
                f"{path}: has {size / 1e6:.1f} MB; {LARGEST / 1e6:.0f} MB at most are drawn. Simplify it, for example "
                "ogr2ogr -simplify 0.01 -lco COORDINATE_PRECISION=4 SMALL.geojson FILE, or mapshaper -simplify 10%"
            )
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UseError(f"{path}: cannot be read ({error.strerror}). Give a GeoJSON file") from None
    except UnicodeDecodeError:
        raise UseError(f"{path}: is not UTF-8. Save it as GeoJSON in UTF-8") from None
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise UseError(f"{path}:{error.lineno}: is not JSON ({error.msg}). Give a GeoJSON file") from None
    except (ValueError, RecursionError) as error:
        raise UseError(f"{path}: is not GeoJSON ({short(str(error))}). Give a GeoJSON file") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _geometries(data: Any, where: str) -> Iterator[tuple[Any, str]]:
    """The geometries of an object, each with the file and the number of its feature."""
    if not isinstance(data, dict) or "type" not in data:
        raise UseError(f"{where}: is not GeoJSON (no object with a type). Give a GeoJSON file")
    _check_crs(data, where)
    kind = data["type"]
    if kind == "Topology":
        raise UseError(f"{where}: is TopoJSON. Convert it to GeoJSON")
    if kind == "FeatureCollection":
        for number, feature in enumerate(_list(data, "features", where), 1):
            place = f"{where}: feature {number}"
            if not isinstance(feature, dict) or feature.get("type") != "Feature":
                raise UseError(f"{place}: is no Feature. Mend it or take it out")
            yield from _geometries(feature, place)
    elif kind == "Feature":
        if data.get("geometry") is not None:
            yield from _geometries(data["geometry"], where)
    elif kind == "GeometryCollection":
        for geometry in _list(data, "geometries", where):
            yield from _geometries(geometry, where)
    else:
        yield data, where


def _list(data: dict[str, Any], key: str, where: str) -> list[Any]:
    found = data.get(key)
    if not isinstance(found, list):
        raise UseError(f"{where}: is not GeoJSON (no list of {key}). Give a GeoJSON file")
    return found


def _check_crs(data: dict[str, Any], where: str) -> None:
    """Old GeoJSON can name another system of coordinates."""
    crs = data.get("crs")
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if not name.casefold().endswith(_WGS84):
        raise UseError(
            f"{where}: its coordinates are of {short(name) or 'an unnamed system'}. Reproject it to WGS 84, for "
            "example ogr2ogr -t_srs EPSG:4326 NEW.geojson FILE"
        )


def _checked(geometry: dict[str, Any], where: str) -> list[dict[str, Any]]:
    kind = geometry["type"]
    depth = _AREAS.get(kind, _LINES.get(kind)) if isinstance(kind, str) else None
    if depth is None:
        raise UseError(f"{where}: is a {short(str(kind))}. Boundaries are areas and lines: take it out")
    coordinates = geometry.get("coordinates")
    if kind in _LINES:
        lines = [_positions(part, where, 2, "line") for part in _parts(coordinates, depth, where)]
        kept = [line for line in map(_rounded, lines) if len(line) > 1]
        return [{"type": "MultiLineString", "coordinates": kept}] if kept else []
    polygons = [_rings(part, where) for part in _parts(coordinates, depth - 1, where)]
    kept_polygons = [rings for rings in polygons if rings]
    return [{"type": "MultiPolygon", "coordinates": kept_polygons}] if kept_polygons else []


def _parts(coordinates: Any, depth: int, where: str) -> list[Any]:
    """The lines or polygons of a geometry: itself where it is of one only."""
    parts = coordinates if depth else [coordinates]
    if not isinstance(parts, list) or not all(isinstance(part, list) for part in parts):
        raise UseError(f"{where}: its coordinates are no list. Mend it or take it out")
    return parts


def _rings(polygon: list[Any], where: str) -> list[list[Position]]:
    """The rings of a polygon, the outer one clockwise; none where the outer one is too small to be seen."""
    found = []
    for number, ring in enumerate(polygon, 1):
        positions = _positions(ring, where, 4, f"ring {number}")
        if positions[0] != positions[-1]:
            raise UseError(f"{where}: ring {number} is not closed. Its last position must be its first")
        rounded = _rounded(positions)
        area = _area(rounded)
        if len(rounded) < 4 or area == 0:
            if number == 1:
                return []
            continue
        clockwise = area < 0
        found.append(rounded if clockwise == (number == 1) else rounded[::-1])
    return found


def _positions(line: Any, where: str, least: int, what: str) -> list[Position]:
    if not isinstance(line, list) or len(line) < least:
        raise UseError(f"{where}: {what} has fewer than {least} positions. Mend it or take it out")
    return [_position(position, where) for position in line]


def _position(position: Any, where: str) -> Position:
    numbers = position[:2] if isinstance(position, list) else []
    if len(numbers) < 2 or not all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers):
        raise UseError(f"{where}: {short(json.dumps(position))} is no position. Write [longitude, latitude]")
    longitude, latitude = numbers
    if abs(longitude) <= 180 and abs(latitude) <= 90:
        return [float(longitude), float(latitude)]
    told = short(json.dumps(numbers))
    if abs(longitude) <= 90 and abs(latitude) <= 180:
        raise UseError(f"{where}: {told} has its latitude first. Write [longitude, latitude]")
    raise UseError(
        f"{where}: {told} are no degrees of longitude and latitude. Reproject the file to WGS 84, for example "
        "ogr2ogr -t_srs EPSG:4326 NEW.geojson FILE"
    )


def _rounded(positions: Sequence[Position]) -> list[Position]:
    """Positions with four decimals, none twice in a row.

    >>> _rounded([[105.00001, 30.0], [105.0, 30.0], [106.12349, 31.0]])
    [[105.0, 30.0], [106.1235, 31.0]]
    """
    found: list[Position] = []
    for longitude, latitude in positions:
        # Minus nought is nought, so that the same place is written alike.
        position = [round(longitude, DECIMALS) + 0.0, round(latitude, DECIMALS) + 0.0]
        if not found or position != found[-1]:
            found.append(position)
    return found


def _area(ring: Sequence[Position]) -> float:
    """Twice the area of a ring in the plane, above 0 where it runs counter-clockwise.

    >>> _area([[0, 0], [1, 0], [1, 1], [0, 0]])
    1
    """
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))
