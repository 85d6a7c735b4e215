"""Trees of indicators that hang together, and those that do not."""

from __future__ import annotations

import pandas as pd
import pytest

from kg.errors import BadTable, UnknownName
from kg.measures.evaluation.tree import read_tree


def test_levels_and_leaves_follow_from_the_parents() -> None:
    tree = read_tree(pd.DataFrame({"indicator": ["c", "a", "b"], "parent": ["b", None, "a"]}))
    assert tree.levels.tolist() == [3, 1, 2]
    assert tree.leaves.tolist() == [0]
    assert {tree.name(place): parts.tolist() for place, parts in tree.groups} == {"b": [0], "a": [2], "total": [1]}


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"indicator": ["a", "a"], "parent": ["", ""]}, r"a is there twice \(rows 0, 1\)"),
        ({"indicator": ["a"], "parent": ["b"]}, "no row for the parent b. Add it, or leave the parent empty"),
        ({"indicator": ["a", "b"], "parent": ["b", "a"]}, "a, b lie above themselves"),
        ({"indicator": ["a", "b"], "parent": ["", ""], "system": ["x", "y"]}, "several systems: x, y"),
        ({"indicator": ["total"], "parent": [""]}, "called 'total'"),
        ({"indicator": [], "parent": []}, "no rows"),
    ],
)
def test_what_is_no_tree_is_refused(columns: dict[str, list[str]], message: str) -> None:
    with pytest.raises(BadTable, match=message):
        read_tree(pd.DataFrame(columns))


def test_the_column_parent_has_to_be_there() -> None:
    with pytest.raises(UnknownName, match="unknown column: parent"):
        read_tree(pd.DataFrame({"indicator": ["a"]}))
