"""Ranks against pandas, and their bounds against every vertex of the weights."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.errors import MissingValues, NotDefined, UnknownName, UseError
from kg.measures import evaluation_ranking
from kg.measures.evaluation.evaluation_ranking import ranks

COARSE = st.sampled_from([0.0, 0.2, 0.4, 0.5, 0.7, 1.0])


def table(values: np.ndarray) -> pd.DataFrame:
    rows = [(f"r{i}", f"k{j}", value) for (i, j), value in np.ndenumerate(values)]
    return pd.DataFrame(rows, columns=["region", "indicator", "normalised"])


def ranges(*ends: tuple[float, float]) -> pd.DataFrame:
    return pd.DataFrame([(f"k{j}", *end) for j, end in enumerate(ends)], columns=["indicator", "low", "high"])


@given(arrays(np.float64, st.integers(1, 9), elements=COARSE))
def test_pandas_ranks_the_same(score: np.ndarray) -> None:
    """`pandas.Series.rank(method='min', ascending=False)`."""
    assert ranks(score).tolist() == pd.Series(score).rank(method="min", ascending=False).tolist()


def test_bounds_by_hand() -> None:
    """Weight w of the first from 0.2 to 0.8. r0: 0.5 + 0.5 w, r1: 0.7 - 0.1 w, ahead of r0 below w = 1/3; r2: 0.1 w,
    always last. r1 can be first, so that r0 can be second, though r0 is ahead with equal weights: 0.75 against 0.65."""
    found = evaluation_ranking(
        table(np.array([[1, 0.5], [0.6, 0.7], [0.1, 0]])), weights=ranges((0.2, 0.8), (0.2, 0.8))
    )
    assert found["region"].tolist() == ["r0", "r1", "r2"]
    assert found[["rank", "best_rank", "worst_rank"]].values.tolist() == [[1, 1, 2], [2, 1, 2], [3, 3, 3]]


def test_overlapping_scores_need_not_be_open() -> None:
    """r0 is 0.1 ahead in both: its scores overlap with those of r1 (0.32 to 0.68, 0.22 to 0.58), its rank does not."""
    found = evaluation_ranking(table(np.array([[0.2, 0.8], [0.1, 0.7]])), weights=ranges((0.2, 0.8), (0.2, 0.8)))
    assert found["low"][0] < found["high"][1]
    assert found["worst_rank"].tolist() == [1, 2]


@settings(max_examples=25)
@given(arrays(np.float64, (4, 4), elements=COARSE))
def test_ranks_at_every_vertex_lie_within_the_bounds(values: np.ndarray) -> None:
    """A tree of two groups of two: the vertices are the combinations of the ends of each."""
    tree = pd.DataFrame(
        {"indicator": ["g", "h", "k0", "k1", "k2", "k3"], "parent": ["", "", "g", "g", "h", "h"]},
    )
    ends = {"g": (0.3, 0.7), "h": (0.3, 0.7), "k0": (0.1, 0.5), "k1": (0.5, 0.9), "k2": (0.4, 0.8), "k3": (0.2, 0.6)}
    given_ends = pd.DataFrame([(n, *e) for n, e in ends.items()], columns=["indicator", "low", "high"])
    found = evaluation_ranking(table(values), tree, given_ends).sort_values("region")
    pairs = np.zeros((4, 4), dtype=bool)
    for a, b, c in product((0.3, 0.7), (0.1, 0.5), (0.4, 0.8)):
        weights = np.array([a * b, a * (1 - b), (1 - a) * c, (1 - a) * (1 - c)])
        score = values @ weights
        pairs |= score[:, None] > score[None, :] + 1e-9
        rank = ranks(score)
        assert (found["best_rank"] <= rank).all()
        assert (rank <= found["worst_rank"]).all()
    assert found["worst_rank"].tolist() == (1 + pairs.sum(axis=0)).tolist()


def test_one_indicator_can_be_ranked_by() -> None:
    tree = pd.DataFrame({"indicator": ["g", "h", "k0", "k1"], "parent": ["", "", "g", "h"]})
    rows = table(np.array([[1, 0.0], [0.5, 1.0]]))
    assert evaluation_ranking(rows, tree)["region"].tolist() == ["r1", "r0"]
    assert evaluation_ranking(rows, tree, of="g")["region"].tolist() == ["r0", "r1"]
    with pytest.raises(UnknownName, match="unknown indicator: f"):
        evaluation_ranking(rows, tree, of="f")


def test_geometric_ranges_with_a_zero() -> None:
    """r0 has none of k1 and is last whatever the weights; r1 and r2 are 0.5 and 0.8^w 0.2^(1 - w)."""
    values = np.array([[1, 0.0], [0.5, 0.5], [0.8, 0.2]])
    found = evaluation_ranking(table(values), weights=ranges((0.2, 0.8), (0.2, 0.8)), aggregation="geometric-mean")
    assert found["region"].tolist() == ["r1", "r2", "r0"]
    assert found[["best_rank", "worst_rank"]].values.tolist() == [[1, 2], [1, 2], [3, 3]]


def test_regions_without_anything_share_the_last_rank() -> None:
    """r1 and r2 have a geometric mean of 0, for different reasons; by the sum r1 would be ahead."""
    rows = table(np.array([[0.5, 0.5], [0, 1], [0.1, 0]]))
    for given_ranges in (None, ranges((0.2, 0.8), (0.2, 0.8))):
        found = evaluation_ranking(rows, weights=given_ranges, aggregation="geometric-mean")
        assert found[["rank", "best_rank", "worst_rank"]].values.tolist() == [[1, 1, 1], [2, 2, 2], [2, 2, 2]]
    with pytest.raises(UseError, match="k0 has values of 0 and a weight that can be 0"):
        evaluation_ranking(rows, weights=ranges((0, 0.8), (0.2, 1)), aggregation="geometric-mean")


def test_all_equal_share_the_first_rank() -> None:
    found = evaluation_ranking(table(np.full((3, 2), 0.3)), weights=ranges((0.2, 0.8), (0.2, 0.8)))
    assert found[["rank", "best_rank", "worst_rank"]].values.tolist() == [[1, 1, 1]] * 3


def test_region_without_a_score_has_no_rank() -> None:
    with pytest.warns(MissingValues, match="no row for r1 and k1"), pytest.warns(NotDefined, match="r1"):
        found = evaluation_ranking(table(np.array([[1, 0.5], [0.6, 0.7]])).iloc[:3], weights=ranges((0, 1), (0, 1)))
    assert found["region"].tolist() == ["r0", "r1"]
    assert found["worst_rank"].fillna(0).tolist() == [1, 0]


def test_one_region_is_first() -> None:
    assert evaluation_ranking(table(np.array([[0.4]])))["rank"].tolist() == [1]
