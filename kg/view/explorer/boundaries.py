"""Boundaries that a user gives for the map, with the credit line that goes with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.errors import UseError


def read_boundaries(path: Path, credit: str) -> dict[str, Any]:
    """The file and its credit line, as the page holds them.

    Raises:
        UseError: it cannot be read, or is not GeoJSON.
    """
    try:
        return {"credit": credit, "geojson": json.loads(path.read_text(encoding="utf-8"))}
    except (OSError, ValueError) as error:
        raise UseError(f"{path}: cannot be read as GeoJSON ({error}). Give another file") from None
