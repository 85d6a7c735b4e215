"""The gap matrix: one state of several statements, what is passed on to the whole, what fits a picture."""

from __future__ import annotations

import pytest

from kg.analysis.gaps.matrix import State, Statement, combine, gap_matrix

P, W, L, M, N = State.PRESENT, State.WEAK, State.PLANNED, State.SAID_MISSING, State.NOT_RECORDED


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], N),
        ([P], P),
        ([P, P], P),
        ([P, W], W),
        ([W, M], W),
        ([P, M], W),
        ([P, L], P),
        ([L, M], M),
        ([L], L),
        ([M], M),
    ],
)
def test_several_statements_make_one_state(states: list[State], expected: State) -> None:
    """The table of docs/methods: said weak is weak, there and missing is weak, a plan does not undo a lack."""
    assert combine(states) is expected
    assert combine(reversed(states)) is expected


def test_place_without_statement_is_not_recorded_and_never_missing() -> None:
    matrix = gap_matrix([Statement("s1", "a", P), Statement("s2", "b", M)], ["s1", "s2"], {})
    assert matrix.cell("s2", "a").state is N
    assert matrix.cell("s2", "b").state is M


def test_what_a_part_performs_the_whole_performs_and_its_lacks_stay_its_own() -> None:
    statements = [
        Statement("s1", "county", P, ("p1",)),
        Statement("s2", "county", M, ("p2",)),
        Statement("s3", "city", P, ("p3",)),
    ]
    matrix = gap_matrix(statements, ["s1", "s2", "s3"], {}, within={"county": ["city", "elsewhere"]})
    assert matrix.cell("s1", "city").state is P
    assert matrix.cell("s1", "city").passages == ("p1",)
    assert matrix.cell("s2", "city").state is N
    assert "elsewhere" not in matrix.places


def test_statements_of_other_chains_are_left_out() -> None:
    matrix = gap_matrix([Statement("other", "a", P), Statement("s1", "b", P)], ["s1"], {})
    assert matrix.places == ("b",)


def test_passages_of_all_statements_stand_behind_a_cell() -> None:
    matrix = gap_matrix([Statement("s", "a", P, ("p2",)), Statement("s", "a", W, ("p1", "p2"))], ["s"], {})
    assert matrix.cell("s", "a").passages == ("p1", "p2")
    assert matrix.cell("s", "a").recorded == {P, W}


def test_stages_keep_their_order_and_places_come_with_most_recorded_first() -> None:
    statements = [Statement("s1", "few", P), Statement("s1", "many", P), Statement("s2", "many", L)]
    matrix = gap_matrix(statements, ["s2", "s1"], {"few": "A", "many": "B"})
    assert matrix.stages == ("s2", "s1")
    assert matrix.places == ("many", "few")


def test_state_rests_on_the_passages_that_say_it() -> None:
    said = [Statement("s", "a", M, ("says missing",)), Statement("s", "a", L, ("recommends",))]
    assert gap_matrix(said, ["s"], {}).cell("s", "a").grounds == ("says missing",)
    both = [Statement("s", "a", P, ("says present",)), Statement("s", "a", M, ("says missing",))]
    assert gap_matrix(both, ["s"], {}).cell("s", "a").grounds == ("says missing", "says present")
