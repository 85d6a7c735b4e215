"""Weights from pairwise judgements against Saaty's examples and two other programs."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.errors import BadTable, UnknownName
from kg.measures import ahp_weights
from kg.measures.evaluation.ahp_weights import consistency, priorities
from tests.measures.evaluation.judged import DRINKS, DRINKS_ROWS, HOUSE, HOUSE_ROWS, judgements

WEIGHTS = arrays(np.float64, st.integers(2, 7), elements=st.floats(1, 9))
JUDGED = arrays(np.float64, (5, 5), elements=st.sampled_from([1 / 9, 1 / 5, 1 / 3, 1.0, 2.0, 4.0, 7.0]))


def reciprocal(matrix: np.ndarray) -> np.ndarray:
    upper = np.triu(matrix, 1)
    return upper + np.tril((1 / matrix).T, -1) + np.eye(len(matrix))


def table(*rows: tuple[str, str, object]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["indicator", "other_indicator", "judgement"])


def test_house_of_saaty() -> None:
    """Saaty (1990), European Journal of Operational Research 48(1), 9-26: priorities, 9.669, 0.238 and 0.169."""
    found = ahp_weights(judgements(HOUSE, HOUSE_ROWS), accept=0.2)
    assert found["indicator"].tolist() == list(HOUSE)
    assert found["weight"].tolist() == pytest.approx([0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333], abs=5e-4)
    assert found["lambda_max"][0] == pytest.approx(9.669, abs=5e-4)
    assert found["consistency_index"][0] == pytest.approx(0.238, abs=5e-4)
    assert found["consistency_ratio"][0] == pytest.approx(0.169, abs=5e-4)


def test_house_in_other_programs() -> None:
    """AHPy 2.1 (eigenvector) and pyDecision 5.1.8, `ahp_method` with wd='max_eigen' and 'geometric', on that matrix."""
    found = ahp_weights(judgements(HOUSE, HOUSE_ROWS), accept=0.2)
    eigenvector = [0.173017, 0.053976, 0.188110, 0.017508, 0.031044, 0.036322, 0.166834, 0.333189]
    assert found["weight"].tolist() == pytest.approx(eigenvector, abs=1e-6)
    assert found["consistency_ratio"][0] == pytest.approx(0.16908686090356168)
    found = ahp_weights(judgements(HOUSE, HOUSE_ROWS), method="geometric-mean", accept=0.2)
    geometric = [0.174805, 0.062647, 0.148706, 0.019345, 0.035570, 0.042300, 0.167016, 0.349610]
    assert found["weight"].tolist() == pytest.approx(geometric, abs=1e-6)


def test_drinks_of_saaty() -> None:
    """Saaty (2008), as in the README of AHPy 2.1: relative consumption of drinks, and the ratio 0.022."""
    found = ahp_weights(judgements(DRINKS, DRINKS_ROWS))
    assert found["weight"].tolist() == pytest.approx([0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327], abs=5e-4)
    assert found["consistency_ratio"][0] == pytest.approx(0.022, abs=5e-4)


def test_house_is_refused_at_one_tenth() -> None:
    with pytest.raises(BadTable, match=r"under total contradict one another: their consistency ratio is 0\.169"):
        ahp_weights(judgements(HOUSE, HOUSE_ROWS))


def test_random_index_of_alonso_and_lamata() -> None:
    """Their table 3 gives 1.4056 for 8 rows: 0.2384 / 1.4056 = 0.1696."""
    found = ahp_weights(judgements(HOUSE, HOUSE_ROWS), random_index="alonso-lamata-2006", accept=0.2)
    assert found["random_index"].unique().tolist() == [1.4056]
    assert found["consistency_ratio"][0] == pytest.approx(0.1696, abs=5e-5)


@given(WEIGHTS)
def test_consistent_judgements_give_their_weights_back(weights: np.ndarray) -> None:
    matrix = weights[:, None] / weights[None, :]
    for method in ("eigenvector", "geometric-mean"):
        assert priorities(matrix, method) == pytest.approx(weights / weights.sum())
    assert consistency(matrix)[0] == pytest.approx(len(weights))
    assert consistency(matrix)[3] == pytest.approx(0, abs=1e-9)


@given(JUDGED, st.permutations(range(5)))
def test_order_does_not_matter_and_the_eigenvalue_is_never_below_the_size(matrix: np.ndarray, order: list[int]) -> None:
    matrix = reciprocal(matrix)
    turned = matrix[np.ix_(order, order)]
    assert priorities(turned) == pytest.approx(priorities(matrix)[order], abs=1e-9)
    assert consistency(matrix)[0] >= 5
    assert consistency(turned)[3] == pytest.approx(consistency(matrix)[3], abs=1e-9)


@given(arrays(np.float64, (3, 3), elements=st.floats(1 / 9, 9)))
def test_both_methods_agree_on_three(matrix: np.ndarray) -> None:
    """Crawford and Williams (1985): up to three rows the eigenvector is the geometric mean."""
    matrix = reciprocal(matrix)
    assert priorities(matrix) == pytest.approx(priorities(matrix, "geometric-mean"))


def test_tree_weighs_each_group_by_itself() -> None:
    """access and roads, rail: 3/4 and 1/4, of which 3/4 * 2/3 = 1/2; the lone part of cost weighs what cost does."""
    tree = pd.DataFrame(
        {"indicator": ["access", "cost", "roads", "rail", "rent"], "parent": ["", "", "access", "access", "cost"]}
    )
    found = ahp_weights(table(("access", "cost", 3), ("rail", "roads", "1/2")), tree)
    assert found["parent"].tolist() == ["total", "total", "access", "access", "cost"]
    assert found["weight"].tolist() == pytest.approx([3 / 4, 1 / 4, 2 / 3, 1 / 3, 1])
    assert found["global_weight"].tolist() == pytest.approx([3 / 4, 1 / 4, 1 / 2, 1 / 4, 1 / 4])


def test_labels_of_a_tree_name_indicators_too() -> None:
    tree = pd.DataFrame({"indicator": ["k1", "k2"], "parent": ["", ""], "indicator_label": ["Roads", "Rail"]})
    found = ahp_weights(table(("Roads", "k2", "3")), tree)
    assert found["indicator"].tolist() == ["Roads", "Rail"]


def test_missing_judgements_are_named() -> None:
    with pytest.raises(BadTable, match="no judgement of a and c, b and c"):
        ahp_weights(table(("a", "b", 2), ("c", "c", 1)))


def test_doubled_judgements_have_to_agree() -> None:
    good = ahp_weights(table(("a", "b", 3), ("b", "a", "0.33"), ("a", "b", "3")))
    assert good["weight"].tolist() == pytest.approx([0.75, 0.25])
    with pytest.raises(BadTable, match=r"b and a was judged twice, and not alike: 0\.3333 before, 3 in row 1"):
        ahp_weights(table(("a", "b", 3), ("b", "a", 3)))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("a", "b", "much")], "row 0, column judgement: 'much' is no judgement"),
        ([("a", "b", 12)], "12 is off the scale"),
        ([("a", "b", 0)], "0 is off the scale"),
        ([("a", "b", -3)], "-3 is off the scale"),
        ([("a", "b", "1/0")], "'1/0' is no judgement"),
        ([("a", "b", 2), ("a", "a", 2)], "row 1: a and a is one thing"),
        ([("a", "", 2)], "column other_indicator is empty"),
    ],
)
def test_what_is_no_judgement_is_refused(rows: list[tuple[str, str, object]], message: str) -> None:
    with pytest.raises(BadTable, match=message):
        ahp_weights(table(*rows))


def test_parts_of_different_parents_are_not_compared() -> None:
    tree = pd.DataFrame({"indicator": ["a", "b", "c"], "parent": ["", "", "a"]})
    with pytest.raises(BadTable, match=r"b and c \(row 1\) have different parents"):
        ahp_weights(table(("a", "b", 2), ("b", "c", 2)), tree)
    with pytest.raises(UnknownName, match="unknown indicator: d"):
        ahp_weights(table(("a", "d", 2)), tree)


def test_more_parts_than_random_indices_are_refused() -> None:
    rows = [(f"k{i}", f"k{j}", 1) for i, j in combinations(range(16), 2)]
    with pytest.raises(BadTable, match="16 indicators are compared in one group"):
        ahp_weights(table(*rows))
