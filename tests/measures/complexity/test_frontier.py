"""The frontier joins three measures, and says where one of them is missing."""

from __future__ import annotations

import pytest

from kg.errors import NotDefined
from kg.measures import diversification_frontier, product_complexity, relatedness_density
from tests.measures.complexity.growth_lab import DENSITY_OF_AUSTRIA, MATRIX, table, table_of


def test_density_equals_ecomplexity_for_stata() -> None:
    """The Growth Lab's ecomplexity for Stata, all products of Austria: see `growth_lab`."""
    found = diversification_frontier(table(), binary=True).query("region == 'aut'")
    assert found["relatedness_density"].to_numpy() == pytest.approx(DENSITY_OF_AUSTRIA)
    assert found["present"].tolist() == MATRIX[0].tolist()


def test_joins_the_measures() -> None:
    found = diversification_frontier(table(), binary=True)
    assert found["relatedness_density"].equals(relatedness_density(table(), binary=True)["relatedness_density"])
    pci = product_complexity(table(), binary=True).set_index("industry")["pci"]
    assert found["pci"].tolist() == found["industry"].map(pci).tolist()


def test_what_is_missing_is_named() -> None:
    has = {"a": "steel tools tea", "b": "tools tea", "c": "tea", "x": "wine"}
    with pytest.warns(NotDefined, match="a and wine.*not connected.*; the industry is near no other"):
        found = diversification_frontier(table_of(has), binary=True)
    assert found.loc[found["industry"] == "wine", ["relatedness_density", "pci"]].isna().all(axis=None)
    assert found.loc[found["industry"] != "wine", ["relatedness_density", "pci"]].notna().all(axis=None)
