"""What is recorded of a stage over several chains, and which suggestions are told apart."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.analysis.gaps.matrix import Cell, State, Statement
from kg.analysis.next.analysis import analyse
from kg.analysis.next.evidence import one_cell
from kg.analysis.next.weights import MOST, read_weights
from kg.analysis.result import Scope
from kg.api import Graph
from kg.errors import BadParameter
from tests.analysis.next.made_up import ALPHA, made_up


def said(state: State, passage: str, words: str = "", actor: str | None = None) -> Statement:
    return Statement("function", "place", state, (passage,), words=words, actor=actor)


def test_the_chain_for_which_all_counts_tells_the_state() -> None:
    """One says low-end only, which alone is weak; another says that it is there at large: together it is there."""
    low = said(State.WEAK, "p1", words="low-end only")
    narrow = Cell(State.WEAK, (low,))
    wide = Cell(State.PRESENT, (said(State.PRESENT, "p1"), said(State.PRESENT, "p2")))
    assert one_cell([narrow, wide]) is wide
    assert one_cell([wide, narrow]) is wide


def test_states_in_different_chains_make_one() -> None:
    """Docs of the gap matrix: said to be there and to be missing is weak, in whatever order the chains come."""
    there, missing = (Cell(s, (said(s, str(s)),)) for s in (State.PRESENT, State.SAID_MISSING))
    assert one_cell([there, missing]).state is one_cell([missing, there]).state is State.WEAK


def test_two_only_providers_are_not_one() -> None:
    cells = [Cell(State.SINGLE_PROVIDER, (said(State.PRESENT, p, actor=p),), p) for p in ("a", "b")]
    both = one_cell(cells)
    assert (both.state, both.provider) == (State.PRESENT, None)
    assert one_cell([cells[0], cells[0]]) is cells[0]


def test_a_stage_and_an_industry_of_one_name_are_two_findings(graph: Graph) -> None:
    """Every finding has a key of its own, also where stage and industry are called alike."""
    facts = graph.facts
    keys = Counter(f.key(facts.prefixes) for f in analyse(facts, top="1000").findings)
    assert max(keys.values()) == 1


def test_a_chain_in_which_nothing_is_open_is_told(tmp_path: Path) -> None:
    chain = "key,class,label,industry\nsteel,IndustryChain,Steel chain,steel\ncloth,IndustryChain,Cloth chain,cloth\n"
    facts = made_up(tmp_path, tables={"chain": chain})
    found = analyse(facts, Scope((ALPHA,), ("https://w3id.org/iis-kg/id/chain/cloth",)))
    assert "Alpha: in the chains asked for, nothing is recorded from which to go on." in found.notes


@pytest.mark.parametrize("given", [f"position={MOST + 1}", "position=1e308,fields=1e308", "position=inf", "fields=-1"])
def test_weights_beyond_bounds_are_refused(given: str) -> None:
    with pytest.raises(BadParameter, match=f"must be a number from 0 to {MOST}"):
        read_weights(given)
