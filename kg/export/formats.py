"""The formats that a graph is exported in: one list, which the command, `Graph.export` and the docs read.

A format is added by a line in `FORMATS` that names a function `write(graph, path, options)`. The path that it gets is
aside of the one that is wanted: `export` puts the file in place when it is whole. For a format that is a folder, the
path is an empty folder.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.errors import UnknownName, UseError
from kg.export.files import replacing

if TYPE_CHECKING:
    from kg.analysis.facts import Facts
    from kg.names import Prefixes
    from kg.project import Project
    from kg.store.answers import Store
    from kg.store.oxigraph import OxigraphStore

EVERYTHING = "everything"
"""The network that is written where none is named."""
JSON_LD = "jsonld"
"""The format that has a context."""


class Exported(Protocol):
    """What a format is told of a graph: the part of `kg.api.Graph` that exports need."""

    project: Project
    store: Store

    @property
    def embedded(self) -> OxigraphStore:
        """The store itself where it is the embedded one, else a copy of it in memory."""

    @property
    def prefixes(self) -> Prefixes:
        """The prefixes of compact IRIs."""

    @property
    def facts(self) -> Facts:
        """The graph as the analyses read it."""

    def citations(self, passages: Iterable[str] = ()) -> dict[str, str]:
        """Source and section of passages by their IRI."""


@dataclass(frozen=True)
class Options:
    """What an export may be told besides its format.

    Args:
        network: the network of `queries/networks/` that is written, by name; for formats of networks.
        context: address of a JSON-LD context to name instead of writing it into the file.
        tell: told how far it is, a line for each step.
    """

    network: str = EVERYTHING
    context: str | None = None
    tell: Callable[[str], None] = lambda _step: None


@dataclass(frozen=True)
class Outcome:
    """What a format wrote.

    Args:
        counts: how many of what, such as nodes and edges.
        notes: what whoever asked should know: what was left out, and what to do with the files.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


Write = Callable[[Exported, Path, Options], Outcome]


@dataclass(frozen=True)
class Format:
    """A format.

    Args:
        name: as it is typed.
        endings: of files by which it is known; none where several formats share them.
        summary: what is written, in a few words.
        writer: `module:function` of what writes it; it is imported when it is needed.
        folder: it is a folder of files.
        network: it holds one network, which `Options.network` names.
        extra: the extra of this package that it needs.
    """

    name: str
    endings: tuple[str, ...]
    summary: str
    writer: str
    folder: bool = False
    network: bool = False
    extra: str = ""

    @property
    def write(self) -> Write:
        """What writes it."""
        module, _, function = self.writer.partition(":")
        write: Write = getattr(importlib.import_module(module), function)
        return write


def _network(name: str, endings: tuple[str, ...], summary: str, function: str) -> Format:
    return Format(name, endings, summary, f"kg.export.networks:{function}", network=True)


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("turtle", (".ttl",), "RDF as Turtle: the union of all graphs", "kg.export.rdf:turtle"),
        Format("trig", (".trig",), "RDF as TriG: each passage is a graph", "kg.export.rdf:trig"),
        Format("nquads", (".nq",), "RDF as N-Quads: each passage is a graph", "kg.export.rdf:nquads"),
        Format("ntriples", (".nt",), "RDF as N-Triples: the union of all graphs", "kg.export.rdf:ntriples"),
        Format("csv", (), "tables as CSV, described by a Data Package", "kg.export.table_files:write_csv_tables", True),
        Format(
            "parquet",
            (),
            "the same tables as Parquet",
            "kg.export.table_files:write_parquet_tables",
            True,
            extra="parquet",
        ),
        Format("sqlite", (".db", ".sqlite"), "SQLite database with full-text search", "kg.export.sqlite:write_sqlite"),
        Format("datasette", (), "the same with what Datasette says of it", "kg.export.sqlite:write_datasette", True),
        Format(
            "xlsx",
            (".xlsx",),
            "workbook of findings, matrices and facts",
            "kg.export.workbook:write_graph_workbook",
            extra="xlsx",
        ),
        Format("rdfxml", (".rdf",), "RDF as RDF/XML: the union of all graphs", "kg.export.rdf_xml:rdf_xml"),
        Format(JSON_LD, (".jsonld",), "RDF as JSON-LD: each passage is a graph", "kg.export.json_ld:json_ld"),
        _network("graphml", (".graphml",), "a network as GraphML, for Gephi, yEd, igraph", "graphml"),
        _network("gexf", (".gexf",), "a network as GEXF, for Gephi", "gexf"),
        _network("cytoscape", (".cyjs",), "a network as JSON of Cytoscape and cytoscape.js", "cytoscape"),
        _network("node-link", (), "a network as node-link JSON, for d3 and networkx", "node_link"),
        Format("neo4j", (), "CSV files that Neo4j imports, with the command", "kg.export.neo4j:neo4j", folder=True),
        Format("geojson", (".geojson",), "places with a point, their figures and findings", "kg.export.geo:geojson"),
        Format("context", (), "the JSON-LD context, to publish", "kg.export.json_ld:write_context"),
    )
}


@dataclass(frozen=True)
class Written(Outcome):
    """What an export wrote, and where.

    Args:
        path: the file or folder.
        format: its name.
        size: in bytes.
    """

    path: Path = Path()
    format: str = ""
    size: int = 0


def find_format(name: str | None, path: Path) -> Format:
    """The format of a name, or where none is given that of the path's ending.

    Raises:
        UnknownName: there is no format of that name.
        UseError: the ending is of no format.

    >>> find_format(None, Path("graph.ttl")).name
    'turtle'
    """
    if name is not None:
        if name not in FORMATS:
            raise UnknownName("format", name, FORMATS, "`kg export` lists them")
        return FORMATS[name]
    for each in FORMATS.values():
        if path.suffix.lower() in each.endings:
            return each
    known = ", ".join(ending for each in FORMATS.values() for ending in each.endings)
    ending = path.suffix or "no ending"
    raise UseError(f"{path}: no format for {ending}. Use one of {known}, or name a format that `kg export` lists")


def export(graph: Exported, path: Path, format: str | None = None, options: Options | None = None) -> Written:
    """Write a graph in a format: aside, then put in place in one step. The same graph gives the same bytes.

    Args:
        graph: the graph.
        path: the file or folder.
        format: name of the format; by default that of the path's ending.
        options: what the format is told besides.

    Raises:
        UnknownName: there is no such format or network.
        UseError: it cannot be written there, or an option is none of the format's.
        MissingExtra: what the format needs is not installed.
    """
    wanted, options = find_format(format, path), options or Options()
    if options.network != EVERYTHING and not wanted.network:
        takes = ", ".join(each.name for each in FORMATS.values() if each.network)
        raise UseError(f"{wanted.name} holds the whole graph, not one network. Leave the network out, or use {takes}")
    if options.context is not None and wanted.name != JSON_LD:
        raise UseError(f"{wanted.name} has no context. Leave it out, or use {JSON_LD}")
    with replacing(path, wanted.folder) as aside:
        outcome = wanted.write(graph, aside, options)
        files = [aside] if not wanted.folder else [each for each in aside.rglob("*") if each.is_file()]
        size = sum(each.stat().st_size for each in files)
    return Written(outcome.counts, outcome.notes, path, wanted.name, size)
