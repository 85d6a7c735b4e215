"""What the map holds: expected places, members and figures are of the papers, counts are those of other questions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from kg.analysis.facts import Facts
from kg.analysis.gaps.analysis import analyse
from kg.analysis.gaps.matrix import State
from kg.api import Graph
from kg.view.explorer.map import STATES, map_block
from kg.view.explorer.quads import Quads

PLACE = "https://w3id.org/iis-kg/id/place/"
MEASURE = "https://w3id.org/iis-kg/id/measure/"


class Block:
    """The block of a graph, with places by the ends of their IRIs."""

    def __init__(self, graph: Graph) -> None:
        self.facts = Facts(graph.store.in_memory(), graph.project)
        self.quads = Quads.read(graph.embedded.dump().decode("utf-8").splitlines())
        self.data: Mapping[str, Any] = map_block(self.facts, self.quads)
        self.keys = [self.quads.terms[row[0]].strip("<>").removeprefix(PLACE) for row in self.data["places"]]

    def row(self, key: str) -> list[Any]:
        """The row of a place."""
        found: list[Any] = self.data["places"][self.keys.index(key)]
        return found

    def members(self, key: str) -> dict[str, str]:
        """The roles of the members of a group."""
        found = next(group for group in self.data["groups"] if self.keys[group[0]] == key)
        return {self.keys[place]: role for place, role in found[2]}


@pytest.fixture(scope="module")
def block(graph: Graph) -> Block:
    """The block of the five papers."""
    return Block(graph)


def test_places_have_the_points_of_the_gazetteer_and_none_is_made_up(block: Block) -> None:
    assert block.row("xianyang")[1:4] == [34.33778, 108.70261, "city"]  # GeoNames 1790353
    assert block.row("shaanxi")[1:3] == [None, None]
    asked = block.facts.ask("points-of-places")
    assert len(block.keys) == len(asked)
    assert sum(row[1] is not None for row in block.data["places"]) == sum(r["latitude"] is not None for r in asked)


def test_a_zone_lies_in_the_innermost_place_with_a_point(block: Block) -> None:
    # Baoji paper: the high-tech zone is in Baoji. TCM paper: Taicun's processing zone is in Xunyi, Xunyi in Xianyang.
    assert block.keys[block.row("baoji-high-tech-zone")[4]] == "baoji"
    assert block.keys[block.row("taicun-processing-zone")[4]] == "xunyi"
    assert block.row("xianyang")[4] is None
    assert block.row("qinba-mountain-area")[4] is None


def test_groups_have_members_with_their_roles(block: Block) -> None:
    # Yijing paper: four node cities; the middle reaches of the Yangtze have Wuhan as core, and these through them.
    assert block.members("yijing-jingen") == dict.fromkeys(("yichang", "jingzhou", "jingmen", "enshi"), "node")
    yangtze = block.members("middle-yangtze")
    assert (yangtze["wuhan"], yangtze["yichang"], yangtze["nanchang"]) == ("core", "through", "through")
    # Qinba paper, 5.2.2: seven cores; Luoyang is a key city, Shangluo a node. Cities of a province are no group.
    network = block.members("qinba-service-network")
    assert sorted(network.values()).count("core") == 7
    assert (network["luoyang"], network["shangluo"]) == ("key", "node")
    assert not any(block.keys[group[0]] in ("shaanxi", "china") for group in block.data["groups"])


def test_steps_are_those_of_the_question(block: Block) -> None:
    steps = {(block.keys[s], block.keys[t], relation, basis) for s, t, relation, basis, _ in block.data["steps"]}
    assert ("wuhan", "middle-yangtze", "core city of", "said") in steps
    assert ("guanzhong-plain", "qinba-mountain-area", "is to radiate to", "proposed") in steps
    assert len(block.data["steps"]) == len(block.facts.ask("spillover-steps"))


def test_figures_are_comparable_and_keep_their_flags(block: Block) -> None:
    figures = {(figure[0], figure[2]): figure[5] for figure in block.data["figures"]}
    number = block.quads.number
    patents = {block.keys[row[0]]: row[1] for row in figures[number(f"{MEASURE}patents"), "2021"]}
    assert patents == {"yichang": 7093, "jingzhou": 3674, "jingmen": 2607, "enshi": 762}  # Yijing paper
    assert all("applications" in row[4] for row in figures[number(f"{MEASURE}patents"), "2021"])
    index = figures[number(f"{MEASURE}specialisation-index"), None]
    # 0.93, and not the 1.05 of an industry of Yichang nor the rank 1 of Enshi.
    assert {block.keys[row[0]]: row[1] for row in index} == {
        "yichang": 0.56, "enshi": 0.93, "jingmen": 0.49, "jingzhou": 0.49,
    }  # fmt: skip
    assert all(len({row[0] for row in figure[5]}) > 1 for figure in block.data["figures"])


def test_stages_are_counted_as_the_analysis_of_gaps_does(block: Block) -> None:
    baoji = f"{PLACE}baoji"
    counted = {block.keys[place]: numbers for place, *numbers in block.data["states"]}
    report = analyse(block.facts).detail
    for i, state in enumerate(STATES):
        assert counted["baoji"][i] == sum(n.cell.state is state for n in report.nodes if n.area.key == baoji)
    found = [gap.node for gap in report.gaps if gap.node.area.key == baoji and not gap.node.of_parts]
    stated = [node for node in found if node.cell.state is not State.NOT_RECORDED]
    assert counted["baoji"][-1] == len(stated)


def test_it_is_small(block: Block) -> None:
    assert len(json.dumps(block.data, allow_nan=False)) < 30_000
