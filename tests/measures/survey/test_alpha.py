"""Cronbach's alpha against SPSS, R and pingouin, its properties, and what it does with poor data."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.errors import BadTable, Inconsistent, MissingValues, NotDefined, UnknownName, UseError
from kg.measures import cronbach_alpha
from kg.measures.survey.alpha import alphas, feldt_interval
from kg.measures.table import Numbers
from tests.measures.survey.examples import ATTITUDE, DENIS, DENIS_DEVIATIONS

ANSWERS = arrays(np.float64, st.tuples(st.integers(3, 12), st.integers(2, 6)), elements=st.integers(1, 7).map(float))


def quiet(values: np.ndarray) -> pd.DataFrame:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return cronbach_alpha(pd.DataFrame(values, columns=[f"q{i}" for i in range(values.shape[1])]))


def test_attitude_as_pingouin_computes_it() -> None:
    """pingouin 0.7.0, `cronbach_alpha` of R's attitude data, of the data without each item, and of z-scores."""
    found = cronbach_alpha(ATTITUDE)
    assert found["without"].tolist() == ["none", *ATTITUDE.columns]
    assert found["alpha"].tolist() == pytest.approx(
        [0.8431427696, 0.8097602063, 0.7969174573, 0.8278477660, 0.8030309750, 0.7953865742, 0.8638723114, 0.8404648683]
    )
    assert found[["low", "high"]].iloc[0].tolist() == pytest.approx([0.739, 0.916], abs=5e-4)
    assert found.loc[0, "standardised_alpha"] == pytest.approx(0.8390838030)
    assert cronbach_alpha(ATTITUDE, confidence=0.9)[["low", "high"]].iloc[0].tolist() == pytest.approx(
        [0.760, 0.907], abs=5e-4
    )
    assert found.attrs["units"] == dict.fromkeys(
        ["items", "respondents", "alpha", "low", "high", "standardised_alpha", "mean_correlation"], "1"
    )


def test_reversed_item_as_pingouin_computes_it() -> None:
    """pingouin 0.7.0 of the attitude data with `critical` replaced by 5 - critical: 0.7764540543."""
    with pytest.warns(Inconsistent, match="critical goes against the rest"):
        found = cronbach_alpha(ATTITUDE, reverse="critical")
    assert found.loc[0, "alpha"] == pytest.approx(0.7764540543)


def test_five_items_as_spss_prints_them() -> None:
    """Denis, Applied Univariate, Bivariate, and Multivariate Statistics: SPSS gives 0.633 raw, 0.691 standardised."""
    covariance: Numbers = DENIS * np.outer(DENIS_DEVIATIONS, DENIS_DEVIATIONS)
    assert alphas(covariance)[0] == pytest.approx(0.633, abs=6e-4)
    assert alphas(DENIS)[0] == pytest.approx(0.691, abs=6e-4)


def test_interval_as_r_computes_it() -> None:
    """R code of C. Evans on the pages of the MRC Cognition and Brain Sciences Unit (statswiki, FAQ/cafun): alpha 0.913
    of 20 items and 873 respondents has the interval 0.9044024 to 0.9211588."""
    lower, upper = feldt_interval(np.array(0.913), 873, np.array(20), 0.95)
    assert (lower, upper) == pytest.approx((0.9044024, 0.9211588), abs=5e-8)


def test_missing_answers_are_left_out_listwise_as_in_pingouin() -> None:
    """The documented example of pingouin's cronbach_alpha with `nan_policy="listwise"`: 0.8016949, 0.581 to 0.933.

    pingouin 0.7.0 takes the interval of the 12 respondents there were, not of the 9 who are left; ours is wider.
    """
    answers = ["11111111111", "11111111010", ".011.111100", "11101101100", "11111000100", "01.01111000"]
    answers += ["11110010000", "11111000000", "01011000010", "10010100.00", "11100000000", "10010000000"]
    rows = [[np.nan if answer == "." else float(answer) for answer in row] for row in answers]
    table = pd.DataFrame(rows, columns=[f"Q{i}" for i in range(1, 12)])
    table.insert(0, "respondent", [f"r{i}" for i in range(1, 13)])
    with pytest.warns(MissingValues, match="from r3, r6, r10: left out") as caught:
        found = cronbach_alpha(table)
    assert caught[0].message.rows == ("r3", "r6", "r10")  # type: ignore[union-attr]
    assert found[["alpha", "respondents"]].iloc[0].tolist() == pytest.approx([0.8016949152542373, 9])
    bounds = feldt_interval(found["alpha"].to_numpy()[:1], 12, np.array(11), 0.95)
    assert np.concatenate(bounds).tolist() == pytest.approx([0.581, 0.933], abs=5e-4)
    assert found["low"][0] < 0.581


@settings(max_examples=40)
@given(ANSWERS, st.floats(0.1, 10), st.floats(-5, 5))
def test_scale_and_origin_do_not_matter(values: np.ndarray, scale: float, origin: float) -> None:
    once, again = quiet(values), quiet(values * scale + origin)
    assert again["alpha"].to_numpy() == pytest.approx(once["alpha"].to_numpy(), abs=1e-6, nan_ok=True)


@settings(max_examples=40)
@given(ANSWERS, st.randoms(use_true_random=False))
def test_order_of_respondents_and_items_does_not_matter(values: np.ndarray, random: np.random.Generator) -> None:
    people, items = list(range(len(values))), list(range(values.shape[1]))
    random.shuffle(people)
    random.shuffle(items)
    again = quiet(values[people][:, items])["alpha"][0]
    assert again == pytest.approx(quiet(values)["alpha"][0], abs=1e-6, nan_ok=True)


@settings(max_examples=40)
@given(ANSWERS)
def test_alpha_is_at_most_one_and_lies_in_its_interval(values: np.ndarray) -> None:
    found = quiet(values).dropna(subset="alpha")
    assert (found["alpha"] <= 1 + 1e-9).all()
    assert ((found["low"] <= found["alpha"] + 1e-9) & (found["alpha"] <= found["high"] + 1e-9)).all()


@settings(max_examples=40)
@given(ANSWERS)
def test_without_an_item_is_the_alpha_of_the_others(values: np.ndarray) -> None:
    covariance = np.cov(values, rowvar=False)
    rest = np.delete(np.delete(covariance, 0, 0), 0, 1)
    assert alphas(covariance)[1] == pytest.approx(alphas(rest)[0], abs=1e-6, nan_ok=True)


def test_equal_items_are_perfectly_reliable() -> None:
    found = cronbach_alpha(pd.DataFrame({"a": [1, 2, 5], "b": [1, 2, 5]}))
    assert found[["alpha", "low", "high", "standardised_alpha"]].to_numpy() == pytest.approx(np.ones((1, 4)))


def test_item_without_variance_is_left_out() -> None:
    table = pd.DataFrame({"a": [1, 2, 4], "b": [1, 3, 4], "c": [5, 5, 5]})
    with pytest.warns(NotDefined, match="the same answer to c") as caught:
        found = cronbach_alpha(table)
    assert caught[0].message.rows == ("c",)  # type: ignore[union-attr]
    assert found.equals(cronbach_alpha(table, items="a;b"))


@pytest.mark.parametrize("table", [{"a": [1, 2, 3]}, {"a": [1], "b": [2]}])
def test_one_item_or_one_respondent_has_no_alpha(table: dict[str, list[float]]) -> None:
    with pytest.warns(NotDefined, match="two of each are needed"):
        assert np.isnan(cronbach_alpha(pd.DataFrame(table))["alpha"]).all()


def test_items_that_cancel_one_another_have_no_alpha() -> None:
    with pytest.warns() as caught:
        found = cronbach_alpha(pd.DataFrame({"a": [1, 2, 3], "b": [3, 2, 1]}))
    assert {type(w.message) for w in caught} == {NotDefined, Inconsistent}
    assert np.isnan(found["alpha"][0])


def test_nobody_answered_everything() -> None:
    with pytest.raises(BadTable, match="nobody answered all of a, b"):
        cronbach_alpha(pd.DataFrame({"a": [1, None], "b": [None, 2]}))


def test_bad_options() -> None:
    with pytest.raises(UnknownName, match="unknown column: ratin"):
        cronbach_alpha(ATTITUDE, items="ratin;raises")
    with pytest.raises(UnknownName, match="unknown item: advance"):
        cronbach_alpha(ATTITUDE, items="rating;raises", reverse="advance")
    with pytest.raises(UseError, match="items names rating twice"):
        cronbach_alpha(ATTITUDE, items="rating;rating")
    with pytest.raises(UseError, match="confidence is 95"):
        cronbach_alpha(ATTITUDE, confidence=95)
    with pytest.raises(BadTable, match="'B' is not a number"):
        cronbach_alpha(pd.DataFrame({"a": ["1", "B"], "b": ["1", "2"]}))
    with pytest.raises(UnknownName, match="unknown column: person"):
        cronbach_alpha(ATTITUDE, respondent="person")
