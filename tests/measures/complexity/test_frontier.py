"""The frontier joins three measures, and says where one of them is missing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotDefined
from kg.measures import diversification_frontier, product_complexity, relatedness_density
from tests.measures.complexity.growth_lab import DENSITY_OF_AUSTRIA, MATRIX, table, table_of
from tests.measures.complexity.networks import FEW, connected, in_order, shuffled
from tests.measures.matrices import long


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


@FEW
@given(st.integers(0, 50))
def test_density_is_a_share_and_order_does_not_matter(seed: int) -> None:
    here = connected(seed)
    found = in_order(diversification_frontier(long(here), binary=True))
    assert found["relatedness_density"].between(0, 1 + 1e-12).all()
    assert sorted(found["present"]) == sorted(here.ravel())
    again = shuffled(diversification_frontier, here, seed, binary=True)
    columns = ["relatedness_density", "pci", "present"]
    assert again[columns].to_numpy() == pytest.approx(found[columns].to_numpy(), abs=1e-9)
    assert np.std(found.drop_duplicates("industry")["pci"]) == pytest.approx(1)


def test_what_is_missing_is_named() -> None:
    has = {"a": "steel tools tea", "b": "tools tea", "c": "tea", "x": "wine"}
    with pytest.warns(NotDefined, match="a and wine.*not connected.*; the industry is near no other"):
        found = diversification_frontier(table_of(has), binary=True)
    assert found.loc[found["industry"] == "wine", ["relatedness_density", "pci"]].isna().all(axis=None)
    assert found.loc[found["industry"] != "wine", ["relatedness_density", "pci"]].notna().all(axis=None)
