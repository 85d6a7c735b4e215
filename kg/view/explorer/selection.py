"""What of a graph goes into the file: whoever gets the file gets its data, so what is left out must not be in it.

Facts are chosen among those stated; what rules derive is derived anew from the chosen ones. Findings stay where all
that they speak of and rest on stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.analysis.facts import Facts, passages_of
from kg.errors import UseError
from kg.load.rules import run_rules
from kg.project import Project
from kg.query.parameters import serialise
from kg.store.answers import IRI, Text
from kg.store.oxigraph import OxigraphStore
from kg.view.explorer.quads import Quads

Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"


@dataclass(frozen=True)
class Selection:
    """What is asked for, as IRIs: of each what belongs to any of them; all of these at once; none means everything.

    Args:
        places: things of these places and clusters, and their direct neighbours.
        chains: things of these chains, and their direct neighbours.
        classes: things of these classes and their subclasses.
        sources: what these sources state, and the reference data of what they speak of.
    """

    places: tuple[str, ...] = ()
    chains: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.places or self.chains or self.classes or self.sources)

    def words(self, store: OxigraphStore) -> dict[str, list[dict[str, str]]]:
        """What was asked for, by kind and language, for the page to say; a kind that was not asked for is left out."""
        kinds = {"places": self.places, "chains": self.chains, "classes": self.classes, "sources": self.sources}
        return {kind: [_names(store, iri) for iri in iris] for kind, iris in kinds.items() if iris}


EVERYTHING = Selection()


def select(store: OxigraphStore, project: Project, selection: Selection) -> tuple[OxigraphStore, Quads]:
    """The part of a graph that is asked for, as a graph of its own in memory, and its quads; all of it by default.

    Raises:
        UseError: nothing is left.
    """
    lines = store.dump().decode("utf-8").split("\n")[:-1]
    quads = Quads.read(lines)
    if not selection:
        return OxigraphStore.of_lines(lines), quads
    found = store
    if selection.sources:
        facts = Facts(found, project)
        quads = _derived(found, project, quads, _of_sources(facts, quads, selection.sources))
        found = _stored(quads)
    if selection.places or selection.chains or selection.classes:
        facts = Facts(found if selection.sources else store.in_memory(), project)
        quads = _derived(facts.store, project, quads, _of_things(facts, quads, _things(facts, selection)))
        found = _stored(quads)
    if not Facts(found, project).ask("drawn-things"):
        raise UseError("nothing in the graph is of all that was asked for. Leave out one of the options")
    return found, quads


def _things(facts: Facts, selection: Selection) -> set[str]:
    """The things asked for."""
    things = {str(row["thing"]): str(row["class"]) for row in facts.ask("drawn-things")}
    relations = facts.ask("drawn-relations")
    found = set(things)
    for kind, roots in (("place", selection.places), ("chain", selection.chains)):
        if roots:
            found &= _with_neighbours(relations, _belonging(relations, kind, roots))
    if selection.classes:
        classes = _with_subclasses(facts, selection.classes)
        found = {thing for thing in found if things[thing] in classes}
    return found


def _belonging(relations: Iterable[Mapping[str, Any]], kind: str, roots: Iterable[str]) -> set[str]:
    """The roots and what belongs to them, or to what belongs to them."""
    members: dict[str, list[str]] = {}
    for row in relations:
        if row["belongs"] == kind:
            members.setdefault(str(row["target"]), []).append(str(row["source"]))
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        thing = waiting.pop()
        if thing not in found:
            found.add(thing)
            waiting.extend(members.get(thing, ()))
    return found


def _with_neighbours(relations: Iterable[Mapping[str, Any]], things: set[str]) -> set[str]:
    ends = [(str(row["source"]), str(row["target"])) for row in relations]
    return things | {b for a, b in ends if a in things} | {a for a, b in ends if b in things}


def _with_subclasses(facts: Facts, classes: Iterable[str]) -> set[str]:
    values = " ".join(serialise(IRI(each)) for each in classes)
    text = f"SELECT DISTINCT ?class WHERE {{ VALUES ?top {{ {values} }} ?class <{_SUBCLASS}>* ?top }}"
    return {str(row["class"]) for row in facts.select(text)}


class _Parts:
    """The quads of a graph by what they are: of the ontology, of passages, of descriptions, of reference data."""

    def __init__(self, facts: Facts, quads: Quads) -> None:
        self.quads = quads
        g, s, _, o = quads.columns
        terms, prefixes = quads.terms, facts.prefixes.mapping
        derived, sources = f"<{prefixes['derived']}", f"<{prefixes['source']}"
        self.size = len(terms)
        rows = facts.ask("passages")
        self.source_of = {quads.number(str(row["passage"])): quads.number(str(row["source"])) for row in rows}
        graphs = np.unique(g)
        of_rules = _mask(self.size, (n for n in graphs if terms[n].startswith(derived)))
        of_sources = _mask(self.size, (n for n in graphs if terms[n].startswith(sources)))
        passages = _mask(self.size, self.source_of)
        described = _mask(self.size, self.source_of.values()) & of_sources
        self.passages = passages
        self.stated = (passages & of_sources)[g]
        self.reference = (of_sources & ~passages & ~described)[g]
        self.description = described[g]
        self.ontology = ~of_rules[g] & ~of_sources[g]
        self.vocabulary = _mask(self.size, s[self.ontology])
        self.data = self.stated | self.reference
        self.nodes = _mask(self.size, s[self.data]) & ~passages
        self.refers = self.data & self.nodes[s] & self.nodes[o] & (s != o)

    def described(self, passages: Mask, sources: Mask) -> Mask:
        """Which quads describe these passages, with the words by which they are found, and these sources."""
        _, s, _, o = self.quads.columns
        whose = passages | sources
        beside = _mask(self.size, o[self.description & passages[s]])
        found: Mask = (
            self.description & (whose | (beside & ~self.passages & ~_mask(self.size, self.source_of.values())))[s]
        )
        return found

    def titled(self, kept: Mask) -> Mask:
        """The same quads, and the descriptions of the reference data that some of them are from."""
        g, s, _, _ = self.quads.columns
        found: Mask = kept | (self.reference & (s == g) & _mask(self.size, g[kept & self.reference])[g])
        return found


def _of_sources(facts: Facts, quads: Quads, sources: Iterable[str]) -> Mask:
    """Which quads these sources state, and the reference data of what they speak of."""
    parts = _Parts(facts, quads)
    g, s, _, o = quads.columns
    asked = _mask(parts.size, (quads.number(source) for source in sources))
    passages = _mask(parts.size, (p for p, source in parts.source_of.items() if asked[source]))
    stated = (parts.stated & passages[g]) | (parts.reference & asked[g])
    things = _mask(parts.size, (quads.number(str(row["thing"])) for row in facts.ask("drawn-things")))
    reached = (_mask(parts.size, s[stated]) | _mask(parts.size, o[stated])) & parts.nodes
    reached = _forward(reached, s[parts.reference & parts.refers], o[parts.reference & parts.refers])
    reference = _among(parts, parts.reference, things, things & reached, reached)
    found: Mask = parts.ontology | parts.titled(stated | reference) | parts.described(passages, asked)
    return found


def _of_things(facts: Facts, quads: Quads, chosen: Iterable[str]) -> Mask:
    """Which quads speak of these things and of no others."""
    parts = _Parts(facts, quads)
    g, s, _, o = quads.columns
    things = _mask(parts.size, (quads.number(str(row["thing"])) for row in facts.ask("drawn-things")))
    kept = _among(parts, parts.data, things, _mask(parts.size, map(quads.number, chosen)))
    passages = _mask(parts.size, g[kept & parts.stated]) & parts.passages
    sources = _mask(parts.size, (parts.source_of[n] for n in np.flatnonzero(passages).tolist()))
    # What is said of a passage as such, and references to passages and sources that are not in the file.
    subjects = _mask(parts.size, s[kept])
    nodes_out = parts.nodes & ~subjects & ~parts.vocabulary
    kept |= parts.stated & passages[g] & passages[s] & ~nodes_out[o]
    left_out = (parts.passages & ~passages) | (_mask(parts.size, parts.source_of.values()) & ~sources)
    found: Mask = parts.ontology | parts.titled(kept & ~left_out[o]) | parts.described(passages, sources)
    return found


def _among(parts: _Parts, where: Mask, things: Mask, kept: Mask, besides: Mask | None = None) -> Mask:
    """Which quads of some graphs are about kept things, or about statements that speak of kept things alone.

    Args:
        parts: the quads.
        where: the quads that are looked at.
        things: all things.
        kept: those that are kept.
        besides: nodes that are kept though they speak of no kept thing.
    """
    _, s, _, o = parts.quads.columns
    source, target = s[where & parts.refers], o[where & parts.refers]
    known = ~parts.vocabulary
    bad = things & ~kept
    bad = _forward(bad, target, source, ~things & known)
    free = ~bad & ~things
    touching = _forward(kept.copy(), target, source, free & known)
    good = _forward(touching if besides is None else touching | (besides & ~bad), source, target, free)
    outside = parts.nodes & ~good & known
    found: Mask = where & good[s] & ~outside[o]
    return found


def _forward(start: Mask, source: Ints, target: Ints, allowed: Mask | None = None) -> Mask:
    """What is reached from a start along edges, through what is allowed."""
    found = start.copy()
    while True:
        fresh = np.zeros_like(found)
        fresh[target[found[source]]] = True
        fresh &= ~found if allowed is None else ~found & allowed
        if not fresh.any():
            return found
        found |= fresh


def _derived(store: Any, project: Project, quads: Quads, kept: Mask) -> Quads:
    """The kept quads with what the rules derive of them, and the findings that speak of nothing else."""
    part = Quads(quads.terms, quads.columns[:, kept])
    made = _stored(part)
    run_rules(project, made)
    lines = made.dump().decode("utf-8").split("\n")[:-1]
    return Quads.read([*lines, *_findings(Facts(store, project), quads, part)])


def _findings(facts: Facts, quads: Quads, part: Quads) -> list[str]:
    """The lines of the findings that rest on kept passages alone, and speak of and name kept things alone."""
    size = len(quads.terms)
    _, s, _, _ = part.columns
    there = _mask(size, s) | _mask(size, part.columns[0])
    gone = {str(row["thing"]) for row in facts.ask("drawn-things") if not there[quads.number(str(row["thing"]))]}
    names = {str(row["name"]) for row in facts.ask("names-of-things") if str(row["thing"]) in gone}
    names -= {str(row["name"]) for row in facts.ask("names-of-things") if str(row["thing"]) not in gone}
    named = _any_of(names)
    kept = []
    for row in facts.ask("findings"):
        speaks_of = (*passages_of(row), *passages_of(row, "about"))
        text = f"{row['finding_label']} {row['explanation']}"
        if all(there[quads.number(iri)] for iri in speaks_of) and not named.search(text):
            kept.append(quads.number(str(row["finding"])))
    mask = _mask(size, kept)[quads.columns[1]]
    return Quads(quads.terms, quads.columns[:, mask]).lines()


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Finds any of some names, as whole words where they are of Latin letters."""
    spelled = [re.escape(n) if not n.isascii() else rf"\b{re.escape(n)}\b" for n in names if n.strip()]
    return re.compile("|".join(sorted(spelled, key=len, reverse=True)) or r"(?!)", re.IGNORECASE)


def _stored(quads: Quads) -> OxigraphStore:
    return OxigraphStore.of_lines(quads.lines())


def _mask(size: int, numbers: Iterable[int] | Ints) -> Mask:
    """Which of so many are among some numbers; those below 0 are none."""
    mask = np.zeros(size, dtype=np.bool_)
    found = numbers if isinstance(numbers, np.ndarray) else np.fromiter(numbers, dtype=np.int64)
    mask[found[found >= 0]] = True
    return mask


def _names(store: OxigraphStore, iri: str) -> dict[str, str]:
    """The names of a thing by language; its English one, or its IRI, where a language has none."""
    rows = store.select(f"SELECT ?name WHERE {{ {serialise(IRI(iri))} <{_LABEL}> ?name }}").rows
    names = sorted((name for (name,) in rows if isinstance(name, Text)), key=str)
    first = {lang: next((str(n) for n in names if n.language.startswith(lang)), "") for lang in ("en", "zh")}
    english = first["en"] or iri
    return {"en": english, "zh": first["zh"] or english}
