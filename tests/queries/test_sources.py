"""Which sources there are, and how much is taken from each."""

from __future__ import annotations

from tests.hostile import small_graph


def test_a_source_without_an_english_title_a_type_or_facts_is_named_too() -> None:
    graph = small_graph(
        'source:zh a iis:Source ; rdfs:label "一份文件"@zh . '
        'source:both a iis:Source ; rdfs:label "两个名称"@zh , "A document"@en . '
        "<https://w3id.org/iis-kg/source/bare#a> oa:hasSource source:bare . "
        "GRAPH <https://w3id.org/iis-kg/source/bare#a> { place:a iis:within place:b , place:c }"
    )
    rows = {str(row["source"]).rpartition("/")[2]: row for row in graph.ask("sources")}
    assert {name: str(row["source_label"]) for name, row in rows.items()} == {
        "zh": "一份文件",
        "both": "A document",
        "bare": "https://w3id.org/iis-kg/source/bare",
    }
    assert {name: (row["passages"], row["facts"]) for name, row in rows.items()} == {
        "zh": (0, 0),
        "both": (0, 0),
        "bare": (1, 2),
    }
