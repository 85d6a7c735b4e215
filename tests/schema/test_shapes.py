"""What is well formed: every example of `tests/ontology/shapes/`, and how faults are told."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from rdflib import SH, Graph, Literal

from kg.errors import OntologyError, ShapeFaults
from kg.project import Project
from kg.schema.ontology import read_turtle
from kg.schema.shapes import check_shapes, read_ntriples, shapes_graph, violations
from tests.support import PREFIXES, ROOT

EXAMPLES = sorted((ROOT / "tests/ontology/shapes").glob("*.ttl"))
PREFIX = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:> .\n"


@lru_cache
def shapes(module: str) -> Graph:
    return Graph().parse(ROOT / f"ontology/shapes/{module}.ttl")


def expected(path: Path) -> str | None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    return first.removeprefix("# expects: ") if first.startswith("# expects: ") else None


def found(path: Path) -> list[str]:
    return violations(Graph().parse(path), shapes(path.stem.partition("-")[0]), PREFIXES)


def test_the_examples_were_found() -> None:
    modules = {path.stem for path in (ROOT / "ontology/shapes").glob("*.ttl")}
    assert len(EXAMPLES) >= 166
    assert {path.stem.removesuffix("-good") for path in EXAMPLES if path.stem.endswith("-good")} == modules
    assert all((expected(path) is None) == path.stem.endswith("-good") for path in EXAMPLES)


@pytest.mark.parametrize("path", [p for p in EXAMPLES if expected(p) is None], ids=lambda path: path.stem)
def test_a_good_example_conforms(path: Path) -> None:
    assert found(path) == []


@pytest.mark.parametrize("path", [p for p in EXAMPLES if expected(p)], ids=lambda path: path.stem)
def test_a_bad_example_is_found_with_the_remedy(path: Path) -> None:
    message = expected(path)
    assert message
    assert any(message in line for line in found(path)), found(path)


def test_every_message_has_an_example() -> None:
    messages = {str(message) for message in shapes_graph(Project((ROOT,))).objects(None, SH.message)}
    parts = [part for path in EXAMPLES if (part := expected(path))]
    assert len(messages) > 100
    assert sorted(message for message in messages if not any(part in message for part in parts)) == []


def test_every_message_says_what_is_wrong_and_what_to_do() -> None:
    messages = [str(message) for message in shapes_graph(Project((ROOT,))).objects(None, SH.message)]
    assert [message for message in messages if message.count(". ") < 1 or not message.endswith(".")] == []


def test_a_violation_names_the_thing_the_path_and_the_value() -> None:
    shape = (
        '[] a sh:NodeShape ; sh:targetNode :a ; sh:property [ sh:path :p ; sh:maxCount 0 ; sh:message "No. Stop." ] .'
    )
    data = Graph().parse(data=f"{PREFIX}:a :p 1 .", format="turtle")
    assert violations(data, read_turtle([("x", PREFIX + shape)]), PREFIXES) == ["urn:a: No. Stop. [urn:p]"]


NODE = ":S a sh:NodeShape ; sh:property [ sh:path :p ; sh:minCount 1 ] ;"
CLOSED = "sh:closed true ; sh:ignoredProperties ( <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> )"
FLAT = [
    (f"{NODE} sh:targetClass :C .", {"urn:c"}),
    (f"{NODE} sh:targetClass :C ; sh:targetNode :n .", {"urn:c", "urn:n"}),
    (f"{NODE} sh:targetClass :C ; sh:targetSubjectsOf :q .", {"urn:c", "urn:d", "urn:s"}),
    (f"{NODE} sh:targetClass :C . :T a sh:NodeShape ; sh:targetNode :n ; sh:node :S .", {"urn:c", "urn:n"}),
    (f":S a sh:NodeShape ; sh:targetClass :D ; {CLOSED} ; sh:property [ sh:path :q ] .", set()),
    (f"{NODE} sh:targetClass :C ; sh:deactivated true .", set()),
]


@pytest.mark.parametrize(
    ("shape", "focus"), FLAT, ids=["class", "node", "subjects", "node of node", "closed", "deactivated"]
)
def test_checking_faster_does_not_check_less_or_more(shape: str, focus: set[str]) -> None:
    """Property shapes are targeted themselves where that is the same; what is found is what SHACL says."""
    data = Graph().parse(data=f"{PREFIX}:c a :C . :s :q 1 . :d a :D ; :q 1 .", format="turtle")
    lines = violations(data, read_turtle([("x", PREFIX + shape)]), PREFIXES)
    assert {line.split(": ")[0] for line in lines} == focus


def test_faults_are_told_all_at_once(tmp_path: Path) -> None:
    (tmp_path / "ontology/shapes").mkdir(parents=True)
    shape = (
        ":S a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path :p ; sh:minCount 1 ; sh:message 'No. Add.' ] ."
    )
    (tmp_path / "ontology/shapes/own.ttl").write_text(PREFIX + shape, encoding="utf-8")
    triples = b"".join(b"<urn:%d> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:C> .\n" % n for n in range(3))
    with pytest.raises(ShapeFaults) as raised:
        check_shapes(Project((tmp_path,)), triples, PREFIXES)
    assert str(raised.value).splitlines() == [
        "3 violations of the shapes; nothing was loaded:",
        *(f"urn:{n}: No. Add. [urn:p]" for n in range(3)),
    ]


def test_without_shapes_everything_is_well_formed(tmp_path: Path) -> None:
    check_shapes(Project((tmp_path,)), b"<urn:a> <urn:b> <urn:c> .", PREFIXES)


def test_triples_are_read_as_they_are() -> None:
    graph = read_ntriples('<urn:a> <urn:b> "宝\\u9e21 \\"x\\""@zh .\n'.encode())
    assert list(graph.objects()) == [Literal('宝鸡 "x"', lang="zh")]


def test_malformed_shapes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "ontology/shapes").mkdir(parents=True)
    (tmp_path / "ontology/shapes/own.ttl").write_text("nonsense", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"^ontology/shapes/own\.ttl: not Turtle"):
        shapes_graph(Project((tmp_path,)))
