"""Answers that would not fit into memory are refused before they are computed."""

from __future__ import annotations

import pandas as pd
import pytest

from kg.errors import TooLarge
from kg.measures import cross_space_proximity, gradient, krugman_pairs

MANY = pd.DataFrame({"region": [f"r{n}" for n in range(6_000)], "industry": "i", "value": 1.0})


def test_pairs_of_six_thousand_regions() -> None:
    """6,000 * 5,999 / 2 pairs."""
    for measure in (krugman_pairs, gradient):
        with pytest.raises(TooLarge, match=r"17,997,000 rows, more than 10,000,000\. Leave out regions"):
            measure(MANY)


def test_two_kinds_of_four_thousand_activities() -> None:
    activities = MANY.head(4_000).rename(columns={"region": "industry", "industry": "region"})
    with pytest.raises(TooLarge, match="16,000,000 rows"):
        cross_space_proximity(activities, activities)
