"""`kg build`, `kg verify`, `kg export`: what they say, what they write, and what they leave alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kg.store.folder import exclusive, open_current, publish
from tests.cli.test_main import refused
from tests.conftest import MakeProject, RunKg
from tests.store.test_folder import HOLD, other_process
from tests.support import CHINA, write_package

TEXT = "China is large. China is old.\n"
BEGINS = "China is large. China is"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The folder of a graph of one fact."""
    with exclusive(tmp_path / "graph"):
        publish(tmp_path / "graph", ['<urn:china> <urn:label> "China"@en <urn:g> .'], {})
    return tmp_path / "graph"


def snapshot(folder: Path) -> list[tuple[str, str]]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "LOCK")
    return [(str(path.relative_to(folder)), hashlib.sha256(path.read_bytes()).hexdigest()) for path in files]


def test_a_build_says_what_it_did(kg: RunKg, small_project: MakeProject, tmp_path: Path) -> None:
    ran = kg("build", "--store", tmp_path / "graph", bundled=small_project())
    assert (ran.code, ran.err) == (0, "")
    counts = {" ".join(line.split()[1:]): line.split()[0] for line in ran.out.splitlines()[:-1]}
    assert (counts["sources"], counts["rows read"], counts["rows loaded"]) == ("1", "1", "1")
    assert (counts["rows duplicate"], counts["rows rejected"]) == ("0", "0")
    assert ran.out.splitlines()[-1].startswith(f"{tmp_path}/graph: sha256 ")


def test_odd_names_are_noted(kg: RunKg, small_project: MakeProject, tmp_path: Path) -> None:
    """Threat T19."""
    project = small_project({"place": "key,class,label\nx,Region,B\u0430oji\n"})
    ran = kg("build", "--store", tmp_path / "graph", bundled=project)
    assert ran.code == 0
    assert ran.out.startswith("note: loaders/mine/place.csv:2:label: letters of several scripts in one word")


FAULTY: list[tuple[str, str | bytes, str]] = [
    ("missing column", "key,label\nx,X\n", "loaders/mine/place.csv:1:class: the column is missing. Add it"),
    (
        "typo",
        "key,class,lable\nx,Region,X\n",
        "loaders/mine/place.csv:1:lable: no such column in a table of type place. Did you mean label?",
    ),
    ("duplicate key", "key,class,label\nx,Region,X\nx,Region,Y\n", "loaders/mine/place.csv:3:key: duplicate key"),
    (
        "not UTF-8",
        "key,class,label\nx,Region,宝\n".encode("gb18030"),
        "loaders/mine/place.csv:2:: not UTF-8 (byte 0xb1). Save",
    ),
    ("empty", "", "loaders/mine/place.csv:1:: the file is empty. Give it"),
    ("NUL", "key,class,label\nx,Region,\0\n", "loaders/mine/place.csv:2:: a NUL character. Take it out"),
    ("wrong class", "key,class,label\nx,Regoin,X\n", "loaders/mine/place.csv:2:class: 'Regoin'"),
    (
        "cell too many",
        "key,class,label\nx,Region,X,Y\n",
        "loaders/mine/place.csv:2:: more cells than columns: Y. Quote",
    ),
    (
        "unknown reference",
        CHINA.replace("label\n", "label,within\n").replace("China\n", "China,Chian\n"),
        "unknown place: Chian. Did you mean china",
    ),
    ("shape", "key,class,label\nx,City,X\n", "place:x: A city, county or town does not say where it lies."),
]


@pytest.mark.parametrize(("table", "message"), [case[1:] for case in FAULTY], ids=[case[0] for case in FAULTY])
def test_faulty_data_are_1_and_the_old_graph_stays(
    kg: RunKg, small_project: MakeProject, store: Path, table: str | bytes, message: str
) -> None:
    before = snapshot(store)
    said = refused(kg("build", "--store", store, bundled=small_project({"place": table}, shapes=True)), 1)
    assert message in said
    assert "nothing was loaded" in said
    assert snapshot(store) == before
    assert open_current(store).query("ASK { ?x ?p 'China'@en }") is True


@pytest.mark.parametrize(
    ("path", "content", "message"),
    [
        ("loaders/mine/datapackage.json", b"{", "loaders/mine/datapackage.json: not JSON in UTF-8"),
        ("loaders/mine/datapackage.json", b'{"resources": [], "name": "other"}', "its name is 'other'"),
        ("ontology/own.ttl", b"nonsense", "ontology/own.ttl: not Turtle"),
        (
            "ontology/own.ttl",
            b"<urn:a> <http://www.w3.org/2002/07/owl#imports> <urn:b> .",
            "owl:imports is not allowed",
        ),
        ("ontology/own.ttl", b"<urn:a> <urn:b> <c d> .", "ontology/own.ttl: "),
    ],
)
def test_a_malformed_file_is_1_and_the_old_graph_stays(
    kg: RunKg, small_project: MakeProject, store: Path, path: str, content: bytes, message: str
) -> None:
    project = small_project()
    before = snapshot(store)
    (project.roots[0] / path).write_bytes(content)
    assert message in refused(kg("build", "--store", store, bundled=project), 1)
    assert snapshot(store) == before


def test_a_store_that_another_process_builds(kg: RunKg, small_project: MakeProject, store: Path) -> None:
    with other_process(HOLD, str(store)):
        said = refused(kg("build", "--store", store, bundled=small_project()), 1)
    assert said == f"{store}: another process is building there. Wait until it has ended, or give another --store"


def test_a_store_where_a_file_is(kg: RunKg, small_project: MakeProject, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    said = refused(kg("build", "--store", tmp_path / "file", bundled=small_project()), 1)
    assert "cannot be written" in said
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/one.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "documents"


@pytest.mark.parametrize(("anchor", "code"), [("is large", 0), ("China", 1), ("is small", 1)])
def test_passages_are_verified(kg: RunKg, small_project: MakeProject, documents: Path, anchor: str, code: int) -> None:
    table = f"key,class,label,section,anchor\nchina,Country,China,1,{anchor}\n"
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    tables: dict[str, str | bytes] = {
        "place": table,
        "coverage": f"paragraph,section,begins,facts,reason\n1,1,{BEGINS},{1 - code},rhetoric\n",
    }
    ran = kg("verify", documents, bundled=small_project(tables, reference=False, sha256=digest))
    assert (ran.code, ran.err) == (code, "")
    lines = ran.out.splitlines()
    assert (
        f"mine: 1 facts checked, {1 - code} passages, 1 of 1 paragraphs in the ledger, {1 - code} with facts (one.txt)"
        in lines
    )
    assert ("loaders/mine/place.csv:2:anchor: found " in ran.out) is bool(code)
    assert lines[-1] == "1 faults" if code else len(lines) == 1


def test_a_ledger_is_written_and_then_holds(kg: RunKg, small_project: MakeProject, documents: Path) -> None:
    table = "key,class,label,section,anchor\nchina,Country,China,1,is large\n"
    ledger = "paragraph,section,begins,facts,reason\n7,1,Nothing,3,\n"
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    project = small_project({"place": table, "coverage": ledger}, reference=False, sha256=digest)
    assert kg("verify", documents, bundled=project).code == 1
    ran = kg("verify", documents, "--write-coverage", bundled=project)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == f"wrote {project.roots[0] / 'loaders/mine/coverage.csv'}"


def test_a_ledger_that_is_listed_and_not_there_yet_is_written(
    kg: RunKg, small_project: MakeProject, documents: Path
) -> None:
    """As docs/how-to/own-region.md has it: list it first, then let it be written."""
    tables: dict[str, str | bytes] = {
        "place": "key,class,label,section,anchor\nchina,Country,China,1,is large\n",
        "coverage": "",
    }
    project = small_project(tables, reference=False, sha256=hashlib.sha256(TEXT.encode()).hexdigest())
    ledger = project.roots[0] / "loaders/mine/coverage.csv"
    ledger.unlink()
    assert kg("verify", documents, "--write-coverage", bundled=project).code == 0
    ledger.write_text("paragraph,section\n", encoding="utf-8")
    assert "the column is missing" in refused(kg("verify", documents, "--write-coverage", bundled=project), 1)
    assert ledger.read_text(encoding="utf-8") == "paragraph,section\n"


def test_one_source_can_be_verified_alone(kg: RunKg, small_project: MakeProject, documents: Path) -> None:
    table = "key,class,label,section,anchor\nchina,Country,China,1,nowhere\n"
    project = small_project({"place": table}, reference=False)
    write_package(project.roots[0] / "loaders", {"place": table.replace("china", "cathay")}, "other", reference=False)
    said = kg("verify", documents, "--source", "mine", bundled=project)
    assert said.code == 1
    assert "loaders/mine" in said.out
    assert "other" not in said.out
    assert refused(kg("verify", documents, "--source", "mien", bundled=project), 2).startswith(
        "unknown source: mien. Did you mean mine?"
    )


def test_verifying_without_documents_is_a_wrong_call(kg: RunKg, small_project: MakeProject, tmp_path: Path) -> None:
    said = refused(kg("verify", tmp_path / "nothing", bundled=small_project()), 2)
    assert said == f"{tmp_path}/nothing: no such folder. Give the folder that holds the documents as text"


@pytest.mark.parametrize("ending", [".nq", ".trig", ".nt", ".ttl"])
def test_an_export_is_written_and_is_the_same_again(kg: RunKg, store: Path, tmp_path: Path, ending: str) -> None:
    one, two = tmp_path / f"one{ending}", tmp_path / f"two{ending}"
    assert kg("export", "-o", one, "--store", store).out == f"{one}: {one.stat().st_size:,} bytes\n"
    kg("export", "-o", two, "--store", store)
    assert one.read_bytes() == two.read_bytes()
    assert b"China" in one.read_bytes()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("graph.xml", "no format for .xml. Use one of .ttl, .trig, .nq, .nt"),
        ("graph", "no format for no ending. Use one of"),
    ],
)
def test_an_export_that_cannot_be_written(kg: RunKg, store: Path, tmp_path: Path, name: str, message: str) -> None:
    assert message in refused(kg("export", "-o", tmp_path / name, "--store", store), 2)
