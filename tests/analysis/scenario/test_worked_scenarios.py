"""The three scenarios that ship, against what the papers lead a planner to expect; worked out by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest

from kg.analysis.result import Analysis
from kg.api import Graph, WhatIf
from kg.errors import StoreError
from kg.store.answers import Value
from kg.store.folder import read_manifest

CITIES = ("jingmen", "jingzhou", "yichang")


def rows(analysis: Analysis, table: str) -> list[Mapping[str, Value | None]]:
    return list(analysis.table(table).solutions)


def keys(analysis: Analysis, table: str, *columns: str) -> set[tuple[str, ...]]:
    """Some columns of a table, IRIs by their last part."""
    return {tuple(str(row[column]).rpartition("/")[2] for column in columns) for row in rows(analysis, table)}


@pytest.fixture(scope="module")
def titanium(graph: Graph) -> WhatIf:
    return graph.what_if("extend-titanium-upstream")


@pytest.fixture(scope="module")
def upstream(titanium: WhatIf) -> Analysis:
    return titanium.difference()


@pytest.fixture(scope="module")
def division(graph: Graph) -> Analysis:
    return graph.scenario("divide-phosphorus-chemicals")


@pytest.fixture(scope="module")
def platforms(graph: Graph) -> Analysis:
    return graph.scenario("xianyang-platforms", place="Xianyang")


def test_baoji_controls_its_upstream(upstream: Analysis) -> None:
    """Baoji paper: 4.3 says that control of raw materials is missing, 6.1 asks for ore and sponge."""
    assert ("ended", "upstream-control", "missing", "baoji") in keys(
        upstream, "lacks", "change", "what", "degree", "place"
    )


def test_baoji_no_longer_buys_raw_materials_and_still_imports_high_end_products(
    upstream: Analysis, titanium: WhatIf
) -> None:
    """5.1: from the domestic market, and some from abroad; 4.3: high-end products are imported, which stays."""
    assert keys(upstream, "inputs", "change", "place", "input") == {("ended", "baoji", "titanium-raw-materials")}
    left = {str(row["input"]).rpartition("/")[2] for row in titanium.ask("outside-inputs", place="baoji")}
    assert left == {"high-end-titanium-products"}


def test_ore_no_longer_rests_on_one_enterprise(upstream: Analysis) -> None:
    """4.2: BaoTai Group alone is said to mine ore."""
    assert ("ended", "titanium-ore-mining", "baotai-group") in keys(
        upstream, "providers", "change", "stage", "provider"
    )


def test_the_problems_that_the_extension_answers(upstream: Analysis) -> None:
    """Our reading of 6.1: no upstream control, and what follows from it; not the research that is too weak (4.3)."""
    found = keys(upstream, "problems", "problem", "answer", "basis")
    assert ("titanium-no-upstream-control", "recommendation realised", "our reading") in found
    assert ("titanium-raw-material-price-fluctuation", "recommendation realised", "our reading") in found
    assert not any(problem == "titanium-insufficient-high-end-rnd" for problem, _, _ in found)


def test_the_extension_opens_no_gap_but_that_one_city_alone_has_the_ore(upstream: Analysis) -> None:
    """4.2 has BaoTai Group mine, for all places around it; then row 2 of capabilities.csv has Baoji itself do so.

    Baoji is a member of the city cluster (2.4) and the only one with titanium. No other group of places that Baoji
    belongs to is told of a stage of the chain or of a function beside it, as the cluster is of its infrastructure
    (2.4). Sponge (row 3) opens none: the city has it already (4.2).
    """
    opened = {f.label for f in upstream.findings if f.kind == "gap-finding" and f.label.startswith("opened")}
    assert opened == {
        "opened: Guanzhong-Tianshui City Cluster, Titanium industry chain: recorded with one provider only, Baoji: "
        "Titanium ore mining (in Baoji)"
    }


def test_sponge_that_is_made_already_is_noted(upstream: Analysis) -> None:
    """4.2 has the chain of Baoji begin with sponge."""
    assert any("Titanium sponge making by Baoji is there already" in note for note in upstream.notes)


def test_the_central_place_of_ore_mining_grows(upstream: Analysis) -> None:
    """Baoji is one more tie of ore mining, and ore mining one more of Baoji."""
    ties = {
        str(row["node"]).rpartition("/")[2]: (row["degree_before"], row["degree_after"])
        for row in rows(upstream, "centrality")
        if row["network"] == "everything"
    }
    for node in ("titanium-ore-mining", "baoji"):
        before, after = ties[node]
        assert isinstance(before, int)
        assert after == before + 1


def test_no_two_cities_meet_head_on_in_phosphorus(division: Analysis) -> None:
    """Yijing Jingen paper, Results, industry chain: all three did the whole chain and low-end fertilisers alike."""
    expected = {
        ("ended", stage, first, second)
        for stage in ("phosphorus-whole-chain", "phosphate-fertiliser-production")
        for first, second in combinations(CITIES, 2)
    }
    assert keys(division, "head-on", "change", "stage", "place", "other") == expected


def test_each_city_has_its_own_link_and_it_rests_on_that_city(division: Analysis) -> None:
    """The price of a division: what one city alone does is lost with it."""
    assert keys(division, "providers", "change", "stage", "provider") == {
        ("new", "phosphate-fertiliser-production", "yichang"),
        ("new", "phosphorus-deep-processing", "jingzhou"),
        ("new", "phosphorus-comprehensive-utilisation", "jingmen"),
    }


def test_the_states_after_the_division(division: Analysis) -> None:
    """Each link rests on one city then: present there, from a single provider in the agglomeration of the three."""
    found = keys(division, "states", "place", "stage", "before", "after")
    assert {state for state in found if state[3] != "not recorded"} == {
        *(
            ("yijing-jingen", f"phosphorus-{link}", "weak", "single provider")
            for link in ("deep-processing", "comprehensive-utilisation")
        ),
        ("jingzhou", "phosphorus-deep-processing", "weak", "present"),
        ("jingmen", "phosphorus-comprehensive-utilisation", "weak", "present"),
    }
    given_up = {(place, stage) for place, stage, _before, after in found if after == "not recorded"}
    assert given_up == {
        *((place, "phosphorus-whole-chain") for place in (*CITIES, "yijing-jingen")),
        *((city, "phosphate-fertiliser-production") for city in ("jingzhou", "jingmen")),
        *((city, "phosphorus-deep-processing") for city in ("yichang", "jingmen")),
        *((city, "phosphorus-comprehensive-utilisation") for city in ("yichang", "jingzhou")),
    }


def test_what_closes_by_silence_is_said_to_do_so(division: Analysis) -> None:
    assert any("what is not recorded is neither there nor missing" in note for note in division.notes)


def test_the_division_answers_its_problem_and_all_have_the_industry_still(division: Analysis) -> None:
    found = keys(division, "problems", "problem", "answer")
    assert ("phosphorus-no-division", "recommendation realised") in found
    assert ("phosphorus-low-level-competition", "recommendation realised") in found
    assert rows(division, "overlap") == []


def test_which_city_takes_what_is_said_to_be_an_assumption(division: Analysis) -> None:
    assert any(note.startswith("assumed: Which city takes which link is ours") for note in division.notes)


def test_the_platforms_of_xianyang_are_there(platforms: Analysis) -> None:
    """Xianyang paper, IV.C lists eight functions as missing, V.A asks for three more; transfer lacks more."""
    missing = {"analysis-and-testing", "new-drug-research", "incubation", "clinical-trials", "information-service"}
    missing |= {"financing", "government-and-business-services"}
    planned = {"marketing", "logistics-service", "education-and-training"}
    assert keys(platforms, "states", "place", "stage", "before", "after") == {
        *(("xianyang", stage, "said missing", "present") for stage in missing),
        *(("xianyang", stage, "planned", "present") for stage in planned),
        ("xianyang", "achievement-transfer", "said missing", "weak"),
    }
    closed = {
        (f.about[0].rpartition("/")[2], f.about[1].rpartition("/")[2])
        for f in platforms.findings
        if f.label.startswith("closed: ") and f.kind == "gap-finding" and len(f.about) > 1
    }
    ends = {end for pair in closed for end in pair}
    assert {*missing, *planned} <= ends


def test_the_problem_of_the_platforms_is_answered_twice(platforms: Analysis) -> None:
    found = {row[1:] for row in keys(platforms, "problems", "problem", "answer", "basis") if row[0].endswith("forms")}
    assert found == {("recommendation realised", "our reading"), ("some stages there", "states of stages")}


def test_changes_rest_on_passages_that_can_be_cited(titanium: WhatIf, upstream: Analysis, division: Analysis) -> None:
    known = titanium.citations()
    assert "baoji-titanium, 4.3" in known.values()
    assert "extend-titanium-upstream, capabilities.csv row 2 (titanium-extend-upstream)" in known.values()
    cited = {p for table in upstream.tables for row in table.solutions for p in str(row.get("passages") or "").split()}
    assert cited
    assert cited <= set(known)
    assert division.parameters == (("scenario", "divide-phosphorus-chemicals"),)


def test_the_graph_and_its_store_are_untouched(graph: Graph, store_folder: Path, upstream: Analysis) -> None:
    """Nothing that is on disk differs after a scenario, and the graph answers as before."""

    def state() -> tuple[str, ...]:
        files = sorted(path for path in store_folder.rglob("*") if path.is_file() and path.name != "LOCK")
        return tuple(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files)

    before, manifest, size = state(), read_manifest(store_folder), len(graph.store)
    assert upstream.findings == graph.what_if("extend-titanium-upstream").difference().findings
    assert (state(), read_manifest(store_folder), len(graph.store)) == (before, manifest, size)
    assert len(graph.ask("outside-inputs", place="baoji")) == 3


def test_a_graph_of_other_tables_must_be_built_anew(graph: Graph) -> None:
    with pytest.raises(StoreError, match="Run `kg build` first"):
        Graph(graph.store, graph.project, "0" * 64).what_if("xianyang-platforms")
