"""Cross-space relatedness against a second program and by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from econcomplex.relatedness import cross_proximity, cross_relatedness
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BadTable, MissingValues, NotDefined
from kg.measures import cross_space_proximity, cross_space_relatedness, industry_proximity
from kg.measures.complexity.density import densities
from kg.measures.complexity.proximity import proximities
from tests.measures.complexity.growth_lab import MATRIX, table, table_of
from tests.measures.complexity.networks import FEW, connected, in_order
from tests.measures.matrices import long

TAUGHT = table_of({"p1": "mining", "p2": "mining law", "p3": "law", "p4": "mining"})
MADE = long(np.array([[1.0, 0], [1, 1], [0, 1], [0, 0]])).replace({f"r{n}": f"p{n + 1}" for n in range(4)})


def test_equals_econcomplex() -> None:
    """Second program: econcomplex 1.0.1, the first 12 products of `growth_lab` against the other 18."""
    first, second = MATRIX[:, :12], MATRIX[:, 12:]
    close = proximities(first, second)
    assert close == pytest.approx(cross_proximity(first, second, use_rca=False))
    assert densities(first, close) == pytest.approx(cross_relatedness(first, close, use_rca=False))


def test_proximity_by_hand() -> None:
    """Mining is in three places, i0 in two, both in two: min(2/2, 2/3); law and i1 go together."""
    found = cross_space_proximity(TAUGHT, MADE, binary=True, other_binary=True)
    assert found["industry"].tolist() == ["mining", "mining", "law", "law"]
    assert found["cross_proximity"].tolist() == pytest.approx([2 / 3, 1 / 3, 1 / 2, 1])


def test_relatedness_by_hand() -> None:
    """Place 1 has mining alone: (2/3) / (2/3 + 1/2) for i0, (1/3) / (1/3 + 1) for i1."""
    found = cross_space_relatedness(TAUGHT, MADE, binary=True, other_binary=True)
    assert found["cross_relatedness"].tolist()[:4] == pytest.approx([4 / 7, 1 / 4, 1, 1])
    assert found["present"].tolist() == MADE["value"].tolist()


def test_a_table_against_itself_is_the_proximity_of_industries() -> None:
    found = cross_space_proximity(table(), table(), binary=True, other_binary=True)["cross_proximity"]
    expected = industry_proximity(table(), binary=True, diagonal="in")["proximity"]
    assert found.to_list() == pytest.approx(expected.to_list())


@given(st.integers(0, 100))
def test_relatedness_is_a_share(seed: int) -> None:
    first, second = connected(seed), connected(seed + 1, industries=5)
    found = densities(first, proximities(first, second))
    known = found[~np.isnan(found)]
    assert (known >= 0).all() and (known <= 1 + 1e-12).all()


@FEW
@given(st.integers(0, 50))
def test_order_of_rows_does_not_matter(seed: int) -> None:
    first, second = (long(connected(s)) for s in (seed, seed + 1))
    mixed = [rows.sample(frac=1, random_state=seed) for rows in (first, second)]
    expected, found = (
        in_order(cross_space_relatedness(one, other, binary=True, other_binary=True))["cross_relatedness"]
        for one, other in ((first, second), mixed)
    )
    assert found.to_list() == pytest.approx(expected.to_list())


def test_columns_of_the_other_table_have_their_own_names() -> None:
    other = MADE.rename(columns={"industry": "branch", "value": "jobs"})
    options = {"other_industry": "branch", "other_value": "jobs", "binary": True, "other_binary": True}
    assert cross_space_proximity(TAUGHT, other, **options)["other_industry"].tolist() == ["i0", "i1"] * 2  # type: ignore[arg-type]


def test_region_of_one_table_alone_is_left_out_and_named() -> None:
    more = pd.concat([TAUGHT, table_of({"p9": "mining"})], ignore_index=True)
    with pytest.warns(MissingValues, match="in one of the two tables alone: p9: left out") as caught:
        found = cross_space_proximity(more, MADE, binary=True, other_binary=True)
    assert found.equals(cross_space_proximity(TAUGHT, MADE, binary=True, other_binary=True))
    assert caught[0].message.rows == ("p9",)  # type: ignore[union-attr]


def test_nothing_in_common() -> None:
    with pytest.raises(BadTable, match="no region is in both tables"):
        cross_space_proximity(TAUGHT, table_of({"elsewhere": "tea"}))


def test_periods_of_both_tables() -> None:
    first, second = TAUGHT.assign(year=2001), pd.concat([MADE.assign(year=2001), MADE.assign(year=2002)])
    with pytest.warns(MissingValues, match="alone: 2002"):
        found = cross_space_relatedness(
            first, second.reset_index(drop=True), period="year", binary=True, other_binary=True
        )
    assert found["period"].unique().tolist() == ["2001"]


def test_activity_found_nowhere_has_no_proximity_and_no_relatedness() -> None:
    nowhere = long(np.array([[1.0, 0.0], [1.0, 0.0]])).replace({"r0": "p1", "r1": "p2"})
    taught = TAUGHT[TAUGHT["region"].isin(["p1", "p2"])]
    with pytest.warns(NotDefined, match="mining and i1, law and i1 "):
        cross_space_proximity(taught, nowhere, binary=True, other_binary=True)
    with pytest.warns(NotDefined, match="p1 and i1, p2 and i1 .*near none of the first kind"):
        cross_space_relatedness(taught, nowhere, binary=True, other_binary=True)
