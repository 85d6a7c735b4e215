"""Item-total correlations against SPSS and pingouin, their properties, and what they do with poor data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.errors import MissingValues, NotDefined
from kg.measures import item_total_correlation
from kg.measures.survey.item_total import item_totals
from tests.measures.survey.examples import ATTITUDE, DENIS, DENIS_DEVIATIONS

ANSWERS = arrays(np.float64, st.tuples(st.integers(3, 12), st.integers(2, 6)), elements=st.floats(0, 100))


def test_attitude_as_pingouin_computes_it() -> None:
    """pingouin 0.7.0, `corr` of each item of R's attitude data with the sum of the others, and of all."""
    found = item_total_correlation(ATTITUDE)
    assert found["item"].tolist() == list(ATTITUDE.columns)
    assert found["corrected_correlation"].tolist() == pytest.approx(
        [0.6712620572, 0.7421097102, 0.5607111115, 0.7144454981, 0.7862755938, 0.2650343392, 0.4608105495]
    )
    assert found["raw_correlation"].tolist() == pytest.approx(
        [0.7788257019, 0.8367805506, 0.6972768034, 0.8066859225, 0.8501304439, 0.4207009885, 0.5953449857]
    )


def test_first_of_five_items_as_spss_prints_it() -> None:
    """Denis, Applied Univariate, Bivariate, and Multivariate Statistics: SPSS gives 0.712 for Item_1."""
    assert item_totals(DENIS * np.outer(DENIS_DEVIATIONS, DENIS_DEVIATIONS))[0][0] == pytest.approx(0.712, abs=6e-4)


@settings(max_examples=40)
@given(ANSWERS, st.floats(0.1, 10))
def test_bounds_scale_and_raw_above_corrected(values: np.ndarray, scale: float) -> None:
    covariance = np.cov(values, rowvar=False)
    assume((np.diag(covariance) > 1e-3).all())
    corrected, raw = item_totals(covariance)
    known = ~np.isnan(corrected) & ~np.isnan(raw)
    assert (np.abs(corrected[known]) <= 1 + 1e-6).all()
    assert (corrected[known] <= raw[known] + 1e-6).all()
    assert item_totals(covariance * scale)[0] == pytest.approx(corrected, abs=1e-6, nan_ok=True)


@settings(max_examples=40)
@given(ANSWERS)
def test_order_of_items_does_not_matter(values: np.ndarray) -> None:
    covariance = np.cov(values, rowvar=False)
    assume((np.diag(covariance) > 1e-3).all())
    again = item_totals(covariance[::-1, ::-1])[0][::-1]
    assert again == pytest.approx(item_totals(covariance)[0], abs=1e-6, nan_ok=True)


def test_reversing_turns_the_sign() -> None:
    """With two items, the corrected correlation is that of the two."""
    table = pd.DataFrame({"a": [1, 2, 3, 5], "b": [5, 3, 3, 1]})
    plain = item_total_correlation(table)["corrected_correlation"].to_numpy()
    turned = item_total_correlation(table, reverse="b")["corrected_correlation"].to_numpy()
    assert turned == pytest.approx(-plain)


def test_missing_constant_and_single_items() -> None:
    with pytest.warns(MissingValues, match="row 2"):
        found = item_total_correlation(pd.DataFrame({"a": [1, 2, None, 4], "b": [1, 3, 2, 4]}))
    assert found["respondents"].tolist() == [3, 3]
    with pytest.warns(NotDefined) as caught:
        found = item_total_correlation(pd.DataFrame({"a": [1, 2, 4], "b": [2, 2, 2]}))
    assert ["the same answer to b" in str(w.message) for w in caught] == [True, False]
    assert found["item"].tolist() == ["a"]
    assert found["raw_correlation"].isna().all()


def test_sum_that_does_not_vary_is_empty() -> None:
    with pytest.warns(NotDefined, match="no correlation of a, b"):
        found = item_total_correlation(pd.DataFrame({"a": [1, 2, 3], "b": [3, 2, 1]}))
    assert found["corrected_correlation"].tolist() == pytest.approx([-1.0, -1.0])
    assert found["raw_correlation"].isna().all()
