"""Changes are generations: atomic, in turn, whole after any death, and no trouble to who reads."""

from __future__ import annotations

import asyncio
import hashlib
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from kg.errors import BadQuery, TimedOut, TooLarge
from kg.serve.limits import Limits
from kg.serve.writer import Document, Writer
from kg.store.folder import exclusive, open_current, read_manifest
from tests.serve.support import InProcess, serving
from tests.serve.writing import MAY, SMALL, TOKEN, Listener, held, small_graph
from tests.support import ROOT

UPDATE = {**MAY, "Content-Type": "application/sparql-update"}
INSERT = "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> <urn:new> } }"
INSERTED = sorted([*SMALL, "<urn:a> <urn:p> <urn:new> <urn:g> ."])
PRODUCT = "INSERT { ?a <urn:p> ?b } WHERE { " + " ".join(
    f"VALUES ?{name} {{ {' '.join(map(str, range(900)))} }}" for name in "abcd"
)


def update(folder: Path, text: str, limits: Limits | None = None) -> None:
    asyncio.run(Writer(folder, limits or Limits(), {}).update(text))


def contents(folder: Path) -> dict[str, str]:
    """The hash of each file of the generation in force."""
    generation = folder / (folder / "CURRENT").read_text(encoding="utf-8").strip()
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in generation.iterdir()}


def test_the_bytes_of_the_old_generation_never_change(tmp_path: Path) -> None:
    """The copy shares files with it; many changes, each compacted by the engine in its time, go into the copies."""
    folder = small_graph(tmp_path / "graph", [f"<urn:{i}> <urn:p> <urn:o> <urn:g> ." for i in range(2000)])
    for number in range(6):
        old = folder / (folder / "CURRENT").read_text(encoding="utf-8").strip()
        before = contents(folder)
        update(folder, f"DELETE DATA {{ GRAPH <urn:g> {{ <urn:{number}> <urn:p> <urn:o> }} }} ; {INSERT}")
        assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in old.iterdir()} == before
    assert len(held(folder)) == 1995
    assert len(list(folder.glob("g-*"))) == 2


def test_the_manifest_counts_and_knows_no_hash(tmp_path: Path) -> None:
    folder = small_graph(tmp_path / "graph")
    update(folder, INSERT)
    manifest = read_manifest(folder)
    assert (manifest.quads, manifest.sha256, manifest.counts, manifest.inputs) == (3, "", {"quads": 3}, "")


def test_who_reads_goes_on_with_what_was_there(tmp_path: Path) -> None:
    """After several changes the folder of its generation is gone; its files stay open."""
    folder = small_graph(tmp_path / "graph")
    reader = open_current(folder)
    for _ in range(3):
        update(folder, INSERT)
    assert list(reader.nquads()) == SMALL
    assert held(folder) == INSERTED


def test_a_change_that_fails_leaves_nothing(tmp_path: Path) -> None:
    folder = small_graph(tmp_path / "graph")
    with pytest.raises(BadQuery, match="does not parse"):
        update(folder, "INSERT")
    assert held(folder) == SMALL
    assert [*folder.glob("aside-*"), *folder.glob("g-*")] == [folder / (folder / "CURRENT").read_text().strip()]


def test_a_change_without_end_is_ended(tmp_path: Path) -> None:
    folder = small_graph(tmp_path / "graph")
    with pytest.raises(TimedOut, match="nothing was changed"):
        update(folder, PRODUCT + " FILTER(?a + ?b + ?c + ?d < 0) }", Limits(seconds=1))
    assert held(folder) == SMALL
    assert list(folder.glob("aside-*")) == []


def test_a_change_beyond_the_memory_is_ended(tmp_path: Path) -> None:
    folder = small_graph(tmp_path / "graph")
    grown = 'INSERT { <urn:a> <urn:p> ?y } WHERE { BIND("' + "x" * 60_000 + '" AS ?x0) '
    grown += " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(16)) + " BIND(?x16 AS ?y) }"
    with pytest.raises(TooLarge, match="nothing was changed"):
        update(folder, grown, Limits(memory=640))
    assert held(folder) == SMALL


def test_changes_come_one_after_another(client: InProcess, folder: Path) -> None:
    def insert(number: int) -> int:
        text = f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:a> <urn:p> {number} }} }}"
        return client.post("/sparql", content=text, headers=UPDATE).status_code

    with ThreadPoolExecutor(6) as threads:
        assert set(threads.map(insert, range(6))) == {204}
    assert len(held(folder)) == len(SMALL) + 6


def test_while_the_graph_is_built_nothing_is_changed(client: InProcess, folder: Path) -> None:
    with exclusive(folder):
        for method, path in (("POST", "/sparql"), ("DELETE", "/graphs?graph=urn:g")):
            answer = client.request(method, path, content=INSERT, headers=UPDATE)
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
            assert str(folder) not in answer.text
    assert client.post("/sparql", content=INSERT, headers=UPDATE).status_code == 204
    assert held(folder) == INSERTED


DIE = """
import asyncio, os, shutil, signal, sys
from pathlib import Path
from kg.serve import writer as module
from kg.serve.limits import Limits
steps, at = 0, int(sys.argv[2])
def dying(real):
    def call(*arguments, **options):
        global steps
        steps += 1
        if steps == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **options)
    return call
for owner, name in ((Path, "rename"), (Path, "replace"), (shutil, "rmtree"), (os, "fsync")):
    setattr(owner, name, dying(getattr(owner, name)))
module.prepare_changed = dying(module.prepare_changed)
asyncio.run(module.Writer(Path(sys.argv[1]), Limits(), {}).update(sys.argv[3]))
"""


def test_a_server_killed_before_any_of_its_steps_leaves_a_whole_graph(tmp_path: Path) -> None:
    folder = small_graph(tmp_path / "graph")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for step in range(1, 20):
        command = [sys.executable, "-c", DIE, str(folder), str(step), INSERT]
        done = subprocess.run(command, env=environment, check=False)
        assert held(folder) in (SMALL, INSERTED)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        small_graph(folder)
        assert list(folder.glob("aside-*")) == []
    assert 4 < step < 19
    assert held(folder) == INSERTED


def test_a_server_killed_while_a_change_is_made_leaves_the_old_graph(tmp_path: Path) -> None:
    folder = small_graph(tmp_path / "graph")
    with serving(folder, "--write", "--workers", "1", token=TOKEN) as server, ThreadPoolExecutor(1) as threads:
        url = f"{server.url}/sparql"
        text = PRODUCT + " FILTER(?a + ?b + ?c + ?d < 0) }"
        asked = threads.submit(httpx.post, url, content=text, headers=UPDATE, timeout=60)
        end = time.monotonic() + 30
        while not list(folder.glob("aside-*/CURRENT")) and time.monotonic() < end:
            time.sleep(0.01)
        children = server.workers()
        server.process.kill()
        server.process.wait()
        with pytest.raises(httpx.TransportError):
            asked.result()
    assert held(folder) == SMALL
    while any(Path(f"/proc/{pid}/exe").exists() for pid in children) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}/exe").exists() for pid in children)
    update(folder, INSERT)
    assert held(folder) == INSERTED
    assert list(folder.glob("aside-*")) == []


HOSTILE = {
    "entities that grow (T3)": (
        "application/rdf+xml",
        '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY a{i} "{f"&a{i - 1 if i else str()};" * 10}">' for i in range(9))
        + ']><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e#">'
        '<r:Description r:about="urn:x"><e:y>&a8;</e:y></r:Description></r:RDF>',
        "DOCTYPE",
    ),
    "a document type in UTF-16 (T3)": ("application/rdf+xml", "<!DOCTYPE r><r/>", "DOCTYPE"),
    "JSON-LD nested deeply (T7)": ("application/ld+json", '{"urn:a":' * 100_000 + "1" + "}" * 100_000, "deep"),
    "JSON-LD of lists nested deeply (T7)": ("application/ld+json", "[" * 100_000 + "]" * 100_000, "deep"),
    "RDF/XML nested deeply (T7)": ("application/rdf+xml", "<a>" * 100_000 + "</a>" * 100_000, "deep"),
    "quoted triples nested deeply (T7)": (
        "text/turtle",
        "<urn:a> <urn:b> " + "<<( <urn:a> <urn:b> " * 30_000 + "1" + ")>>" * 30_000 + ".",
        "nothing was changed",
    ),
    "a document that is too large (T15)": ("text/turtle", "<urn:a> <urn:b> '" + "x" * (1 << 20) + "' .", "KiB"),
}


def test_hostile_documents_are_refused_by_a_server_that_goes_on(tmp_path: Path) -> None:
    folder = small_graph(tmp_path / "graph")
    with serving(folder, "--write", "--workers", "1", token=TOKEN) as server:
        for name, (media_type, document, told) in HOSTILE.items():
            content = document.encode("utf-16" if "UTF-16" in name else "utf-8")
            headers = {**MAY, "Content-Type": media_type}
            answer = httpx.put(f"{server.url}/graphs?graph=urn:g", content=content, headers=headers, timeout=60)
            assert 400 <= answer.status_code < 500, name
            assert told in answer.json()["detail"], name
        assert server.process.poll() is None
        assert server.get("/graphs?graph=urn:g").status_code == 200
    assert held(folder) == SMALL


@pytest.mark.parametrize("context", ['"U"', '["U"]', '{"@import": "U"}', '[{"a": "urn:a"}, "U"]'])
def test_a_context_that_lies_elsewhere_is_named_and_not_fetched(tmp_path: Path, context: str) -> None:
    """Threat T2."""
    folder = small_graph(tmp_path / "graph")
    with Listener() as listener:
        body = f'{{"@context": {context.replace("U", listener.url)}, "@id": "urn:x", "urn:y": 1}}'
        document = Document("application/ld+json", body.encode())
        with pytest.raises(BadQuery, match=f"{listener.url} lies elsewhere"):
            asyncio.run(Writer(folder, Limits(), {}).put("urn:g", [document]))
        assert listener.requests == 0
    assert held(folder) == SMALL
