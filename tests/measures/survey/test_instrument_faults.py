"""Faults of a questionnaire: the one that was printed, by hand, its properties, and poor input."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import BadTable, UnknownName, UseError
from kg.measures import instrument_faults
from kg.measures.survey.instrument import read_instrument
from tests.measures.survey.examples import questionnaire


def ranges(*bounds: tuple[float | None, float | None], excluded: float | None = None) -> pd.DataFrame:
    """One question with an option for each range; the last may exclude a bound."""
    table = pd.DataFrame(bounds, columns=["low", "high"]).assign(question="q", kind="single", excluded=float("nan"))
    if excluded is not None:
        table.loc[table.index[-1], "excluded"] = excluded
    return table.assign(option_label=[f"option {i}" for i in range(len(bounds))])


def whats(table: pd.DataFrame, step: float = 1.0) -> list[str]:
    return [str(what) for what in instrument_faults(table, step)["what"]]


def test_baoji_questionnaire_overlaps_where_the_paper_prints_it() -> None:
    """Appendix of the Baoji paper: 60 is in E and F of age, 3 and 5 years are in two options of time worked."""
    found = instrument_faults(questionnaire())
    overlaps = found[found["what"] == "overlap"]
    assert overlaps[["question", "low", "high"]].values.tolist() == [
        ["age", 60.0, 60.0],
        ["time", 3.0, 3.0],
        ["time", 5.0, 5.0],
    ]
    assert overlaps["explanation"].tolist()[0] == "60 is in E (51-60 years) and in F (60 years and over)"
    assert found["question"][found["what"] == "several answers unsaid"].tolist() == ["time", "products"]
    assert not (found["what"] == "hole").any()


def test_ages_have_holes_only_if_they_are_no_whole_years() -> None:
    """18 and under, 19-30: 18.5 is in neither."""
    found = instrument_faults(questionnaire(), step=0)
    holes = found[(found["what"] == "hole") & (found["question"] == "age")]
    assert holes[["low", "high"]].values.tolist() == [[18, 19], [30, 31], [40, 41], [50, 51]]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (ranges((None, 5), (6, None)), []),
        (ranges((None, 5), (7, None)), ["hole"]),
        (ranges((None, 5), (5, None)), ["overlap"]),
        (ranges((None, 5), (5, None), excluded=5), []),
        (ranges((0, 5), (6, None)), ["no option below"]),
        (ranges((None, 5), (6, 10)), ["no option above"]),
        (ranges((None, 9), (3, 5), (12, None)), ["overlap", "hole"]),
        (ranges((None, 9), (5, 3)), ["empty range", "no option above"]),
        (ranges((None, None)), ["one option"]),
    ],
)
def test_by_hand(table: pd.DataFrame, expected: list[str]) -> None:
    assert whats(table) == expected


def test_bound_that_both_exclude_is_a_hole() -> None:
    table = ranges((None, 5), (5, None)).assign(excluded=5)
    assert whats(table) == whats(table, step=0) == ["hole"]


def test_steps() -> None:
    """Income in steps of a thousand: up to 2000, from 3000 leaves nothing out; from 4000 leaves 3000 out."""
    assert whats(ranges((None, 2000), (3000, None)), 1000) == []
    assert whats(ranges((None, 2000), (4000, None)), 1000) == ["hole"]
    with pytest.raises(UseError, match="step is -1"):
        instrument_faults(questionnaire(), step=-1)


def test_range_without_options_has_no_ends() -> None:
    assert whats(pd.DataFrame({"question": ["share"], "kind": ["number"], "low": [0], "high": [100]})) == []


def test_flags_of_the_instrument_are_passed_on() -> None:
    table = ranges((None, 5), (6, None)).assign(issue="years are asked | of whom?")
    assert instrument_faults(table)["explanation"].tolist() == ["years are asked", "of whom?"]


def test_repeated_option() -> None:
    table = pd.DataFrame({"question": ["q", "q"], "kind": "single", "option": ["A", "A"], "option_label": ["x", "y"]})
    assert whats(table) == ["repeated option"]


@settings(max_examples=30)
@given(st.lists(st.integers(0, 100), min_size=2, max_size=6, unique=True), st.integers(-50, 50))
def test_consecutive_whole_ranges_have_no_fault_wherever_they_lie(cuts: list[int], shift: int) -> None:
    edges = [cut + shift for cut in sorted(cuts)]
    bounds = [(None, edges[0]), *((a + 1, b) for a, b in pairwise(edges)), (edges[-1] + 1, None)]
    assert whats(ranges(*bounds)) == []


@settings(max_examples=20)
@given(st.permutations(range(6)))
def test_order_of_rows_does_not_matter(order: list[int]) -> None:
    table = ranges((None, 18), (19, 30), (30, 40), (43, 50), (51, 60), (60, None)).assign(option_order=range(1, 7))
    found = instrument_faults(table.iloc[order])
    assert sorted(found["explanation"]) == sorted(instrument_faults(table)["explanation"])


def test_poor_input() -> None:
    with pytest.raises(BadTable, match="has no rows"):
        instrument_faults(questionnaire().head(0))
    with pytest.raises(UnknownName, match="unknown column: question"):
        instrument_faults(questionnaire().drop(columns="question"))
    with pytest.raises(BadTable, match="'pick' is not known"):
        instrument_faults(questionnaire().assign(kind="pick"))
    with pytest.raises(BadTable, match="'many' is not a number"):
        instrument_faults(questionnaire().assign(low="many"))
    assert list(instrument_faults(pd.DataFrame({"question": ["Why?"]}))["what"]) == []


def test_open_questions_and_letters() -> None:
    read = read_instrument(pd.DataFrame({"question": ["why", "size", "size"], "option_label": ["", "small", "large"]}))
    assert read["why"].kind == "text"
    assert [str(option) for option in read["size"].options] == ["A (small)", "B (large)"]
