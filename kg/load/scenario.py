"""A scenario on a copy of the graph: a Data Package whose tables add rows to those of the project or take some out.

Everything runs through the same pipeline as a build: names are resolved, faults told as file:row:column, rules run,
shapes checked on what is added. The project's tables and its store are only read.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rdflib import RDFS

from kg.errors import Fault, PackageError, TableFaults, UnknownName
from kg.load.build import Progress, known_names, map_all, map_passages
from kg.load.evidence import check_anchors, passage_iri
from kg.load.package import (
    LEDGER,
    NO_TABLES,
    Package,
    Row,
    converted_rows,
    inside,
    iter_rows,
    read_descriptor,
    read_packages,
    type_name,
)
from kg.load.records import Table, one_a_cell, read_table, validate
from kg.load.removal import Removed, dangling, described, picking, remove, said
from kg.load.resolve import Minted, Names, resolve
from kg.load.rules import run_rules
from kg.load.tables import TableType
from kg.names import Prefixes
from kg.project import Project
from kg.schema.ontology import Ontology
from kg.schema.shapes import check_shapes, union
from kg.store.answers import IRI
from kg.store.oxigraph import OxigraphStore

FOLDER = "scenarios"
"""Where a project keeps its scenarios; no build reads it."""
_REMOVES, _REALISES, _ASSUMES = "removes", "realises", "assumes"


@dataclass(frozen=True)
class Change:
    """A row that a scenario adds, or a row of the graph that it takes out.

    Args:
        action: added or removed.
        table: the type of its table.
        label: what the row says: the label of its thing, or its cells.
        where: file and number of the row, as `file:row`.
        picked_by: for a row taken out, the row of the scenario that picks it.
        passage: the passage that states it.
        realises: the recommendations or policies that the scenario realises by it.
        reason: why, in the words of the scenario.
    """

    action: str
    table: str
    label: str
    where: str
    picked_by: str
    passage: IRI
    realises: tuple[IRI, ...]
    reason: str


@dataclass(frozen=True)
class Applied:
    """A scenario applied.

    Args:
        store: the graph as it would be, in memory, with its derived facts and without findings.
        name: name of the scenario.
        title: its title.
        assumes: what it takes for granted, in its own words.
        changes: the rows added, then those taken out.
        notes: what a reader must know of them.
    """

    store: OxigraphStore
    name: str
    title: str
    assumes: tuple[str, ...]
    changes: tuple[Change, ...]
    notes: tuple[str, ...]


@dataclass
class _Scenario:
    package: Package
    shown: str
    added: list[Row] = field(default_factory=list)
    removals: list[Row] = field(default_factory=list)


def scenarios(project: Project) -> dict[str, str]:
    """The scenarios of a project: title by name, in the order of their names."""
    found = {}
    for relative, path in project.files(FOLDER, "*/datapackage.json"):
        package = read_descriptor(path, f"{FOLDER}/{relative}")
        found[package.name] = str(package.descriptor["title"])
    return found


def find_scenario(project: Project, name: str | Path) -> tuple[Path, str]:
    """The folder of a scenario and what to call it in errors, from its path or its name in the project.

    Raises:
        UnknownName: there is neither a folder nor a scenario of that name.
        PackageError: the folder holds no datapackage.json.
    """
    for relative, path in project.files(FOLDER, "*/datapackage.json"):
        if str(name) == relative.partition("/")[0]:
            return path.parent, f"{FOLDER}/{name}"
    folder = Path(name)
    if not folder.is_dir():
        known = scenarios(project)
        raise UnknownName("scenario", str(name), known, f"Give a folder, or one of: {', '.join(known) or 'none'}")
    if not (folder / "datapackage.json").is_file():
        raise PackageError(
            f"{folder}: no datapackage.json there, so it is no Data Package. Write one (docs/how-to/what-if.md)"
        )
    return folder, str(folder)


def apply(
    project: Project, name: str | Path, progress: Progress = lambda _step: None, known_valid: bool = False
) -> Applied:
    """The graph of a project as it would be under a scenario.

    Args:
        project: where ontology, rules and loaders are.
        name: folder of the scenario, or the name of one of the project's.
        progress: told the name of each step.
        known_valid: a graph was built from the tables that the project has now.

    Raises:
        UnknownName: no such scenario.
        PackageError: it is no Data Package, or names no table type.
        TableFaults: rows that cannot be applied, all of them at once.
        ShapeFaults: what it adds violates shapes.
    """
    folder, shown = find_scenario(project, name)
    progress("reading the tables")
    ontology = Ontology(project)
    prefixes = ontology.prefixes
    packages, faults = read_packages(project, known_valid)
    scenario, own = _read(project, folder, shown, {package.name for package in packages})
    names = known_names(ontology, [*packages, scenario.package])
    minted, unresolved = resolve([*iter_rows(packages), *scenario.added], names)
    faults += [*own, *unresolved, *check_anchors(scenario.added, prefixes)]
    base = [item for item in minted if item.row.source != scenario.package.name]
    added = [item for item in minted if item.row.source == scenario.package.name]
    removed, wrong = remove(base, scenario.removals, names)
    taken = {id(item) for one in removed for item in one.rows}
    kept = [item for item in base if id(item) not in taken]
    faults += [*wrong, *dangling([*kept, *added], removed, prefixes, ontology.concepts())]
    realised, bad = _realised(scenario, names)
    if faults or bad:
        raise TableFaults(sorted({*faults, *bad}))
    progress("mapping rows to facts")
    store = OxigraphStore.memory()
    ontology.load(store)
    map_all(project, store, [*packages, scenario.package], [*kept, *added], names)
    # A passage stays where it is in its document; what it states is left out.
    map_passages(project, store, [item for one in removed for item in one.rows], prefixes)
    progress("deriving facts")
    run_rules(project, store)
    progress("checking the shapes of what is added")
    _check(project, store, {item.iri for item in added if item.iri}, prefixes)
    changes = [*_additions(added, realised, prefixes), *_removals(removed, realised, prefixes)]
    about = scenario.package.descriptor
    return Applied(
        store,
        scenario.package.name,
        str(about["title"]),
        tuple(about.get(_ASSUMES) or ()),
        tuple(changes),
        tuple(_notes(added, kept)),
    )


def _read(project: Project, folder: Path, shown: str, sources: set[str]) -> tuple[_Scenario, list[Fault]]:
    """The rows of a scenario, and what is wrong with them."""
    where = f"{shown}/datapackage.json"
    package = read_descriptor(inside(folder.resolve(), "datapackage.json", where), where)
    if package.name in sources:
        raise PackageError(f"{where}: a source is named {package.name} too. Name the scenario otherwise")
    if problem := _problem(package.descriptor):
        raise PackageError(f"{where}: {problem}")
    scenario = _Scenario(package, shown)
    faults: list[Fault] = []
    tables: list[Table] = []
    removing: list[bool] = []
    for resource in package.descriptor["resources"]:
        table = _read_table(project, package, resource, shown)
        if isinstance(table, Fault):
            faults.append(table)
            continue
        tables.append(table)
        removing.append(bool(resource.get(_REMOVES)))
    for table, removes, (lines, found) in zip(tables, removing, validate(tables), strict=True):
        rows, wrong = converted_rows(table, lines, package.name)
        faults += one_a_cell([*wrong, *found])
        if removes:
            scenario.removals += rows
        else:
            scenario.added += _with_passages(project, package, table, rows)
    return scenario, faults


def _problem(descriptor: Mapping[str, Any]) -> str | None:
    for name in (_REALISES, _ASSUMES):
        given = descriptor.get(name, [])
        if not isinstance(given, list) or not all(isinstance(item, str) for item in given):
            return f"{name} is not a list of texts. Write {json.dumps([name + ' ...'])}"
    paths = Counter(str(resource.get("path", "")) for resource in descriptor["resources"])
    if twice := [path for path, times in paths.items() if times > 1]:
        return f"{', '.join(twice)} is named more than once. Name each table once"
    for resource in descriptor["resources"]:
        if not isinstance(resource.get(_REMOVES, False), bool):
            return f"{resource.get('path')}: {_REMOVES} is {resource[_REMOVES]!r}. Write true or false"
    return None


def _read_table(project: Project, package: Package, resource: Mapping[str, Any], shown: str) -> Table | Fault:
    where = f"{shown}/datapackage.json"
    relative, schema, kind = str(resource.get("path", "")), str(resource.get("schema", "")), type_name(resource)
    path = inside(package.folder, relative, where)
    if schema != f"../tables/{kind}.schema.json" or kind in (*NO_TABLES, LEDGER):
        raise PackageError(
            f"{where}: {relative} has the schema {schema!r}. Use ../tables/<type>.schema.json of a table type"
        )
    removes = bool(resource.get(_REMOVES))
    table_type = TableType.read(project, kind, "removal" if removes else "scenario")
    try:
        raw = path.read_bytes()
    except OSError:
        return Fault(f"{shown}/{relative}", 0, "", "no such file", "Add it, or take it out of datapackage.json")
    return read_table(raw, f"{shown}/{relative}", picking(table_type) if removes else table_type)


def _with_passages(project: Project, package: Package, table: Table, rows: Sequence[Row]) -> list[Row]:
    """Rows of additions with the passage that states each: the row itself."""
    evidence = TableType.read(project, table.type.name, "evidence").fields
    table_type = replace(table.type, fields={**table.type.fields, **{n: evidence[n] for n in ("section", "anchor")}})
    file = Path(table.file).name
    found = []
    for row in rows:
        realises = [*row.texts(["realises"])] or package.descriptor.get(_REALISES) or []
        purpose = f" ({', '.join(realises)})" if realises else ""
        section = f"{file} row {row.number}{purpose}"
        anchor = f"{Path(file).stem} row {row.number}"
        found.append(replace(row, type=table_type, cells={**row.cells, "section": section, "anchor": anchor}))
    return found


def _realised(scenario: _Scenario, names: Names) -> tuple[tuple[IRI, ...], list[Fault]]:
    """The recommendations and policies that the package as a whole realises."""
    found, faults = [], []
    for name in scenario.package.descriptor.get(_REALISES) or []:
        iri = names.find(("recommendation", "policy"), name)
        if isinstance(iri, IRI):
            found.append(iri)
        else:
            what, _, remedy = iri.partition(". ")
            faults.append(Fault(f"{scenario.shown}/datapackage.json", 0, _REALISES, what, remedy))
    return tuple(found), faults


def _check(project: Project, store: OxigraphStore, things: Collection[IRI], prefixes: Prefixes) -> None:
    """Check the shapes of things: the rest of the graph was checked when it was built.

    Looked at is what is said of them, of what they are tied to and of what that is tied to, so that the classes of
    values are seen.

    Raises:
        ShapeFaults: they violate shapes.
    """
    if not things:
        return
    triples = [line.split(b" ", 2) for line in union(store.dump()).splitlines()]
    about: dict[bytes, list[list[bytes]]] = defaultdict(list)
    for triple in triples:
        about[triple[0]].append(triple)
    reached = {f"<{thing}>".encode() for thing in things}
    pointing = {triple[0] for triple in triples if triple[2].removesuffix(b" .") in reached}
    known = reached | pointing
    for _step in range(2):
        reached = {triple[2].removesuffix(b" .") for node in reached for triple in about[node]} - known
        known |= reached
    lines = {b" ".join(triple) for node in known for triple in about[node]}
    lines |= {b" ".join(triple) for triple in triples if triple[1] == f"<{RDFS.subClassOf}>".encode()}
    check_shapes(project, b"\n".join(sorted(lines)), prefixes, things=things)


def _additions(added: Iterable[Minted], realised: tuple[IRI, ...], prefixes: Prefixes) -> Iterator[Change]:
    for item in added:
        yield Change(
            "added",
            item.row.type.name,
            described(item),
            f"{item.row.file}:{item.row.number}",
            "",
            passage_iri(item.row, prefixes),
            _iris(item.cells.get("realises")) or realised,
            str(item.cells.get("reason") or ""),
        )


def _removals(removed: Iterable[Removed], realised: tuple[IRI, ...], prefixes: Prefixes) -> Iterator[Change]:
    for one in removed:
        for item in one.rows:
            yield Change(
                "removed",
                item.row.type.name,
                described(item),
                f"{item.row.file}:{item.row.number}",
                f"{one.row.file}:{one.row.number}",
                passage_iri(item.row, prefixes),
                one.realises or realised,
                one.reason,
            )


def _iris(cell: object) -> tuple[IRI, ...]:
    return tuple(item for item in cell if isinstance(item, IRI)) if isinstance(cell, list) else ()


def _notes(added: Sequence[Minted], kept: Iterable[Minted]) -> Iterator[str]:
    """What is added and was there already."""
    types = {item.row.type.name for item in added}
    known = {said(item): item for item in kept if item.row.type.name in types}
    for item in added:
        if (same := known.get(said(item))) is not None:
            yield (
                f"{item.row.file}:{item.row.number}: {described(item)} is there already "
                f"({same.row.file}:{same.row.number})"
            )
