"""Changes of weights against the formula of Triantaphyllou and Sánchez, and against the ranking itself."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import brentq

from kg.errors import BadTable, MissingValues, NotDefined, UseError
from kg.measures import weight_sensitivity
from kg.measures.evaluation.weight_sensitivity import reversals

EXAMPLE = np.array(
    [
        [0.3088, 0.2897, 0.3867, 0.1922],
        [0.2163, 0.3458, 0.1755, 0.6288],
        [0.4509, 0.2473, 0.1194, 0.0575],
        [0.0240, 0.1172, 0.3184, 0.1215],
    ]
)
WEIGHTS = np.array([0.3277, 0.3058, 0.2876, 0.0790])


def table(values: np.ndarray) -> pd.DataFrame:
    rows = [(f"r{i}", f"k{j}", value) for (i, j), value in np.ndenumerate(values)]
    return pd.DataFrame(rows, columns=["region", "indicator", "normalised"])


def given_weights(values: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"indicator": [f"k{j}" for j in range(len(values))], "weight": values})


def test_formula_of_triantaphyllou_and_sanchez_by_hand() -> None:
    """Four alternatives and criteria after their example of the weighted sum, which could not be compared with the
    print; the numbers are worked out by hand from their theorem 1, whose sign is the opposite:

    scores 0.31618, 0.27678, 0.26227, 0.14487. The first place, criterion 3 against the second alternative:
    (0.27678 - 0.31618) / (0.1755 - 0.3867) / 0.2876 = 64.9 % less; criterion 1 against the third:
    (0.26227 - 0.31618) / (0.4509 - 0.3088) / 0.3277 = 115.8 % more. Any two, criterion 1, second and third:
    (0.26227 - 0.27678) / (0.4509 - 0.2163) / 0.3277 = 18.9 % more; criterion 2: 0.01451 / 0.0985 / 0.3058 = 48.2 %.
    """
    found = weight_sensitivity(table(EXAMPLE), weights=given_weights(WEIGHTS))
    assert found["change_first"].tolist() == pytest.approx([115.8, 229.7, -64.9, 114.3], abs=0.1)
    assert found["new_first"].tolist() == ["r2", "r1", "r1", "r1"]
    assert found["change_any"].tolist() == pytest.approx([18.9, -48.2, -64.9, -32.1], abs=0.1)
    assert found[["ahead", "behind"]].values.tolist()[0] == ["r1", "r2"]


def test_changes_of_the_example_by_a_second_program() -> None:
    """scipy 1.17.1, `scipy.optimize.brentq`: the factor of each weight at which the first is level with another.

    Of all the others the one that is level after the smallest change; a weight does not fall below 0.
    """

    def lead(factor: float, k: int, other: int) -> float:
        weights = np.where(np.arange(4) == k, WEIGHTS * factor, WEIGHTS)
        return float((EXAMPLE[0] - EXAMPLE[other]) @ weights)

    expected = []
    for k in range(4):
        crossings = [
            100 * (brentq(lead, *ends, args=(k, other)) - 1)
            for other in range(1, 4)
            for ends in ((0, 1), (1, 100))
            if lead(ends[0], k, other) * lead(ends[1], k, other) < 0
        ]
        expected.append(min(crossings, key=abs))
    found = weight_sensitivity(table(EXAMPLE), weights=given_weights(WEIGHTS))
    assert found["change_first"].tolist() == pytest.approx(expected)


@given(
    arrays(np.float64, (4, 3), elements=st.floats(0, 1).map(lambda x: round(x, 3))),
    arrays(np.float64, 3, elements=st.floats(0.1, 1).map(lambda x: round(x, 2))),
)
def test_places_change_there_and_not_before(values: np.ndarray, weights: np.ndarray) -> None:
    score = values @ weights
    for top in (False, True):
        found = reversals(values, weights, top)
        for k in range(3):
            if np.isnan(found.change[k]) or abs(found.change[k]) < 1e-6:
                continue
            i, j = found.first[k], found.second[k]
            assert not top or score[i] == score.max()
            at, before = weights.copy(), weights.copy()
            at[k] *= 1 + found.change[k]
            before[k] *= 1 + found.change[k] * 0.999
            assert (values @ at)[i] == pytest.approx((values @ at)[j])
            assert (values @ before)[i] > (values @ before)[j]
            assert at[k] >= -1e-12
            near = np.isclose(score[:, None], score[None, :], atol=1e-9)
            new = values @ before
            kept = np.sign(np.subtract.outer(score, score)) == np.sign(np.subtract.outer(new, new))
            assert (kept | near).all() if not top else (kept | near)[np.argmax(score)].all()


@given(arrays(np.float64, (4, 3), elements=st.sampled_from([0.0, 0.2, 0.5, 0.6, 1.0])), st.floats(0.1, 10))
def test_scale_of_the_weights_does_not_matter(values: np.ndarray, scale: float) -> None:
    weights = np.array([0.2, 0.3, 0.5])
    once, again = reversals(values, weights), reversals(values, weights * scale)
    assert np.abs(again.change) == pytest.approx(np.abs(once.change), rel=1e-6, abs=1e-6, nan_ok=True)


def test_a_higher_level_has_its_own_values_and_weights() -> None:
    """g: r0 0.75, r1 0.4; h: 0 and 0.6. Weights alike: 0.375 and 0.5; equal if g weighs 0.125 / 0.35 = 0.357 more,
    71.4 % of 0.5, or h 0.125 / 0.6 = 0.208 less, 41.7 %."""
    tree = pd.DataFrame({"indicator": ["g", "h", "k0", "k1", "k2"], "parent": ["", "", "g", "g", "h"]})
    rows = table(np.array([[1, 0.5, 0], [0.2, 0.6, 0.6]]))
    found = weight_sensitivity(rows, tree, level=1)
    assert found["indicator"].tolist() == ["g", "h"]
    assert found["change_first"].tolist() == pytest.approx([71.43, -41.67], abs=0.01)
    with pytest.warns(NotDefined, match="k1"):
        assert weight_sensitivity(rows, tree, level=2)["weight"].tolist() == pytest.approx([0.25, 0.25, 0.5])
    with pytest.raises(BadTable, match="no level 3"):
        weight_sensitivity(rows, tree, level=3)


def test_nothing_changes_where_all_are_equal_or_one_is_ahead_in_all() -> None:
    with pytest.warns(NotDefined, match="k0, k1"):
        found = weight_sensitivity(table(np.array([[0.4, 0.4], [0.3, 0.2]])))
    assert found["change_any"].isna().all()
    with pytest.warns(NotDefined, match="k0"):
        assert weight_sensitivity(table(np.full((3, 1), 0.5)))["ahead"].tolist() == [""]


def test_one_region_has_nothing_to_change() -> None:
    with pytest.warns(NotDefined, match="k0"):
        weight_sensitivity(table(np.array([[0.5]])))


def test_region_without_a_value_is_left_out() -> None:
    rows = table(np.array([[1, 0], [0, 0.8], [0.5, 0.9]]))
    with pytest.warns(MissingValues), pytest.warns(MissingValues, match="a value is missing of r2: left out"):
        found = weight_sensitivity(rows.iloc[:5])
    assert found["change_first"].tolist() == pytest.approx([-20, 25])
    with pytest.warns(MissingValues), pytest.raises(UseError, match="no region has a value of every indicator"):
        weight_sensitivity(rows.iloc[[0, 3]])
