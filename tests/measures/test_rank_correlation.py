"""Kendall's tau-b against SciPy."""

from __future__ import annotations

import random

import pytest

from kg.measures.rank_correlation import kendall_tau_b


def test_tau_b_equals_that_of_scipy() -> None:
    """Second program: scipy.stats.kendalltau, with ties and without."""
    from scipy.stats import kendalltau

    numbers = random.Random(5)
    for _ in range(40):
        first = [numbers.randint(0, 6) for _ in range(9)]
        second = [numbers.randint(0, 6) for _ in range(9)]
        assert kendall_tau_b(first, second) == pytest.approx(kendalltau(first, second).statistic)
    assert kendall_tau_b([1.0], [2.0]) is None
