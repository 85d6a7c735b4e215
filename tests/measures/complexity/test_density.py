"""Relatedness density and relative relatedness against the Growth Lab's program, a second program and by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from econcomplex.relatedness import relatedness_density as their_density
from econcomplex.relatedness import relative_relatedness as their_relative
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import MissingValues, NotDefined
from kg.measures import relatedness_density, relative_relatedness
from kg.measures.complexity.density import densities, relative_densities
from kg.measures.complexity.proximity import product_space
from tests.measures.complexity.growth_lab import DENSITY_OF_AUSTRIA, MATRIX, table, table_of
from tests.measures.complexity.networks import BINARY, FEW, POSITIVE, connected, in_order, shuffled
from tests.measures.matrices import long

OUTPUTS = pd.DataFrame(
    [
        (region, industry, float(value))
        for region, row in {"a": (1, 1, 0), "b": (1, 1, 0), "c": (0, 0, 2), "d": (0, 0, 2), "e": (0, 1, 1)}.items()
        for industry, value in zip(("steel", "tools", "cloth"), row, strict=True)
    ],
    columns=["region", "industry", "value"],
)


def test_equals_ecomplexity_for_stata() -> None:
    """The Growth Lab's ecomplexity for Stata, all products of Austria, diagonal out: see `growth_lab`."""
    found = relatedness_density(table(), binary=True).query("region == 'aut'")
    assert found["relatedness_density"].to_numpy() == pytest.approx(DENSITY_OF_AUSTRIA)


def test_equals_py_ecomplexity_with_the_diagonal_in() -> None:
    """Second program: py-ecomplexity 0.5.3 run on the same matrix (presence_test manual), first products of Austria."""
    found = relatedness_density(table(), binary=True, diagonal="in")["relatedness_density"]
    expected = [0.43023255813953487, 0.44222539229671905, 0.3374805598755832, 0.5268817204301075]
    assert found[:4].tolist() == pytest.approx(expected)


def test_equals_econcomplex() -> None:
    """Second program: econcomplex 1.0.1, which prints a hundred times the share."""
    found = densities(MATRIX, product_space(MATRIX))
    assert found * 100 == pytest.approx(their_density(MATRIX, use_rca=False))
    options = their_relative(MATRIX, use_rca=False)
    assert relative_densities(MATRIX, found) == pytest.approx(options, nan_ok=True)


def test_relative_relatedness_equals_econcomplex() -> None:
    """Second program: econcomplex 1.0.1, `relative_relatedness`, of all countries and the products that they lack."""
    found = relative_relatedness(table(), binary=True)["relative_relatedness"]
    expected = their_relative(MATRIX, use_rca=False)
    assert found.tolist() == pytest.approx(expected[MATRIX == 0].tolist())


def test_density_by_hand() -> None:
    """Shares of 0.2, 0.3 and 0.5: a and b specialise in steel and tools, c and d in cloth, e in tools and cloth.

    Proximity steel-tools min(2/2, 2/3) = 2/3, tools-cloth min(1/3, 1/3) = 1/3, steel-cloth 0.
    """
    found = relatedness_density(OUTPUTS).set_index(["region", "industry"])["relatedness_density"]
    assert found["a", "cloth"] == pytest.approx(1.0)  # tools 1/3 of 1/3
    assert found["c", "cloth"] == pytest.approx(0.0)
    assert found["a", "tools"] == pytest.approx(2 / 3)  # steel 2/3 of 2/3 + 1/3
    assert found["e", "tools"] == pytest.approx(1 / 3)


def test_diagonal_in_by_hand() -> None:
    """As above with 1 for the industry itself: steel and tools of a for tools, (2/3 + 1) of (2/3 + 1 + 1/3)."""
    found = relatedness_density(OUTPUTS, diagonal="in").set_index(["region", "industry"])["relatedness_density"]
    assert found["a", "tools"] == pytest.approx(5 / 6)
    assert found["c", "cloth"] == pytest.approx(3 / 4)


def test_relative_relatedness_by_hand() -> None:
    """Steel is in a, d and e, the other three in two regions each.

    Proximity steel-tools 1/3, steel-wine 1/3, tools-tea 1/2, tea-wine 1/2. Region e has steel alone: tools and wine
    (1/3) / (5/6) = 0.4, tea 0. Mean 0.8 / 3, standard deviation (ddof 0) sqrt(0.32 / 9): (0.4 - 0.8 / 3) over it is
    1 / sqrt 2, and for tea - sqrt 2.
    """
    has = {"a": "steel tools", "b": "tools tea", "c": "tea wine", "d": "steel wine", "e": "steel"}
    found = relative_relatedness(table_of(has), binary=True).query("region == 'e'")
    assert found["industry"].tolist() == ["tools", "tea", "wine"]
    assert found["relatedness_density"].tolist() == pytest.approx([0.4, 0, 0.4])
    assert found["relative_relatedness"].tolist() == pytest.approx([0.5**0.5, -(2**0.5), 0.5**0.5])


@given(BINARY, st.sampled_from(["in", "out"]))
def test_density_is_a_share(here: np.ndarray, diagonal: str) -> None:
    found = densities(here, product_space(here, diagonal))  # type: ignore[arg-type]
    known = found[~np.isnan(found)]
    assert (known >= 0).all() and (known <= 1 + 1e-12).all()


@given(BINARY)
def test_region_with_everything_has_a_density_of_one(here: np.ndarray) -> None:
    whole = np.vstack([here, np.ones(here.shape[1])])
    found = densities(whole, product_space(whole))[-1]
    assert found[~np.isnan(found)] == pytest.approx(1)


@given(BINARY)
def test_relative_relatedness_has_mean_zero_and_deviation_one_in_each_region(here: np.ndarray) -> None:
    found = relative_densities(here, densities(here, product_space(here)))
    assert np.isnan(found[here > 0]).all()
    for row in found:
        if (known := row[~np.isnan(row)]).size:
            assert known.mean() == pytest.approx(0, abs=1e-9)
            assert known.std() == pytest.approx(1)


@FEW
@given(POSITIVE, st.floats(0.01, 100))
@pytest.mark.filterwarnings("ignore::kg.errors.NotDefined")
def test_scale_does_not_matter(values: np.ndarray, scale: float) -> None:
    one, other = (relatedness_density(long(v))["relatedness_density"] for v in (values, values * scale))
    assert one.to_numpy() == pytest.approx(other.to_numpy(), nan_ok=True)


@FEW
@given(st.integers(0, 50))
def test_order_of_rows_does_not_matter(seed: int) -> None:
    here = connected(seed)
    expected = in_order(relatedness_density(long(here), binary=True))
    found = shuffled(relatedness_density, here, seed, binary=True)
    assert found["relatedness_density"].to_list() == pytest.approx(expected["relatedness_density"].to_list())


def test_industries_related_to_none_have_no_density() -> None:
    with pytest.warns(NotDefined, match="the industry is near no other") as caught:
        found = relatedness_density(table_of({"a": "steel", "b": "tea"}), binary=True)
    assert found["relatedness_density"].isna().all()
    assert len(caught[0].message.rows) == 4  # type: ignore[union-attr]


def test_region_without_speciality_has_a_density_of_zero() -> None:
    rows = pd.concat(
        [table_of({"a": "steel tea", "b": "steel tea"}), pd.DataFrame([("c", "tea", 0.0)], columns=OUTPUTS.columns)]
    )
    found = relatedness_density(rows.reset_index(drop=True)).query("region == 'c'")
    assert found["relatedness_density"].tolist() == [0, 0]


def test_one_region_and_all_equal() -> None:
    assert relatedness_density(table_of({"a": "steel tea"}))["relatedness_density"].tolist() == [1, 1]
    assert (
        relatedness_density(table_of({"a": "steel tea", "b": "steel tea"}))["relatedness_density"].tolist() == [1] * 4
    )


def test_options_equally_dense_have_no_relative_relatedness() -> None:
    with pytest.warns(NotDefined, match="equally dense"):
        found = relative_relatedness(table_of({"a": "steel tools", "b": "steel tea", "c": "steel wine"}), binary=True)
    assert found["relative_relatedness"].isna().all()


def test_region_with_everything_has_no_option() -> None:
    assert relative_relatedness(table_of({"a": "steel tea", "b": "steel tea"}), binary=True).empty


def test_missing_value_is_left_out() -> None:
    with pytest.warns(MissingValues, match="row 2"):
        found = relatedness_density(OUTPUTS.assign(value=OUTPUTS["value"].where(OUTPUTS.index != 2)))
    assert found["relatedness_density"].tolist() == relatedness_density(OUTPUTS)["relatedness_density"].tolist()


def test_periods_are_computed_apart() -> None:
    twice = pd.concat([OUTPUTS.assign(year="2001"), OUTPUTS.query("region != 'e'").assign(year="2002")])
    with pytest.warns(NotDefined, match="2002 and a and cloth"):
        found = relatedness_density(twice.reset_index(drop=True), period="year")
    assert found.groupby("period").size().tolist() == [15, 12]
    first = relatedness_density(OUTPUTS)["relatedness_density"]
    assert found.query("period == '2001'")["relatedness_density"].to_list() == pytest.approx(first.to_list())
