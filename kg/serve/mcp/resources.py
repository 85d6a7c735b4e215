"""What a model may read: the ontology, the questions as SPARQL, the sources, and things by their address."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from mcp import types

from kg.api import Graph
from kg.errors import UnknownName
from kg.query.results import records
from kg.serve.mcp.answers import Page, said_shown
from kg.serve.mcp.describing import MOST_ROWS
from kg.view.fragments.said import said

SCHEME = "iis-kg://"
_THING, _QUERY, _SOURCE = f"{SCHEME}id/{{kind}}/{{name}}", f"{SCHEME}query/{{name}}", f"{SCHEME}source/{{name}}"
_TURTLE, _SPARQL, _JSON, _MARKDOWN = "text/turtle", "application/sparql-query", "application/json", "text/markdown"
_MOST_COMPLETIONS = 100


def listed(graph: Graph) -> list[types.Resource]:
    """The modules of the ontology, the list of sources, and each source."""
    modules = [
        types.Resource(
            uri=f"{SCHEME}ontology/{name}",
            name=f"ontology/{name}",
            title=f"Ontology: {name.removesuffix('.ttl')}",
            mime_type=_TURTLE,
            size=path.stat().st_size,
        )
        for name, path in graph.project.files("ontology", "*.ttl")
    ]
    sources = types.Resource(
        uri=f"{SCHEME}sources",
        name="sources",
        title="Sources",
        description="The sources that the graph is made from, and how much it holds from each",
        mime_type=_JSON,
    )
    each = [
        types.Resource(
            uri=_SOURCE.format(name=_key(graph, row["source"])),
            name=f"source/{_key(graph, row['source'])}",
            title=str(row["source_label"]),
            description="Its metadata, and from which sections facts are taken",
            mime_type=_JSON,
        )
        for row in graph.facts.ask("sources")
    ]
    return [*modules, sources, *each]


def templates() -> list[types.ResourceTemplate]:
    """Things by the kind and the last part of their IRI, sources, and the questions as SPARQL."""
    return [
        types.ResourceTemplate(
            uri_template=_THING,
            name="thing",
            title="Thing",
            description="What is said of a thing, and where; kind and name as in its compact IRI, kind:name",
            mime_type=_MARKDOWN,
        ),
        types.ResourceTemplate(
            uri_template=_SOURCE, name="source", title="Source", description="A source by name", mime_type=_JSON
        ),
        types.ResourceTemplate(
            uri_template=_QUERY,
            name="query",
            title="Question as SPARQL",
            description="The SPARQL text of a question, to write others after it",
            mime_type=_SPARQL,
        ),
    ]


def read(graph: Graph, uri: str) -> types.TextResourceContents:
    """The content of a resource.

    Raises:
        UnknownName: there is none of that address.
    """
    kind, _, rest = uri.removeprefix(SCHEME).partition("/")
    name = unquote(rest)
    if not uri.startswith(SCHEME):
        kind = ""
    if kind == "ontology":
        return types.TextResourceContents(uri=uri, mime_type=_TURTLE, text=_module(graph, name))
    if kind == "query":
        return types.TextResourceContents(uri=uri, mime_type=_SPARQL, text=graph.queries[name].text)
    if kind == "sources" and not name:
        return _json(uri, records(graph.ask("sources")))
    if kind == "source":
        return _json(uri, _source(graph, name))
    if kind == "id" and name.count("/") == 1:
        shown = said_shown(said(graph.facts, _thing(graph, *name.split("/"))), Page(MOST_ROWS), graph.prefixes)
        return types.TextResourceContents(uri=uri, mime_type=_MARKDOWN, text=shown.text)
    known = [resource.uri for resource in listed(graph)]
    raise UnknownName("resource", uri, known, "The lists of resources and templates have all")


def completions(graph: Graph, template: str, argument: str, value: str, given: dict[str, str]) -> types.Completion:
    """How a value of a template may go on."""
    if template == _THING and argument == "kind":
        found = [kind for kind, space in graph.prefixes.mapping.items() if "/id/" in space]
    elif template == _THING and argument == "name":
        found = _keys(graph, given.get("kind", ""))
    elif template == _SOURCE:
        found = _keys(graph, "source")
    elif template == _QUERY:
        found = list(graph.queries)
    else:
        found = []
    matching = sorted(name for name in found if name.startswith(value))
    shown = matching[:_MOST_COMPLETIONS]
    return types.Completion(values=shown, total=len(matching), has_more=len(shown) < len(matching))


def _module(graph: Graph, name: str) -> str:
    known = dict(graph.project.files("ontology", "*.ttl"))
    if name not in known:
        raise UnknownName("module of the ontology", name, known, f"There are: {', '.join(known)}")
    return known[name].read_text(encoding="utf-8")


def _source(graph: Graph, name: str) -> dict[str, Any]:
    iri = graph.lookup.thing(name, ("source",))
    about = next((row for row in records(graph.ask("sources")) if row["source"] == iri), {})
    sections = [
        {key: row[key] for key in ("section", "passages", "facts")}
        for row in records(graph.ask("sections", source=iri))
    ]
    return {**about, "sections": sections}


def _thing(graph: Graph, kind: str, name: str) -> str:
    return graph.lookup.thing(f"{kind}:{name}", (kind,))


def _keys(graph: Graph, kind: str) -> list[str]:
    space = graph.prefixes.mapping.get(kind)
    names = {str(row["thing"]) for row in graph.facts.ask("names-of-things")}
    return [iri.removeprefix(space) for iri in names if iri.startswith(space)] if space else []


def _key(graph: Graph, iri: object) -> str:
    return graph.prefixes.shorten(str(iri)).partition(":")[2]


def _json(uri: str, value: Any) -> types.TextResourceContents:
    plain = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    return types.TextResourceContents(uri=uri, mime_type=_JSON, text=plain)
