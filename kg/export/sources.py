"""The page on the sources: how many facts of each kind were taken from each, on how many passages and paragraphs."""

from __future__ import annotations

from collections import Counter

from kg.load.package import Package, read_packages
from kg.project import Project


def sources_page(project: Project) -> str:
    """The sources of a project and the counts of their rows by table type, as Markdown."""
    packages, _faults = read_packages(project)
    documents = [package for package in packages if not package.reference]
    counts = {package.name: Counter(row.type.name for row in package.rows) for package in packages}
    kinds = {row.type.name: row.type.title for package in packages for row in package.rows}
    lines = [
        "# Sources\n",
        "A fact is here a row of a table (a row makes several triples); what each kind is, [table types](tables.md) "
        "tells. Each row of a document has a passage; several rows may share one. `kg ask facts-by-source` counts "
        "things in the graph, `kg ask data-issues` lists what the documents get wrong.\n",
        "| document | authors | facts | passages | paragraphs with facts | data issues |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_document(package, counts[package.name]) for package in documents]
    names = [package.name for package in documents]
    lines += ["", "## Facts by kind\n", f"| kind | {' | '.join(names)} | all |", "|---" * (len(names) + 2) + "|"]
    for kind, title in sorted(kinds.items(), key=lambda item: item[1]):
        each = [counts[name][kind] for name in names]
        if any(each):
            lines.append(f"| {title} | {' | '.join(str(n or '') for n in each)} | {sum(each)} |")
    lines.append("\n## References\n")
    for package in packages:
        if package.reference:
            lines += [
                f"`{package.name}`: {package.descriptor['title']}; {len(package.rows):,} rows.\n",
                *_origins(package),
            ]
    return "\n".join(lines) + "\n"


def _document(package: Package, counts: Counter[str]) -> str:
    described = package.described()
    authors = str(described["authors"] or "").replace(";", ",")
    anchors = {row.cells.get("anchor") for row in package.rows}
    covered = sum(1 for line in package.ledger if line.cells["facts"])
    about = ", ".join(str(described[key]) for key in ("venue", "year") if described[key])
    cells = [
        f"`{package.name}`: {package.descriptor['title']}{f' ({about})' if about else ''}",
        authors,
        f"{len(package.rows):,}",
        f"{len(anchors):,}",
        f"{covered} of {len(package.ledger)}" if package.ledger else "",
        str(counts["issue"]),
    ]
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def _origins(package: Package) -> list[str]:
    """What a reference names as its own sources, with version, licence and date."""
    sources = package.descriptor.get("sources") or []
    keys = ("version", "licence", "date")
    return [
        f"- {source['title']}" + "".join(f"; {key} {source[key]}" for key in keys if source.get(key))
        for source in sources
        if isinstance(source, dict) and source.get("title")
    ]
