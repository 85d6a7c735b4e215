"""Scores up a tree against a documented hierarchy, a linear program and properties."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.errors import BadTable, Inconsistent, MissingValues, NotDefined, UnknownName, UseError
from kg.measures import ahp_weights, evaluation_scores
from kg.measures.evaluation.ahp_weights import priorities
from kg.measures.evaluation.weights import between, extremes

UNIT = st.just(0.0) | st.floats(1e-50, 1)
TREE = pd.DataFrame(
    {"indicator": ["access", "cost", "roads", "rail", "rent"], "parent": ["", "", "access", "access", "cost"]}
)


def table(*rows: tuple[str, str, object]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["region", "indicator", "normalised"])


def weights(**by_name: float | tuple[float, float]) -> pd.DataFrame:
    if isinstance(next(iter(by_name.values())), tuple):
        rows = [(name, *ends) for name, ends in by_name.items()]  # type: ignore[misc]
        return pd.DataFrame(rows, columns=["indicator", "low", "high"])
    return pd.DataFrame(by_name.items(), columns=["indicator", "weight"])


VALUES = table(
    *(("a", "roads", 1.0), ("a", "rail", 0.5), ("a", "rent", 0.2)),
    *(("b", "roads", 0.0), ("b", "rail", 0.3), ("b", "rent", 1.0)),
)


def test_vehicles_of_the_documentation_of_ahpy() -> None:
    """README of AHPy 2.1, Purchasing a vehicle: a tree of three levels; the totals that it prints, to three digits."""
    cars = ("Accord Sedan", "Accord Hybrid", "Pilot", "CR-V", "Element", "Odyssey")
    compared = {
        "Price": (9, 9, 1, 1 / 2, 5, 1, 1 / 9, 1 / 9, 1 / 7, 1 / 9, 1 / 9, 1 / 7, 1 / 2, 5, 6),
        "Safety": (1, 5, 7, 9, 1 / 3, 5, 7, 9, 1 / 3, 2, 9, 1 / 8, 2, 1 / 8, 1 / 9),
        "Passenger": (1, 1 / 2, 1, 3, 1 / 2, 1 / 2, 1, 3, 1 / 2, 2, 6, 1, 3, 1 / 2, 1 / 6),
        "Fuel": (
            *(1 / 1.13, 1.41, 1.15, 1.24, 1.19, 1.59, 1.3, 1.4, 1.35, 1 / 1.23, 1 / 1.14, 1 / 1.18),
            *(1.08, 1.04, 1 / 1.04),
        ),
        "Resale": (3, 4, 1 / 2, 2, 2, 2, 1 / 5, 1, 1, 1 / 6, 1 / 2, 1 / 2, 4, 4, 1),
        "Maintenance": (1.5, 4, 4, 4, 5, 4, 4, 4, 5, 1, 1.2, 1, 1, 3, 2),
        "Style": (1, 7, 5, 9, 6, 7, 5, 9, 6, 1 / 6, 3, 1 / 3, 7, 5, 1 / 5),
        "Cargo": (1, 1 / 2, 1 / 2, 1 / 2, 1 / 3, 1 / 2, 1 / 2, 1 / 2, 1 / 3, 1, 1, 1 / 2, 1, 1 / 2, 1 / 2),
    }
    rows: list[tuple[str, str, object]] = []
    for name, judged in compared.items():
        matrix = np.eye(6)
        for (i, j), value in zip(combinations(range(6), 2), judged, strict=True):
            matrix[i, j], matrix[j, i] = value, 1 / value
        rows += [(car, name, share) for car, share in zip(cars, priorities(matrix), strict=True)]
    tree = pd.DataFrame(
        [
            *(("Cost", ""), ("Safety", ""), ("Style", ""), ("Capacity", ""), ("Price", "Cost"), ("Fuel", "Cost")),
            *(("Maintenance", "Cost"), ("Resale", "Cost"), ("Cargo", "Capacity"), ("Passenger", "Capacity")),
        ],
        columns=["indicator", "parent"],
    )
    judgements = pd.DataFrame(
        [
            *(("Cost", "Safety", 3), ("Cost", "Style", 7), ("Cost", "Capacity", 3), ("Safety", "Style", 9)),
            *(("Safety", "Capacity", 1), ("Style", "Capacity", "1/7"), ("Price", "Fuel", 2), ("Fuel", "Resale", 2)),
            *(("Price", "Maintenance", 5), ("Price", "Resale", 3), ("Fuel", "Maintenance", 2)),
            *(("Maintenance", "Resale", "1/2"), ("Cargo", "Passenger", "1/5")),
        ],
        columns=["indicator", "other_indicator", "judgement"],
    )
    found = evaluation_scores(table(*rows), tree, ahp_weights(judgements, tree))
    total = found[found["level"] == 0].set_index("region")["score"]
    expected = {"Odyssey": 0.219, "Accord Sedan": 0.215, "CR-V": 0.167, "Accord Hybrid": 0.15, "Element": 0.144}
    assert total[[*expected, "Pilot"]].tolist() == pytest.approx([*expected.values(), 0.106], abs=5e-4)


def test_every_level_by_hand() -> None:
    """a: access 3/4 * 1 + 1/4 * 0.5 = 0.875, cost 0.2, total 0.6 * 0.875 + 0.4 * 0.2 = 0.605."""
    found = evaluation_scores(VALUES, TREE, weights(access=0.6, cost=0.4, roads=0.75, rail=0.25))
    own = found[found["region"] == "a"]
    assert own[["level", "indicator"]].values.tolist() == [[0, "total"], [1, "access"], [1, "cost"]]
    assert own["score"].tolist() == pytest.approx([0.605, 0.875, 0.2])
    assert (found["low"] == found["score"]).all()


def test_without_weights_all_parts_weigh_the_same() -> None:
    """a: (0.75 + 0.2) / 2."""
    assert evaluation_scores(VALUES, TREE)["score"].tolist()[0] == pytest.approx(0.475)


def test_geometric_by_hand() -> None:
    """a: access 1^0.5 * 0.5^0.5 = 0.7071, total 0.7071^0.5 * 0.2^0.5 = 0.3761; b has no roads, so access is 0."""
    found = evaluation_scores(VALUES, TREE, aggregation="geometric-mean")
    assert found["score"].tolist() == pytest.approx([0.3761, 0.7071, 0.2, 0, 0, 1.0], abs=5e-5)


def test_ranges_by_hand() -> None:
    """a: access between 0.5 and 0.8 roads: 0.75 to 0.9; total between 0.4 and 0.7 access, the rest 0.2:
    0.4 * 0.75 + 0.6 * 0.2 = 0.42 to 0.7 * 0.9 + 0.3 * 0.2 = 0.69."""
    given = weights(access=(0.4, 0.7), cost=(0.1, 0.9), roads=(0.5, 0.8), rail=(0.2, 0.9))
    found = evaluation_scores(VALUES, TREE, given)
    assert found[["low", "high"]].values.tolist()[0] == pytest.approx([0.42, 0.69])


@settings(max_examples=40)
@given(st.data())
def test_ends_are_those_of_the_linear_program(data: st.DataObject) -> None:
    """scipy.optimize.linprog on the same weights."""
    from scipy.optimize import linprog

    size = data.draw(st.integers(1, 5))
    values = data.draw(arrays(np.float64, (2, size), elements=st.floats(-2, 2)))
    share = data.draw(arrays(np.float64, size, elements=st.floats(0.1, 1)))
    share = share / share.sum()
    low = share * data.draw(arrays(np.float64, size, elements=UNIT))
    high = share + (1 - share) * data.draw(arrays(np.float64, size, elements=UNIT))
    least, most = extremes(values, low, high)
    bounds = list(zip(low, high, strict=True))
    for row, small, large in zip(values, least, most, strict=True):
        assert small == pytest.approx(linprog(row, A_eq=[[1] * size], b_eq=[1], bounds=bounds).fun, abs=1e-7)
        assert large == pytest.approx(-linprog(-row, A_eq=[[1] * size], b_eq=[1], bounds=bounds).fun, abs=1e-7)
    middle = between(low, high)
    assert middle.sum() == pytest.approx(1)
    assert ((low - 1e-9 <= middle) & (middle <= high + 1e-9)).all()


@settings(max_examples=25)
@given(arrays(np.float64, (3, 3), elements=UNIT), arrays(np.float64, 3, elements=st.floats(0.01, 1)))
def test_scores_lie_between_the_least_and_the_greatest_value(values: np.ndarray, share: np.ndarray) -> None:
    rows = table(*((f"r{i}", f"k{j}", values[i, j]) for i in range(3) for j in range(3)))
    given_weights = weights(**{f"k{j}": w for j, w in enumerate(share / share.sum())})
    total = evaluation_scores(rows, weights=given_weights)["score"].to_numpy()
    geometric = evaluation_scores(rows, weights=given_weights, aggregation="geometric-mean")["score"].to_numpy()
    assert (total >= values.min(axis=1) - 1e-9).all()
    assert (total <= values.max(axis=1) + 1e-9).all()
    assert (geometric <= total + 1e-9).all()


def test_order_of_rows_does_not_matter() -> None:
    found = evaluation_scores(VALUES, TREE).set_index(["region", "indicator"])["score"]
    turned = evaluation_scores(VALUES.iloc[::-1], TREE.iloc[::-1]).set_index(["region", "indicator"])["score"]
    assert turned[found.index].tolist() == pytest.approx(found.tolist())


def test_missing_value_leaves_the_scores_above_it_empty() -> None:
    with (
        pytest.warns(MissingValues, match="no row for b and rail"),
        pytest.warns(NotDefined, match="b and 0 and total"),
    ):
        found = evaluation_scores(VALUES.drop(index=4), TREE)
    assert found["score"].isna().tolist() == [False, False, False, True, True, False]


def test_rescaled_weights_make_up_for_what_is_missing() -> None:
    """b: access is roads alone, 0; total (0 + 1) / 2."""
    with pytest.warns(MissingValues, match="no row for b and rail"):
        found = evaluation_scores(VALUES.drop(index=4), TREE, missing="rescale")
    assert found["score"].tolist()[3:] == pytest.approx([0.5, 0, 1])
    given = weights(access=(0.4, 0.7), cost=(0.1, 0.9), roads=(0.5, 0.8), rail=(0.2, 0.9))
    with pytest.raises(UseError, match="single weights only"):
        evaluation_scores(VALUES, TREE, given, missing="rescale")


def test_weights_that_do_not_sum_to_one_are_divided_by_their_sum() -> None:
    with pytest.warns(Inconsistent, match=r"under access \(4\): divided"):
        found = evaluation_scores(VALUES, TREE, weights(access=0.6, cost=0.4, roads=3, rail=1))
    assert found["score"].tolist()[0] == pytest.approx(0.605)


def test_one_region_and_one_indicator() -> None:
    assert evaluation_scores(table(("a", "roads", 0.4)))["score"].tolist() == [0.4]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (weights(access=1, cost=1, roads=1), "no weight of rail, under access"),
        (weights(access=1, cost=1, roads=0, rail=0), "weights under access are all 0"),
        (weights(access=(0, 1), cost=(0, 1), roads=(0.6, 0.7), rail=(0.5, 0.6)), "under access hold no weights .* 1.1"),
        (weights(access=(0, 1), cost=(0, 1), roads=(0, 0.3), rail=(0, 0.6)), "the highest sum to 0.9"),
        (weights(access=(1, 0), cost=(0, 1), roads=(0, 1), rail=(0, 1)), "low is above high in row 0"),
        (weights(access=-1, cost=1, roads=1, rail=1), "column weight is negative in row 0"),
    ],
)
def test_weights_that_cannot_be_are_refused(given: pd.DataFrame, message: str) -> None:
    with pytest.raises(BadTable, match=message):
        evaluation_scores(VALUES, TREE, given)


def test_what_is_not_in_the_tree_is_refused() -> None:
    with pytest.raises(UnknownName, match="unknown indicator: ports"):
        evaluation_scores(VALUES, TREE, weights(access=0.5, cost=0.5, roads=1, ports=1))
    with pytest.raises(UnknownName, match="unknown indicator: ports"):
        evaluation_scores(table(("a", "ports", 1)), TREE)
    with pytest.raises(BadTable, match="several weights"):
        evaluation_scores(VALUES, TREE, pd.concat([weights(access=0.5, cost=0.5), weights(access=0.5)]))


def test_negative_values_have_no_geometric_mean() -> None:
    with pytest.raises(UseError, match="geometric mean has no negative values"):
        evaluation_scores(table(("a", "roads", -1.0)), aggregation="geometric-mean")
