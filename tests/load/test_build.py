"""The whole way from tables to the store: all or nothing, the same bytes again, and numbers that are numbers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest

from kg.api import Graph
from kg.errors import DataError, OntologyError, PackageError, QueryFileError, ShapeFaults, StoreError, TableFaults
from kg.load.build import assemble, build
from kg.project import Project
from kg.store.answers import IRI, Solutions
from kg.store.folder import exclusive, open_current, publish
from tests.conftest import MakeProject
from tests.support import CHINA, PAPERS, PREFIX_LINES, PREFIXES, ROOT, add_query, run_process, write_package

FIGURES: dict[str, str | bytes] = {
    "place": CHINA,
    "measure": "key,label\narea,Area\n",
    "observation": "subject,measure,value,unit,comparator\nplace:china,area,9.6 million km2,,about\n",
}


def lines(project: Project) -> list[str]:
    return list(assemble(project)[0].nquads())


def test_a_project_is_built_and_opened(small_project: MakeProject, tmp_path: Path) -> None:
    steps: list[str] = []
    built = build(small_project(FIGURES, shapes=True), tmp_path / "graph", progress=steps.append)
    store = open_current(tmp_path / "graph")
    assert built.manifest is not None
    assert len(store) == built.counts["quads"] == built.manifest.quads
    assert (built.counts["sources"], built.counts["rows read"], built.counts["rows loaded"]) == (1, 3, 3)
    assert steps[0] == "reading the tables"
    assert steps[-1] == "writing the store"
    found = store.query("SELECT ?v ?u { ?x iis:value ?v ; iis:unit ?u }", PREFIXES.mapping)
    assert found == Solutions(
        ("v", "u"), [(Decimal("9.6"), IRI(PREFIXES.mapping["unit"] + "million-square-kilometres"))]
    )


def test_the_same_row_twice_is_counted_as_a_duplicate(small_project: MakeProject) -> None:
    row = "place:china,area,5,square-kilometre,exact\n"
    tables = FIGURES | {"observation": f"subject,measure,value,unit,comparator\n{row}{row}"}
    _, counts, _ = assemble(small_project(tables))
    assert (counts["rows read"], counts["rows loaded"], counts["rows duplicate"]) == (4, 3, 1)


def test_every_row_read_is_loaded_duplicate_or_rejected(graph: Graph, store_folder: Path) -> None:
    from kg.store.folder import read_manifest

    counts = read_manifest(store_folder).counts
    assert counts["rows read"] == counts["rows loaded"] + counts["rows duplicate"] + counts["rows rejected"]
    assert counts["sources"] == len(PAPERS) + 1
    assert counts["quads"] == len(graph.store)


FAULTS: list[tuple[str, dict[str, str | bytes], type[DataError]]] = [
    ("a cell", {"place": "key,class,label\nchina,Cuntry,China\n"}, TableFaults),
    ("a reference", {"place": "key,class,label,within\nx,Region,X,nowhere\n"}, TableFaults),
    ("a shape", {"place": "key,class,label\nbaoji,City,Baoji\n"}, ShapeFaults),
]


@pytest.mark.parametrize(("tables", "error"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_a_fault_anywhere_leaves_the_old_graph(
    small_project: MakeProject, tmp_path: Path, tables: dict[str, str | bytes], error: type[DataError]
) -> None:
    folder = tmp_path / "graph"
    build(small_project(), folder)
    before = sorted((path.name, path.stat().st_mtime_ns) for path in folder.rglob("*") if path.name != "LOCK")
    with pytest.raises(error, match="nothing was loaded"):
        build(small_project(tables, shapes=True), folder)
    assert sorted((path.name, path.stat().st_mtime_ns) for path in folder.rglob("*") if path.name != "LOCK") == before


def test_faults_of_cells_and_references_come_at_once(small_project: MakeProject) -> None:
    tables: dict[str, str | bytes] = {
        "place": "key,class,label,within\nx,Regoin,X,\ny,Region,Y,nowhere\n",
        "industry": "key,label\nA,A\n",
    }
    with pytest.raises(TableFaults) as raised:
        assemble(small_project(tables))
    assert [(fault.file[13:], fault.row, fault.column) for fault in raised.value.faults] == [
        ("industry.csv", 2, "key"),
        ("place.csv", 2, "class"),
        ("place.csv", 3, "within"),
    ]
    assert str(raised.value).startswith(
        "3 faults in the tables; nothing was loaded:\nloaders/mine/industry.csv:2:key: "
    )


@pytest.mark.parametrize(
    ("path", "content", "error", "name"),
    [
        ("queries/rules/own.ru", b"INSRT", QueryFileError, "queries/rules/own.ru"),
        ("loaders/tables/place.ru", b"INSERT {}\nWHERE {\n} x", PackageError, "loaders/tables/place.ru"),
        ("ontology/own.ttl", b"@prefix x: <urn:x> . x:a x:b", OntologyError, "ontology/own.ttl"),
        ("ontology/own.ttl", b"# \xff", OntologyError, "ontology/own.ttl"),
        (
            "ontology/own.ttl",
            b"<a> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1/x> .",
            OntologyError,
            "own.ttl",
        ),
        ("ontology/vocabularies/own.ttl", b"nonsense", OntologyError, "ontology/vocabularies/own.ttl"),
        ("ontology/shapes/own.ttl", b"nonsense", OntologyError, "ontology/shapes/own.ttl"),
        ("ontology/shapes/own.ttl", b"# \xff", OntologyError, "ontology/shapes/own.ttl"),
        ("loaders/mine/datapackage.json", b"{", PackageError, "loaders/mine/datapackage.json"),
    ],
)
def test_a_malformed_file_of_a_project_is_refused_by_its_name(
    small_project: MakeProject, tmp_path: Path, path: str, content: bytes, error: type[DataError], name: str
) -> None:
    """A project laid over another: its files go before the other's."""
    overlay = tmp_path / "overlay"
    (overlay / path).parent.mkdir(parents=True, exist_ok=True)
    (overlay / path).write_bytes(content)
    project = Project((*small_project().roots, overlay))
    with pytest.raises(error) as raised:
        assemble(project)
    assert name in str(raised.value)
    assert len(str(raised.value)) < 700


def test_two_processes_do_not_build_at_once(small_project: MakeProject, tmp_path: Path) -> None:
    project = small_project()
    with exclusive(tmp_path / "graph"), pytest.raises(StoreError, match="another process is building there"):
        build(project, tmp_path / "graph")


KILLED = """
import sys, time
from pathlib import Path
from kg.load.build import build
from kg.project import Project
def slowly(step):
    print(step, flush=True)
    time.sleep(0.2)
build(Project((Path(sys.argv[1]),)), Path(sys.argv[2]), progress=slowly)
"""


@pytest.mark.parametrize("step", ["reading the tables", "deriving facts", "checking shapes", "writing the store"])
def test_a_build_that_is_killed_leaves_the_old_graph(small_project: MakeProject, tmp_path: Path, step: str) -> None:
    folder = tmp_path / "graph"
    with exclusive(folder):
        publish(folder, ["<urn:a> <urn:b> <urn:c> <urn:g> ."], {})
    arguments = [str(small_project().roots[0]), str(folder)]
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        end = time.monotonic() + 60
        while process.stdout.readline() != f"{step}\n" and time.monotonic() < end:
            pass
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert list(open_current(folder).nquads()) == ["<urn:a> <urn:b> <urn:c> <urn:g> ."]


def test_a_small_project_gives_the_same_lines_twice(small_project: MakeProject) -> None:
    project = small_project(FIGURES)
    assert lines(project) == lines(project)


def test_the_papers_give_the_same_bytes_again(graph: Graph, tmp_path: Path) -> None:
    """In another process, whose sets are ordered otherwise."""
    ran = run_process("build", "--store", tmp_path / "graph", PYTHONHASHSEED="20240229")
    assert (ran.code, ran.err) == (0, "")
    assert list(open_current(tmp_path / "graph").nquads()) == list(graph.embedded.nquads())


def test_a_project_laid_over_adds_to_the_bundled_one(small_project: MakeProject, tmp_path: Path) -> None:
    write_package(tmp_path / "overlay/loaders", {"place": "key,class,label,within\nx,Region,X,china\n"}, name="own")
    rule = "INSERT { GRAPH <urn:own> { ?x a <urn:Own> } } WHERE { GRAPH ?g { ?x a iis:Region } }"
    add_query(tmp_path / "overlay", PREFIX_LINES + rule, "own", "rules")
    store, counts, _ = assemble(Project((*small_project().roots, tmp_path / "overlay")))
    assert counts["sources"] == 2
    assert store.query("ASK { GRAPH <urn:own> { <https://w3id.org/iis-kg/id/place/x> a <urn:Own> } }") is True


TYPED = """
SELECT DISTINCT ?datatype ?o {
  ?s ?p ?o FILTER(isLiteral(?o)) BIND(DATATYPE(?o) AS ?datatype)
  FILTER(STRSTARTS(STR(?datatype), "http://www.w3.org/2001/XMLSchema#")
    && ?datatype NOT IN (<http://www.w3.org/2001/XMLSchema#string>, <http://www.w3.org/2001/XMLSchema#anyURI>))
  FILTER(!%s)
}
"""


def test_no_ill_typed_literal_is_in_the_graph(graph: Graph) -> None:
    """Threat T20: one of them makes a SUM silently unbound. A number equals itself; what is ill-typed has no value."""
    numbers = "COALESCE(?o + 0 = ?o, ?datatype IN (<http://www.w3.org/2001/XMLSchema#boolean>), false)"
    assert graph.store.select(TYPED % numbers).rows == []


def test_every_total_is_bound(graph: Graph) -> None:
    query = "SELECT ?p (SUM(?o) AS ?sum) { ?s ?p ?o FILTER(isNumeric(?o)) } GROUP BY ?p"
    found = graph.store.select(query).rows
    assert len(found) >= 3
    assert [row for row in found if row[1] is None] == []


def test_codes_are_text(graph: Graph) -> None:
    """The store would make 0010 to 10."""
    notations = graph.sparql("SELECT DISTINCT (DATATYPE(?code) AS ?type) { ?x skos:notation ?code }")
    assert getattr(notations, "rows", None) == [("http://www.w3.org/2001/XMLSchema#string",)]
    assert graph.sparql("ASK { gbt4754:01 skos:notation '01' }") is True


def test_how_a_row_came_about_is_told_in_the_graph(small_project: MakeProject) -> None:
    """The columns that every row of a document may have; a row without an IRI of its own is told of by its passage."""
    tables: dict[str, str | bytes] = {
        "place": "key,class,label,section,anchor,computed,normalised,cites,said_by\n"
        "china,Country,China,1,one,2 times 3,China = the country,Yearbook,a-study;b-study\n",
        "study": "key,label,section,anchor\na-study,A,1,two\nb-study,B,1,three\n",
        "relation": "subject,relation,object,section,anchor,cites\nplace:china,concerns,study:a-study,1,four,[7]\n",
    }
    store, _, _ = assemble(small_project(tables, reference=False))
    told = store.select(
        f"{PREFIX_LINES} SELECT ?s ?p ?o {{ "
        "VALUES ?p { iis:computation iis:normalisation iis:citedSource iis:saidBy } "
        "?s ?p ?o }"
    ).rows
    assert {tuple(PREFIXES.shorten(str(cell)) for cell in row) for row in told} == {
        ("place:china", "iis:computation", "2 times 3"),
        ("place:china", "iis:normalisation", "China = the country"),
        ("place:china", "iis:citedSource", "Yearbook"),
        ("place:china", "iis:saidBy", "study:a-study"),
        ("place:china", "iis:saidBy", "study:b-study"),
        ("source:mine#four", "iis:citedSource", "[7]"),
    }
