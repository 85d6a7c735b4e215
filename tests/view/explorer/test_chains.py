"""The chains of the page: states and what closes a gap are those of the analysis, and all is small."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from kg.analysis.facts import Facts
from kg.analysis.gaps.analysis import GapReport, analyse
from kg.analysis.gaps.matrix import State
from kg.api import Graph
from kg.view.explorer.blocks import json_block, packed
from kg.view.explorer.chains import HOW, STATES, chains
from kg.view.explorer.quads import Quads

Numbers = list[Any]


@pytest.fixture(scope="module")
def facts(graph: Graph) -> Facts:
    return Facts(graph.store, graph.project)


@pytest.fixture(scope="module")
def quads(graph: Graph) -> Quads:
    return Quads.read(graph.embedded.dump().decode("utf-8").splitlines())


@pytest.fixture(scope="module")
def payload(facts: Facts, quads: Quads) -> dict[str, Any]:
    return chains(facts, quads)


class Reader:
    """The payload read back by compact names."""

    def __init__(self, graph: Graph, quads: Quads, payload: dict[str, Any]) -> None:
        self.prefixes, self.quads, self.payload = graph.prefixes, quads, payload

    def name(self, number: int) -> str:
        return self.prefixes.shorten(self.quads.terms[number][1:-1]).partition(":")[2]

    def chain(self, name: str) -> dict[str, Any]:
        return next(each for each in self.payload["chains"] if self.name(each["chain"]) == name)

    def cells(self, chain: str, place: str) -> dict[str, Numbers]:
        found = {self.name(at): cells for at, cells in self.chain(chain)["cells"]}[place]
        return {self.name(cell[0]): cell for cell in found}


@pytest.fixture(scope="module")
def read(graph: Graph, quads: Quads, payload: dict[str, Any]) -> Reader:
    return Reader(graph, quads, payload)


def test_titanium_runs_from_ore_to_deep_processing(read: Reader) -> None:
    """Baoji paper, 4.2: seven stages in one line."""
    chain = read.chain("titanium")
    line = ["ore-mining", "sponge", "ingot-forging", "rolling", "materials", "equipment", "deep-processing"]
    stages = [f"titanium-{name}" for name in line]
    assert [(read.name(node), order) for node, order, _ in chain["stages"]] == list(
        zip(stages, range(1, 8), strict=True)
    )
    fed = {(read.name(a), read.name(b)) for a, b, _ in chain["feeds"]}
    assert fed == set(pairwise(stages))
    assert all(passages for _, _, passages in chain["feeds"])


def test_ore_mining_of_baoji_by_hand(read: Reader) -> None:
    """Baoji paper, 4.2, 4.3, 6.1: BaoTai alone; one provider 0.2, and three parts of 1 (see test_of_papers)."""
    _, state, provider, parts, of_parts, answers = read.cells("titanium", "baoji")["titanium-ore-mining"]
    assert (STATES[state], read.name(provider), parts, of_parts) == (
        "single provider",
        "baotai-group",
        [20, 100, 100, 100],
        0,
    )
    assert answers
    assert "titanium-sponge" in read.cells("titanium", "baoji")
    assert "patent-agency" not in read.cells("titanium", "baoji"), "no source speaks of it"


def test_what_xianyang_lacks_is_told_from_what_is_not_recorded(read: Reader) -> None:
    """Xianyang paper, IV.C: no clinical trials platform; of a patent agency nothing is said."""
    cells = read.cells("tcm", "xianyang")
    assert STATES[cells["clinical-trials"][1]] is State.SAID_MISSING
    assert "patent-agency" not in cells
    said = [read.payload["said"][row] for row in dict(read.chain("tcm")["said"])[cells["clinical-trials"][0]]]
    assert [(read.name(place), STATES[state]) for _, place, state, *_ in said] == [("xianyang", State.SAID_MISSING)]


def test_documents_state_the_titanium_chain_in_their_own_words(read: Reader) -> None:
    """Baoji paper, 4.2: of BaoTai four stages, of Baoji six."""
    variants = {read.name(each["chain"]): each for each in read.payload["variants"]}
    baotai = variants["titanium-as-baotai"]
    assert (read.name(baotai["of"]), [order for _, order, *_ in baotai["nodes"]]) == ("titanium", [1, 2, 3, 4])
    smelting = baotai["nodes"][1]
    assert {read.name(other) for other in smelting[3]} == {"titanium-sponge", "titanium-ingot-forging"}
    assert len(variants["titanium-as-baoji"]["nodes"]) == 6


def test_every_cell_is_that_of_the_analysis(facts: Facts, quads: Quads, payload: dict[str, Any]) -> None:
    """The second program is `kg gaps` over all chains and places."""
    report = analyse(facts).detail
    assert isinstance(report, GapReport)
    gaps = {(gap.node.chain, gap.node.area.key, gap.node.node): gap for gap in report.gaps}
    cells = {
        (chain["chain"], place, cell[0]): cell
        for chain in payload["chains"]
        for place, found in chain["cells"]
        for cell in found
    }
    asked = 0
    for node in report.nodes:
        cell = cells.get((quads.number(node.chain), quads.number(node.area.key), quads.number(node.node)))
        if node.cell.state is State.NOT_RECORDED:
            assert cell is None
            continue
        assert cell is not None
        asked += 1
        assert STATES[cell[1]] is node.cell.state
        assert cell[2] == (quads.number(node.cell.provider) if node.cell.provider else -1)
        gap = gaps.get((node.chain, node.area.key, node.node))
        assert (len(cell) > 3) is (gap is not None)
        if gap:
            assert cell[3] == [round(100 * part.value) for part in node.parts]
            given = [(payload["advice"][advice][0], HOW[how]) for advice, how in cell[5]]
            assert given == [(quads.number(a.recommendation), a.how) for a in gap.answers]
    assert asked > 400


def test_places_that_have_a_stage_are_those_of_the_analysis(
    facts: Facts, quads: Quads, payload: dict[str, Any]
) -> None:
    report = analyse(facts).detail
    assert isinstance(report, GapReport)
    having = {(chain["chain"], node): set(places) for chain in payload["chains"] for node, places in chain["having"]}
    for gap in report.gaps:
        found = having.get((quads.number(gap.node.chain), quads.number(gap.node.node)), set())
        assert {quads.number(each.place) for each in gap.reach} <= found


def test_all_numbers_are_terms_and_the_block_is_small(quads: Quads, payload: dict[str, Any]) -> None:
    """At most 60 kB in the page."""
    assert len(packed(json_block(payload))) < 60_000
    for _stage, _place, state, _qualifier, _segment, _actor, _regarding, passages, _said in payload["said"]:
        assert state < STATES.index(State.NOT_RECORDED)
        assert all(quads.terms[passage].startswith("<") for passage in passages)
        assert -1 not in passages
