"""Judgements of published examples, as tables."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

HOUSE = ("size", "transport", "neighbourhood", "age", "yard", "modern", "condition", "financing")
HOUSE_ROWS = """
1    5    3    7   6   6    1/3  1/4
1/5  1    1/3  5   3   3    1/5  1/7
1/3  3    1    6   3   4    6    1/5
1/7  1/5  1/6  1   1/3 1/4  1/7  1/8
1/6  1/3  1/3  3   1   1/2  1/5  1/6
1/6  1/3  1/4  4   2   1    1/5  1/6
3    5    1/6  7   5   5    1    1/2
4    7    5    8   6   6    2    1
"""
"""Saaty (1990), How to make a decision, European Journal of Operational Research 48(1), 9-26: the criteria for buying a
house, as LINDO's model library prints them too (AnaHierProc02, "Example from Saaty")."""

DRINKS = ("coffee", "wine", "tea", "beer", "soda", "milk", "water")
DRINKS_ROWS = """
1    9  5    2    1    1    1/2
1/9  1  1/3  1/9  1/9  1/9  1/9
1/5  3  1    1/3  1/4  1/3  1/9
1/2  9  3    1    1/2  1    1/3
1    9  4    2    1    2    1/2
1    9  3    1    1/2  1    1/3
2    9  9    3    2    3    1
"""
"""Saaty (2008), Decision making with the analytic hierarchy process, doi:10.1504/IJSSCI.2008.017590; as the README of
AHPy 2.1 prints it. Coffee and milk are 1 in one direction and 1 in the other."""


def judgements(names: tuple[str, ...], text: str) -> pd.DataFrame:
    """The cells above the diagonal of a matrix."""
    cells = [line.split() for line in text.strip().splitlines()]
    return pd.DataFrame(
        [(names[i], names[j], cells[i][j]) for i, j in combinations(range(len(names)), 2)],
        columns=["indicator", "other_indicator", "judgement"],
    )


def ranges(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Judgements from low to high."""
    return pd.DataFrame(rows, columns=["indicator", "other_indicator", "low", "high"])
