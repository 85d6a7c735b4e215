"""Fitness and complexity by hand, against a second program, and where they do not converge."""

from __future__ import annotations

import numpy as np
import pytest
from econcomplex.complexity import fitness_complexity
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import MeasureWarning, NotDefined, UseError
from kg.measures import industry_fitness, regional_fitness
from kg.measures.complexity.fitness import fitnesses
from tests.measures.complexity.growth_lab import MATRIX, table, table_of
from tests.measures.complexity.networks import FEW, connected, in_order, shuffled
from tests.measures.matrices import long


def test_converges_to_the_numbers_of_econcomplex() -> None:
    """Second program: econcomplex 1.0.1 with 2000 iterations, on ten countries and thirty products (`growth_lab`)."""
    fitness, complexity = fitness_complexity(MATRIX, use_rca=False, iterations=2000, tol=1e-13)
    found = regional_fitness(table(), binary=True, iterations=5000, tolerance=1e-12)
    assert found["fitness"].to_numpy() == pytest.approx(fitness, abs=1e-7)
    industries = industry_fitness(table(), binary=True, iterations=5000, tolerance=1e-12)
    assert industries["complexity"].to_numpy() == pytest.approx(complexity, abs=1e-7)


def test_one_iteration_by_hand() -> None:
    """a has three industries, b one: fitness 3 and 1 over their mean 2; complexity 1/2, 1 and 1 over their mean 5/6."""
    rows = table_of({"a": "tea steel tools", "b": "tea"})
    found = regional_fitness(rows, binary=True, iterations=1, tolerance=0)
    assert found["fitness"].tolist() == pytest.approx([1.5, 0.5])
    industries = industry_fitness(rows, binary=True, iterations=1, tolerance=0)
    assert industries["complexity"].tolist() == pytest.approx([0.6, 1.2, 1.2])


def test_second_iteration_by_hand_uses_the_first_for_both() -> None:
    """From 1.5, 0.5 and 0.6, 1.2, 1.2: fitness 3 and 0.6 over 1.8; complexity 1 / (1/1.5 + 1/0.5), 1.5, 1.5."""
    rows = table_of({"a": "tea steel tools", "b": "tea"})
    found = regional_fitness(rows, binary=True, iterations=2, tolerance=0)
    assert found["fitness"].tolist() == pytest.approx([5 / 3, 1 / 3])
    industries = industry_fitness(rows, binary=True, iterations=2, tolerance=0)
    assert industries["complexity"].tolist() == pytest.approx(np.array([3 / 8, 1.5, 1.5]) / (9 / 8))


def test_fixed_point_by_hand() -> None:
    """a and b share tea and have one industry each for themselves: fitness 1 and 1, complexity 1/2, 1, 1 over 5/6."""
    rows = table_of({"a": "tea steel", "b": "tea tools"})
    assert regional_fitness(rows, binary=True)["fitness"].tolist() == pytest.approx([1, 1])
    assert industry_fitness(rows, binary=True)["complexity"].tolist() == pytest.approx([0.6, 1.2, 1.2])


@given(st.integers(0, 100), st.integers(1, 30))
def test_mean_of_one_and_none_negative(seed: int, iterations: int) -> None:
    found = fitnesses(connected(seed), iterations, 0)
    for numbers in (found.regions, found.industries):
        assert numbers.mean() == pytest.approx(1)
        assert (numbers >= 0).all()
    assert found.iterations == iterations


@FEW
@given(st.integers(0, 50))
def test_order_of_rows_does_not_matter(seed: int) -> None:
    here = connected(seed)
    for measure, column in ((regional_fitness, "fitness"), (industry_fitness, "complexity")):
        expected = in_order(measure(long(here), binary=True, iterations=30, tolerance=0))[column]
        assert shuffled(measure, here, seed, binary=True, iterations=30, tolerance=0)[
            column
        ].to_list() == pytest.approx(expected.to_list())


def test_region_that_adds_an_industry_is_at_least_as_fit_as_one_that_does_not() -> None:
    found = regional_fitness(
        table_of({"a": "tea steel", "b": "tea", "c": "tea steel tools", "d": "tools"}), binary=True, tolerance=0
    )
    fitness = found.set_index("region")["fitness"]
    assert fitness["c"] >= fitness["a"] >= fitness["b"]


def test_triangle_converges_to_zero_slowly_and_a_warning_names_who() -> None:
    """Pugliese et al. (2016): where the diagonal crosses the empty part, fitness falls to 0, here as 1 / n."""
    with pytest.warns(MeasureWarning, match="not converged after 1000 iterations.*Fitness of b is near 0") as caught:
        found = regional_fitness(table_of({"a": "tea steel", "b": "tea"}), binary=True)
    assert found["fitness"].tolist() == pytest.approx([2, 0], abs=0.01)
    assert caught[0].message.rows == ("b",)  # type: ignore[union-attr]


def test_fitness_that_vanishes_stays_a_number() -> None:
    found = fitnesses(np.array([[1.0, 1, 1, 0], [0, 0, 1, 1]]), 5000, 0)
    assert np.isfinite(found.regions).all() and np.isfinite(found.industries).all()


def test_groups_that_share_nothing_are_named() -> None:
    with pytest.warns(MeasureWarning, match="y share no industry with the other regions"):
        regional_fitness(table_of({"a": "tea", "b": "tea", "y": "wine"}), binary=True, tolerance=0)


def test_region_without_speciality_is_empty() -> None:
    with pytest.warns(NotDefined, match="no value for r1"):
        found = regional_fitness(long(np.array([[1.0, 1], [0, 0]])), binary=True)
    assert found["fitness"].tolist()[0] == 1
    assert found["diversity"].tolist() == [2, 0]


def test_one_region_and_all_equal() -> None:
    assert regional_fitness(table_of({"a": "tea steel"}))["fitness"].tolist() == [1]
    assert regional_fitness(table_of({"a": "tea", "b": "tea"}))["fitness"].tolist() == [1, 1]


def test_wrong_numbers() -> None:
    with pytest.raises(UseError, match="iterations is 0"):
        regional_fitness(table(), iterations=0)
    with pytest.raises(UseError, match="tolerance is -1"):
        industry_fitness(table(), tolerance=-1)
