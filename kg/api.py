"""The Python face: a graph that can be asked, queried, and handed to rdflib and networkx."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.analysing import Analyses
from kg.errors import BadQuery, QueryFileError, StoreError
from kg.names import Prefixes
from kg.project import STORE, Project
from kg.query.catalogue import Catalogue, Query
from kg.query.limits import check_limits
from kg.query.lookup import Lookup
from kg.schema.ontology import Ontology
from kg.store.answers import IRI, Answer, Solutions, Store
from kg.store.folder import open_current, read_manifest
from kg.store.oxigraph import OxigraphStore
from kg.store.remote.address import is_address
from kg.writing import Names, Writes

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.analysis.facts import Facts
    from kg.analysis.result import Analysis, Finding, Scope
    from kg.load.scenario import Applied


def open(
    store: str | Path | None = None,
    project: str | Path | None = None,
    progress: Callable[[str], None] = lambda _step: None,
) -> Graph:
    """Open the graph that `kg build` made, read-only, or one behind a SPARQL endpoint (docs/how-to/remote.md).

    Args:
        store: its folder, or the URL of the endpoint; by default $IIS_KG_STORE or `build/graph`.
        project: a folder whose `ontology/`, `queries/`, `loaders/` are laid over the bundled ones.
        progress: told how far the copying from an endpoint is.

    Raises:
        StoreMissing: nothing was built yet.
        StoreError: the store is damaged.
        RemoteError: the endpoint does not answer, or not as it should.
    """
    found = Project.find(project)
    named = store or os.environ.get(STORE)
    if is_address(named):
        from kg.store.remote.store import RemoteStore

        return Graph(RemoteStore(str(named), tell=progress), found)
    folder = Path(store) if store else found.default_store()
    return Graph(open_current(folder), found, read_manifest(folder).inputs)


class Graph(Analyses, Writes):
    """A graph of regional industry.

    Args:
        store: the engine that holds it.
        project: whose questions it is asked.
        inputs: the digest of what it was built from (`Project.digest`), where it is known.
    """

    def __init__(self, store: Store, project: Project, inputs: str | None = None) -> None:
        self.store, self.project = store, project
        self._inputs = inputs

    def __repr__(self) -> str:
        return f"<kg.Graph: {len(self.store):,} statements>"

    def _repr_html_(self) -> str:
        from kg.view.repr import graph_html

        return graph_html(self.facts, len(self.store))

    @cached_property
    def prefixes(self) -> Prefixes:
        """The prefixes of compact IRIs."""
        return Ontology(self.project).prefixes

    @cached_property
    def queries(self) -> Catalogue:
        """All questions by name."""
        return Catalogue.read(self.project)

    @cached_property
    def lookup(self) -> Lookup:
        """Finds things by what they are called."""
        return Lookup(self.store, self.queries, self.prefixes)

    @cached_property
    def facts(self) -> Facts:
        """The graph as the analyses read it: each question is asked once."""
        from kg.analysis.facts import Facts

        return Facts(self.store, self.project)

    @cached_property
    def embedded(self) -> OxigraphStore:
        """The store itself where it is the embedded one, else a copy of it in memory: for what needs all quads."""
        return self.store if isinstance(self.store, OxigraphStore) else self.store.in_memory()

    @cached_property
    def _facts_in_memory(self) -> Facts:
        """The same on a copy in memory, for what asks nearly everything."""
        from kg.analysis.facts import Facts

        return Facts(self.store.in_memory(), self.project)

    def ask(self, name: str, /, **parameters: str | int | Decimal) -> Solutions:
        """Ask a question of the catalogue; iterate over the answer for one dict a row.

        Args:
            name: name of the question, as `kg ask` lists them.
            parameters: its parameters; things by key, label, alias or code, several separated by commas.

        Raises:
            UnknownName: no such question, parameter or thing.
            BadParameter: a parameter is missing or of the wrong type.
            QueryFileError: the question's file does not parse.

        >>> import kg
        >>> answer = kg.open().ask("passages")
        >>> answer.variables
        ('passage', 'source', 'source_label', 'section', 'anchor')
        """
        query, text = self.question(name, parameters)
        try:
            return query.in_order(self.store.select(text))
        except BadQuery as error:
            raise QueryFileError(f"queries/{query.group}/{query.path.name}: {error}") from None

    def question(self, name: str, parameters: Mapping[str, str | int | Decimal]) -> tuple[Query, str]:
        """A question of the catalogue, and its text with what its parameters are given; as `ask` takes them.

        Raises:
            UnknownName: no such question, parameter or thing.
            BadParameter: a parameter is missing or of the wrong type.

        >>> import kg
        >>> query, text = kg.open().question("labels", {"thing": "Baoji"})
        >>> query.group, text.count("place/baoji>")
        ('evidence', 1)
        """
        query = self.queries[name]
        known = {parameter.name: parameter for parameter in query.header.parameters}
        values = {
            key: self.lookup.values(known[key], given) if key in known else [str(given)]
            for key, given in parameters.items()
        }
        return query, query.bound(values)

    def sparql(self, text: str) -> Answer:
        """Answer a SPARQL 1.1 query; the project's prefixes need no PREFIX lines.

        Its default graph is the union of all graphs, or of those that it names by FROM.

        Returns: rows for SELECT, a bool for ASK, N-Triples lines for CONSTRUCT and DESCRIBE.

        Raises:
            BadQuery: it does not parse, or is too large or too deeply nested.

        >>> import kg
        >>> kg.open().sparql("ASK { place:baoji iis:within place:shaanxi }")
        True
        """
        check_limits(text)
        return self.store.query(text, self.prefixes.mapping)

    def to_rdflib(self) -> rdflib.Dataset:
        """A live, read-only rdflib Dataset whose default graph is the union of all graphs.

        >>> import kg
        >>> len(kg.open().to_rdflib()) > 1000
        True
        """
        import rdflib
        from oxrdflib import OxigraphStore as Bridge

        return rdflib.Dataset(store=Bridge(store=self.embedded.engine), default_union=True)

    def to_networkx(self, name: str) -> networkx.DiGraph[str]:
        """The network that `queries/networks/<name>.rq` defines; nodes are IRIs with `label` and `class`.

        Raises:
            UnknownName: no such network.

        >>> import kg
        >>> kg.open().to_networkx("stages").number_of_edges() > 10
        True
        """
        return self.facts.network(name).copy()

    def citations(self, passages: Iterable[str] = ()) -> dict[str, str]:
        """Source and section of passages by their IRI, as `source, section`; of all passages where none is given.

        >>> import kg
        >>> len(kg.open().citations()) > 1000
        True
        """
        wanted = [IRI(passage) for passage in passages]
        rows = self.store.select(self.queries["passages"].bound({"passage": wanted} if wanted else {}))
        return {
            str(row["passage"]): f"{self.prefixes.shorten(str(row['source'])).partition(':')[2]}, {row['section']}"
            for row in rows
        }

    def anchors(self, passages: Iterable[str] = ()) -> dict[str, str]:
        """The words by which passages are found in their documents, by the IRI of the passage; of all without any."""
        wanted = [IRI(passage) for passage in passages]
        rows = self.store.select(self.queries["passages"].bound({"passage": wanted} if wanted else {}))
        return {str(row["passage"]): str(row["anchor"]) for row in rows}

    def findings(self) -> Solutions:
        """What the analyses found, by kind, most serious first, with the passages behind each.

        >>> import kg
        >>> kg.open().findings().variables[:2]
        ('finding', 'kind')
        """
        return self.ask("findings")

    def finding(self, name: str) -> Finding:
        """A finding of the graph, found again by its analysis: with the parts of its severity.

        Args:
            name: its key, or its IRI as `findings` gives it.

        Raises:
            UnknownName: no such finding, or its analysis does not find it any more.

        >>> import kg
        >>> graph = kg.open()
        >>> worst = next(iter(graph.findings()))
        >>> graph.finding(worst["finding"]).explanation == worst["explanation"]
        True
        """
        from kg.analysis.methods import again

        iri = self.lookup.thing(name, ("finding",))
        row = next(row for row in self.facts.ask("findings") if row["finding"] == iri)
        key = self.prefixes.shorten(iri).partition(":")[2]
        return again(self.facts, str(row["method"]), str(row["parameters"] or ""), key)

    def what_if(self, scenario: str | Path, progress: Callable[[str], None] = lambda _step: None) -> WhatIf:
        """The graph as it would be under a scenario, in memory; this graph stays as it is. docs/how-to/what-if.md.

        Args:
            scenario: a folder that holds a Data Package of additions and removals, or the name of a scenario of the
                project.
            progress: told the name of each step.

        Raises:
            UnknownName: no such scenario.
            StoreError: this graph was built from other tables than the project has now.
            PackageError: it is no Data Package.
            TableFaults: rows that cannot be applied.
            ShapeFaults: what it adds violates shapes.

        >>> import kg
        >>> would_be = kg.open().what_if("extend-titanium-upstream")
        >>> [row["supplied_from_label"] for row in would_be.ask("outside-inputs", place="baoji")]
        [None]
        """
        from kg.load.scenario import apply, find_scenario

        find_scenario(self.project, scenario)
        if self._inputs is not None and self._inputs != self.project.digest():
            raise StoreError("the graph was built from other tables than there are now. Run `kg build` first")
        return WhatIf(self, apply(self.project, scenario, progress, known_valid=self._inputs is not None))

    def scenario(
        self,
        scenario: str | Path,
        place: Names = (),
        chain: Names = (),
        progress: Callable[[str], None] = lambda _step: None,
    ) -> Analysis:
        """What a scenario changes: gaps opened and closed, overlap, links, centrality, problems now answered.

        docs/methods/scenario.md.

        Args:
            scenario: a folder, or the name of a scenario of the project.
            place: places by key, label, alias or code; none means all.
            chain: chains in the same way.
            progress: told the name of each step.

        Raises:
            ScenarioError: the scenario empties a chain; other errors as `what_if` does.

        >>> import kg
        >>> graph = kg.open()
        >>> graph.scenario("xianyang-platforms", place="xianyang").method
        'scenario'
        """
        # Names first: a wrong one must not cost the seconds that the scenario takes.
        scope = self.scope(place, chain)
        return self.what_if(scenario, progress).difference(scope, progress)


class WhatIf(Graph):
    """A graph as it would be under a scenario: everything that a graph can be asked, and how it differs.

    Args:
        base: the graph that the scenario was applied to a copy of.
        applied: the scenario applied.
    """

    def __init__(self, base: Graph, applied: Applied) -> None:
        super().__init__(applied.store, base.project)
        self.base, self.applied = base, applied

    def __repr__(self) -> str:
        return f"<kg.WhatIf: {self.applied.title}; {len(self.store):,} statements, {len(self.applied.changes)} changes>"

    def _repr_html_(self) -> str:
        from kg.view.repr import what_if_html

        return what_if_html(self.facts, len(self.store), self.applied)

    def difference(self, scope: Scope | None = None, progress: Callable[[str], None] = lambda _step: None) -> Analysis:
        """How it differs from the graph that it was made of.

        Args:
            scope: places and chains to look at; none means all.
            progress: told the name of each step.

        Raises:
            ScenarioError: the scenario empties a chain.
        """
        from kg.analysis.result import EVERYTHING
        from kg.analysis.scenario.compare import compare

        progress("comparing the two graphs")
        applied = self.applied
        notes = (*(f"assumed: {text}" for text in applied.assumes), *applied.notes)
        return compare(
            self.base._facts_in_memory,
            self.facts,
            applied.name,
            applied.title,
            applied.changes,
            notes,
            scope or EVERYTHING,
        )
