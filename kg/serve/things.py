"""Linked data: what is said of a thing, and where; sources, rules and the ontology."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.api import Graph
from kg.errors import BadQuery, UnknownName
from kg.names import is_iri
from kg.schema.ontology import Ontology
from kg.serve.operations import answers, in_path, in_query, operation
from kg.serve.pool import Asked
from kg.serve.resource import HTML, form_of, language_of, links_of, written
from kg.serve.service import Service
from kg.store.answers import IRI, Solutions
from kg.store.results import read_answer, write_quads

if TYPE_CHECKING:
    from kg.view.gathered import Gathering
    from kg.view.served.graphs import Document

FORMS = {
    "text/turtle": "ttl",
    HTML: "html",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/trig": "trig",
    "application/n-quads": "nq",
}
"""Endings of the forms of a description by media type."""
_WITH_GRAPHS = ("application/ld+json", "application/trig", "application/n-quads")


def routes(service: Service) -> list[BaseRoute]:
    """Things, sources, rules and the ontology."""
    described = Things(service)
    ontology = [f"/ontology{ending}" for ending in ("", *(f".{each}" for each in FORMS.values()))]
    return [
        Route("/id/{kind}/{name:path}", described.thing),
        Route("/source/{name}", described.source),
        Route("/derived/{name}", described.rule),
        *(Route(path, described.ontology) for path in ontology),
    ]


def describe(service: Service) -> dict[str, Any]:
    """The paths of this module for the OpenAPI description."""
    parameters = [p for query in service.graph().queries.values() for p in query.header.parameters]
    kinds = list(dict.fromkeys(sorted(kind for parameter in parameters for kind in parameter.kinds)))
    thing = operation(
        "thing",
        "things",
        "A thing",
        "What is said of a thing, and where? In formats with graphs, the graph of a fact is the passage that states "
        "it; in the others, each statement is described besides, with what it is derived from.",
        answers("its description", FORMS, ["404", "406"], {"303": "the thing of that label is there"}),
        parameters=[
            in_path("kind", f"such as {', '.join(kinds[:6])}"),
            in_path("name", "key of the thing; a label leads to it"),
        ],
    )
    source = operation(
        "source",
        "things",
        "A source",
        "Which passages does a source have, and what does a passage state?",
        answers("the source, or the passage", FORMS, ["404", "406"]),
        parameters=[in_path("name", "of the source"), in_query("passage", "the end of its IRI, behind the #")],
    )
    rule = operation(
        "rule",
        "things",
        "A rule",
        "What does a rule derive? findings is what the analyses found.",
        answers("the facts", FORMS, ["404", "406"]),
        parameters=[in_path("name", "of the rule")],
    )
    terms = answers("the terms", FORMS, ["406"])
    ontology = operation("ontology", "things", "The ontology", "Which classes and properties are there?", terms)
    return {
        "/id/{kind}/{name}": {"get": thing},
        "/source/{name}": {"get": source},
        "/derived/{name}": {"get": rule},
        "/ontology": {"get": ontology},
    }


@dataclass(frozen=True)
class Things:
    """The resources of a service whose IRIs begin as those of its project do."""

    service: Service

    async def thing(self, request: Request) -> Response:
        """A thing: all facts with their graphs, or a page."""
        kind = request.path_params["kind"]
        name, form = form_of(request.path_params["name"], request.headers.get("accept", ""), FORMS)
        iri = IRI(f"{links_of(self.service).base}id/{kind}/{name}")
        body = await self._said("facts-about", iri)
        facts = await run_in_threadpool(_read, body) if body else None
        if not facts:
            return await run_in_threadpool(self._elsewhere, kind, name)
        graph, links = self.service.graph(), links_of(self.service)
        formats = _formats(links.to(iri) or "")
        linked = {"Link": ", ".join(f'<{path}>; rel="alternate"; type="{kind}"' for kind, path in _typed(formats))}
        if form == HTML:
            from kg.view.served.thing import thing_page

            language = language_of(request)
            known = await run_in_threadpool(_gathering(graph).about, iri, facts)
            page = await run_in_threadpool(thing_page, known, graph.prefixes, links, language, formats)
            return written(page, form, linked | {"Content-Language": language})
        graphs = list(dict.fromkeys(IRI(str(row["graph"])) for row in facts))
        passages = [each for each in graphs if "#" in each]
        bodies = [body, await self._asked("passages-described", *passages)] if passages else [body]
        said = [each for each in graphs if each != Ontology(self.service.project).iri]
        prefixes = self.service.prefixes.mapping
        return written(await run_in_threadpool(write_quads, bodies, form, prefixes, said), form, linked)

    async def source(self, request: Request) -> Response:
        """A source with its passages; where the address names a passage, what that states."""
        name, form = form_of(request.path_params["name"], request.headers.get("accept", ""), FORMS)
        iri = IRI(self.service.prefixes.mapping["source"] + name)
        sources = {str(row["source"]): row for row in await self._answer("sources")}
        if iri not in sources:
            known = [self.service.prefixes.shorten(each).partition(":")[2] for each in sources]
            raise UnknownName("source", name, known, "GET /queries/sources lists all")
        graph = self.service.graph()
        passages = await run_in_threadpool(_gathering(graph).passages)
        own = {each: passage for each, passage in passages.by_iri.items() if each.startswith(f"{iri}#")}
        chosen = request.query_params.get("passage")
        wanted = IRI(f"{iri}#{chosen}") if chosen else iri
        if chosen and wanted not in own:
            raise UnknownName("passage", chosen, (each.partition("#")[2] for each in own))
        if form != HTML:
            graphs = [wanted] if chosen else [iri, *map(IRI, own)] if form in _WITH_GRAPHS else [iri]
            return await self._rdf(graphs, form)
        from kg.view.served.graphs import Document

        title = str(sources[iri]["source_label"])
        if chosen:
            said, listed = own[wanted], f"{links_of(self.service).to(iri)}#{quote(chosen)}"
            heading = f"{said.source}, {said.section}: “{said.anchor}”"
            facts = _read(await self._asked("facts-in", wanted))
            return await self._page(
                request, Document(wanted, heading, "reading_passage", elsewhere={title: listed}, facts=facts)
            )
        notes = ", ".join(str(sources[iri][each]) for each in ("authors", "year", "venue") if sources[iri][each])
        doi = str(sources[iri]["doi"] or "")
        elsewhere = {f"doi:{doi}": f"https://doi.org/{doi}"} if doi else {}
        if own:
            return await self._page(request, Document(iri, title, "reading_source", (notes,), elsewhere, passages=own))
        facts = _read(await self._asked("facts-in", iri))
        return await self._page(request, Document(iri, title, "reading_reference", (notes,), elsewhere, facts))

    async def rule(self, request: Request) -> Response:
        """What a rule derives, or what the analyses found."""
        name, form = form_of(request.path_params["name"], request.headers.get("accept", ""), FORMS)
        iri = IRI(self.service.prefixes.mapping["derived"] + name)
        body = await self._said("facts-in", iri)
        facts = _read(body) if body else None
        if not facts:
            raise UnknownName("rule", name, self._rules())
        if form != HTML:
            return await self._rdf([iri], form)
        from kg.view.served.graphs import Document

        note = self._rules().get(name, "")
        return await self._page(request, Document(iri, name, "reading_rule", (note,), facts=facts))

    async def ontology(self, request: Request) -> Response:
        """The ontology with its vocabularies, or the list of its terms."""
        _name, form = form_of(request.url.path, request.headers.get("accept", ""), FORMS)
        ontology, links = Ontology(self.service.project), links_of(self.service)
        if form != HTML:
            return await self._rdf([IRI(ontology.iri)], form)
        from kg.view.served.graphs import ontology_page

        facts = await run_in_threadpool(_read, await self._asked("facts-in", IRI(ontology.iri)))
        namespace = ontology.prefixes.mapping["iis"]
        language, formats = language_of(request), _formats(links.at("/ontology"))
        page = await run_in_threadpool(ontology_page, facts, ontology.prefixes, namespace, links, language, formats)
        return written(page, form, {"Content-Language": language})

    async def _asked(self, name: str, *things: IRI) -> bytes:
        """The answer of a question about things that are known by their IRIs, in SPARQL's JSON."""
        query = self.service.graph().queries[name]
        text = query.bound({query.header.parameters[0].name: things} if things else {})
        return (await self.service.pool.ask(Asked(text))).body

    async def _said(self, name: str, thing: IRI) -> bytes:
        """The same of what an address names; empty where that is no IRI, of which the engine knows more than we."""
        with contextlib.suppress(BadQuery):
            return await self._asked(name, thing) if is_iri(thing) else b""
        return b""

    async def _answer(self, name: str) -> Solutions:
        return _read(await self._asked(name))

    async def _rdf(self, graphs: list[IRI], form: str) -> Response:
        body = await self._asked("facts-in", *graphs)
        prefixes = self.service.prefixes.mapping
        return written(await run_in_threadpool(write_quads, [body], form, prefixes), form)

    async def _page(self, request: Request, document: Document) -> Response:
        from kg.view.served.graphs import document_page

        graph, links, language = self.service.graph(), links_of(self.service), language_of(request)
        labels = await run_in_threadpool(_gathering(graph).labels, document.things)
        path, _, passage = document.iri.partition("#")
        tail = f"?passage={quote(passage)}" if passage else ""
        formats = {ending: f"{address}{tail}" for ending, address in _formats(links.to(path) or "").items()}
        page = await run_in_threadpool(document_page, document, labels, graph.prefixes, links, language, formats)
        return written(page, HTML, {"Content-Language": language})

    def _rules(self) -> dict[str, str]:
        """The rules by name, with what their files say first; and the analyses, whose graph is called findings."""
        found = {"findings": ""}
        for relative, path in self.service.project.files("queries", "rules/*.ru"):
            name = relative.rpartition("/")[2].removesuffix(".ru")
            lines = takewhile(lambda line: line.startswith("#"), path.read_text(encoding="utf-8").splitlines())
            found[name] = " ".join(line.removeprefix("#").strip() for line in lines)
        return found

    def _elsewhere(self, kind: str, name: str) -> Response:
        """Where the thing is that is called so; or that there is none, with the nearest names."""
        graph, links = self.service.graph(), links_of(self.service)
        namespace = f"{links.base}id/{kind}/"
        prefix = next((each for each, known in graph.prefixes.mapping.items() if known == namespace), None)
        if prefix is None:
            start = f"{links.base}id/"
            kinds = sorted(k.removeprefix(start)[:-1] for k in graph.prefixes.mapping.values() if k.startswith(start))
            raise UnknownName("kind", kind, kinds, f"There are {', '.join(kinds)}")
        found = graph.lookup.thing(name, (prefix,))
        return RedirectResponse(links.to(found) or "", 303, {"Vary": "Accept"})


def _read(body: bytes) -> Solutions:
    answer = read_answer("application/sparql-results+json", body)
    assert isinstance(answer, Solutions)
    return answer


def _formats(address: str) -> dict[str, str]:
    """Addresses of the forms of a description, but that of the page itself, by their endings."""
    return {ending: f"{address}.{ending}" for media_type, ending in FORMS.items() if media_type != HTML}


def _typed(formats: Mapping[str, str]) -> list[tuple[str, str]]:
    types = {ending: media_type for media_type, ending in FORMS.items()}
    return [(types[ending], address) for ending, address in formats.items()]


def _gathering(graph: Graph) -> Gathering:
    from kg.view.gathered import Gathering

    return Gathering(graph.store, graph.queries, graph.prefixes)
