"""What a graph writes besides answers: exports, observations in RDF, and the explorer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from kg.errors import UnknownName, UseError, nearest
from kg.names import Prefixes
from kg.query.header import Parameter
from kg.query.lookup import EVERY_NAME, Lookup

if TYPE_CHECKING:
    import pandas as pd

    from kg.analysis.facts import Facts
    from kg.analysis.result import Finding
    from kg.export.formats import Written as Exported
    from kg.project import Project
    from kg.query.catalogue import Catalogue, Query
    from kg.store.answers import Solutions, Store
    from kg.store.oxigraph import OxigraphStore
    from kg.view.explorer import Settings, Written
    from kg.view.fragments import Page
    from kg.view.fragments import Settings as FragmentSettings
    from kg.view.notebook import OfflineNetwork
    from kg.view.plots import Picture

_TERMS = "iis"
"""The prefix of the terms of the ontology."""

_FINDING = "finding:"
"""What the compact IRI of a finding begins with."""

Names = str | Iterable[str]


def things(lookup: Lookup, kind: str, names: Names) -> tuple[str, ...]:
    """The IRIs of things of a kind, such as `place|cluster`, by what they are called.

    Raises:
        UnknownName: there is none of a name.
    """
    given = [names] if isinstance(names, str) else list(names)
    parameter = Parameter(kind.partition("|")[0], kind, f"a {kind.replace('|', ' or a ')}")
    return tuple(dict.fromkeys(str(v) for name in given for v in lookup.values(parameter, name)))


class Writes:
    """The part of `kg.api.Graph` that writes files."""

    project: Project
    store: Store

    if TYPE_CHECKING:

        @cached_property
        def embedded(self) -> OxigraphStore:
            """The store itself where it is the embedded one, else a copy of it in memory."""

        @cached_property
        def prefixes(self) -> Prefixes:
            """The prefixes of compact IRIs."""

        @cached_property
        def lookup(self) -> Lookup:
            """Finds things by what they are called."""

        @cached_property
        def facts(self) -> Facts:
            """The graph as the analyses read it."""

        @cached_property
        def queries(self) -> Catalogue:
            """All questions by name."""

        def ask(self, name: str, /, **parameters: str | int | Decimal) -> Solutions:
            """Ask a question of the catalogue."""

        def finding(self, name: str) -> Finding:
            """A finding of the graph."""

        def citations(self, passages: Iterable[str] = ()) -> dict[str, str]:
            """Source and section of passages by their IRI."""

    def export(
        self,
        format: str | None,
        path: str | Path,
        *,
        network: str = "everything",
        context: str | None = None,
        progress: Callable[[str], None] = lambda _step: None,
    ) -> Exported:
        """Write the graph in a format of another tool, whole or not at all; docs/how-to/export.md.

        Args:
            format: its name, as `kg export` lists them; None takes the format of the path's ending.
            path: the file or folder.
            network: of `queries/networks/`, by name; for formats that hold one network.
            context: with `jsonld`, the address of a context to name instead of writing it into the file.
            progress: told the name of each step.

        Returns: path, format and size in bytes, counts of what was written, and notes for who uses it.

        Raises:
            UnknownName: there is no such format or network.
            UseError: it cannot be written there, or an option is none of the format's.
            MissingExtra: what the format needs is not installed.

        >>> import kg, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     kg.open().export("turtle", f"{folder}/graph.ttl").size > 1_000_000
        True
        """
        from kg.export.formats import Options, export

        return export(self, Path(path), format, Options(network, context, progress))

    def write_observations(self, frame: pd.DataFrame, path: str | Path, unit: str | None = None) -> int:
        """Write what a measure gave as observations in RDF, and say how many; docs/how-to/measure.md.

        Args:
            frame: the answer of a function of `kg.measures`.
            path: ends in .ttl, .nt, .nq or .trig.
            unit: the unit of the values that it was computed from, by key, label or alias.

        Raises:
            UnknownName: there is no such unit.
            UseError: the file cannot be written, or the frame is not the answer of a measure or has no number.
        """
        from kg.export.observations import write_observations

        return write_observations(frame, Path(path), self.project, self.lookup, self.prefixes, unit=unit)

    def write_explorer(
        self,
        path: str | Path,
        entity: str | None = None,
        place: Names = (),
        chain: Names = (),
        class_: Names = (),
        source: Names = (),
        *,
        settings: Settings | None = None,
        progress: Callable[[str], None] = lambda _step: None,
    ) -> Written:
        """Write the explorer: this graph, or a part of it, as one HTML file; docs/how-to/explorer.md.

        Args:
            path: the file.
            entity: the thing that it opens on, by key, label, alias, code or IRI.
            place, chain, class_, source: what goes into the file, by the same names; what is of any of those given for
                one and of all that are given; everything where none is given.
            settings: title, language, origins that may embed it, boundaries of the map, and how many quads it may hold.
            progress: told the name of each step.

        Returns: how many quads and things the file holds, and its size.

        Raises:
            UnknownName: no such thing, place, chain, class or source.
            UseError: the file cannot be written, or nothing is left of the graph.
            TooLarge: more quads than the page may hold.

        >>> import kg, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     written = kg.open().write_explorer(f"{folder}/titanium.html", chain="titanium")
        >>> written.nodes > 50
        True
        """
        from kg.view.explorer import Selection, Settings, write_explorer

        settings = settings or Settings()
        if entity is not None:
            settings = replace(settings, start=self.prefixes.shorten(self.lookup.thing(entity)))
        chosen = Selection(
            things(self.lookup, "place|cluster", place),
            things(self.lookup, "chain", chain),
            self._classes(class_),
            things(self.lookup, "source", source),
        )
        return write_explorer(
            self.embedded, self.project, Path(path), selection=chosen, settings=settings, tell=progress
        )

    def fragment_page(
        self, name: str, /, settings: FragmentSettings | None = None, **parameters: str | int | Decimal
    ) -> Page:
        """A small page about a question with its answer, a thing, or a finding; it loads nothing and runs no script.

        Args:
            name: of a question; or a thing, by key, label, alias, code or IRI; or `finding:` with the key of a finding.
            settings: title, language, and how many rows it may have.
            parameters: of the question.

        Raises:
            UnknownName: no such question, thing, finding or parameter.
            BadParameter: parameters for what is no question, or of the wrong type.

        >>> import kg
        >>> kg.open().fragment_page("stages-in-order", chain="titanium").title
        'Stages in order'
        """
        from kg.view.fragments import Settings, finding_page, question_page, thing_page

        settings = settings or Settings()
        if name in self.queries:
            query = self.queries[name]
            given = {key: str(value) for key, value in parameters.items()}
            answer = self.ask(name, **parameters)
            picture = self._picture(query, given) if len(answer) else None
            return question_page(self.facts, query, answer, given, settings, picture)
        if parameters:
            remedy = "Give parameters to a question alone; `kg ask` lists all"
            raise UnknownName("question", name, self.queries, remedy)
        if self.prefixes.shorten(name).startswith(_FINDING):
            return finding_page(self.facts, self.finding(name), settings)
        return thing_page(self.facts, self._thing_or_question(name), settings)

    def _picture(self, query: Query, given: Mapping[str, str]) -> Picture | None:
        """The picture that shows what a question asks of a place or chain; that of all would fit into no small page."""
        if not query.header.picture or not {"place", "chain"} & given.keys():
            return None
        from kg.analysis.methods import analyse
        from kg.analysis.result import Scope
        from kg.view.pictures import PICTURES

        places, chains = (
            things(self.lookup, kind, [given[name]] if name in given else ())
            for name, kind in (("place", "place|cluster"), ("chain", "chain"))
        )
        analysis = analyse(self.facts, query.header.picture, Scope(places, chains))
        return PICTURES[query.header.picture](analysis, self.facts)

    def embed(self, name: str, /, settings: FragmentSettings | None = None, **parameters: str | int | Decimal) -> str:
        """A fragment of HTML to paste into any page: `fragment_page` in a frame; docs/how-to/embed.md.

        Args:
            name: as for `fragment_page`.
            settings: likewise; with the address of a server, the frame shows what that server has.
            parameters: of the question.

        Raises:
            UnknownName, BadParameter: as `fragment_page` does.

        >>> import kg
        >>> kg.open().embed("place:baoji").startswith('<iframe title="Baoji" sandbox=')
        True
        """
        from kg.view.fragments import Settings, framed, framed_at

        settings = settings or Settings()
        page = self.fragment_page(name, settings, **parameters)
        if not settings.address:
            return framed(page, settings)
        path, asked = self._fragment_path(name), {key: str(value) for key, value in parameters.items()}
        if settings.language != Settings().language:
            asked["page-language"] = settings.language
        if settings.rows != Settings().rows:
            asked["page-rows"] = str(settings.rows)
        words = f"?{urlencode(asked)}" if asked else ""
        return framed_at(f"{settings.address.rstrip('/')}/embed/{path}{words}", page.title, settings)

    def _fragment_path(self, name: str) -> str:
        """Where a server has the page of a question, finding or thing."""
        if name in self.queries:
            return f"queries/{quote(name)}"
        iri = self.lookup.thing(name)
        kind, colon, key = self.prefixes.shorten(iri).partition(":")
        if kind == _FINDING.rstrip(":"):
            return f"findings/{quote(key)}"
        if not colon or "/" in key:
            raise UseError(f"{iri}: a server has no page of it. Leave out --from")
        return f"id/{quote(kind)}/{quote(key)}"

    def _thing_or_question(self, name: str) -> str:
        """The IRI of a thing; where there is none, questions of a similar name are told too."""
        try:
            return self.lookup.thing(name)
        except UnknownName as error:
            near = nearest(name, self.queries)
            raise UnknownName("question or thing", name, [*near, *error.near], EVERY_NAME) from None

    def to_pyvis(
        self, network: str = "everything", entity: str | None = None, depth: int = 1, physics: bool = False
    ) -> OfflineNetwork:
        """A small network for notebooks: a pyvis network that loads nothing; `show("page.html")` draws it.

        Args:
            network: of `queries/networks/`, by name.
            entity: draw only what is around this thing, by key, label, alias, code or IRI.
            depth: how many steps away from it.
            physics: let the things move, at most 300; else they have their places, at most 2,000.

        Raises:
            UnknownName: no such network or thing.
            TooLarge: it has more things.

        >>> import kg
        >>> len(kg.open().to_pyvis("stages").nodes) > 10
        True
        """
        from kg.view.neighbourhood import MOST_MOVING, MOST_NODES, surroundings
        from kg.view.notebook import to_pyvis

        whole = self.facts.network(network)
        if entity is not None:
            iri = self.lookup.thing(entity)
            name = self.prefixes.shorten(iri)
            whole = surroundings(whole, iri, depth, name, MOST_MOVING if physics else MOST_NODES)
        return to_pyvis(whole, physics)

    def _classes(self, names: Names) -> tuple[str, ...]:
        """The IRIs of classes of things; where there is none of a name, the nearest of those that there are."""
        try:
            return things(self.lookup, _TERMS, names)
        except UnknownName as error:
            classes = {str(row[column]) for row in self.facts.ask("drawn-things") for column in ("kind", "class")}
            known = [str(row["name"]) for row in self.facts.ask("names-of-things") if str(row["thing"]) in classes]
            known += [self.prefixes.shorten(each).partition(":")[2] for each in sorted(classes)]
            raise UnknownName("class", error.name, known, "`kg ask drawn-things` lists the classes of all") from None
