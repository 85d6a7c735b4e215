"""Overlap of the places of the five papers, worked out by hand from them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kg.analysis.facts import Facts
from kg.analysis.methods import analyse
from kg.analysis.overlap.compare import Comparison
from kg.analysis.result import Analysis, Finding
from kg.api import Graph
from kg.store.answers import Value

CITIES = "yichang,jingzhou,jingmen,enshi"
PARKS = "xunyi-tcm-health-park,xianyang-pharmaceutical-park,fengxi-biomedical-park"
XUNYI, HIGH_TECH, FENGXI = (f"place:{name}" for name in PARKS.split(","))

Row = dict[str, Value | None]


def rows(graph: Graph, found: Analysis, table: str) -> list[Row]:
    """The rows of a table, IRIs as compact ones."""
    shown = found.table(table)
    return [
        {k: _short(graph, v) for k, v in zip(shown.columns, row, strict=True) if k != "passages"} for row in shown.rows
    ]


def _short(graph: Graph, value: Value | None) -> Value | None:
    if isinstance(value, str) and "://" in value:
        return " ".join(graph.prefixes.shorten(iri) for iri in value.split())
    return value


def holders(graph: Graph, found: Analysis, aspect: str) -> Mapping[str, set[str]]:
    """Who has which item of an aspect."""
    items = [row for row in rows(graph, found, "items") if row["aspect"] == aspect]
    return {str(row["item"]): set(str(row["who"]).split()) for row in items}


@pytest.fixture(scope="module")
def cities(graph: Graph) -> Analysis:
    return graph.overlap(place=CITIES)


@pytest.fixture(scope="module")
def parks(graph: Graph) -> Analysis:
    return graph.overlap(place=PARKS)


@pytest.fixture(scope="module")
def everything(graph: Graph) -> Analysis:
    return graph.overlap()


def test_what_all_four_cities_share_and_what_only_three(graph: Graph, cities: Analysis) -> None:
    """IIS paper, Results, The Industry Chain (2): by-products and minerals in the four regions; chemicals in Yichang,
    Jingzhou and Jingmen; wine, beverages and tea in Yichang, Jingzhou and Enshi; the paragraph on phosphorus chemicals
    names Yichang, Jingzhou and Jingmen.
    """
    held = holders(graph, cities, "industry")
    yichang, jingzhou, jingmen, enshi = (f"place:{name}" for name in CITIES.split(","))
    by_four = {item for item, who in held.items() if len(who) == 4}
    by_three = {item: who for item, who in held.items() if len(who) == 3}
    assert by_four == {"industry:agricultural-by-product-processing", "industry:non-metallic-mineral-products"}
    assert by_three == {
        "industry:chemicals": {yichang, jingzhou, jingmen},
        "industry:phosphorus-chemicals": {yichang, jingzhou, jingmen},
        "industry:wine-beverages-tea": {yichang, jingzhou, enshi},
    }


def test_fourth_city_is_not_recorded_and_never_said_to_lack(graph: Graph, cities: Analysis) -> None:
    row = next(r for r in rows(graph, cities, "items") if r["item"] == "industry:chemicals")
    assert (row["share_it"], row["of"], row["not_recorded_for"]) == (3, 4, "Enshi")
    meanings = " ".join(meaning for table in cities.tables for meaning in table.columns.values())
    assert "does not say that they do not have it" in meanings


def test_groups_of_cities_that_all_have_the_same(graph: Graph, cities: Analysis) -> None:
    """By the same passage: A, N by four; with chemicals and phosphorus by three; with wine by three others."""
    found = {
        (int(str(r["size"])), int(str(r["shared"])), frozenset(str(r["group"]).split()))
        for r in rows(graph, cities, "groups")
        if r["aspect"] == "industry" and int(str(r["size"])) > 2
    }
    y, j, m, e = (f"place:{name}" for name in CITIES.split(","))
    assert found == {(4, 2, frozenset({y, j, m, e})), (3, 4, frozenset({y, j, m})), (3, 3, frozenset({y, j, e}))}


def test_what_the_three_parks_share_and_what_only_two(graph: Graph, parks: Analysis) -> None:
    """Xianyang paper, Table I: biopharmaceuticals stand in all three columns. Two have the manufacture of Chinese
    medicine, health food and incubation (Xunyi, high-tech zone) and medical devices (high-tech zone, Fengxi).
    """
    held = holders(graph, parks, "orientation")
    assert {item for item, who in held.items() if len(who) == 3} == {"industry:biomedicine"}
    assert {item: who for item, who in held.items() if len(who) == 2} == {
        "industry:tcm-manufacturing": {XUNYI, HIGH_TECH},
        "industry:health-food": {XUNYI, HIGH_TECH},
        "stage:incubation": {XUNYI, HIGH_TECH},
        "industry:medical-devices": {HIGH_TECH, FENGXI},
    }


def test_plans_of_parks_are_not_taken_for_what_is_there(graph: Graph, parks: Analysis) -> None:
    """Table I is a table of orientations; nothing of it is performed now, so the parks do nothing head-on."""
    assert parks.table("head-on").rows == []
    assert holders(graph, parks, "stage") == {}
    assert "stage:medical-devices" in holders(graph, parks, "planned-stage")


def test_each_pair_of_parks_is_a_finding_since_they_are_said_to_compete(graph: Graph, parks: Analysis) -> None:
    """Xianyang paper, IV.C: convergence of orientation and homogeneous competition among parks, with Table I."""
    found = {frozenset(f.about[:2]): f for f in parks.findings if f.aspect == "orientation"}
    assert len(found) == 3
    weakest = found[frozenset(graph.prefixes.mapping["place"] + p.partition(":")[2] for p in (XUNYI, FENGXI))]
    assert "1 of the same" in weakest.label
    assert weakest.severity == pytest.approx((2 * 1 / 11 + 1) / 4), (
        "1 of 5 + 6 - 1 and one more, said to compete, none there"
    )


def test_cities_with_five_industries_in_common_come_before_parks_with_one(everything: Analysis) -> None:
    """IIS paper, Results: five of seven industries of Yichang and Jingzhou. Xianyang paper, IV.B: two parks have
    pharmaceutical firms, and nothing else is said to be there. Of both pairs a source says that they compete.
    """
    found = sorted((f for f in everything.findings if not f.aspect), key=lambda f: -f.severity)
    assert "Jingzhou and Yichang share 5 industries" in found[0].label
    assert found[0].severity == pytest.approx((2 * 5 / 8 + 1) / 3)
    parks = next(f for f in found if "share 1 industry" in f.label)
    assert parks.severity == pytest.approx((2 * 1 / 2 + 1) / 3)


def test_three_cities_do_phosphate_fertiliser_head_on(graph: Graph, everything: Analysis) -> None:
    """IIS paper, Results, The Industry Chain (2): whole chain, low-end products, in Yichang, Jingzhou and Jingmen."""
    found = {
        (str(r["first"]), str(r["second"]), str(r["stage"]), str(r["segments"]))
        for r in rows(graph, everything, "head-on")
    }
    pairs = [("jingmen", "jingzhou"), ("jingmen", "yichang"), ("jingzhou", "yichang")]
    stages = ["phosphate-fertiliser-production", "phosphorus-whole-chain"]
    assert found == {(f"place:{a}", f"place:{b}", f"stage:{s}", "concept:low-end") for a, b in pairs for s in stages}


def test_weak_deep_processing_is_no_head_on(graph: Graph, everything: Analysis) -> None:
    """The same passage calls deep processing insufficient, at no segment."""
    stages = {r["stage"] for r in rows(graph, everything, "same-stage")}
    assert "stage:phosphorus-deep-processing" in stages


def test_head_on_pairs_are_those_of_the_question(graph: Graph, everything: Analysis) -> None:
    """The analysis and the query of the catalogue are written apart and must agree."""
    asked = {(r["place"], r["other"], r["stage"]) for r in graph.ask("same-stage-same-segment")}
    detail: Comparison = everything.detail
    assert {(p.first, p.second, p.stage) for p in detail.same_stage if p.head_on} == asked


def test_shared_industries_are_those_of_the_question(graph: Graph, everything: Analysis) -> None:
    detail: Comparison = everything.detail
    pairs = {
        (frozenset((s.overlap.first, s.overlap.second)), item)
        for s in detail.shared
        if s.aspect == "industry" and s.level != "industrial cluster"
        for item in s.overlap.shared
    }
    asked = graph.ask("shared-industries")
    assert pairs == {(frozenset((str(r["place"]), str(r["other"]))), r["industry"]) for r in asked}


def test_shared_orientations_are_those_of_the_question(graph: Graph, everything: Analysis) -> None:
    detail: Comparison = everything.detail
    pairs = {
        (frozenset((s.overlap.first, s.overlap.second)), item)
        for s in detail.shared
        if s.aspect == "orientation"
        for item in s.overlap.shared
    }
    asked = graph.ask("shared-orientations")
    assert pairs == {(frozenset((str(r["place"]), str(r["other"]))), r["orientation"]) for r in asked}


def test_counties_that_plant_herbs_complement_the_town_that_processes_them(graph: Graph, everything: Analysis) -> None:
    """Xianyang paper, IV.A and IV.B: herbs in Yongshou, Bin and Chunhua; V.B.2: Taicun processes. Planting feeds
    processing in the chain. Xunyi, around Taicun, is not compared with it.
    """
    found = {
        (r["first"], r["second"])
        for r in rows(graph, everything, "complementary")
        if r["stage"] == "stage:herb-planting"
    }
    assert found == {(f"place:{county}", "place:taicun") for county in ("binzhou", "chunhua", "yongshou")}


def test_division_cites_what_the_paper_proposes_first_and_claims_no_more(graph: Graph, everything: Analysis) -> None:
    """IIS paper, Discussion (2)(iii): spheres of influence, from the lower to the higher end; Results: deep processing
    of all three is insufficient. It does not say who should keep fertilisers, nor does what is recorded.
    """
    steps = [
        r
        for r in rows(graph, everything, "division")
        if (r["first"], r["second"], r["stage"])
        == ("place:jingzhou", "place:yichang", "stage:phosphate-fertiliser-production")
    ]
    kinds = [r["kind"] for r in steps]
    assert kinds[0] == "proposal"
    proposed = {r["about"]: r["basis"] for r in steps if r["kind"] == "proposal"}
    assert proposed["recommendation:spheres-of-influence"] == "our reading"
    assert "recommendation:move-up-the-chain" in proposed
    deep = next(r for r in steps if r["about"] == "stage:phosphorus-deep-processing")
    assert (deep["first_state"], deep["second_state"]) == ("weak", "weak")
    assert any(r["kind"] == "outside input" and "Yichang" in str(r["says"]) for r in steps)
    assert kinds[-1] == "who keeps it"
    assert "left open" in str(steps[-1]["says"])


def test_three_biomedical_clusters_share_their_industry(graph: Graph, everything: Analysis) -> None:
    """Cluster paper, Table I: Zhongguancun, Zhangjiang, Taizhou."""
    row = next(
        r
        for r in rows(graph, everything, "items")
        if r["level"] == "industrial cluster" and r["item"] == "industry:biomedicine"
    )
    clusters = ("taizhou", "zhangjiang", "zhongguancun")
    assert set(str(row["who"]).split()) == {f"cluster:{name}-biomedicine" for name in clusters}


def test_clusters_are_asked_for_as_places_are(graph: Graph) -> None:
    found = graph.overlap(place="zhongguancun-biomedicine,zhangjiang-biomedicine")
    pair = next(r for r in rows(graph, found, "pairs") if r["aspect"] == "industry")
    assert (pair["shared"], pair["either"], pair["jaccard"]) == (1, 1, 1.0)


def test_whole_is_not_compared_with_its_part(graph: Graph, everything: Analysis) -> None:
    """Xianyang plants herbs in its counties; the agglomeration has the industries of its cities."""
    pairs = {(str(r["first"]), str(r["second"])) for r in rows(graph, everything, "pairs")}
    for part, whole in (("xunyi", "xianyang"), ("yichang", "yijing-jingen"), ("baoji", "shaanxi")):
        assert not {(f"place:{part}", f"place:{whole}"), (f"place:{whole}", f"place:{part}")} & pairs
    asked = graph.overlap(place="xunyi,xianyang")
    assert asked.table("pairs").rows == []
    assert any("are not compared" in note for note in asked.notes)


def test_outputs_that_are_not_known_are_a_note_and_no_zero(everything: Analysis) -> None:
    """No paper gives the output by industry of two places of one level."""
    assert everything.table("outputs").rows == []
    assert any("neither is zero" in note for note in everything.notes)


def test_chain_leaves_only_its_stages(graph: Graph) -> None:
    found = graph.overlap(chain="phosphorus-chemicals")
    aspects = {r["aspect"] for r in rows(graph, found, "pairs")}
    assert aspects <= {"stage", "segment", "planned-stage"}
    assert len(rows(graph, found, "head-on")) == 6
    assert {f.aspect for f in found.findings} == {"head-on"}


def test_one_place_against_all_of_its_level(graph: Graph) -> None:
    found = graph.overlap(place="enshi", aspect="industry")
    pairs = rows(graph, found, "pairs")
    assert pairs
    assert all("place:enshi" in (r["first"], r["second"]) for r in pairs)
    assert {r["level"] for r in pairs} == {"administrative place"}


def test_findings_are_the_same_in_their_own_scope(graph: Graph, everything: Analysis) -> None:
    """Severity, passages and words do not depend on what else was asked for."""
    chosen = sorted(everything.findings, key=lambda f: f.key(graph.prefixes))[::4]
    for finding in chosen:
        narrow = graph.overlap(place=[iri for _name, iri in finding.parameters])
        again: Finding = next(f for f in narrow.findings if f.key(graph.prefixes) == finding.key(graph.prefixes))
        assert again == finding


def test_severity_adds_up_from_its_parts(graph: Graph, cities: Analysis) -> None:
    """Jingzhou and Yichang: 5 of 7 industries (5 + 7 - 5), one more, said to compete: (2 * 5/8 + 1) / 3."""
    ends = {graph.prefixes.mapping["place"] + name for name in ("jingzhou", "yichang")}
    found = next(f for f in cities.findings if not f.aspect and set(f.about[:2]) == ends)
    assert found.severity == pytest.approx((2 * 5 / 8 + 1) / 3)
    assert all(0 <= part.value <= 1 for f in cities.findings for part in f.parts)


def test_every_finding_and_every_pair_with_something_shared_has_passages(everything: Analysis) -> None:
    assert [f.label for f in everything.findings if not f.passages] == []
    detail: Comparison = everything.detail
    assert [s for s in detail.shared if s.overlap.shared and not s.passages] == []
    assert [p for p in detail.same_stage if not p.passages] == []
    assert [c for c in detail.complements if not c.passages] == []
    assert [s.says for s in detail.division if s.basis != "recorded" and not s.passages] == []


def test_order_of_the_matrix_does_not_depend_on_the_run(graph: Graph) -> None:
    fresh = Facts(graph.store, graph.project)
    first, second = (analyse(facts, "overlap").table("pairs").rows for facts in (graph.facts, fresh))
    assert first == second
