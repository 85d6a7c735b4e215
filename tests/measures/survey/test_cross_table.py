"""Cross tables against R, pingouin and scipy, their properties, and poor input."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats.contingency import association

from kg.errors import MeasureWarning, MissingValues, NotDefined, UnknownName, UseError
from kg.measures import cross_table
from kg.measures.survey.cross_table import independence
from kg.measures.table import Numbers
from tests.measures.survey.examples import questionnaire

COUNTS = arrays(np.float64, st.tuples(st.integers(2, 5), st.integers(2, 5)), elements=st.integers(0, 50).map(float))


def responses(counts: list[list[int]]) -> pd.DataFrame:
    """As many respondents as a table counts."""
    return pd.DataFrame(
        [
            (f"r{i}", f"c{j}")
            for i, row in enumerate(counts)
            for j, count in enumerate(row)
            for _respondent in range(count)
        ],
        columns=["first", "second"],
    )


def test_party_by_sex_as_r_prints_it() -> None:
    """Agresti (2007), An Introduction to Categorical Data Analysis, 2nd ed., table 2.5; in R it is the first example of
    chisq.test: X-squared = 30.07, df = 2, p-value = 2.954e-07, expected 703.6714, 319.6453 and 533.6834 for women."""
    found = cross_table(responses([[762, 327, 468], [484, 239, 477]]), "first", "second")
    assert found["count"].tolist() == [762, 327, 468, 484, 239, 477]
    assert found["expected"].tolist()[:3] == pytest.approx([703.6714, 319.6453, 533.6834], abs=5e-5)
    assert found["chi_square"].tolist() == pytest.approx([30.07] * 6, abs=5e-3)
    assert set(found["degrees_of_freedom"]) == {2}
    assert found["p"][0] == pytest.approx(2.954e-07, rel=2e-4)
    assert found["row_share"].tolist()[0] == pytest.approx(100 * 762 / 1557)
    assert found["column_share"].tolist()[0] == pytest.approx(100 * 762 / 1246)


def test_heart_disease_as_pingouin_computes_it() -> None:
    """pingouin 0.7.0, `chi2_independence` of its data set chi2_independence: chest pain by target, and sex by target
    with and without Yates' correction (there V is of the corrected chi-square; ours never is)."""
    found = independence(np.array([[104.0, 39], [9, 41], [18, 69], [7, 16]]))
    assert found == pytest.approx((81.68642755194445, 3, 1.3343043373050064e-17, 0.519222659500171))
    sex = np.array([[24.0, 72], [114, 93]])
    assert independence(sex) == pytest.approx((23.914383914761988, 1, 1.0071642033238865e-06, 0.280936575501767))
    assert independence(sex, yates=True) == pytest.approx(
        (22.717227046576355, 1, 1.8767776216941503e-06, 0.280936575501767)
    )
    corrected = cross_table(responses([[24, 72], [114, 93]]), "first", "second", correction="yates")
    assert corrected["chi_square"][0] == pytest.approx(22.717227046576355)


@given(COUNTS)
def test_bounds_transposition_and_scipys_v(counts: Numbers) -> None:
    assume((counts.sum(axis=0) > 0).all() and (counts.sum(axis=1) > 0).all())
    square, freedom, p, strength = independence(counts)
    assert square >= 0
    assert freedom == (counts.shape[0] - 1) * (counts.shape[1] - 1)
    assert 0 <= p <= 1
    assert 0 <= strength <= 1 + 1e-9
    assert strength == pytest.approx(association(counts.astype(int), method="cramer"))
    assert independence(counts.T) == pytest.approx((square, freedom, p, strength))
    assert independence(3 * counts)[3] == pytest.approx(strength)


@settings(max_examples=20)
@given(st.permutations(range(40)))
def test_order_of_respondents_does_not_matter(order: list[int]) -> None:
    table = responses([[9, 11], [12, 8]])
    assert cross_table(table.iloc[order], "first", "second").equals(cross_table(table, "first", "second"))


def test_small_expected_counts_warn_and_name_the_cells() -> None:
    """Of 4 and 16 by 10 and 10, both expected counts of the first row are 2."""
    with pytest.warns(MeasureWarning, match="2 of 4 expected counts are below 5") as caught:
        found = cross_table(responses([[4, 0], [6, 10]]), "first", "second")
    assert caught[0].message.rows == ("r0 and c0", "r0 and c1")  # type: ignore[union-attr]
    assert found["expected"].tolist() == [2, 2, 8, 8]
    assert found["p"].notna().all()


def test_one_option_has_no_test() -> None:
    with pytest.warns(NotDefined, match="fewer than two options"):
        found = cross_table(responses([[3, 4]]), "first", "second")
    assert found["p"].isna().all()
    assert found["count"].tolist() == [3, 4]


def test_several_answers_have_no_test() -> None:
    table = pd.DataFrame({"makes": ["A;B", "A", "B", "B"], "sells": ["X", "X", "Y", "Y"]})
    with pytest.warns(NotDefined, match="not independent"):
        found = cross_table(table, "makes", "sells")
    assert found["row"].str.cat(found["column"]).tolist() == ["AX", "AY", "BX", "BY"]
    assert found["count"].tolist() == [2, 0, 1, 2]
    assert found["row_share"].tolist() == pytest.approx([100, 0, 100 / 3, 200 / 3])
    assert found["column_share"].tolist() == pytest.approx([100, 0, 50, 100])
    assert found["respondents"].tolist() == [4] * 4
    assert found[["expected", "p"]].isna().all(axis=None)


def test_missing_and_misfitting_answers_are_left_out_by_name() -> None:
    """Labels name questions too; 60 is in two ranges of age."""
    table = pd.DataFrame(
        {
            "respondent": [f"r{i}" for i in range(24)],
            "Gender": ["A", "B"] * 12,
            "Age": ["25", "60", "", *["A", "B", "B"] * 7],
        }
    )
    with pytest.warns() as caught:
        found = cross_table(table, "gender", "Age", questionnaire())
    assert "no answer to both Gender and Age that could be placed: r1, r2: left out" in [str(w.message) for w in caught]
    assert {type(w.message).__name__ for w in caught} == {"MissingValues", "Inconsistent", "MeasureWarning"}
    assert found["respondents"].tolist() == [22] * 4


def test_nobody_answered_both() -> None:
    table = pd.DataFrame({"first": ["a", ""], "second": ["", "b"]})
    with pytest.warns() as caught:
        found = cross_table(table, "first", "second")
    assert {type(w.message) for w in caught} == {MissingValues, NotDefined}
    assert found.empty


def test_first_two_questions_of_the_table_where_none_is_named() -> None:
    """In the order of the table, not of the instrument; a question that is named is not taken again."""
    table = pd.DataFrame({"age": ["A", "B"] * 20, "gender": ["A"] * 20 + ["B"] * 20, "time": ["A", "D"] * 20})
    assert cross_table(table, instrument=questionnaire()).equals(cross_table(table, "age", "gender", questionnaire()))
    named = cross_table(table, columns="Age", instrument=questionnaire())
    assert named.equals(cross_table(table, "gender", "age", questionnaire()))
    with pytest.raises(UseError, match="no two questions with options"):
        cross_table(table[["age"]], instrument=questionnaire())


def test_poor_input() -> None:
    table = responses([[5, 5], [5, 5]])
    with pytest.raises(UnknownName, match="unknown question: third"):
        cross_table(table, "first", "third")
    with pytest.raises(UseError, match="is both rows and columns"):
        cross_table(table, "first", "first")
    with pytest.raises(UnknownName, match="unknown correction: fisher"):
        cross_table(table, "first", "second", correction="fisher")  # type: ignore[arg-type]
