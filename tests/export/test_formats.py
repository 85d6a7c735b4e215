"""The list of formats: each can be written, is found by its name and ending, and stands in the docs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.api import Graph
from kg.errors import KGError, UnknownName, UseError
from kg.export.formats import FORMATS, find_format
from tests.hostile import hostile_graph, small_graph
from tests.support import ROOT


@pytest.mark.parametrize("name", FORMATS)
def test_what_writes_a_format_is_there_and_described(name: str) -> None:
    assert FORMATS[name].write.__doc__
    assert FORMATS[name].summary


def test_no_two_formats_share_an_ending() -> None:
    endings = Counter(ending for each in FORMATS.values() for ending in each.endings)
    assert all(count == 1 and ending.startswith(".") for ending, count in endings.items())


def test_a_format_is_found_by_its_ending_in_any_case() -> None:
    assert find_format(None, Path("a/graph.TTL")).name == "turtle"
    assert find_format("nquads", Path("graph.ttl")).name == "nquads"


def test_what_is_no_format_is_told() -> None:
    with pytest.raises(UnknownName, match=r"unknown format: turtel\. Did you mean turtle\?"):
        find_format("turtel", Path("a"))
    with pytest.raises(UseError, match=r"no format for \.docx"):
        find_format(None, Path("a.docx"))


def test_the_docs_have_every_format() -> None:
    page = (ROOT / "docs/how-to/export.md").read_text(encoding="utf-8")
    assert [name for name in FORMATS if f"`{name}`" not in page] == []


@pytest.mark.parametrize("name", [name for name, each in FORMATS.items() if not each.extra])
def test_the_same_graph_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    written = []
    graph = hostile_graph(control=False)
    for folder, again in (("one", graph), ("two", Graph(graph.store.in_memory(), graph.project))):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "graph"
        again.export(name, path)
        files = sorted(path.iterdir()) if FORMATS[name].folder else [path]
        written.append([(file.name, file.read_bytes()) for file in files])
    assert written[0] == written[1]
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == ["graph"]


@pytest.mark.parametrize("name", [name for name, each in FORMATS.items() if not each.extra])
def test_an_empty_graph_is_written_or_refused(tmp_path: Path, name: str) -> None:
    try:
        small_graph("").export(name, tmp_path / "graph")
    except KGError as error:
        assert ". " in str(error)
        assert list(tmp_path.iterdir()) == []


def test_options_of_other_formats_are_refused(tmp_path: Path) -> None:
    graph = small_graph("")
    with pytest.raises(UseError, match="turtle holds the whole graph"):
        graph.export("turtle", tmp_path / "a.ttl", network="places")
    with pytest.raises(UseError, match="turtle has no context"):
        graph.export("turtle", tmp_path / "a.ttl", context="https://example.org/context.jsonld")
    with pytest.raises(UseError, match="no web address"):
        graph.export("jsonld", tmp_path / "a.jsonld", context="file:///etc/passwd")
    with pytest.raises(UnknownName, match=r"unknown network: .*There are actors, "):
        graph.export("graphml", tmp_path / "a.graphml", network="../../places")
    assert list(tmp_path.iterdir()) == []


def test_what_was_written_is_told(tmp_path: Path) -> None:
    written = small_graph('<urn:a> <urn:b> "c"').export(None, tmp_path / "a.nt")
    assert (written.path, written.format) == (tmp_path / "a.nt", "ntriples")
    assert written.size == len('<urn:a> <urn:b> "c" .\n')
