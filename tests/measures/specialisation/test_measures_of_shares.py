"""What holds of every measure of shares: order of rows and unit do not matter, and bad tables are refused."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

import kg.measures
from kg.errors import BadTable, MissingValues, NotDefined, UnknownName
from tests.measures.matrices import long

UNEVEN = long([[500, 30, 70, 0], [20, 40, 10, 30], [60, 200, 5, 35]])
OPTIONS: list[tuple[str, dict[str, str]]] = [
    ("average_location_quotient", {}),
    ("gini", {}),
    ("gini", {"per": "industry"}),
    ("hachman", {}),
    ("herfindahl", {}),
    ("herfindahl", {"per": "industry"}),
    ("hoover_localisation", {}),
    ("hoover_specialisation", {}),
    ("krugman_pairs", {}),
    ("krugman_specialisation", {"reference": "rest"}),
    ("krugman_terms", {"reference": "mean"}),
    ("krugman_terms", {"against": "r1"}),
    ("locational_gini", {}),
    ("locational_gini", {"convention": "quotients", "per": "region"}),
    ("minimum_shares_pairs", {}),
    ("structural_similarity", {"reference": "rest"}),
    ("structural_similarity_pairs", {}),
]

Numbered = Callable[[pd.DataFrame], dict[tuple[str, ...], tuple[float, ...]]]


@pytest.fixture(params=OPTIONS, ids=lambda option: "-".join([option[0], *option[1].values()]))
def computed(request: pytest.FixtureRequest) -> Numbered:
    """A measure whose answer is by the names of the row, in their order."""
    name, options = request.param

    def compute(table: pd.DataFrame) -> dict[tuple[str, ...], tuple[float, ...]]:
        found = getattr(kg.measures, name)(table, **options)
        names = [column for column in found if found[column].dtype == object or found[column].dtype == "str"]
        values = found.drop(columns=names).to_numpy()
        return {
            tuple(sorted(row)): tuple(cells)
            for row, cells in zip(found[names].itertuples(index=False), values, strict=True)
        }

    return compute


def same(first: dict[tuple[str, ...], tuple[float, ...]], second: dict[tuple[str, ...], tuple[float, ...]]) -> bool:
    return first.keys() == second.keys() and all(second[key] == pytest.approx(first[key]) for key in first)


def test_order_of_rows_and_unit_do_not_matter(computed: Numbered) -> None:
    expected = computed(UNEVEN)
    for seed in range(3):
        assert same(computed(UNEVEN.sample(frac=1, random_state=seed)), expected)
    assert same(computed(UNEVEN.assign(value=UNEVEN["value"] * 1e-4)), expected)


def test_missing_pair_and_zero_are_the_same(computed: Numbered) -> None:
    assert same(computed(UNEVEN[UNEVEN["value"] > 0]), computed(UNEVEN))


def test_empty_value_is_left_out_with_a_warning(computed: Numbered) -> None:
    with pytest.warns(MissingValues, match="row 3") as caught:
        found = computed(UNEVEN.assign(value=UNEVEN["value"].mask(UNEVEN.index == 3)))
    assert same(found, computed(UNEVEN))
    assert caught[0].message.rows == ("row 3",)  # type: ignore[union-attr]


def test_bad_tables_are_refused(computed: Numbered) -> None:
    with pytest.raises(UnknownName, match=r"unknown column: value.*There are: region, industry, output"):
        computed(UNEVEN.rename(columns={"value": "output"}))
    with pytest.raises(BadTable, match="row 2, column value: 'n/a' is not a number"):
        computed(UNEVEN.assign(value=UNEVEN["value"].astype(str).mask(UNEVEN.index == 2, "n/a")))
    with pytest.raises(BadTable, match=r"r0 and i1 has several values \(rows 1, 1\)"):
        computed(pd.concat([UNEVEN, UNEVEN[1:2]]))
    with pytest.raises(BadTable, match="no rows with a value"), pytest.warns(MissingValues):
        computed(UNEVEN.assign(value=np.nan))


def test_table_of_zeros_has_no_values_and_the_warnings_name_all(computed: Numbered) -> None:
    with pytest.warns(NotDefined) as caught:
        found = computed(UNEVEN.assign(value=0.0))
    assert all(np.isnan(cells).any() for cells in found.values())
    assert len(caught[-1].message.rows) == len(found)  # type: ignore[union-attr]
