"""Relatedness density of the outputs of places, as a mapping: by hand, and where there is none."""

from __future__ import annotations

import pytest

from kg.analysis.next.relatedness import densities_of

ROWS = {"a": (1, 1, 0), "b": (1, 1, 0), "c": (0, 0, 2), "d": (0, 0, 2), "e": (0, 1, 1)}
OUTPUTS = {r: dict(zip(("steel", "tools", "cloth"), map(float, v), strict=True)) for r, v in ROWS.items()}


def test_density_as_by_hand() -> None:
    """Shares of 0.2, 0.3 and 0.5: a and b specialise in steel and tools, c and d in cloth, e in tools and cloth.

    Proximity steel-tools min(2/2, 2/3) = 2/3, tools-cloth min(1/3, 1/3) = 1/3, steel-cloth 0.
    """
    found = densities_of(OUTPUTS)
    assert found["a", "cloth"] == pytest.approx(1.0)  # tools 1/3 of 1/3
    assert found["c", "cloth"] == pytest.approx(0.0)
    assert found["a", "tools"] == pytest.approx(2 / 3)  # steel 2/3 of 2/3 + 1/3
    assert found["e", "tools"] == pytest.approx(1 / 3)


def test_industries_related_to_none_have_no_density() -> None:
    assert densities_of({"a": {"steel": 1.0}, "b": {"cloth": 1.0}}) == {}
    assert densities_of({}) == {}
    assert densities_of({"a": {}}) == {}


@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf")])
def test_values_that_are_none_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        densities_of({"a": {"steel": value}})


def test_scale_does_not_matter() -> None:
    scaled = {r: {i: 7 * v for i, v in row.items()} for r, row in OUTPUTS.items()}
    assert densities_of(scaled) == densities_of(OUTPUTS)
