"""Complexity outlook index and gain against the Growth Lab's program, a second program, and as a change."""

from __future__ import annotations

import numpy as np
import pytest
from econcomplex.outlook import complexity_outlook_index
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotDefined, UnknownName
from kg.measures import complexity_outlook, complexity_outlook_gain, product_complexity
from kg.measures.complexity.density import densities
from kg.measures.complexity.outlook import outlook_gains, outlooks
from kg.measures.complexity.proximity import product_space
from tests.measures.complexity.growth_lab import COG_OF_AUSTRIA, COI, MATRIX, STATA, table, table_of
from tests.measures.complexity.networks import FEW, connected, in_order, shuffled
from tests.measures.matrices import long

NESTED = {"a": "steel tools tea", "b": "tools tea", "c": "tea"}


def test_outlook_equals_ecomplexity_for_stata() -> None:
    """The Growth Lab's ecomplexity for Stata, ten countries: see `growth_lab`."""
    found = complexity_outlook(table(), binary=True, convention="ecomplexity")
    assert found["coi"].to_numpy() * STATA == pytest.approx(COI)


def test_gain_equals_ecomplexity_for_stata() -> None:
    """The Growth Lab's ecomplexity for Stata, products of Austria: see `growth_lab`; 0 there for what it has."""
    found = complexity_outlook_gain(table(), binary=True, convention="ecomplexity").query("region == 'aut'")
    expected = [gain for gain, has in zip(COG_OF_AUSTRIA, MATRIX[0], strict=True) if not has]
    assert found["cog"].to_numpy() * STATA == pytest.approx(expected)


def test_outlook_equals_econcomplex() -> None:
    """Second program: econcomplex 1.0.1, handed our PCI."""
    pci = product_complexity(table(), binary=True)["pci"].to_numpy()
    expected = complexity_outlook_index(MATRIX, pci, use_rca=False)
    assert complexity_outlook(table(), binary=True)["coi"].to_numpy() == pytest.approx(expected)


def test_outlook_by_hand() -> None:
    """PCI of steel, tools, tea: s, 0, -s with s = 1.5 ** 0.5; proximity steel-tools 1/2, steel-tea 1/3, tools-tea 2/3.

    b lacks steel, and has all that is near it: s. c has tea alone: (1/3) / (5/6) of what is near steel: 0.4 s.
    """
    found = complexity_outlook(table_of(NESTED), binary=True)["coi"]
    assert found.tolist() == pytest.approx([0, 1.5**0.5, 0.4 * 1.5**0.5])


@FEW
@given(st.integers(0, 200))
def test_gain_is_the_change_of_the_outlook(seed: int) -> None:
    """Atlas, diagonal out: the outlook with the industry less that without it, proximities and PCI being the same."""
    here = connected(seed)
    found = complexity_outlook_gain(long(here), binary=True).set_index(["region", "industry"])["cog"]
    pci = product_complexity(long(here), binary=True)["pci"].to_numpy()
    close = product_space(here)
    before = outlooks(here, densities(here, close), pci)
    for r, i in np.argwhere(here == 0)[:8]:
        after = here.copy()
        after[r, i] = 1
        change = outlooks(after, densities(after, close), pci)[r] - before[r]
        assert found[f"r{r}", f"i{i}"] == pytest.approx(change)


@given(st.integers(0, 100), st.floats(-3, 3))
def test_linear_in_complexity(seed: int, factor: float) -> None:
    here = connected(seed)
    close, worth = product_space(here), np.asarray(np.cos(np.arange(here.shape[1]) + seed), dtype=np.float64)
    scaled = factor * worth
    density = densities(here, close)
    assert outlooks(here, density, scaled) == pytest.approx(factor * outlooks(here, density, worth))
    expected = factor * outlook_gains(here, close, worth)
    assert outlook_gains(here, close, scaled) == pytest.approx(expected, nan_ok=True)


@FEW
@given(st.integers(0, 50))
def test_order_of_rows_does_not_matter(seed: int) -> None:
    here = connected(seed)
    for measure, column in ((complexity_outlook, "coi"), (complexity_outlook_gain, "cog")):
        expected = in_order(measure(long(here), binary=True))[column]
        assert shuffled(measure, here, seed, binary=True)[column].to_list() == pytest.approx(expected.to_list())


def test_region_with_everything_has_no_outlook_and_no_gain() -> None:
    assert complexity_outlook(table_of(NESTED), binary=True)["coi"][0] == 0
    assert "a" not in complexity_outlook_gain(table_of(NESTED), binary=True)["region"].tolist()


def test_industry_without_complexity_is_left_out_and_named() -> None:
    has = NESTED | {"x": "wine"}
    with pytest.warns(NotDefined, match="no PCI of wine: left out of the sums"):
        found = complexity_outlook(table_of(has), binary=True)
    assert found["coi"].tolist()[:3] == pytest.approx(complexity_outlook(table_of(NESTED), binary=True)["coi"].tolist())
    assert found["coi"].tolist()[3] == 0
    with pytest.warns(NotDefined, match="no value for a and wine.*not connected"):
        complexity_outlook_gain(table_of(has), binary=True)


def test_no_complexity_at_all() -> None:
    with pytest.warns(NotDefined, match="do not differ"):
        assert complexity_outlook(table_of({"a": "tea", "b": "tea"}), binary=True)["coi"].isna().all()


def test_unknown_convention() -> None:
    with pytest.raises(UnknownName, match="Did you mean atlas"):
        complexity_outlook(table(), convention="atlass")  # type: ignore[arg-type]
