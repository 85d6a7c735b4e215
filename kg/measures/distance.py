"""Distances on the globe."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth, (2a + b) / 3 of the ellipsoid of WGS 84."""


def great_circle_km(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Length of the great circle between two points, by the haversine formula.

    `d = 2 R asin sqrt(sin^2((b1 - b2) / 2) + cos b1 cos b2 sin^2((l1 - l2) / 2))` with latitudes b, longitudes l and R
    the mean radius of the Earth. On the ellipsoid the length differs by at most about 0.5 per cent.

    Args:
        first: latitude and longitude in degrees, north and east positive.
        second: the other point, in the same way.

    Returns: kilometres, 0 to half the circumference, about 20,015.

    Reference: R. W. Sinnott, Virtues of the haversine, Sky and Telescope 68(2), 159 (1984); the mean radius after
    H. Moritz, Geodetic Reference System 1980, Journal of Geodesy 74, 128-133 (2000), doi:10.1007/s001900050278.

    >>> round(great_circle_km((0.0, 0.0), (0.0, 90.0)), 1)
    10007.6
    >>> great_circle_km((34.0, 108.0), (34.0, 108.0))
    0.0
    """
    (north, east), (other_north, other_east) = first, second
    half = sin(radians(north - other_north) / 2) ** 2
    half += cos(radians(north)) * cos(radians(other_north)) * sin(radians(east - other_east) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))
