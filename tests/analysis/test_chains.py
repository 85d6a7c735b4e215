"""Chains as graphs: the titanium chain of the Baoji paper, and what the medicine chain needs."""

from __future__ import annotations

import networkx as nx
import pytest

from kg.analysis.chains import Chain, read_chains
from kg.api import Graph


@pytest.fixture(scope="module")
def chains(graph: Graph) -> dict[str, Chain]:
    return {graph.prefixes.shorten(iri).partition(":")[2]: chain for iri, chain in read_chains(graph.facts).items()}


def test_titanium_flows_from_ore_to_deep_processing(graph: Graph, chains: dict[str, Chain]) -> None:
    """Baoji paper, 4.2: seven stages in one line."""
    titanium, stage = chains["titanium"], graph.prefixes.mapping["stage"]
    assert titanium.position(stage + "titanium-ore-mining") == 1.0
    assert titanium.position(stage + "titanium-deep-processing") == 0.0
    assert len(titanium.upstream(stage + "titanium-rolling")) == 3
    assert len(titanium.downstream(stage + "titanium-rolling")) == 3


def test_variants_name_the_chain_that_they_state(graph: Graph, chains: dict[str, Chain]) -> None:
    assert chains["titanium-as-baoji"].variant_of == graph.prefixes.mapping["chain"] + "titanium"
    assert chains["titanium"].variant_of is None


def test_medicine_needs_functions_of_the_other_chains(graph: Graph, chains: dict[str, Chain]) -> None:
    """Xianyang paper, V.A: detection, marketing, financing, logistics, incubation."""
    tcm, stage = chains["tcm"], graph.prefixes.mapping["stage"]
    assert {stage + "incubation", stage + "financing", stage + "logistics-service"} <= set(tcm.needs[tcm.iri])


def test_a_stage_of_another_chain_does_not_count_for_the_position() -> None:
    """Ore feeds pig iron of its own chain and a stage of another: one of one other stage lies downstream."""
    feeds = nx.DiGraph([("ore", "pig iron"), ("ore", "pigments"), ("pigments", "paint")])
    chain = Chain("steel", "industry chain", None, (), ("ore", "pig iron"), (), feeds, {})
    assert chain.position("ore") == 1.0
    assert chain.position("pig iron") == 0.0
