"""Answers held against a questionnaire: each fault by hand, both layouts, properties, and poor input.

There is no published table of such faults: every expected row follows from the questionnaire by hand.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import BadTable, UnknownName
from kg.measures import checked_responses
from kg.measures.survey.instrument import read_instrument
from kg.measures.survey.responses import Layout, read_cell
from tests.measures.survey.examples import questionnaire

GOOD = {"gender": "A", "age": "25", "time": "B", "products": "A"}
AGE = read_instrument(questionnaire())["age"]


def faults(*answers: dict[str, Any], **options: Any) -> list[tuple[str, str, str]]:
    """Respondent, question and fault of respondents r1, r2 ... who otherwise answer well."""
    table = pd.DataFrame([{"respondent": f"r{i}", **GOOD, **answer} for i, answer in enumerate(answers, start=1)])
    found = checked_responses(table, questionnaire(), **options)
    return list(found[["respondent", "question", "what"]].itertuples(index=False, name=None))


def test_good_answers_have_no_faults() -> None:
    """A key, a label in capitals, a position where options are no ranges, and a number in one range."""
    assert faults({}, {"gender": "FEMALE"}, {"gender": "2"}, {"age": "19-30"}, {"age": 17.0}, {"time": "0.5"}) == []


def test_number_in_two_ranges_is_flagged() -> None:
    """60 is in 51-60 and in 60 and over: the overlap that the Baoji questionnaire prints; 3 years in B and C."""
    assert faults({"age": "60", "time": "3"}) == [
        ("r1", "age", "in several ranges"),
        ("r1", "time", "in several ranges"),
    ]


def test_excluded_bound_does_not_count() -> None:
    """Exactly one year is not less than one: it is in B alone."""
    assert faults({"time": "1"}) == []


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ({"gender": "C"}, "unknown option"),
        ({"gender": "3"}, "unknown option"),
        ({"gender": "A;B"}, "several answers"),
        ({"products": "A;B"}, "several answers"),
        ({"products": "A;rods"}, "same answer twice"),
        ({"products": "A;Z"}, "unknown option"),
        ({"age": "18.5"}, "outside all ranges"),
        ({"age": ""}, "no answer"),
        ({"age": None}, "no answer"),
    ],
)
def test_faults_by_hand(answer: dict[str, Any], what: str) -> None:
    assert faults(answer) == [("r1", next(iter(answer)), what)]


def test_several_answers_where_they_are_allowed() -> None:
    instrument = questionnaire()
    instrument.loc[instrument["question"] == "products", "kind"] = "multiple"
    table = pd.DataFrame([{"respondent": "r1", **GOOD, "products": "A; B"}])
    assert checked_responses(table, instrument).empty
    unsaid = checked_responses(table, questionnaire())
    assert unsaid["explanation"].tolist() == ["A, B: the instrument does not say whether several are allowed"]


def test_positions_instead_of_numbers() -> None:
    """A bare 6 is the sixth option of age, or the age of a child."""
    assert faults({"age": "6"}) == faults({"age": "6"}, positions=True) == []
    assert faults({"age": "7"}, positions=True) == [("r1", "age", "unknown option")]


def test_questions_that_only_one_side_has() -> None:
    answers = {"Gender": "A", "AGE": "B", "time": "B", "mood": "good", "date": "1 May"}
    table = pd.DataFrame([{"respondent": "r1", **answers}])
    found = checked_responses(table, questionnaire(), ignore="date")
    assert found[["respondent", "question", "what"]].values.tolist() == [
        ["", "mood", "unknown question"],
        ["", "products", "question not in the table"],
    ]


def test_numbers_and_open_questions() -> None:
    instrument = pd.DataFrame(
        [("share", "number", 0, 100), ("staff", "number", None, None), ("why", "", None, None)],
        columns=["question", "kind", "low", "high"],
    )
    table = pd.DataFrame({"share": ["50", "101", "half"], "staff": ["7", "x", "1"], "why": ["so", "", "so"]})
    assert checked_responses(table, instrument)[["respondent", "question", "what"]].values.tolist() == [
        ["row 1", "share", "outside all ranges"],
        ["row 1", "staff", "no number"],
        ["row 1", "why", "no answer"],
        ["row 2", "share", "no number"],
    ]


def test_respondent_with_two_rows() -> None:
    table = pd.DataFrame([{"respondent": "r1", **GOOD}, {"respondent": "r1", **GOOD, "age": "999x"}])
    found = checked_responses(table, questionnaire())
    assert found["what"].tolist() == ["repeated respondent"]
    assert "row 1" in found["explanation"][0]


def test_long_table_gives_the_same_faults() -> None:
    wide = pd.DataFrame(
        [
            {"respondent": "r1", **GOOD, "age": "60"},
            {"respondent": "r2", **GOOD, "gender": "X"},
            {"respondent": "r3", **GOOD, "time": ""},
        ]
    )
    long = wide.melt("respondent", var_name="item", value_name="said")
    long = long[long["said"] != ""]
    found = checked_responses(long, questionnaire(), question="item", answer="said")
    assert found.values.tolist() == checked_responses(wide, questionnaire()).values.tolist()


@settings(max_examples=20)
@given(st.lists(st.sampled_from(["A", "B", "60", "3", "x", "", "A;B"]), min_size=1, max_size=6), st.randoms())
def test_order_of_respondents_does_not_matter(ages: list[str], random: Any) -> None:
    rows = [{"respondent": f"r{i}", **GOOD, "age": age} for i, age in enumerate(ages)]
    shuffled = random.sample(rows, len(rows))
    one, other = (checked_responses(pd.DataFrame(part), questionnaire()) for part in (rows, shuffled))
    assert sorted(one.values.tolist()) == sorted(other.values.tolist())


@given(st.integers(-10, 130))
def test_each_whole_age_has_one_option_but_sixty(age: int) -> None:
    options, wrong = read_cell(AGE, str(age), Layout())
    assert len(options) == (0 if age == 60 else 1)
    assert [what for what, _words in wrong] == (["in several ranges"] if age == 60 else [])


def test_poor_input() -> None:
    with pytest.raises(BadTable, match="columns age, Age are both question age"):
        checked_responses(pd.DataFrame({"age": ["A"], "Age": ["B"]}), questionnaire())
    with pytest.raises(BadTable, match="no responses"):
        checked_responses(pd.DataFrame({"age": []}), questionnaire())
    with pytest.raises(BadTable, match="none of q1 is a question of the instrument"):
        checked_responses(pd.DataFrame({"q1": ["A"]}), questionnaire())
    with pytest.raises(BadTable, match="column respondent is empty in row 0"):
        checked_responses(pd.DataFrame({"respondent": [""], "age": ["A"]}), questionnaire())
    with pytest.raises(UnknownName, match="unknown column: antwort"):
        checked_responses(pd.DataFrame({"q": ["age"], "said": ["A"]}), questionnaire(), question="q", answer="antwort")
    with pytest.raises(UnknownName, match="unknown column: who"):
        checked_responses(pd.DataFrame({"age": ["A"]}), questionnaire(), respondent="who")
