"""The gap matrix: one state of several statements, what is passed on to the whole, what fits a picture."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.analysis.gaps.matrix import State, Statement, cell_of, combine, gap_matrix

P, W, L, M, N = State.PRESENT, State.WEAK, State.PLANNED, State.SAID_MISSING, State.NOT_RECORDED
ONE = State.SINGLE_PROVIDER


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
    """docs/decisions/0005: said weak is weak, there and missing is weak, a plan does not undo a lack."""
    assert combine(states) is expected
    assert combine(reversed(states)) is expected


def test_place_without_statement_is_not_recorded_and_never_missing() -> None:
    cells = {("s1", "a"): cell_of([Statement("s1", "a", P)]), ("s2", "b"): cell_of([Statement("s2", "b", M)])}
    matrix = gap_matrix(cells, ["s1", "s2"], ["a", "b"], {})
    assert matrix.cell("s2", "a").state is N
    assert matrix.cell("s2", "b").state is M


def test_what_a_part_performs_the_whole_performs_and_its_lacks_stay_its_own() -> None:
    around = {"county": ["city", "elsewhere"]}
    performed = cell_of([], [Statement("s1", "county", P, ("p1",))], around)
    assert performed.state is ONE
    assert performed.provider == "county"
    assert performed.passages == ("p1",)
    assert cell_of([], [Statement("s2", "county", M, ("p2",))], around).state is N


def test_passages_of_all_statements_stand_behind_a_cell() -> None:
    cell = cell_of([Statement("s", "a", P, ("p2",)), Statement("s", "a", W, ("p1", "p2"))])
    assert cell.passages == ("p1", "p2")
    assert cell.recorded == {P, W}


def test_stages_keep_their_order_and_places_come_with_most_recorded_first() -> None:
    states = {("s1", "few"): P, ("s1", "many"): P, ("s2", "many"): L}
    cells = {(stage, place): cell_of([Statement(stage, place, state)]) for (stage, place), state in states.items()}
    matrix = gap_matrix(
        {**cells, ("s2", "none"): cell_of([])}, ["s2", "s1"], ["none", "few", "many"], {"few": "A", "many": "B"}
    )
    assert matrix.stages == ("s2", "s1")
    assert matrix.places == ("many", "few", "none")
    assert matrix.cells == cells


def test_state_rests_on_the_passages_that_say_it() -> None:
    said = [Statement("s", "a", M, ("says missing",)), Statement("s", "a", L, ("recommends",))]
    assert cell_of(said).grounds == ("says missing",)
    both = [Statement("s", "a", P, ("says present",)), Statement("s", "a", M, ("says missing",))]
    assert cell_of(both).grounds == ("says missing", "says present")


def a(state: State = P, place: str = "a", **more: object) -> Statement:
    return replace(Statement("s", place, state), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("own", "inside", "expected", "provider"),
    [
        ([a(actor="x")], [], ONE, "x"),
        ([a(actor="x"), a(actor="x")], [], ONE, "x"),
        ([a(actor="x"), a(actor="y")], [], P, None),
        ([a(actor="x"), a()], [], P, None),
        ([a()], [], P, None),
        ([], [a(place="b")], ONE, "b"),
        ([], [a(place="b"), a(place="c")], P, None),
        ([], [a(place="b"), a(place="in-b")], ONE, "b"),
        ([], [a(place="group")], P, None),
        ([], [a(place="b"), a(W, place="c")], P, None),
        ([a(actor="x")], [a(place="b", actor="x")], ONE, "x"),
        ([a(actor="x"), a(W)], [], W, None),
    ],
)
def test_one_provider(own: list[Statement], inside: list[Statement], expected: State, provider: str | None) -> None:
    """docs/decisions/0005: one actor that all name, or one part and what lies within it; weak comes before."""
    cell = cell_of(own, inside, {"in-b": ["b"]}, {"group"})
    assert (cell.state, cell.provider) == (expected, provider)


@pytest.mark.parametrize(
    ("own", "inside", "expected"),
    [
        ([], [a(W, "b"), a(W, "c")], W),
        ([], [a(W, "b"), a(P, "c"), a(P, "d")], P),
        ([], [a(P, "b"), a(M, "b"), a(W, "c")], W),
        ([], [a(M, "b")], N),
        ([a(M)], [a(L, "b")], M),
        ([a(M)], [a(P, "b"), a(P, "c")], W),
        ([a(W)], [a(P, "b"), a(P, "c")], W),
        ([], [a(L, "b")], L),
    ],
)
def test_the_best_of_the_parts_counts_for_the_whole(
    own: list[Statement], inside: list[Statement], expected: State
) -> None:
    assert cell_of(own, inside).state is expected


def test_low_end_alone_is_weak_and_is_not_beside_something_higher() -> None:
    assert cell_of([a(low_end=True)]).state is W
    assert cell_of([a(low_end=True), a()]).state is P
    assert cell_of([a(low_end=True), a(L)]).state is W


def test_six_states_have_six_names() -> None:
    assert len({str(state) for state in State}) == 6
