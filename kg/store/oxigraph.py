"""The embedded engine: Oxigraph, in memory or read-only from a folder."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import BadQuery, DataError, KGError, StoreError
from kg.store.answers import IRI, Answer, Blank, Solutions, Text, Triples, Value
from kg.store.lines import write_rdf
from kg.store.worker import has_dataset

_NO_SELECT = "a SELECT query is needed here. Write one that begins with SELECT"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS: dict[str, Callable[[str], Value]] = {
    f"{_XSD}integer": int,
    f"{_XSD}decimal": Decimal,
    f"{_XSD}double": float,
    f"{_XSD}float": float,
    f"{_XSD}boolean": lambda text: text in ("true", "1"),
}


def plain(term: Any) -> Value | None:
    """An RDF term as a plain value: IRI, Text, Blank, str, int, Decimal, float or bool; None stays None."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return IRI(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Text(term.value, term.language)
        convert = _NUMBERS.get(term.datatype.value)
        try:
            return convert(term.value) if convert else term.value
        except (ValueError, ArithmeticError):  # ill-typed, or beyond what Python reads
            return term.value
    if isinstance(term, ox.BlankNode):
        return Blank(term.value)
    return str(term)


class OxigraphStore:
    """An Oxigraph store behind the protocol of `kg.store.answers.Store`.

    >>> store = OxigraphStore.memory()
    >>> store.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }")
    >>> store.select("SELECT ?o { ?s ?p ?o }").rows
    [(1,)]
    """

    def __init__(self, engine: ox.Store) -> None:
        self.engine = engine

    @classmethod
    def memory(cls) -> OxigraphStore:
        """An empty store in memory."""
        return cls(ox.Store())

    @classmethod
    def read_only(cls, path: Path) -> OxigraphStore:
        """A snapshot of the store in a folder; writing to it raises.

        Raises:
            StoreError: the folder holds no store, or a damaged one.
        """
        try:
            return cls(ox.Store.read_only(str(path)))
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{path}: the store cannot be opened ({error}). Run `kg build` to make it anew") from None

    def in_memory(self) -> OxigraphStore:
        """A copy in memory, which answers about twice as fast as a folder: worth its making where much is asked."""
        engine = ox.Store()
        with _reading():
            engine.bulk_extend(self.engine)
        return OxigraphStore(engine)

    @classmethod
    def of_lines(cls, lines: Iterable[str]) -> OxigraphStore:
        """A store in memory of lines of N-Quads; blank nodes keep their names.

        >>> len(OxigraphStore.of_lines(['<urn:a> <urn:b> "c" <urn:g> .']))
        1
        """
        engine, data = ox.Store(), "\n".join(lines).encode("utf-8")
        if b"_:" in data:
            engine.bulk_extend(ox.parse(data, ox.RdfFormat.N_QUADS))
        else:  # twice as fast, but it would name blank nodes anew
            engine.bulk_load(data, ox.RdfFormat.N_QUADS)
        return cls(engine)

    def query(self, text: str, prefixes: Mapping[str, str] | None = None) -> Answer:
        with _asking():
            answer = self.engine.query(
                text, use_default_graph_as_union=not has_dataset(text), prefixes=dict(prefixes or {})
            )
            if isinstance(answer, ox.QuerySolutions):
                variables = tuple(v.value for v in answer.variables)
                return Solutions(variables, [tuple(plain(term) for term in row) for row in answer])
            if isinstance(answer, ox.QueryTriples):
                return Triples(sorted({f"{triple} ." for triple in answer}))
            return bool(answer)

    def select(self, text: str) -> Solutions:
        answer = self.query(text)
        if not isinstance(answer, Solutions):
            raise BadQuery(_NO_SELECT)
        return answer

    def terms(self, text: str) -> list[dict[str, str]]:
        """The rows of a SELECT as terms in N-Triples, empty where unbound; quicker than `select` where rows are many.

        Numbers and true and false are written as Turtle has them.

        Raises:
            BadQuery: the text does not parse, or is no SELECT.

        >>> OxigraphStore.of_lines(['<urn:a> <urn:b> "c" .']).terms("SELECT ?s ?o ?x { ?s ?p ?o }")
        [{'s': '<urn:a>', 'o': '"c"', 'x': ''}]
        """
        with _asking():
            answer = self.engine.query(text, use_default_graph_as_union=not has_dataset(text))
            if not isinstance(answer, ox.QuerySolutions):
                raise BadQuery(_NO_SELECT)
            variables = [v.value for v in answer.variables]
            lines = (answer.serialize(format=ox.QueryResultsFormat.TSV) or b"").decode("utf-8").split("\n")[1:-1]
        return [dict(zip(variables, line.split("\t"), strict=True)) for line in lines]

    def update(self, text: str) -> None:
        """Run a SPARQL 1.1 Update.

        Raises:
            BadQuery: the text does not parse.
            StoreError: the store is read-only or damaged.
        """
        try:
            self.engine.update(text)
        except SyntaxError as error:
            raise BadQuery(f"the update does not parse: {_brief(error)}. Correct it there") from None
        except (OSError, RuntimeError, ValueError) as error:
            raise _failed(error, "the update") from None

    def load_turtle(self, text: str, graph: str, name: str) -> None:
        """Load Turtle into a graph; blank nodes are named by file and order: the same text gives the same quads.

        Raises:
            DataError: the text does not parse; `name` says which file it was.
        """
        labels: dict[Any, ox.BlankNode] = {}
        prefix = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")

        def stable(term: Any) -> Any:
            if not isinstance(term, ox.BlankNode):
                return term
            return labels.setdefault(term, ox.BlankNode(f"{prefix}-{len(labels)}"))

        target = ox.NamedNode(graph)
        try:
            parsed = ox.parse(text.encode("utf-8"), ox.RdfFormat.TURTLE)
            self.engine.extend(ox.Quad(stable(q.subject), q.predicate, stable(q.object), target) for q in parsed)
        except SyntaxError as error:
            raise DataError(f"{name}: not Turtle ({_brief(error)}). Correct it there") from None

    def __len__(self) -> int:
        with _reading():
            return len(self.engine)

    def nquads(self) -> Iterable[str]:
        """All quads as N-Quads lines, sorted by code point: the same facts give the same lines."""
        return sorted(self.dump().decode("utf-8").split("\n")[:-1])

    def dump(self) -> bytes:
        """All quads as N-Quads, in no particular order."""
        buffer = io.BytesIO()
        with _reading():
            self.engine.dump(buffer, ox.RdfFormat.N_QUADS)
        return buffer.getvalue()

    def serialise(self, media_type: str, prefixes: Mapping[str, str] | None = None) -> bytes:
        """All quads as TriG or N-Quads; in Turtle and N-Triples the union of all graphs.

        Args:
            media_type: of the format.
            prefixes: by which Turtle and TriG shorten IRIs; those that no IRI needs are left out.
        """
        buffer = io.BytesIO()
        write_rdf(self.quads(), buffer, media_type, prefixes or {})
        return buffer.getvalue()

    def quads(self) -> Iterator[Any]:
        """All quads as the engine has them, in no particular order."""
        with _reading():
            yield from self.engine


@contextlib.contextmanager
def _asking() -> Iterator[None]:
    try:
        yield
    except SyntaxError as error:
        raise BadQuery(f"the query does not parse: {_brief(error)}. Correct it there") from None
    except (OSError, RuntimeError, ValueError) as error:
        raise _failed(error, "the query") from None


@contextlib.contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise _failed(error, "the store") from None


def _failed(error: Exception, what: str) -> KGError:
    """The error of ours for one of the engine: whether the store or what was asked of it is to blame."""
    text = _brief(error)
    if text.startswith("Corruption") or (isinstance(error, OSError) and not isinstance(error, ConnectionError)):
        return StoreError(f"the store cannot be read ({text}). Run `kg build` to make it anew")
    if "read-write" in text:
        return StoreError("the graph is open read-only. Change the tables and run `kg build`")
    return BadQuery(f"{what} cannot be run: {text}. Ask for less, or in another way")


def _brief(error: Exception) -> str:
    """An error of the engine on one line; it may list every character that was possible."""
    text = " ".join(str(error).split())
    return text if len(text) <= 200 else f"{text[:200]} ..."


def write_folder(path: Path, lines: Iterable[str]) -> int:
    """Bulk load N-Quads lines into a new store in a folder, flush it, and say how many quads it holds."""
    store = ox.Store(str(path))
    # Not bulk_load, which would name the blank nodes anew, so that the store would not give back what it was given.
    store.bulk_extend(ox.parse("\n".join(lines).encode("utf-8"), ox.RdfFormat.N_QUADS))
    store.flush()
    store.optimize()
    return len(store)
