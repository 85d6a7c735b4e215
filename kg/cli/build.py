"""`kg build`, `kg verify`: from tables to the graph, and the check of passages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import FolderOption, ProjectOption, progress, say
from kg.errors import UnknownName, UseError


def build(store: FolderOption = None, project: ProjectOption = None) -> None:
    """Build the graph from the tables, check it, find what there is to find, and put it in force."""
    from kg.analysis.facts import Facts
    from kg.analysis.methods import find_all
    from kg.load.build import build as run
    from kg.project import Project

    found = Project.find(project)
    folder = store or found.default_store()
    if str(folder).startswith(("http:", "https:")):
        raise UseError("`kg build` writes a folder. Give one with --store; `kg publish` sends it to an endpoint")
    built = run(found, folder, enrich=lambda graph: find_all(Facts(graph, found)), progress=progress())
    for odd in built.odd_names:
        say(f"note: {odd}")
    for name, count in built.counts.items():
        say(f"{count:>9,}  {name}")
    if built.manifest:
        say(f"{folder}: sha256 {built.manifest.sha256}")


def verify(
    documents: Annotated[Path, typer.Argument(help="Folder that holds the documents as .txt")],
    project: ProjectOption = None,
    source: Annotated[list[str] | None, typer.Option(help="Only this source; may be given several times")] = None,
    write_coverage: Annotated[
        bool, typer.Option(help="First write each coverage.csv anew: paragraphs and counts; reasons are kept")
    ] = False,
) -> None:
    """Check every row against its document: hash, anchors, numbers, names, and the ledger of paragraphs."""
    from kg.load.build import known_names
    from kg.load.package import read_packages
    from kg.load.verify import verify as run
    from kg.load.verify import write_ledgers
    from kg.project import Project
    from kg.schema.ontology import Ontology

    project_ = Project.find(project)
    tell = progress()
    tell("reading the tables")
    packages, faults = read_packages(project_)
    known = [package.name for package in packages if not package.reference]
    for name in source or ():
        if name not in known:
            raise UnknownName("source", name, known, f"Sources are: {', '.join(known)}")
    if write_coverage:
        own = [
            package
            for package in packages
            if project is None or package.folder.resolve().is_relative_to(project.resolve())
        ]
        for path in write_ledgers(own, documents, source, faults):
            say(f"wrote {path}")
        packages, faults = read_packages(project_)
    done, found = run(packages, documents, known_names(Ontology(project_), packages), source, tell)
    faults = [f for f in faults if source is None or f.file.split("/")[1] in source] + found
    for fault in sorted(faults):
        say(str(fault))
    for one in done:
        say(
            f"{one.source}: {one.rows:,} facts checked, {one.passages:,} passages, "
            f"{one.in_ledger} of {one.paragraphs} paragraphs in the ledger, {one.with_facts} with facts "
            f"({one.document or 'no document'})"
        )
    if faults:
        say(f"{len(faults):,} faults")
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (build, verify):
        app.command()(command)
