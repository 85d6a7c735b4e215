"""KMO and Bartlett's sphericity against R's psych and factor_analyzer, their properties, and poor data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.errors import MissingValues, NotDefined, UnknownName
from kg.measures import bartlett_sphericity, kmo
from kg.measures.survey.adequacy import kaisers_word, sampling_adequacy, sphericity
from kg.measures.table import Numbers
from tests.measures.survey.examples import ATTITUDE, MTCARS

ANSWERS = arrays(np.float64, st.tuples(st.integers(8, 12), st.integers(2, 5)), elements=st.floats(0, 100))


def correlation(values: np.ndarray) -> Numbers:
    """Of items that are far enough from following from one another."""
    assume((values.std(axis=0) > 1e-3).all())
    found: Numbers = np.corrcoef(values, rowvar=False)
    assume(np.linalg.eigvalsh(found).min() > 1e-4)
    return found


def test_cars_as_r_prints_their_kmo() -> None:
    """R's psych: KMO(mtcars), as printed by G. Daróczi, Mastering Data Analysis with R (Packt 2015), chapter 9."""
    found = kmo(MTCARS)
    assert found["kmo"].round(2).tolist() == [0.83, 0.93, 0.9, 0.76, 0.84, 0.95, 0.74, 0.74, 0.91, 0.88, 0.85, 0.62]
    assert found["word"].tolist()[:2] == ["meritorious", "marvelous"]


def test_cars_as_r_prints_their_sphericity() -> None:
    """R's psych: cortest.bartlett(cor(mtcars)), in the same chapter; psych takes n as 100 where it is not given.

    Chi-square 1454.985 with 55 degrees of freedom, p 3.884209e-268. Of the 32 cars that there are, the factor is
    31 - 27/6 rather than 99 - 27/6.
    """
    square, freedom, p = sphericity(np.corrcoef(MTCARS.to_numpy(), rowvar=False), 100)
    assert (square, freedom) == pytest.approx((1454.985, 55), abs=5e-4)
    assert p == pytest.approx(3.884209e-268, rel=1e-4)
    assert bartlett_sphericity(MTCARS)["chi_square"][0] == pytest.approx(1454.985 * 26.5 / 94.5, abs=5e-4)


def test_attitude_as_factor_analyzer_computes_it() -> None:
    """factor_analyzer 0.5.1, `calculate_kmo` and `calculate_bartlett_sphericity` of R's attitude data."""
    assert kmo(ATTITUDE)["kmo"].tolist() == pytest.approx(
        [0.7632754322, 0.7317264, 0.73749569, 0.84418307, 0.81141423, 0.81437521, 0.69359775, 0.65107439], abs=1e-8
    )
    found = bartlett_sphericity(ATTITUDE)
    assert found["chi_square"][0] == pytest.approx(98.7527786621811)
    assert found["p"][0] == pytest.approx(4.792539035528471e-12)
    assert found["degrees_of_freedom"][0] == 21
    assert kmo(ATTITUDE).attrs["units"] == {"kmo": "1", "respondents": "1"}


def test_kaisers_words() -> None:
    """Kaiser (1974): in the nineties marvelous, eighties meritorious, and so on down."""
    values = (0.95, 0.9, 0.85, 0.75, 0.65, 0.55, 0.5, 0.49)
    assert [kaisers_word(v) for v in values] == [
        *("marvelous", "marvelous", "meritorious", "middling"),
        *("mediocre", "miserable", "miserable", "unacceptable"),
    ]
    assert kaisers_word(np.nan) == ""


@settings(max_examples=40)
@given(ANSWERS, st.floats(0.1, 10))
def test_kmo_lies_between_0_and_1_and_knows_no_scale_or_order(values: np.ndarray, scale: float) -> None:
    matrix = correlation(values)
    assume(np.abs(matrix - np.eye(len(matrix))).max() > 1e-3)
    whole, each = sampling_adequacy(matrix)
    assert 0 <= whole <= 1
    assert ((each >= 0) & (each <= 1)).all()
    again = sampling_adequacy(correlation(-scale * values[::-1, ::-1]))
    assert again[0] == pytest.approx(whole, rel=1e-6)
    assert again[1][::-1] == pytest.approx(each, rel=1e-6)


@settings(max_examples=40)
@given(arrays(np.float64, (8, 2), elements=st.floats(0, 100)))
def test_two_items_give_a_half(values: np.ndarray) -> None:
    matrix = correlation(values)
    assume(abs(matrix[0, 1]) > 1e-3)
    assert sampling_adequacy(matrix)[0] == pytest.approx(0.5)


@settings(max_examples=40)
@given(ANSWERS)
def test_sphericity_is_not_negative_and_smaller_with_the_correction(values: np.ndarray) -> None:
    matrix = correlation(values)
    with_it, without = sphericity(matrix, len(values)), sphericity(matrix, len(values), correction=False)
    assert -1e-9 <= with_it[0] <= without[0] + 1e-9
    assert 0 <= without[2] <= with_it[2] <= 1


def test_correction_can_be_left_out() -> None:
    """n - 1 instead of n - 1 - (2k + 5)/6: 29 instead of 29 - 19/6."""
    with_it, without = bartlett_sphericity(ATTITUDE), bartlett_sphericity(ATTITUDE, correction="none")
    assert without["chi_square"][0] / with_it["chi_square"][0] == pytest.approx(29 / (29 - 19 / 6))
    with pytest.raises(UnknownName, match="unknown correction: yates"):
        bartlett_sphericity(ATTITUDE, correction="yates")  # type: ignore[arg-type]


def test_too_few_respondents_have_neither() -> None:
    with pytest.warns(NotDefined, match="7 respondents are too few for 7 items"):
        found = kmo(ATTITUDE.head(7))
    assert found["kmo"].isna().all()
    assert set(found["word"]) == {""}
    with pytest.warns(NotDefined, match="7 respondents are too few"):
        assert bartlett_sphericity(ATTITUDE.head(7))["p"].isna().all()


def test_items_that_follow_from_one_another_are_named() -> None:
    table = ATTITUDE[["rating", "raises", "advance"]].assign(twice=2 * ATTITUDE["raises"] + 1)
    for measured in (kmo, bartlett_sphericity):
        with pytest.warns(NotDefined, match="raises, twice follow from one another"):
            found = measured(table)
        assert found.drop(columns=["item", "word"], errors="ignore").isna().any(axis=None)


def test_items_that_do_not_correlate_at_all() -> None:
    table = pd.DataFrame({"a": [1, 1, 2, 2], "b": [1, 2, 1, 2]})
    with pytest.warns(NotDefined, match="no two items correlate"):
        assert kmo(table)["kmo"].isna().all()
    assert bartlett_sphericity(table)[["chi_square", "p"]].iloc[0].tolist() == pytest.approx([0, 1])


def test_one_item_constant_items_and_missing_answers() -> None:
    with pytest.warns(NotDefined) as caught:
        found = kmo(pd.DataFrame({"a": [1, 2, 3], "b": [2, 2, 2]}))
    assert ["the same answer to b" in str(w.message) for w in caught] == [True, False]
    assert found["item"].tolist() == ["all items", "a"]
    with pytest.warns(NotDefined, match="1 items of 3 respondents"):
        assert bartlett_sphericity(pd.DataFrame({"a": [1, 2, 3]}))["chi_square"].isna().all()
    with pytest.warns(MissingValues, match="row 0"):
        assert kmo(pd.DataFrame({"a": [None, 1, 2, 3], "b": [1, 3, 2, 5]}))["kmo"].tolist() == pytest.approx([0.5] * 3)
