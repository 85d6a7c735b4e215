"""The import files of Neo4j, read by pandas after the grammar of their headers, and compared with the graph."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from kg.api import Graph
from kg.store.answers import Solutions
from tests.hostile import FORMULA, LABELS, LONG, hostile_graph, small_graph
from tests.support import PREFIXES

FIELD = re.compile(r"(\w+:(long|double|boolean|string)(\[\])?|\w*:ID|:LABEL|:START_ID|:END_ID|:TYPE)")


def tables(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Nodes and relations."""
    return tuple(  # type: ignore[return-value]
        pd.read_csv(folder / name, dtype=str, keep_default_na=False, lineterminator="\n")
        for name in ("nodes.csv", "relations.csv")
    )


def delimiter(folder: Path) -> str:
    """The sign between the parts of arrays, as the command says."""
    line = (folder / "import.sh").read_text(encoding="utf-8").splitlines()[-1]
    (sign,) = [word.partition("=")[2] for word in shlex.split(line) if word.startswith("--array-delimiter=")]
    return chr(int(sign[2:], 16)) if sign.startswith("U+") else sign


def rows(graph: Graph, query: str) -> list[tuple[object, ...]]:
    answer = graph.sparql(query)
    assert isinstance(answer, Solutions)
    return list(answer.rows)


def check(graph: Graph, folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Compare the files with the graph."""
    nodes, relations = tables(folder)
    for table in (nodes, relations):
        assert [field for field in table.columns if not FIELD.fullmatch(field)] == []
        assert table.columns.is_unique
    assert nodes["iri:ID"].is_unique
    assert set(relations[":START_ID"]) | set(relations[":END_ID"]) <= set(nodes["iri:ID"])
    joined = rows(graph, "SELECT DISTINCT ?s ?p ?o { ?s ?p ?o FILTER(!ISLITERAL(?o) && ?p != rdf:type) }")
    blank = {row for row in joined if not all("://" in str(term) or "urn:" in str(term) for term in row)}
    written = set(zip(relations[":START_ID"], relations["property:string"], relations[":END_ID"], strict=True))
    assert len(written) == len(relations) == len(joined)
    assert {tuple(map(str, row)) for row in joined if row not in blank} <= written
    things = rows(
        graph, "SELECT DISTINCT ?s { { ?s ?p ?o } UNION { ?o ?p ?s FILTER(!ISLITERAL(?s) && ?p != rdf:type) } }"
    )
    assert len(nodes) == len(things)
    return nodes, relations


def test_the_graph_of_the_papers_reads_back(graph: Graph, tmp_path: Path) -> None:
    written = graph.export("neo4j", tmp_path / "neo4j")
    nodes, relations = check(graph, tmp_path / "neo4j")
    assert written.counts == {"nodes": len(nodes), "relations": len(relations)}
    place = PREFIXES.mapping["place"]
    sign = delimiter(tmp_path / "neo4j")
    (city,) = nodes[nodes["iri:ID"] == f"{place}yichang"].to_dict("records")
    assert "Thing" in city[":LABEL"].split(sign)
    said = rows(graph, "SELECT DISTINCT ?g { GRAPH ?g { place:yichang ?p ?o } }")
    assert set(city["said_in:string[]"].split(sign)) == {str(row[0]) for row in said}
    # GeoNames 1786764, as loaders/reference/places.csv quotes it
    assert (float(city["longitude:double"]), float(city["latitude:double"])) == (111.28472, 30.71444)
    passages = {
        name for name, labels in zip(nodes["iri:ID"], nodes[":LABEL"], strict=True) if "Passage" in labels.split(sign)
    }
    assert len(passages) == len(graph.citations())
    is_it = (relations[":START_ID"] == f"{place}xunyi") & (relations[":END_ID"] == f"{place}xianyang")
    (within,) = relations[is_it & (relations[":TYPE"] == "WITHIN")]["said_in:string[]"]
    asked = rows(graph, "SELECT ?g { GRAPH ?g { place:xunyi iis:within place:xianyang } }")
    assert set(within.split(sign)) == {str(row[0]) for row in asked}


def test_hostile_texts_read_back(tmp_path: Path) -> None:
    graph = hostile_graph()
    graph.export("neo4j", tmp_path / "neo4j")
    nodes, _relations = check(graph, tmp_path / "neo4j")
    sign = delimiter(tmp_path / "neo4j")
    fields = [str(field) for field in nodes if str(field).startswith("label")]
    cells = [(field, cell) for field in fields for cell in nodes[field]]
    found = {text for field, cell in cells for text in (cell.split(sign) if field.endswith("[]") else [cell])}
    assert {label.replace("\x00", "\ufffd") for label in LABELS} <= found
    assert FORMULA in found  # Neo4j is no spreadsheet: it reads back what was said
    assert LONG in found


def test_types_hold_all_values(tmp_path: Path) -> None:
    small_graph(
        "<urn:a> <urn:x:n> 1 ; <urn:x:d> 1.5 ; <urn:x:b> true ; <urn:x:m> 1, 2.5 ; <urn:x:t> 1 . "
        "<urn:a> <urn:x:big> 99999999999999999999 . "
        '<urn:b> <urn:x:n> 2 ; <urn:x:d> 3 ; <urn:x:t> "one" ; <urn:x:m> 4 .'
    ).export("neo4j", tmp_path / "neo4j")
    nodes, _relations = tables(tmp_path / "neo4j")
    assert set(nodes.columns[4:]) == {"n:long", "d:double", "b:boolean", "m:double[]", "t:string", "big:double"}


def test_the_sign_between_parts_is_in_no_part(tmp_path: Path) -> None:
    small_graph('<urn:a> <urn:x:p> "a;b", "c|d"').export("neo4j", tmp_path / "neo4j")
    nodes, _relations = tables(tmp_path / "neo4j")
    assert set(nodes["p:string[]"][0].split(delimiter(tmp_path / "neo4j"))) == {"a;b", "c|d"}


@pytest.mark.parametrize("iri", ["urn:x:a`b", "urn:x:a'b", "urn:x:$(id)", "urn:x:a;b"])
def test_no_name_leaves_its_place_in_the_script(tmp_path: Path, iri: str) -> None:
    try:
        graph = small_graph(f"<urn:a> a <{iri}> ; <{iri}> <urn:b> , 'x'")
    except Exception:  # noqa: BLE001  the engine refuses some of them already
        return
    graph.export("neo4j", tmp_path / "neo4j")
    script = (tmp_path / "neo4j" / "load.cypher").read_text(encoding="utf-8")
    quoted = re.findall(r"(?:SET n:|r:)`([^`]*)`", script)
    assert quoted
    assert all(re.fullmatch(r"\w+", name) for name in quoted)


def test_the_command_is_one_of_a_shell(tmp_path: Path) -> None:
    small_graph("<urn:a> <urn:b> <urn:c>").export("neo4j", tmp_path / "neo4j")
    assert subprocess.run(["sh", "-n", tmp_path / "neo4j" / "import.sh"], check=False).returncode == 0
    words = shlex.split((tmp_path / "neo4j" / "import.sh").read_text(encoding="utf-8").splitlines()[-1])
    assert words[:4] == ["neo4j-admin", "database", "import", "full"]
    for word in words:
        if word.startswith(("--nodes=", "--relationships=")):
            assert (tmp_path / "neo4j" / word.partition("=")[2]).is_file()
