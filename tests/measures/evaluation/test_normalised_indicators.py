"""Normalisation against another program, its properties, and what it does with poor data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.errors import BadTable, MissingValues, NotDefined, UnknownName, UseError
from kg.measures import normalised_indicators
from kg.measures.evaluation.normalised_indicators import Normalisation, normalise

VALUES = [3.0, 1.0, 4.0, 1.5, 9.0]
POSITIVE = arrays(np.float64, st.tuples(st.integers(2, 6), st.integers(1, 5)), elements=st.floats(0.01, 1e6))
METHODS = ["min-max", "z-score", "max", "linear", "vector", "sum"]


def table(*rows: tuple[str, str, object]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["region", "indicator", "value"])


def tree(directions: dict[str, str], **more: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"indicator": list(directions), "parent": "", "direction": list(directions.values()), **more})


@pytest.mark.parametrize(
    ("method", "benefit", "cost"),
    [
        ("min-max", [0.25, 0, 0.375, 0.0625, 1], [0.75, 1, 0.625, 0.9375, 0]),
        ("max", [0.333333, 0.111111, 0.444444, 0.166667, 1], [0.666667, 0.888889, 0.555556, 0.833333, 0]),
        ("sum", [0.162162, 0.054054, 0.216216, 0.081081, 0.486486], [0.141176, 0.423529, 0.105882, 0.282353, 0.047059]),
        (
            "vector",
            [0.287019, 0.095673, 0.382692, 0.143509, 0.861057],
            [0.712981, 0.904327, 0.617308, 0.856491, 0.138943],
        ),
        ("linear", [0.333333, 0.111111, 0.444444, 0.166667, 1], [0.333333, 1, 0.25, 0.666667, 0.111111]),
    ],
)
def test_pymcdm_gives_the_same(method: Normalisation, benefit: list[float], cost: list[float]) -> None:
    """pymcdm 1.4.0, `pymcdm.normalizations.*_normalization([3, 1, 4, 1.5, 9], cost=False and True)`."""
    found = normalise(np.array([VALUES, VALUES]).T, np.array([False, True]), method)
    assert found[:, 0].tolist() == pytest.approx(benefit, abs=1e-6)
    assert found[:, 1].tolist() == pytest.approx(cost, abs=1e-6)


@pytest.mark.parametrize("ddof", [0, 1])
def test_scipy_gives_the_same_z_score(ddof: int) -> None:
    """scipy.stats.zscore with that ddof."""
    from scipy.stats import zscore

    found = normalise(np.array([VALUES, VALUES]).T, np.array([False, True]), "z-score", ddof)
    assert found[:, 0] == pytest.approx(zscore(VALUES, ddof=ddof))
    assert found[:, 1] == pytest.approx(-zscore(VALUES, ddof=ddof))


@given(POSITIVE, st.sampled_from(METHODS), st.floats(0.01, 100))
def test_the_unit_does_not_matter(values: np.ndarray, method: Normalisation, scale: float) -> None:
    costs = np.arange(values.shape[1]) % 2 == 1
    once, again = normalise(values, costs, method), normalise(values * scale, costs, method)
    wide = np.ptp(values, axis=0) > 1e-6 * values.max(axis=0)
    assert again[:, wide] == pytest.approx(once[:, wide], rel=1e-6, abs=1e-9)


@given(POSITIVE, st.sampled_from(METHODS))
def test_more_is_better_of_benefits_and_worse_of_costs(values: np.ndarray, method: Normalisation) -> None:
    for cost in (False, True):
        found = normalise(values, np.full(values.shape[1], cost), method)
        for column, scaled in zip(values.T, found.T, strict=True):
            steps = np.diff(scaled[np.argsort(column)])
            assert np.isnan(scaled).all() or ((-steps if cost else steps) >= -1e-9).all()


@given(POSITIVE)
def test_bounds_and_totals(values: np.ndarray) -> None:
    costs = np.arange(values.shape[1]) % 2 == 1
    for method in ("min-max", "max", "linear", "vector", "sum"):
        found = normalise(values, costs, method)
        known = found[~np.isnan(found)]
        assert (known >= 0).all()
        assert (known <= 1 + 1e-12).all()
    assert normalise(values, costs, "sum").sum(axis=0) == pytest.approx(np.ones(values.shape[1]))


def test_directions_and_methods_come_from_the_tree() -> None:
    """roads 10, 30: min-max 0, 1. waste, a cost, 4, 8: 1 - 4/8 and 1 - 8/8."""
    found = normalised_indicators(
        table(("a", "roads", 10), ("b", "roads", 30), ("a", "waste", 4), ("b", "waste", 8)),
        tree({"roads": "benefit", "waste": "cost"}, normalisation=["", "max"]),
    )
    assert found[["region", "indicator", "direction", "normalised"]].values.tolist() == [
        ["a", "roads", "benefit", 0.0],
        ["a", "waste", "cost", 0.5],
        ["b", "roads", "benefit", 1.0],
        ["b", "waste", "cost", 0.0],
    ]


def test_costs_go_before_the_tree() -> None:
    rows = table(("a", "waste", 4), ("b", "waste", 8))
    found = normalised_indicators(rows, tree({"waste": "benefit"}), costs="waste")
    assert found["direction"].tolist() == ["cost", "cost"]
    with pytest.raises(UnknownName, match="unknown indicator: wast"):
        normalised_indicators(rows, costs="wast")


def test_a_tree_without_directions_warns() -> None:
    rows = table(("a", "roads", 4), ("b", "roads", 8))
    with pytest.warns(MissingValues, match="whether more is better of roads: taken as benefit"):
        normalised_indicators(rows, tree({"roads": ""}))


def test_constant_indicator_has_no_scale() -> None:
    with pytest.warns(NotDefined, match="a and roads, b and roads") as caught:
        found = normalised_indicators(table(("a", "roads", 0.1), ("b", "roads", 0.1)))
    assert found["normalised"].isna().all()
    assert caught[0].message.rows == ("a and roads", "b and roads")  # type: ignore[union-attr]


@pytest.mark.parametrize(("method", "expected"), [("max", 1.0), ("linear", 1.0), ("vector", 0.5**0.5), ("sum", 0.5)])
def test_constant_indicator_has_a_value_where_the_scale_is_a_total(method: Normalisation, expected: float) -> None:
    found = normalised_indicators(table(("a", "roads", 3), ("b", "roads", 3)), method=method)
    assert found["normalised"].tolist() == pytest.approx([expected] * 2)


@pytest.mark.parametrize("method", METHODS)
def test_zeros_only_have_no_scale(method: Normalisation) -> None:
    with pytest.warns(NotDefined, match="a and roads"):
        found = normalised_indicators(table(("a", "roads", 0), ("b", "roads", 0)), method=method)
    assert found["normalised"].isna().all()


def test_one_region_has_no_scale() -> None:
    with pytest.warns(NotDefined, match="a and roads"):
        assert normalised_indicators(table(("a", "roads", 3)))["normalised"].isna().all()


def test_missing_values_are_no_zeros() -> None:
    """roads 2, none and 4: 0, none and 1; c has no row for rail."""
    rows = [("a", "roads", 2), ("b", "roads", None), ("c", "roads", 4), ("a", "rail", 5), ("b", "rail", 7)]
    with (
        pytest.warns(MissingValues, match="row 1"),
        pytest.warns(MissingValues, match="no row for c and rail"),
        pytest.warns(NotDefined, match="b and roads, c and rail"),
    ):
        found = normalised_indicators(table(*rows))
    assert found["normalised"].fillna(-1).tolist() == [0, 0, -1, 1, 1, -1]


def test_each_period_has_its_scale() -> None:
    rows = pd.DataFrame(
        [("a", "roads", 1, "2020"), ("b", "roads", 2, "2020"), ("a", "roads", 20, "2021"), ("b", "roads", 10, "2021")],
        columns=["region", "indicator", "value", "year"],
    )
    assert normalised_indicators(rows, period="year")["normalised"].tolist() == [0.0, 1.0, 1.0, 0.0]


def test_poor_tables_are_refused() -> None:
    with pytest.raises(BadTable, match=r"row 0, column value: 'many' is not a number"):
        normalised_indicators(table(("a", "roads", "many")))
    with pytest.raises(BadTable, match="a has several values of roads"):
        normalised_indicators(table(("a", "roads", 1), ("a", "roads", 2)))
    with pytest.raises(BadTable, match=r"access \(row 0\) has parts"):
        normalised_indicators(
            table(("a", "access", 1)),
            pd.DataFrame({"indicator": ["access", "roads"], "parent": ["", "access"], "direction": "benefit"}),
        )
    with pytest.raises(UseError, match="roads has negative values, which sum does not allow"):
        normalised_indicators(table(("a", "roads", -1), ("b", "roads", 2)), method="sum")
    with pytest.raises(BadTable, match="column direction of the tree has good"):
        normalised_indicators(table(("a", "roads", 1)), tree({"roads": "good"}))
    with pytest.raises(UnknownName, match="unknown normalisation: rank"):
        normalised_indicators(table(("a", "roads", 1)), tree({"roads": "cost"}, normalisation=["rank"]))
    with pytest.raises(UnknownName, match="unknown column: region"):
        normalised_indicators(pd.DataFrame({"indicator": ["roads"], "value": [1]}))
