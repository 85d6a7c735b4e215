"""The service description of the endpoint (SPARQL 1.1 Service Description), with the questions as examples."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from urllib.parse import urljoin

from rdflib import RDF, RDFS, SDO, SH, VOID, XSD, Graph, Literal, Namespace, URIRef
from starlette.responses import RedirectResponse, Response

from kg.errors import BadQuery, KGError, NotAcceptable
from kg.query.catalogue import Catalogue, Query
from kg.query.limits import form_of
from kg.serve.negotiation import TRIPLES, choose_among, content_type
from kg.serve.pool import Asked
from kg.serve.service import Service
from kg.store.oxigraph import OxigraphStore

_SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMAT = Namespace("http://www.w3.org/ns/formats/")
_TEMPLATE = Path(__file__).with_suffix(".ttl")
_FORMATS = {**TRIPLES, "text/html": "text/html"}
_PAGE = "./#view=query"
_PREFIXES = {"rdfs": str(RDFS), "schema": str(SDO), "sd": str(_SD), "sh": str(SH), "void": str(VOID), "xsd": str(XSD)}
_MOST_KEPT = 32
_HEADERS = {"Vary": "Accept", "Cache-Control": "no-cache"}
_FORMS = {
    "SELECT": (SH.SPARQLSelectExecutable, SH.select),
    "ASK": (SH.SPARQLAskExecutable, SH.ask),
    "CONSTRUCT": (SH.SPARQLConstructExecutable, SH.construct),
}
_OF_HEADER = re.compile(r"^#\+.*\n", re.MULTILINE)
_COUNTS = {
    VOID.triples: "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }",
    VOID.properties: "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    _SD.namedGraph: "SELECT (COUNT(*) AS ?n) { GRAPH ?g {} }",
}
_NAMED = {"en": "{} named graphs; their union is the default graph", "zh": "{} 个命名图；默认图为其并集"}
_WRITABLE = {
    "en": "{} named graphs; queries ask the union of all graphs by default, updates the default graph of the store",
    "zh": "{} 个命名图；查询默认针对全部图的并集，更新默认针对存储库自身的默认图",
}
_FORMATS_READ = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")


class Description:
    """The descriptions of a service: one for each generation of the graph, address and format, made when asked for."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._making = asyncio.Lock()
        self._generation = ""
        self._counts: dict[URIRef, int] = {}
        self._kept: dict[tuple[str, str], bytes] = {}

    async def respond(self, address: str, accept: str) -> Response:
        """The description in the form that a client accepts; who prefers HTML is sent to the page for queries.

        Args:
            address: of the endpoint.
            accept: the header.

        Raises:
            NotAcceptable: the client takes none of the forms.
        """
        chosen = choose_among(accept, _FORMATS)
        if chosen is None:
            forms = ", ".join(dict.fromkeys(_FORMATS.values()))
            raise NotAcceptable(f"the description is not written in any form that the request accepts. Accept {forms}")
        if chosen == "text/html":
            return RedirectResponse(_PAGE, 303, _HEADERS)
        async with self._making:
            await self._renew()
            key = (address, chosen)
            if key not in self._kept:
                if len(self._kept) >= _MOST_KEPT:
                    self._kept.clear()
                self._kept[key] = await asyncio.to_thread(self._written, address, chosen)
            body = self._kept[key]
        return Response(body, headers={**_HEADERS, "Content-Type": content_type(chosen)})

    async def _renew(self) -> None:
        """Count anew where the graph was replaced. What cannot be counted within the limits is left out."""
        generation = self._service.pool.generation
        if generation == self._generation:
            return
        self._kept.clear()
        self._counts = {}
        for what, query in _COUNTS.items():
            try:
                answered = await self._service.pool.ask(Asked(query))
            except KGError:
                continue
            self._counts[what] = int(json.loads(answered.body)["results"]["bindings"][0]["n"]["value"])
        self._generation = generation

    def _written(self, address: str, media_type: str) -> bytes:
        graph = describe(self._service, address, self._counts)
        lines = graph.serialize(format="nt").splitlines()
        return OxigraphStore.of_lines(lines).serialise(media_type, _PREFIXES)


def describe(service: Service, address: str, counts: dict[URIRef, int]) -> Graph:
    """The description as a graph.

    Args:
        service: that is described.
        address: of its endpoint.
        counts: of the default graph, by the property that says them; and how many named graphs there are.
    """
    graph = Graph().parse(_TEMPLATE, format="turtle", publicID=address)
    endpoint, described = URIRef(address), URIRef(f"{address}#service")
    writable = bool(service.settings.token)
    if writable:
        graph.add((described, _SD.supportedLanguage, _SD.SPARQL11Update))
        graph.add((described, _SD.feature, _SD.EmptyGraphs))
        for name in _FORMATS_READ:
            graph.add((described, _SD.inputFormat, _FORMAT[name]))
    else:  # the feature speaks of queries and updates alike, whose default graphs differ where both are taken
        graph.add((described, _SD.feature, _SD.UnionDefaultGraph))
    if service.settings.services:
        graph.add((described, _SD.feature, _SD.BasicFederatedQuery))
    for what, count in counts.items():
        if what != _SD.namedGraph:
            graph.add((URIRef(f"{address}#default-graph"), what, Literal(count)))
            continue
        for language, text in (_WRITABLE if writable else _NAMED).items():
            graph.add((URIRef(f"{address}#dataset"), RDFS.comment, Literal(text.format(count), lang=language)))
    prefixes = URIRef(f"{address}#prefixes")
    for prefix, namespace in service.prefixes.mapping.items():
        declared = URIRef(f"{prefixes}-{prefix}")
        graph.add((prefixes, SH.declare, declared))
        graph.add((declared, SH.prefix, Literal(prefix)))
        graph.add((declared, SH.namespace, Literal(namespace, datatype=XSD.anyURI)))
    for query in Catalogue.read(service.project).values():
        _add_example(graph, query, endpoint, prefixes)
    return graph


def _add_example(graph: Graph, query: Query, endpoint: URIRef, prefixes: URIRef) -> None:
    """Add a question in the manner of the collections of examples that public endpoints share."""
    example, header = URIRef(f"{endpoint}#question-{query.name}"), query.header
    try:
        kind, text = _FORMS[form_of(query.text)]
    except (KeyError, BadQuery):  # a file of one's own that is no example of what can be asked here
        return
    graph.add((example, RDF.type, SH.SPARQLExecutable))
    graph.add((example, RDF.type, kind))
    graph.add((example, text, Literal(_OF_HEADER.sub("", query.text))))
    graph.add((example, SH.prefixes, prefixes))
    graph.add((example, SDO.target, endpoint))
    graph.add((example, RDFS.seeAlso, URIRef(urljoin(endpoint, f"queries/{query.name}"))))
    for language, label, comment in (
        ("en", header.summary, header.question),
        ("zh", header.summary_zh, header.question_zh),
    ):
        if label:
            graph.add((example, RDFS.label, Literal(label, lang=language)))
            graph.add((example, RDFS.comment, Literal(comment or label, lang=language)))
    for tag in header.tags:
        graph.add((example, SDO.keywords, Literal(tag)))
