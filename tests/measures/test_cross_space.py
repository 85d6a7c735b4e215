"""Cross-space relatedness against a calculation by hand."""

from __future__ import annotations

import math

import pytest

from kg.measures.cross_space import cross_density, cross_proximity

FIELDS = [[1, 0, 0], [1, 1, 0], [0, 1, 0], [1, 0, 0]]
"""Four places by three fields; the third is taught nowhere."""
INDUSTRIES = [[1, 0], [1, 1], [0, 1], [0, 0]]


def test_proximity_by_hand() -> None:
    """Field 1 is in three places, industry 1 in two, both in two: min(2/2, 2/3); field 2 and industry 2 go together."""
    proximity = cross_proximity(FIELDS, INDUSTRIES)
    assert proximity[0].tolist() == pytest.approx([2 / 3, 1 / 3])
    assert proximity[1].tolist() == pytest.approx([1 / 2, 1.0])
    assert all(math.isnan(value) for value in proximity[2])


def test_density_by_hand() -> None:
    """Place 1 has field 1 alone: (2/3) / (2/3 + 1/2) for industry 1, (1/3) / (1/3 + 1) for industry 2."""
    density = cross_density(FIELDS, cross_proximity(FIELDS, INDUSTRIES))
    assert density[0].tolist() == pytest.approx([4 / 7, 1 / 4])
    assert density[1].tolist() == pytest.approx([1.0, 1.0])


def test_an_industry_found_nowhere_has_no_proximity_and_no_density() -> None:
    proximity = cross_proximity([[1], [0]], [[0], [0]])
    assert math.isnan(proximity[0, 0])
    assert all(math.isnan(value) for value in cross_density([[1], [0]], proximity)[:, 0])


def test_no_activities_give_an_empty_matrix() -> None:
    assert cross_proximity([[], []], [[1], [0]]).shape == (0, 1)


def test_other_places_are_refused() -> None:
    with pytest.raises(ValueError, match="1 places of the first kind, 2 of the second"):
        cross_proximity([[1]], [[1], [0]])
