"""The tree of indicators that the graph answers with, from the question to the ranking.

The paper gives the tree and no judgement, weight or value: all numbers here are made up.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kg.api import Graph
from kg.errors import BadTable, MissingValues
from kg.measures import (
    evaluation_ranking,
    evaluation_scores,
    interval_ahp_weights,
    normalised_indicators,
    technology_maturity,
    weight_sensitivity,
)
from kg.measures.evaluation.tree import Tree, read_tree
from kg.measures.files import read
from tests.conftest import RunKg

REGIONS = ("first", "second", "third", "fourth")
MATURITY = "Technology maturity"
COSTS = "Transportation accessibility; Risk profit standard; Resource consumption rate; Pollution emission rate"
"""Distance from the centre, risk by profit, and what is consumed and emitted: our reading, the paper does not say."""


@pytest.fixture(scope="module")
def made_up() -> np.random.Generator:
    return np.random.default_rng(20)


@pytest.fixture
def table(kg: RunKg, graph: Graph, tmp_path: Path) -> pd.DataFrame:
    """The file that `kg ask indicator-tree` writes, as `kg measure` reads it."""
    assert graph
    path = tmp_path / "tree.csv"
    path.write_text(kg("ask", "indicator-tree", "system=qinba-green-industry", "--format", "csv").out, encoding="utf-8")
    return read(path)


@pytest.fixture
def tree(table: pd.DataFrame) -> Tree:
    return read_tree(table)


def judged(tree: Tree, made_up: np.random.Generator) -> pd.DataFrame:
    """Ranges around the ratios of weights that are made up, for each pair of siblings."""
    weight = made_up.uniform(1, 3, len(tree.names))
    rows = [
        (tree.names[i], tree.names[j], weight[i] / weight[j] / 1.2, weight[i] / weight[j] * 1.2)
        for _place, parts in tree.groups
        for i, j in combinations(parts, 2)
    ]
    return pd.DataFrame(rows, columns=["indicator", "other_indicator", "low", "high"])


def test_the_answer_is_a_tree_of_three_levels(tree: Tree) -> None:
    """Table 1 of the paper: 3, 10 and 15 indicators."""
    assert np.bincount(tree.levels).tolist() == [0, 3, 10, 15]
    assert len(tree.leaves) == 15
    assert tree.name(int(tree.parents[tree.known["Primacy ratio"]])) == "Geographical location"


def test_from_judgements_to_ranks(table: pd.DataFrame, tree: Tree, made_up: np.random.Generator) -> None:
    leaves = [tree.names[place] for place in tree.leaves]
    levels = pd.DataFrame(
        [(region, f"t{i}", int(made_up.integers(1, 10))) for region in REGIONS for i in range(3)],
        columns=["region", "technology", "level"],
    )
    mature = technology_maturity(levels).set_index("region")["score"]
    rows = [
        (region, leaf, mature[region] if leaf == MATURITY else made_up.uniform(1, 100))
        for region in REGIONS
        for leaf in leaves
    ]
    values = pd.DataFrame(rows, columns=["region", "indicator", "value"])
    scaled = normalised_indicators(values, table, costs=COSTS)
    assert (scaled["direction"] == "cost").sum() == 4 * len(REGIONS)
    weights = interval_ahp_weights(judged(tree, made_up), table)
    assert (weights["deviation"] == 0).all()
    found = evaluation_scores(scaled, table, weights)
    assert found["level"].value_counts().to_dict() == {0: 4, 1: 12, 2: 40}
    assert (found["low"] <= found["score"] + 1e-9).all()
    assert (found["score"] <= found["high"] + 1e-9).all()
    ranking = evaluation_ranking(scaled, table, weights)
    assert sorted(ranking["region"]) == sorted(REGIONS)
    assert (ranking["best_rank"] <= ranking["rank"]).all()
    assert (ranking["rank"] <= ranking["worst_rank"]).all()
    changes = weight_sensitivity(scaled, table, weights, level=1)
    assert changes["weight"].sum() == pytest.approx(1)
    assert len(changes) == 3


def test_names_of_the_graph_do_as_well_as_labels(table: pd.DataFrame, tree: Tree) -> None:
    by_name = pd.DataFrame({"region": "a", "indicator": table["indicator"].iloc[tree.leaves], "normalised": 0.5})
    found = evaluation_scores(by_name, table)
    assert found["score"].tolist() == pytest.approx([0.5] * 14)
    assert found["indicator"].tolist()[:2] == ["total", "Regional analysis"]


def test_the_answer_does_not_say_what_is_a_cost(table: pd.DataFrame, tree: Tree) -> None:
    rows = [(region, tree.names[leaf], value) for leaf in tree.leaves for region, value in (("a", 1), ("b", 2))]
    values = pd.DataFrame(rows, columns=["region", "indicator", "value"])
    with pytest.warns(MissingValues, match="whether more is better of Primacy ratio"):
        normalised_indicators(values, table)


def test_two_systems_are_no_tree(kg: RunKg, graph: Graph, tmp_path: Path) -> None:
    assert graph
    path = tmp_path / "tree.csv"
    path.write_text(kg("ask", "indicator-tree", "--format", "csv").out, encoding="utf-8")
    with pytest.raises(BadTable, match="the tree holds several systems"):
        read_tree(read(path))
