"""The whole way: rows, quads, rules, shapes, store. Nothing reaches the store unless all before it held."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import Fault, PackageError, TableFaults
from kg.load.evidence import check_anchors, passage_iri, source_iri
from kg.load.lookalikes import report
from kg.load.mapping import MappingValue, map_rows
from kg.load.package import Package, iter_rows, read_packages
from kg.load.resolve import Minted, Names, resolve
from kg.load.rules import run_rules
from kg.load.tables import TableType
from kg.names import Prefixes
from kg.project import Project, read_text
from kg.schema.ontology import Ontology
from kg.schema.validate import Checker
from kg.store import folder as store_folder
from kg.store.answers import IRI, Store, Text
from kg.store.oxigraph import OxigraphStore

MANY_ROWS = 1_000
"""With fewer rows it is quicker to check the shapes at once than to start a process for it."""

Progress = Callable[[str], None]
Finding = Mapping[str, str | int | list[str] | None]
Enrich = Callable[[Store], Sequence[Finding]]


@dataclass(frozen=True)
class Built:
    """What a build did: counts by name, odd names, and the manifest of the store if one was written."""

    counts: dict[str, int]
    odd_names: list[Fault]
    manifest: store_folder.Manifest | None


def build(
    project: Project, folder: Path, enrich: Enrich | None = None, progress: Progress = lambda _step: None
) -> Built:
    """Build the graph of a project and put it in force in a folder.

    Args:
        project: where ontology, queries and loaders are.
        folder: the store's folder; its old graph stays in force until the new one is complete.
        enrich: gives the rows of table type `finding`, from the graph with its derived facts.
        progress: told the name of each step.

    Raises:
        TableFaults: rows that cannot be loaded, all at once.
        ShapeFaults: the graph violates shapes.
        StoreError: another process is building there.
    """
    with store_folder.exclusive(folder):
        inputs = project.digest()
        with assembled(project, enrich, progress) as (store, counts, odd):
            # Written aside while the shapes are still being checked; nothing is in force before they hold.
            progress("writing the store")
            lines = list(store.nquads())
            counts["quads"] = len(lines)
            prepared = store_folder.prepare(folder, lines, counts, inputs)
        manifest = prepared.put_in_force()
    return Built(counts, odd, manifest)


def assemble(
    project: Project, enrich: Enrich | None = None, progress: Progress = lambda _step: None
) -> tuple[OxigraphStore, dict[str, int], list[Fault]]:
    """The graph of a project in memory, with its counts and its odd names; raises as `build` does."""
    with assembled(project, enrich, progress) as result:
        pass
    return result


@contextlib.contextmanager
def assembled(
    project: Project, enrich: Enrich | None, progress: Progress
) -> Iterator[tuple[OxigraphStore, dict[str, int], list[Fault]]]:
    """As `assemble`, but the graph is given while its shapes are still being checked; the end waits for the result."""
    progress("reading the tables")
    ontology = Ontology(project)
    packages, faults = read_packages(project)
    rows = list(iter_rows(packages))
    names = known_names(ontology, packages)
    minted, unresolved = resolve(rows, names)
    faults += [*unresolved, *check_anchors(rows, ontology.prefixes)]
    if faults:
        raise TableFaults(sorted(set(faults)))
    with Checker(project, ontology.prefixes, beside=len(rows) > MANY_ROWS) as checker:
        progress("mapping rows to facts")
        store = OxigraphStore.memory()
        axioms = ontology.load(store)
        before = len(store)
        duplicates = map_all(project, store, packages, minted, names)
        stated = len(store) - before
        progress("deriving facts")
        derived = run_rules(project, store)
        progress("checking shapes" if enrich is None else "checking shapes and looking for findings")
        with checker.checking(store.dump()):
            findings = enrich(store) if enrich is not None else ()
            map_findings(project, store, findings, ontology.prefixes)
            counts = {
                "sources": len(packages),
                "rows read": len(rows),
                "rows loaded": len(minted) - duplicates,
                "rows duplicate": duplicates,
                "rows rejected": 0,  # one row that is rejected stops the build, so that none is lost in silence
                "facts stated": stated,
                "facts derived": derived,
                "ontology triples": axioms,
                "findings": len(findings),
            }
            yield store, counts, report(rows)


def map_findings(project: Project, store: OxigraphStore, findings: Iterable[Finding], prefixes: Prefixes) -> None:
    """Put findings into the graph by the mapping of table type `finding`."""
    finding = TableType.read(project, "finding")
    rows = [{**row, "this": IRI(prefixes.mapping["finding"] + str(row["key"]))} for row in findings]
    map_rows(store, finding.mapping, [*finding.fields, "this"], rows, "loaders/tables/finding.ru")


def known_names(ontology: Ontology, packages: Iterable[Package] = ()) -> Names:
    """The names of the concepts of the vocabularies and of the sources, to which those of the rows are added."""
    names = Names(ontology.prefixes)
    for iri, spelled in ontology.concepts().items():
        kind = ontology.prefixes.kind(iri)
        if kind:
            names.add(kind, IRI(iri), [ontology.prefixes.shorten(iri).partition(":")[2], *spelled], spelled[0])
    for package in packages:
        names.add("source", source_iri(package.name, ontology.prefixes), [package.name], package.descriptor["title"])
    return names


def map_all(
    project: Project, store: OxigraphStore, packages: Iterable[Package], minted: Sequence[Minted], names: Names
) -> int:
    """Map sources, rows and passages; say how many rows repeated an earlier one of their type."""
    prefixes = names.prefixes
    source_type = TableType.read(project, "source")
    described = [{**p.described(), "source": source_iri(p.name, prefixes)} for p in packages]
    map_rows(store, source_type.mapping, [*source_type.fields, "source"], described, "loaders/tables/source.ru")
    by_type: dict[str, list[Minted]] = {}
    seen: set[tuple[object, ...]] = set()
    duplicates = 0
    for item in minted:
        by_type.setdefault(item.row.type.name, []).append(item)
        key = (item.row.type.name, item.iri, item.row.source, tuple(sorted((k, str(v)) for k, v in item.cells.items())))
        duplicates += key in seen
        seen.add(key)
    for name, items in sorted(by_type.items()):
        types = list({id(item.row.type): item.row.type for item in items}.values())
        fields = dict.fromkeys(field for type_ in types for field in type_.fields)
        references = [f for f in fields if any(f in type_.fields and type_.fields[f].refers_to for type_ in types)]
        variables = [*fields, *(f"{f}_label" for f in references), "this", "name", "passage", "source"]
        rows = [_bindings(item, names) for item in items]
        map_rows(store, items[0].row.type.mapping, variables, rows, f"loaders/tables/{name}.ru")
    _map_evidence(project, store, minted, names)
    map_passages(project, store, minted, prefixes)
    return duplicates


def map_passages(project: Project, store: OxigraphStore, minted: Iterable[Minted], prefixes: Prefixes) -> None:
    """Put the passages of rows into the graph."""
    passages = read_text(project.file("loaders/tables/passage.ru"), "loaders/tables/passage.ru", PackageError)
    anchored = {
        (passage_iri(m.row, prefixes), m.cells.get("anchor"), m.cells.get("section"), m.row.source) for m in minted
    }
    rows = [
        {"passage": iri, "anchor": str(anchor), "section": str(section), "source": source_iri(source, prefixes)}
        for iri, anchor, section, source in sorted(anchored, key=str)
        if anchor
    ]
    map_rows(store, passages, ["passage", "anchor", "section", "source"], rows, "loaders/tables/passage.ru")


def _map_evidence(project: Project, store: OxigraphStore, minted: Iterable[Minted], names: Names) -> None:
    """Put into the graph how rows came to their numbers and names."""
    columns = ("computed", "normalised", "cites", "said_by", "origin")
    rows = [
        {column: bound.get(column) for column in ("this", "passage", *columns)}
        for item in minted
        if any(item.cells.get(column) for column in columns)
        for bound in [_bindings(item, names)]
    ]
    text = read_text(project.file("loaders/tables/evidence.ru"), "loaders/tables/evidence.ru", PackageError)
    map_rows(store, text, ["this", "passage", *columns], rows, "loaders/tables/evidence.ru")


def _bindings(item: Minted, names: Names) -> dict[str, MappingValue]:
    bound: dict[str, MappingValue] = dict(item.cells)
    for column, cell in item.cells.items():
        if isinstance(cell, IRI):
            bound[f"{column}_label"] = names.labels.get(cell)
    bound["this"] = item.iri
    bound["name"] = Text(item.label, "en") if item.label else None
    bound["passage"] = passage_iri(item.row, names.prefixes)
    bound["source"] = source_iri(item.row.source, names.prefixes)
    return bound
