"""The files of `ontology/`: modules, vocabularies and alignments, read with care.

An ontology file may make a reasoner's library import a Python module or fetch a document. Both are refused here, before
anything else sees the file.
"""

from __future__ import annotations

from functools import cached_property

from rdflib import OWL, RDFS, SKOS, Graph, URIRef

from kg.errors import DataError, OntologyError
from kg.names import Prefixes
from kg.project import Project, read_text
from kg.store.oxigraph import OxigraphStore

_PYTHON_MODULE = URIRef("http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl#python_module")
_UNSAFE = ((OWL.imports, "owl:imports"), (_PYTHON_MODULE, "python_module"))


class Ontology:
    """The ontology of a project.

    >>> from kg.project import Project, read_text
    >>> ontology = Ontology(Project.find())
    >>> len(ontology.terms()) > 100
    True
    """

    def __init__(self, project: Project) -> None:
        self.project = project

    @cached_property
    def prefixes(self) -> Prefixes:
        """The prefixes, the only ones of the project."""
        return Prefixes.read(self.project.file("ontology/prefixes.ttl"))

    @property
    def iri(self) -> str:
        """The IRI of the ontology, which names its graph in the store."""
        return self.prefixes.mapping["iis"].rstrip("#/")

    def texts(
        self, patterns: tuple[str, ...] = ("*.ttl", "vocabularies/*.ttl", "alignments/*.ttl")
    ) -> list[tuple[str, str]]:
        """Name and text of every module, vocabulary and alignment; the shapes are not among them.

        Raises:
            OntologyError: a file is not UTF-8.
        """
        return [
            (f"ontology/{relative}", read_text(path, f"ontology/{relative}", OntologyError))
            for pattern in patterns
            for relative, path in self.project.files("ontology", pattern)
        ]

    @cached_property
    def graph(self) -> Graph:
        """All files as one graph.

        Raises:
            OntologyError: a file does not parse, or is unsafe.
        """
        return read_turtle(self.texts())

    @cached_property
    def axioms(self) -> Graph:
        """The modules and alignments without the vocabularies: what a reasoner needs."""
        return read_turtle(self.texts(("*.ttl", "alignments/*.ttl")))

    def terms(self) -> dict[str, str]:
        """IRI and English label of every class and property of the ontology's own namespace."""
        labels = {}
        for subject, label in self.graph.subject_objects(RDFS.label):
            if str(subject).startswith(self.prefixes.mapping["iis"]) and getattr(label, "language", "") == "en":
                labels[str(subject)] = str(label)
        return labels

    def concepts(self) -> dict[str, list[str]]:
        """IRI and names of every concept of the vocabularies: labels, other labels, notations, English label first."""
        store = OxigraphStore.memory()
        self.load(store)
        names: dict[str, list[str]] = {}
        for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.notation):
            for subject, label in store.select(f"SELECT ?s ?o {{ ?s {predicate.n3()} ?o }} ORDER BY ?s ?o").rows:
                known = names.setdefault(str(subject), [])
                if predicate == SKOS.prefLabel and getattr(label, "language", "") == "en":
                    known.insert(0, str(label))
                else:
                    known.append(str(label))
        return names

    def load(self, store: OxigraphStore) -> int:
        """Load all files into a store, in the graph that the ontology's IRI names; say how many triples they are.

        Raises:
            OntologyError: a file does not parse, or is unsafe.
        """
        before = len(store)
        for name, text in self.texts():
            try:
                store.load_turtle(text, self.iri, name)
            except DataError as error:
                raise OntologyError(str(error)) from None
            for predicate, what in _UNSAFE:
                if store.query(f"ASK {{ ?subject {predicate.n3()} ?object }}"):
                    raise OntologyError(_refusal(name, what))
        return len(store) - before


def read_turtle(texts: list[tuple[str, str]]) -> Graph:
    """Parse Turtle texts into one graph after refusing what would run code or fetch documents.

    Raises:
        OntologyError: a text does not parse or is unsafe.
    """
    graph = Graph()
    for name, text in texts:
        part = Graph()
        try:
            # Oxigraph's parser is quicker, but a label of a blank node means the same node to it in every text.
            part.parse(data=text, format="turtle" if "_:" in text else "ox-turtle")
        except Exception as error:  # noqa: BLE001  the parser raises many kinds; all mean that the text is not Turtle
            detail = " ".join(str(error).split())[:300]
            raise OntologyError(f"{name}: not Turtle ({detail}). Correct it there") from None
        refuse_unsafe(part, name)
        graph += part
    return graph


def refuse_unsafe(graph: Graph, name: str) -> None:
    """Refuse owl:imports (a reasoner's library fetches it) and owlready2's python_module (it imports it).

    Raises:
        OntologyError: either stands in the graph.
    """
    for predicate, what in _UNSAFE:
        if (None, predicate, None) in graph:
            raise OntologyError(_refusal(name, what))


def _refusal(name: str, what: str) -> str:
    return (
        f"{name}: {what} is not allowed, since it would fetch or run what it names. Put the file itself into ontology/"
    )
