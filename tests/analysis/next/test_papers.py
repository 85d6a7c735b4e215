"""What the papers speak for: suggestions worked out from their sections by hand."""

from __future__ import annotations

from typing import Any

import pytest

from kg.analysis.methods import again
from kg.analysis.next.analysis import Suggestions
from kg.analysis.next.model import Component, Suggestion
from kg.api import Graph
from kg.errors import UnknownName


def of(graph: Graph, place: str, **options: Any) -> dict[str, Suggestion]:
    """Suggestions of a place by the key of the thing, stages before industries of the same key, best first."""
    detail: Suggestions = graph.next(place=place, **options).detail
    return {graph.prefixes.shorten(s.candidate.thing): s for those in detail.by_place.values() for s in those}


def component(suggestion: Suggestion, name: str) -> Component:
    return next(c for c in suggestion.components if c.name == name)


def test_baoji_and_its_upstream(graph: Graph) -> None:
    """Baoji paper, 4.2: seven stages in a line, all there; 6.1: extend upstream to ore and sponge.

    Ore: all 6 others lie downstream: position 1, recommended 1. Sponge: it would join all 6, and 5 of 6 lie downstream:
    (1 + 5/6)/2 = 11/12; ore, its input, is there. Score (3 x 11/12 + 3 + 1)/7.
    """
    found = of(graph, "baoji")
    assert next(iter(found)) == "stage:titanium-ore-mining"
    ore, sponge = found["stage:titanium-ore-mining"], found["stage:titanium-sponge"]
    assert component(ore, "position").value == 1.0
    assert component(sponge, "position").value == pytest.approx(11 / 12)
    assert component(sponge, "recommendations").value == 1.0
    assert component(sponge, "inputs").value == 1.0
    assert sponge.score(graph.next(place="baoji").detail.weights) == pytest.approx(6.75 / 7)
    assert sponge.candidate.extended
    said = graph.citations(component(sponge, "recommendations").passages).values()
    assert "baoji-titanium, 6.1" in said


def test_industries_that_the_qinba_paper_wants_of_baoji(graph: Graph) -> None:
    """Qinba paper, 5.2.1: four industries; Baoji paper, 2.2: equipment manufacturing is there, kin to one of them."""
    found = of(graph, "baoji")
    wanted = {"industry:next-generation-it", "industry:high-end-equipment", "industry:new-materials"}
    assert wanted | {"industry:biomedicine"} <= set(found)
    assert component(found["industry:high-end-equipment"], "inputs").value == 1.0


def test_platforms_of_xianyang_come_first(graph: Graph) -> None:
    """Xianyang paper, V.A: a platform for seven services; IV.C says that some are lacking."""
    first = list(of(graph, "xianyang"))[:7]
    assert set(first) == {
        "stage:analysis-and-testing",
        "stage:education-and-training",
        "stage:financing",
        "stage:incubation",
        "stage:information-service",
        "stage:logistics-service",
        "stage:marketing",
    }


def test_said_to_be_missing_and_planned_are_told_apart(graph: Graph) -> None:
    """Xianyang paper, IV.C: there is no platform for testing; V.A alone speaks of education and training."""
    found = of(graph, "xianyang")
    assert found["stage:analysis-and-testing"].candidate.state == "said missing"
    assert found["stage:education-and-training"].candidate.state == "planned"


def test_units_of_the_qinba_area(graph: Graph) -> None:
    """Qinba paper, 5.2.3: herbs in dark green forest land, manufacturing in medium and light green areas."""
    dark, medium = of(graph, "dark-green-unit"), of(graph, "medium-green-unit")
    herbs = dark["stage:herb-planting"]
    assert (herbs.permission, component(herbs, "permission").value) == ("permitted", 1.0)
    assert "stage:patent-medicine" not in dark
    assert medium["stage:patent-medicine"].permission == "permitted"


def test_a_rule_about_which_the_paper_contradicts_itself_does_not_count(graph: Graph) -> None:
    """Qinba paper, 5.2 (all-green units are strictly protected) against 5.2.3 (herbs are planted there)."""
    herbs = of(graph, "all-green-unit")["stage:herb-planting"]
    assert herbs.permission == "not said"
    assert component(herbs, "permission").value is None
    assert "contradicts itself" in component(herbs, "permission").words


def test_three_cities_and_deep_processing_of_phosphate(graph: Graph) -> None:
    """Yijing paper, Results: said of Yichang, Jingzhou and Jingmen alike, so it must be weighed alike.

    No source says what feeds it, nor recommends it; talent is weak or only near, and chemistry is taught in the region.
    """
    deep = [of(graph, place)["stage:phosphorus-deep-processing"] for place in ("yichang", "jingzhou", "jingmen")]
    assert {s.candidate.state for s in deep} == {"weak"}
    assert {component(s, "position").value for s in deep} == {None}
    assert {component(s, "recommendations").value for s in deep} == {0.0}


def test_an_agglomeration_has_the_industries_of_its_cities(graph: Graph) -> None:
    """Yijing paper, Results: phosphorus chemicals are there in three of its cities, so it could not add them."""
    for place in ("yijing-jingen", "secondary-urban-agglomerations"):
        assert "industry:phosphorus-chemicals" not in of(graph, place)


def test_what_is_at_the_low_end_is_to_be_left_behind(graph: Graph) -> None:
    """Yijing paper, Discussion (2): from the lower end, such as assembly, to the higher: not more of the lower end."""
    labels = [f.label for f in graph.next(place="secondary-urban-agglomerations").findings]
    assembly = [label for label in labels if "Assembly and packaging" in label]
    assert assembly and all("could move beyond the low end of" in label for label in assembly)


def test_a_place_that_a_recommendation_does_not_name_is_told(graph: Graph) -> None:
    """Yijing paper, Discussion (2): emerging industries are for such agglomerations; that Yichang's problem is answered
    is a reading."""
    found = of(graph, "yichang")["industry:strategic-emerging"]
    assert component(found, "recommendations").words.startswith("a recommendation that answers a problem of the place")


def test_few_programmes_count_half(graph: Graph) -> None:
    """Yijing paper, Results: few institutions of Yichang teach what its coming industries need."""
    found = of(graph, "yichang")
    for key in ("integrated-circuits", "intelligent-manufacturing", "new-energy", "new-materials"):
        fields = component(found[f"industry:{key}"], "fields")
        assert fields.value == 0.5
        assert "by few" in fields.words


def test_no_output_table_so_relatedness_is_not_known(graph: Graph) -> None:
    """No paper gives the outputs of several industries of a city, so there is nothing to compare."""
    analysis = graph.next()
    names = list(analysis.table("components").columns)
    values = {row[names.index("value")] for row in analysis.table("components").rows if "relatedness" in row}
    assert values == {None}


def test_weights_as_mapping_and_text(graph: Graph) -> None:
    given = {"position": 0, "recommendations": 0, "fields": 0, "permission": 0}
    found = list(of(graph, "baoji", weights=given))
    assert found == list(of(graph, "baoji", weights="position=0,recommendations=0,fields=0,permission=0"))
    assert found != list(of(graph, "baoji"))


def test_suggestions_by_chain_are_those_of_the_place(graph: Graph) -> None:
    whole, titanium = (
        of(graph, "baoji"),
        {
            graph.prefixes.shorten(s.candidate.thing): s
            for s in graph.next(place="baoji", chain="titanium").detail.by_place[graph.prefixes.expand("place:baoji")]
        },
    )
    assert titanium
    assert all(whole[key] == suggestion for key, suggestion in titanium.items())
    assert next(iter(titanium)) == "stage:titanium-ore-mining"


@pytest.mark.parametrize("options", [{}, {"weights": "position=1,inputs=2.5"}, {"top": 1}])
def test_findings_are_found_again(graph: Graph, options: dict[str, Any]) -> None:
    for finding in graph.next(**options).findings:
        text = " ".join(f"{k}={graph.prefixes.shorten(v)}" for k, v in finding.parameters)
        assert again(graph.facts, "next", text, finding.key(graph.prefixes)) == finding


def test_at_most_three_of_a_place_are_kept_in_the_graph(graph: Graph) -> None:
    kept: dict[str, int] = {}
    for row in graph.findings():
        if row["method"] == "next":
            place = next(x for x in str(row["about"]).split() if "/place/" in x)
            kept[place] = kept.get(place, 0) + 1
            assert row["passages"]
    assert len(kept) > 5
    assert max(kept.values()) <= 3


def test_unknown_place_has_a_near_name(graph: Graph) -> None:
    with pytest.raises(UnknownName, match="baoji"):
        graph.next(place="Baoj")
