"""The Python face: a graph that can be asked, queried, and handed to rdflib and networkx."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import BadQuery, QueryFileError
from kg.names import Prefixes
from kg.project import Project
from kg.query.catalogue import Catalogue
from kg.query.limits import check_limits
from kg.query.lookup import Lookup
from kg.schema.ontology import Ontology
from kg.store.answers import IRI, Answer, Solutions
from kg.store.folder import open_current
from kg.store.oxigraph import OxigraphStore

if TYPE_CHECKING:
    import networkx
    import rdflib


def open(store: str | Path | None = None, project: str | Path | None = None) -> Graph:
    """Open the graph that `kg build` made, read-only.

    Args:
        store: its folder; by default $IIS_KG_STORE or `build/graph`.
        project: a folder whose `ontology/`, `queries/`, `loaders/` are laid over the bundled ones.

    Raises:
        StoreMissing: nothing was built yet.
        StoreError: the store is damaged.
    """
    found = Project.find(project)
    return Graph(open_current(Path(store) if store else found.default_store()), found)


class Graph:
    """A graph of regional industry.

    Args:
        store: the engine that holds it.
        project: whose questions it is asked.
    """

    def __init__(self, store: OxigraphStore, project: Project) -> None:
        self.store, self.project = store, project

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
        query = self.queries[name]
        known = {parameter.name: parameter for parameter in query.header.parameters}
        values = {
            key: self.lookup.values(known[key], given) if key in known else [str(given)]
            for key, given in parameters.items()
        }
        text = query.bound(values)
        try:
            return query.in_order(self.store.select(text))
        except BadQuery as error:
            raise QueryFileError(f"queries/{query.group}/{query.path.name}: {error}") from None

    def sparql(self, text: str) -> Answer:
        """Answer a SPARQL 1.1 query over the union of all graphs; the project's prefixes need no PREFIX lines.

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

        return rdflib.Dataset(store=Bridge(store=self.store.engine), default_union=True)

    def to_networkx(self, name: str) -> networkx.DiGraph[str]:
        """The network that `queries/networks/<name>.rq` defines; nodes are IRIs with `label` and `class`.

        Raises:
            UnknownName: no such network.

        >>> import kg
        >>> kg.open().to_networkx("stages").number_of_edges() > 10
        True
        """
        from kg.analysis.networks import read_network

        return read_network(self.store, Catalogue.read(self.project, "networks")[name])

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

    def findings(self) -> Solutions:
        """What the analyses found, most serious first, with the passages behind each.

        >>> import kg
        >>> kg.open().findings().variables[:2]
        ('finding', 'kind')
        """
        return self.ask("findings")
