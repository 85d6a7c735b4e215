"""Counts and shares of answers: by hand, against pandas, properties, and poor input."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import BadTable, Inconsistent, MissingValues, NotDefined
from kg.measures import response_counts
from tests.measures.survey.examples import ATTITUDE, questionnaire


def test_by_hand() -> None:
    """Five respondents, four answer: two of them A (50 % of who answered, 40 % of all), two B."""
    table = pd.DataFrame({"respondent": list("vwxyz"), "gender": ["A", "male", "2", "B", ""]})
    with pytest.warns(MissingValues, match="there is no answer: z Gender"):
        found = response_counts(table, questionnaire())
    assert found[["option", "label", "count"]].values.tolist() == [["A", "Male", 2], ["B", "Female", 2]]
    assert found["share_of_answered"].tolist() == [50, 50]
    assert found["share_of_all"].tolist() == [40, 40]
    assert found[["answered", "respondents"]].values.tolist() == [[4, 5], [4, 5]]
    assert found.attrs["units"] == {
        **{"count": "1", "share_of_answered": "%", "share_of_all": "%"},
        **{"answered": "1", "respondents": "1"},
    }


def test_as_pandas_counts() -> None:
    """pandas' own value_counts of a column of R's attitude data, as a second program."""
    found = response_counts(ATTITUDE[["rating"]])
    counts = ATTITUDE["rating"].value_counts().sort_index()
    assert found["option"].tolist() == [str(value) for value in counts.index]
    assert found["count"].tolist() == counts.tolist()
    assert found["share_of_all"].tolist() == pytest.approx((100 * counts / 30).tolist())


def test_several_answers_may_add_up_to_more_than_all() -> None:
    """A of two in three, B of two in three: 133 % together."""
    instrument = questionnaire().query("question == 'products'").assign(kind="multiple")
    found = response_counts(pd.DataFrame({"products": ["A;B", "B", "rods"]}), instrument)
    assert found["count"].tolist() == [2, 2, 0, 0, 0]
    assert found["share_of_answered"].sum() == pytest.approx(400 / 3)


def test_numbers_are_placed_in_ranges_and_what_does_not_fit_is_left_out() -> None:
    table = pd.DataFrame({"age": ["18", "25", "60", "18.5"], "gender": ["A", "A", "B", "C"]})
    with pytest.warns(Inconsistent, match="row 2 Age 60, row 3 Age 18.5, row 3 Gender C: left out"):
        found = response_counts(table, questionnaire())
    assert found["option"].tolist() == list("ABABCDEF")
    assert found["count"].tolist() == [2, 1, 1, 1, 0, 0, 0, 0]
    assert found["answered"].tolist() == [3] * 2 + [2] * 6


def test_too_many_answers_count_at_each_option_with_a_warning() -> None:
    with pytest.warns(Inconsistent, match="row 0 Gender A;B: each option is counted"):
        assert response_counts(pd.DataFrame({"gender": ["A;B"]}), questionnaire())["count"].tolist() == [1, 1]


def test_nobody_answered() -> None:
    table = pd.DataFrame({"gender": ["", ""], "age": ["A", "A"]})
    with pytest.warns() as caught:
        found = response_counts(table, questionnaire())
    assert {type(w.message) for w in caught} == {MissingValues, NotDefined}
    assert found["share_of_answered"].isna().tolist() == [True] * 2 + [False] * 6
    assert found["share_of_all"].tolist() == [0, 0, 100, 0, 0, 0, 0, 0]


def test_long_table_counts_the_same() -> None:
    wide = pd.DataFrame({"respondent": ["a", "b"], "gender": ["A", "B"], "age": ["C", "C"]})
    long = wide.melt("respondent", var_name="question", value_name="answer")
    assert response_counts(long, questionnaire(), question="question").equals(response_counts(wide, questionnaire()))


@settings(max_examples=30)
@given(st.lists(st.sampled_from("AB"), min_size=1, max_size=8), st.integers(0, 7))
def test_single_answers_add_up_whatever_the_order(answers: list[str], turn: int) -> None:
    found = response_counts(pd.DataFrame({"gender": answers}), questionnaire())
    assert found["count"].sum() == len(answers)
    assert found["share_of_answered"].sum() == pytest.approx(100)
    turned = list(np.roll(answers, turn))
    assert response_counts(pd.DataFrame({"gender": turned}), questionnaire()).equals(found)


def test_poor_input() -> None:
    twice = pd.DataFrame({"respondent": ["a", "a"], "gender": ["A", "B"]})
    with pytest.raises(BadTable, match="a answered more than once"):
        response_counts(twice, questionnaire())
    with pytest.raises(BadTable, match="no responses"):
        response_counts(twice.head(0))
