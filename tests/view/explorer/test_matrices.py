"""The matrices that the page holds: cells as the papers have them, and the same numbers as the analyses."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest

from kg.analysis.links.analysis import analyse as analyse_links
from kg.analysis.overlap.analysis import analyse as analyse_overlap
from kg.analysis.result import Scope
from kg.api import Graph
from kg.view.explorer.links_matrix import MARKS
from kg.view.explorer.matrices import STATES, matrices
from kg.view.explorer.order import alike
from kg.view.explorer.quads import Quads
from kg.view.links_picture import Mark


@pytest.fixture(scope="module")
def quads(graph: Graph) -> Quads:
    return Quads.read(graph.embedded.dump().decode("utf-8").splitlines())


@pytest.fixture(scope="module")
def held(graph: Graph, quads: Quads) -> dict[str, Any]:
    return matrices(graph.facts, quads)


class Things:
    """Numbers of things by compact IRI."""

    def __init__(self, graph: Graph, quads: Quads) -> None:
        self.prefixes, self.quads = graph.prefixes.mapping, quads

    def __getitem__(self, key: str) -> int:
        prefix, _, local = key.partition(":")
        return self.quads.number(self.prefixes[prefix] + local)


@pytest.fixture(scope="module")
def things(graph: Graph, quads: Quads) -> Things:
    return Things(graph, quads)


def cell(
    held: Mapping[str, Any], things: Things, chain: str, stage: str, place: str
) -> tuple[str, set[str], list[Any]]:
    """The state of a cell, all states stated, and its statements."""
    (matrix,) = [m for m in held["gaps"] if m["chain"] == things[chain]]
    row, column = matrix["stages"].index(things[stage]), matrix["places"].index(things[place])
    found = [c for c in matrix["cells"] if c[:2] == [row, column]]
    if not found:
        return "not recorded", set(), []
    statements = [matrix["statements"][n] for n in found[0][5]]
    return str(STATES[found[0][2]]), {str(STATES[s[0]]) for s in statements}, statements


@pytest.mark.parametrize(
    ("chain", "stage", "place", "state", "stated"),
    [
        ("tcm", "clinical-trials", "xianyang", "said missing", {"said missing"}),  # IV.C: results incubation
        ("tcm", "analysis-and-testing", "xianyang", "said missing", {"said missing", "planned"}),  # IV.C, V.A
        ("titanium", "titanium-rolling", "baoji", "present", {"present"}),  # 4.2
        ("titanium", "patent-agency", "baoji", "not recorded", set()),  # no paper speaks of it
    ],
)
def test_cells_say_what_the_papers_say(
    held: Mapping[str, Any], things: Things, chain: str, stage: str, place: str, state: str, stated: set[str]
) -> None:
    found, all_stated, _ = cell(held, things, f"chain:{chain}", f"stage:{stage}", f"place:{place}")
    assert (found, all_stated) == (state, stated)


def test_every_statement_has_a_passage_and_every_column_a_record(held: Mapping[str, Any]) -> None:
    for matrix in held["gaps"]:
        assert all(statement[6] for statement in matrix["statements"])
        recorded = {c[1] for c in matrix["cells"] if STATES[c[2]] != "not recorded"}
        assert recorded == set(range(len(matrix["places"])))


def test_orders_name_every_row_once(held: Mapping[str, Any]) -> None:
    for matrix in held["gaps"]:
        rows, columns = matrix["alike"]
        assert sorted(rows) == list(range(len(matrix["stages"])))
        assert sorted(columns) == list(range(len(matrix["places"])))


def test_alike_puts_like_sets_side_by_side() -> None:
    """By hand: {a, b} and {a, b, c} share 2 of 3; {x} and {x, y} 1 of 2; nothing else is shared."""
    order = alike([{"a", "b"}, {"x"}, set(), {"a", "b", "c"}, {"x", "y"}])
    assert order[-1] == 2
    assert abs(order.index(0) - order.index(3)) == 1
    assert abs(order.index(1) - order.index(4)) == 1


def test_overlap_is_that_of_the_analysis(graph: Graph, quads: Quads, held: Mapping[str, Any]) -> None:
    """`kg overlap` for three places, pair by pair: the second program."""
    overlap = held["overlap"]
    iris = [graph.prefixes.mapping["place"] + key for key in ("yichang", "jingzhou", "jingmen")]
    (aspect,) = [a for a in overlap["aspects"] if a["aspect"] == "industry"]
    number = {iri: [t for t, _levels in overlap["things"]].index(quads.number(iri)) for iri in iris}
    has = {thing: {item for item, _said in items} for thing, items in aspect["has"]}
    found = analyse_overlap(graph.facts, Scope(tuple(iris)), aspect="industry").detail
    pairs = {frozenset((s.overlap.first, s.overlap.second)): s.overlap for s in found.shared}
    assert pairs
    for a, b in combinations(iris, 2):
        one, two = has.get(number[a], set()), has.get(number[b], set())
        if pair := pairs.get(frozenset((a, b))):
            assert len(one & two) == len(pair.shared)
            assert len(one & two) / len(one | two) == pytest.approx(pair.jaccard)


def test_a_field_for_an_industry_is_marked_as_in_the_picture(held: Mapping[str, Any], things: Things) -> None:
    """The IIS paper: Jingzhou's schools teach new energy vehicles; Luoyang, where they are recommended, is far off."""
    fields = held["fields"]
    industry = fields["industries"].index(things["industry:new-energy-vehicles"])
    field = fields["fields"].index(things["field:new-energy-vehicles"])
    marks = {link[1]: dict(map(tuple, link[7]))[field] for link in fields["links"] if link[0] == industry}
    assert MARKS[marks[things["place:jingzhou"]]] is Mark.TAUGHT
    assert MARKS[marks[things["place:luoyang"]]] is Mark.ELSEWHERE


def test_links_are_those_of_the_analysis(graph: Graph, held: Mapping[str, Any]) -> None:
    with_field = [link for link in analyse_links(graph.facts).detail.links if link.fields]
    assert len(held["fields"]["links"]) == len(with_field)
