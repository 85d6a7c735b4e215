"""Great circles: by hand, and properties."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.measures.distance import EARTH_RADIUS_KM, great_circle_km

POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def test_one_degree_of_a_meridian_by_hand() -> None:
    """pi R / 180 = 111.195 km."""
    assert great_circle_km((10.0, 20.0), (11.0, 20.0)) == pytest.approx(111.195, abs=0.001)


def test_half_the_globe() -> None:
    assert great_circle_km((0.0, 0.0), (0.0, 180.0)) == pytest.approx(math.pi * EARTH_RADIUS_KM)
    assert great_circle_km((90.0, 0.0), (-90.0, 57.0)) == pytest.approx(math.pi * EARTH_RADIUS_KM)


@given(POINTS, POINTS)
def test_by_the_law_of_cosines(first: tuple[float, float], second: tuple[float, float]) -> None:
    """The other formula of the same length; it loses digits where points are near or opposite one another."""
    (b, m), (c, n) = (tuple(map(math.radians, point)) for point in (first, second))
    cosine = math.sin(b) * math.sin(c) + math.cos(b) * math.cos(c) * math.cos(m - n)
    expected = EARTH_RADIUS_KM * math.acos(max(-1.0, min(1.0, cosine)))
    assert great_circle_km(first, second) == pytest.approx(expected, abs=0.5)
    assert great_circle_km(first, second) == great_circle_km(second, first)
