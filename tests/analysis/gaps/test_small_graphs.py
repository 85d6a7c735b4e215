"""Gaps of small made-up graphs: no chain, one place, a project without the tables, and a chain worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.analysis.facts import Facts
from kg.analysis.gaps.analysis import GapReport, analyse
from kg.analysis.gaps.matrices import gap_matrices
from kg.analysis.gaps.matrix import State
from kg.analysis.result import Scope
from kg.load.build import build
from kg.store.folder import open_current
from tests.conftest import MakeProject
from tests.support import CHINA, PREFIXES


def said(columns: str, *rows: str) -> str:
    """A table of a document whose rows stand in section 1, each with an anchor of its own."""
    numbered = (f"{row},1,{columns.partition(',')[0]} {number}" for number, row in enumerate(rows))
    return "\n".join([f"{columns},section,anchor", *numbered, ""])


PAPER: dict[str, str | bytes] = {
    "place": said("key,class,label,within", "china,Country,China,", "a,City,A-town,china", "b,City,B-town,china"),
    "industry": said("key,label", "paper,Paper", "tea,Tea"),
    "chain": said("key,class,label,industry", "paper,IndustryChain,Paper chain,paper"),
    "stage": said(
        "key,class,chain,label,feeds",
        "pulp,Stage,paper,Pulp,sheets",
        "sheets,Stage,paper,Sheets,books",
        "books,Stage,paper,Books,",
        "testing,Function,paper,Testing,",
    ),
    "capability": said(
        "stage,place,industry,strength,status",
        "sheets,a,,,actual",
        "books,a,,weak,actual",
        "testing,a,tea,,actual",
        "pulp,b,,,planned",
    ),
    "lack": said("what,place,degree", "stage:pulp,a,missing", "stage:books,b,missing"),
}


def facts(make: MakeProject, folder: Path, tables: dict[str, str | bytes]) -> Facts:
    project = make(tables, reference="capability" not in tables)
    build(project, folder)
    return Facts(open_current(folder), project)


def iri(name: str) -> str:
    found = PREFIXES.expand(name)
    assert found
    return found


@pytest.mark.parametrize("scope", [Scope(), Scope((iri("place:china"),))])
def test_graph_without_chains_has_no_gaps(small_project: MakeProject, tmp_path: Path, scope: Scope) -> None:
    found = analyse(facts(small_project, tmp_path / "g", {"place": CHINA}), scope)
    assert found.findings == ()
    assert all(not table.rows for table in found.tables)


def test_chain_by_hand(small_project: MakeProject, tmp_path: Path) -> None:
    """A-town makes sheets, and books weakly; pulp is said to be missing and no problem names it.

    Pulp: 1 x 3 for the state, 2 of 2 other stages downstream, 2 of 2 present ones wait, 0: 5 of 6. Books: 0.6 x 3,
    nothing downstream, nobody waits, 0: 1.8 of 6. What is said of testing for tea does not count.
    """
    report = analyse(facts(small_project, tmp_path / "g", PAPER), Scope((iri("place:a"),))).detail
    assert isinstance(report, GapReport)
    by_stage = {PREFIXES.shorten(node.node): node for node in report.nodes}
    assert {stage: node.cell.state for stage, node in by_stage.items()} == {
        "stage:pulp": State.SAID_MISSING,
        "stage:sheets": State.PRESENT,
        "stage:books": State.WEAK,
        "stage:testing": State.NOT_RECORDED,
    }
    assert by_stage["stage:pulp"].severity == pytest.approx(5 / 6)
    assert by_stage["stage:books"].severity == pytest.approx(1.8 / 6)
    # Two of three stages are there: enough to say that nothing is recorded of testing.
    assert by_stage["stage:testing"].found
    assert [PREFIXES.shorten(gap.node.node) for gap in report.gaps][-1] == "stage:testing"


def test_matrix_holds_the_places_of_which_the_chain_is_told(small_project: MakeProject, tmp_path: Path) -> None:
    """Of A-town three cells, of B-town two; what is said for tea is no cell, and the country around no column."""
    found = dict(gap_matrices(facts(small_project, tmp_path / "g", PAPER)))
    matrix = found["Paper chain"]
    assert matrix.places == (iri("place:a"), iri("place:b"))
    assert len(matrix.cells) == 5
    assert matrix.cell(iri("stage:testing"), iri("place:a")).state is State.NOT_RECORDED


def test_severity_does_not_hang_on_what_else_is_asked(small_project: MakeProject, tmp_path: Path) -> None:
    graph = facts(small_project, tmp_path / "g", PAPER)
    whole = {finding.label: finding for finding in analyse(graph).findings}
    for place in ("place:a", "place:b"):
        for finding in analyse(graph, Scope((iri(place),), (iri("chain:paper"),))).findings:
            assert whole[finding.label] == finding


def test_place_of_which_nothing_is_recorded_is_told(small_project: MakeProject, tmp_path: Path) -> None:
    graph = facts(small_project, tmp_path / "g", {"place": CHINA})
    assert "nothing is recorded for any chain" in analyse(graph, Scope((iri("place:china"),))).notes[0]
