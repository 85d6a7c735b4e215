"""The reasoner: what is consistent, what nothing can be, and the stage of a cluster from its conditions (threat T17).

The stages are those of section II.C of the Xianyang paper: agglomeration makes a block economy; an independent main
chain and a network make it a primary cluster; one of three ways of upgrading, an intermediate one; specialised
services, a modern one.
"""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from kg.errors import MissingExtra, OntologyError
from kg.load.rules import run_rules
from kg.project import Project
from kg.schema import reasoner
from kg.schema.ontology import Ontology
from kg.schema.reasoner import Reasoned, reason, reason_graph
from kg.store.oxigraph import OxigraphStore
from tests.support import PREFIXES, ROOT

pytestmark = pytest.mark.skipif(not reasoner.is_available(), reason="the extra `reason` is not installed")

IIS = PREFIXES.mapping["iis"]
STAGES = ("MassiveEconomy", "PrimaryCluster", "IntermediateCluster", "ModernCluster")
NEEDS: dict[str, tuple[str, ...]] = {
    "MassiveEconomy": ("location-agglomeration",),
    "PrimaryCluster": ("location-agglomeration", "complete-main-chain", "industrial-network"),
    "IntermediateCluster": ("location-agglomeration", "complete-main-chain", "industrial-network", "longer-chain"),
    "ModernCluster": (
        *("location-agglomeration", "complete-main-chain", "industrial-network", "longer-chain"),
        "specialised-services",
    ),
}
DIRECTIONS = ("longer-chain",)
CASES: dict[str, tuple[tuple[str, ...], int]] = {
    **{f"minimal-{stage.lower()}": (NEEDS[stage], number) for number, stage in enumerate(STAGES)},
    "nothing": ((), -1),
    "primary-without-agglomeration": (("complete-main-chain", "industrial-network"), -1),
    "primary-without-chain": (("location-agglomeration", "industrial-network"), 0),
    "primary-without-network": (("location-agglomeration", "complete-main-chain"), 0),
    "intermediate-without-direction": (NEEDS["PrimaryCluster"], 1),
    "intermediate-without-network": (("location-agglomeration", "complete-main-chain", "longer-chain"), 0),
    "modern-without-services": (NEEDS["IntermediateCluster"], 2),
    "modern-without-direction": ((*NEEDS["PrimaryCluster"], "specialised-services"), 1),
    "modern-without-agglomeration": (NEEDS["ModernCluster"][1:], -1),
}


def facts() -> list[str]:
    """N-Triples of one cluster for each case."""
    lines = [f"<{PREFIXES.mapping['concept']}{c}> <{RDF.type}> <{IIS}UpgradingDirection> ." for c in DIRECTIONS]
    for case, (conditions, _) in CASES.items():
        cluster = f"<{PREFIXES.mapping['cluster']}{case}>"
        lines.append(f"{cluster} <{RDF.type}> <{IIS}Cluster> .")
        lines += [f"{cluster} <{IIS}hasCondition> <{PREFIXES.mapping['concept']}{c}> ." for c in conditions]
    return lines


@pytest.fixture(scope="module")
def reasoned() -> Reasoned:
    return reason(Ontology(Project((ROOT,))), facts())


def stages(types: frozenset[str] | set[str]) -> set[str]:
    return {stage for stage in STAGES if IIS + stage in types}


def test_the_ontology_is_consistent_and_no_class_is_empty(reasoned: Reasoned) -> None:
    assert reasoned.consistent
    assert reasoned.unsatisfiable == ()


@pytest.mark.parametrize("case", CASES)
def test_a_cluster_is_classified_from_its_conditions(reasoned: Reasoned, case: str) -> None:
    highest = CASES[case][1]
    assert stages(reasoned.types[PREFIXES.mapping["cluster"] + case]) == set(STAGES[: highest + 1])


def test_the_rules_find_the_same(reasoned: Reasoned) -> None:
    store = OxigraphStore.memory()
    store.load_turtle((ROOT / "ontology/cluster.ttl").read_text(encoding="utf-8"), IIS.rstrip("#"), "cluster.ttl")
    store.update(f"INSERT DATA {{ GRAPH <urn:facts> {{ {' '.join(facts())} }} }}")
    run_rules(Project((ROOT,)), store)
    for case in CASES:
        cluster = PREFIXES.mapping["cluster"] + case
        by_rules = {str(type_) for (type_,) in store.select(f"SELECT DISTINCT ?t {{ <{cluster}> a ?t }}").rows}
        assert stages(by_rules) == stages(reasoned.types[cluster]), case


def doctored(*triples: tuple[URIRef, URIRef, URIRef]) -> Graph:
    graph = Graph()
    graph += Ontology(Project((ROOT,))).axioms
    for triple in triples:
        graph.add(triple)
    return graph


def test_a_class_that_nothing_can_belong_to_is_found() -> None:
    impossible, other, city = (URIRef(IIS + name) for name in ("Impossible", "Other", "City"))
    graph = doctored(
        (impossible, RDF.type, OWL.Class),
        (impossible, RDFS.subClassOf, city),
        (impossible, RDFS.subClassOf, other),
        (other, RDF.type, OWL.Class),
        (other, OWL.disjointWith, city),
    )
    assert reason_graph(graph).unsatisfiable == (IIS + "Impossible",)


def test_an_individual_of_two_classes_that_exclude_one_another_is_inconsistent() -> None:
    both = [f"<urn:x> <{RDF.type}> <{IIS}{name}> ." for name in ("Place", "Organisation")]
    disjoint = doctored()
    disjoint.add((URIRef(IIS + "Place"), OWL.disjointWith, URIRef(IIS + "Organisation")))
    disjoint.parse(data="\n".join(both), format="nt")
    disjoint.add((URIRef("urn:x"), RDF.type, OWL.NamedIndividual))
    found = reason_graph(disjoint)
    assert not found.consistent
    assert (found.unsatisfiable, found.types) == ((), {})


def test_a_planted_module_does_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Threat T17: owlready2 imports the module that an ontology names."""
    trace = tmp_path / "ran"
    (tmp_path / "planted_module.py").write_text(f"open({str(trace)!r}, 'w').close()\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{ROOT}")
    name = "http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl#python_module"
    for subject in ("https://w3id.org/iis-kg/reasoning#", "https://w3id.org/iis-kg/ontology", "urn:o"):
        graph = doctored()
        graph.add((URIRef(subject), URIRef(name), URIRef("planted_module")))
        with pytest.raises(OntologyError, match="python_module is not allowed"):
            reason_graph(graph)
        with pytest.raises(OntologyError, match="python_module is not allowed"):
            reason(Ontology(Project((ROOT,))), [f'<{subject}> <{name}> "planted_module" .'])
    assert not trace.exists()


def test_an_import_is_not_fetched() -> None:
    graph = doctored()
    graph.add((URIRef("urn:o"), OWL.imports, URIRef("http://127.0.0.1:9/")))
    with pytest.raises(OntologyError, match="owl:imports is not allowed"):
        reason_graph(graph)


def test_a_reasoner_that_takes_too_long_is_stopped_with_its_children() -> None:
    start = time.monotonic()
    with pytest.raises(OntologyError, match=r"the reasoner took more than 0\.2 s\. Look for axioms"):
        reason_graph(doctored(), timeout=0.2)
    assert time.monotonic() - start < 5


def test_without_the_extra_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reasoner, "is_available", lambda: False)
    with pytest.raises(MissingExtra, match=r"Run: pip install 'iis-kg\[reason\]'"):
        reason(Ontology(Project((ROOT,))))


@pytest.mark.parametrize("line", ["nonsense", "<urn:a> <urn:b>", "<urn:a> <urn:b> <urn:c"])
def test_facts_that_are_no_triples_are_refused(line: str) -> None:
    with pytest.raises(OntologyError, match="not N-Triples"):
        reason(Ontology(Project((ROOT,))), [line])


def test_every_condition_of_a_stage_is_in_the_vocabulary() -> None:
    """The conditions that classes name are those that the rules and the tables use."""
    named = {str(value) for value in Ontology(Project((ROOT,))).axioms.objects(None, OWL.hasValue)}
    used = set(itertools.chain.from_iterable(NEEDS.values())) - set(DIRECTIONS)
    assert named == {PREFIXES.mapping["concept"] + condition for condition in used}
