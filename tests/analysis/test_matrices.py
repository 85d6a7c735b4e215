"""The matrices of the five papers: what the papers say of stages and places stands in the right cell."""

from __future__ import annotations

import pytest

from kg.analysis.gaps.matrices import gap_matrices
from kg.analysis.gaps.matrix import GapMatrix, State
from kg.analysis.overlap.pairs import OverlapMatrix
from kg.analysis.overlap.places import overlap_of_places
from kg.api import Graph


@pytest.fixture(scope="module")
def matrices(graph: Graph) -> dict[str, GapMatrix]:
    return dict(gap_matrices(graph.facts))


@pytest.fixture(scope="module")
def overlap(graph: Graph) -> OverlapMatrix:
    return overlap_of_places(graph.facts)


def state(graph: Graph, matrices: dict[str, GapMatrix], stage: str, place: str) -> set[State]:
    """The states of the cell in every matrix that has the stage and the place."""
    iri, column = graph.prefixes.mapping["stage"] + stage, graph.prefixes.mapping["place"] + place
    found = [m for m in matrices.values() if iri in m.stages and column in m.places]
    assert found, f"no matrix with {stage} and {place}"
    return {m.cell(iri, column).state for m in found}


@pytest.mark.parametrize(
    ("stage", "place", "expected", "origin"),
    [
        (
            "clinical-trials",
            "xianyang",
            State.SAID_MISSING,
            "Xianyang paper, IV.C: results incubation (clinical trials)",
        ),
        ("analysis-and-testing", "xianyang", State.SAID_MISSING, "IV.C says missing, V.A recommends: missing still"),
        ("herb-planting", "xianyang", State.PRESENT, "Xianyang paper, IV.A: nearly 30,000 mu"),
        ("phosphorus-deep-processing", "yichang", State.WEAK, "IIS paper: insufficient for the deep processing"),
        (
            "phosphate-fertiliser-production",
            "jingmen",
            State.WEAK,
            "IIS paper: low-end products of the three cities, and nothing above",
        ),
        ("incubation", "yichang", State.WEAK, "IIS paper: most incubators only act as property management companies"),
        ("titanium-rolling", "baoji", State.PRESENT, "Baoji paper, 4.2"),
        ("patent-agency", "baoji", State.NOT_RECORDED, "no paper speaks of patent agencies in Baoji"),
        ("home-appliance-assembly", "chuzhou", State.PRESENT, "cluster paper, 3.4"),
    ],
)
def test_cell_says_what_the_paper_says(
    graph: Graph, matrices: dict[str, GapMatrix], stage: str, place: str, expected: State, origin: str
) -> None:
    assert state(graph, matrices, stage, place) == {expected}, origin


def test_every_recorded_cell_has_passages(matrices: dict[str, GapMatrix]) -> None:
    bare = [key for matrix in matrices.values() for key, cell in matrix.cells.items() if not cell.passages]
    assert bare == []


def test_titanium_stages_stand_in_the_order_of_the_chain(graph: Graph, matrices: dict[str, GapMatrix]) -> None:
    """Baoji paper, 4.2: sponge, ingot and billet, rolling, materials, equipment, deep processing; mining before."""
    stages = next(
        m.stages for m in matrices.values() if graph.prefixes.mapping["stage"] + "titanium-rolling" in m.stages
    )
    names = [graph.prefixes.shorten(stage).removeprefix("stage:titanium-") for stage in stages][:7]
    assert names == ["ore-mining", "sponge", "ingot-forging", "rolling", "materials", "equipment", "deep-processing"]


def test_wholes_are_not_compared_with_their_parts(graph: Graph, overlap: OverlapMatrix) -> None:
    place = graph.prefixes.mapping["place"]
    assert place + "yichang" in overlap.places
    assert not {place + "yijing-jingen", place + "china", place + "world"} & set(overlap.places)


def test_three_cities_share_chemicals_and_enshi_does_not(graph: Graph, overlap: OverlapMatrix) -> None:
    """IIS paper, Results, The Industry Chain (2)."""
    place, industry = graph.prefixes.mapping["place"], graph.prefixes.mapping["industry"]
    for first, second, shared in (
        ("yichang", "jingzhou", True),
        ("jingmen", "yichang", True),
        ("enshi", "yichang", False),
    ):
        pair = overlap.pair(place + first, place + second)
        assert pair is not None
        assert (industry + "chemicals" in pair.shared) is shared


def test_sectors_are_no_overlap(graph: Graph, overlap: OverlapMatrix) -> None:
    sector = graph.prefixes.mapping["industry"] + "secondary-industry"
    assert [pair for pair in overlap.pairs.values() if sector in pair.shared] == []
