"""Derived facts: each rule of `queries/rules/` on a few facts, with what follows worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import QueryFileError
from kg.load.rules import run_rules
from kg.project import Project
from kg.store.oxigraph import OxigraphStore
from tests.support import PREFIX_LINES, PREFIXES, ROOT, add_query

ONTOLOGY = "https://w3id.org/iis-kg/ontology"


def derived(facts: str, rule: str) -> set[tuple[str, str, str]]:
    """What one rule derives in the end, as compact IRIs."""
    store = OxigraphStore.memory()
    for name in ("place", "chain", "industry", "cluster", "vocabularies/units"):
        store.load_turtle((ROOT / f"ontology/{name}.ttl").read_text(encoding="utf-8"), ONTOLOGY, name)
    store.update(f"{PREFIX_LINES} INSERT DATA {{ GRAPH source:x {{ {facts} }} }}")
    run_rules(Project((ROOT,)), store)
    query = f"SELECT ?s ?p ?o {{ GRAPH <https://w3id.org/iis-kg/derived/{rule}> {{ ?s ?p ?o }} }}"
    found = store.select(query).rows
    triples = [tuple(PREFIXES.shorten(str(term)) for term in row) for row in found]
    return {(s, p, o) for s, p, o in triples if s.startswith(("place:x", "stage:x", "observation:x"))}


def test_nesting_reaches_through() -> None:
    facts = "place:xa iis:within place:xb . place:xb iis:within place:xc . place:xc iis:within place:xd"
    assert derived(facts, "transitive-properties") == {
        ("place:xa", "iis:within", "place:xc"),
        ("place:xa", "iis:within", "place:xd"),
        ("place:xb", "iis:within", "place:xd"),
    }


def test_borders_go_both_ways() -> None:
    assert derived("place:xa iis:borders place:xb", "symmetric-properties") == {("place:xb", "iis:borders", "place:xa")}


def test_what_feeds_a_stage_is_upstream_of_it() -> None:
    facts = "stage:xa iis:feeds stage:xb"
    assert derived(facts, "superproperties") == {("stage:xa", "iis:upstreamOf", "stage:xb")}


def test_upstream_reaches_through_the_stages_that_feed_one_another() -> None:
    facts = "stage:xa iis:feeds stage:xb . stage:xb iis:feeds stage:xc"
    assert derived(facts, "transitive-properties") == {("stage:xa", "iis:upstreamOf", "stage:xc")}


def test_a_core_city_is_a_member() -> None:
    facts = "place:xa iis:coreCityOf place:xb"
    assert ("place:xa", "iis:memberOf", "place:xb") in derived(facts, "superproperties")


def test_a_city_is_a_place() -> None:
    assert ("place:xa", "rdf:type", "iis:Place") in derived("place:xa a iis:City", "types-of-superclasses")


@pytest.mark.parametrize(("status", "has"), [("actual", True), ("planned", False), ("recommended", False)])
def test_a_place_has_an_industry_that_is_actual(status: str, has: bool) -> None:
    facts = "regional-industry:x a iis:RegionalIndustry ; iis:inPlace place:xa ; iis:inIndustry industry:i ;"
    found = derived(f"{facts} iis:status concept:{status}", "has-industry")
    assert found == ({("place:xa", "iis:hasIndustry", "industry:i")} if has else set())


@pytest.mark.parametrize(
    ("value", "unit", "normalised", "base"),
    [
        ("12", "hundred-million-yuan", 1_200_000_000, "yuan"),
        ("193.56", "billion-yuan", 193_560_000_000, "yuan"),
        ("3.5", "ten-thousand-tonnes", 35_000, "tonne"),
        ("15.9", "percent", 15.9, "percent"),
    ],
)
def test_a_figure_is_also_there_in_its_base_unit(value: str, unit: str, normalised: float, base: str) -> None:
    found = derived(f"observation:x iis:value {value} ; iis:unit unit:{unit}", "normalised-values")
    by_property = {p: o for _, p, o in found}
    assert float(by_property["iis:normalisedValue"]) == normalised
    assert by_property["iis:normalisedUnit"] == f"unit:{base}"


def rule(folder: Path, text: str | bytes) -> Project:
    add_query(folder, text, "own", "rules")
    return Project((folder,))


def test_the_number_of_new_facts_is_told(tmp_path: Path) -> None:
    store = OxigraphStore.memory()
    store.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> <urn:b> . <urn:c> <urn:p> <urn:d> } }")
    project = rule(tmp_path, "INSERT { GRAPH <urn:d> { ?o <urn:q> ?s } } WHERE { GRAPH ?g { ?s <urn:p> ?o } }")
    assert run_rules(project, store) == 2
    assert run_rules(project, store) == 0


def test_rules_that_never_end_are_stopped(tmp_path: Path) -> None:
    store = OxigraphStore.memory()
    store.update("INSERT DATA { <urn:a> <urn:p> 1 }")
    project = rule(tmp_path, "INSERT { ?s <urn:p> ?next } WHERE { ?s <urn:p> ?o BIND(?o + 1 AS ?next) }")
    with pytest.raises(QueryFileError, match=r"still add facts after 50 rounds\. Look for one that makes new terms"):
        run_rules(project, store)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("INSERT { ?s ?p } WHERE { }", r"queries/rules/own\.ru: the update does not parse: error at 1:1\d"),
        ("# \n\nINSRT", r"queries/rules/own\.ru: the update does not parse: error at 3:"),
        ("SELECT * { ?s ?p ?o }", r"queries/rules/own\.ru: the update does not parse"),
        (b"# \xff\n", r"queries/rules/own\.ru: not UTF-8"),
    ],
)
def test_a_malformed_rule_is_refused_by_its_name(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(QueryFileError, match=message):
        run_rules(rule(tmp_path, text), OxigraphStore.memory())
