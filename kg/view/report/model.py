"""Everything that the report shows, gathered from the graph; nothing here knows of HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from kg.analysis.facts import Facts
from kg.analysis.gaps.matrices import gap_matrices
from kg.analysis.gaps.matrix import GapMatrix, State
from kg.analysis.methods import METHODS
from kg.analysis.networks import NodeMeasures
from kg.analysis.overlap.pairs import OverlapMatrix
from kg.analysis.overlap.places import overlap_of_places
from kg.analysis.weak_points.centrality import node_measures
from kg.names import Prefixes, slug
from kg.project import Project
from kg.query.catalogue import Catalogue
from kg.store.answers import Store
from kg.view.overlap_picture import overlap_picture
from kg.view.plots import Picture, bar_picture, gap_picture
from kg.view.report.analyses import Section
from kg.view.report.analyses import sections as analysis_sections
from kg.view.report.tables import Passage, Passages, Row, Table, plain_table, table

TAG = "report"
_NETWORK = "everything"
_OWN_PLACE = ("findings", "passages", "sources", "data-issues")
_NODES, _COMMUNITIES = 20, 8


@dataclass(frozen=True)
class Finding:
    """What was found, how to find it again, and the passages that it rests on."""

    text: str
    command: str
    parameters: str
    passages: tuple[Passage, ...]
    severity: float = 0.0
    explanation: str = ""


@dataclass(frozen=True)
class FoundBy:
    """The findings of one analysis, worst first."""

    name: str
    summary: str
    question: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Kind:
    """The findings of one kind."""

    name: str
    queries: tuple[FoundBy, ...]

    @property
    def key(self) -> str:
        """Its name as an id."""
        return f"findings-{slug(self.name)}"

    @property
    def title(self) -> str:
        """Its name as a heading."""
        return _sentence(self.name)

    @property
    def count(self) -> int:
        """How many findings."""
        return sum(len(query.findings) for query in self.queries)


@dataclass(frozen=True)
class Figure:
    """A picture and the same in words."""

    key: str
    picture: Picture
    words: Table


@dataclass(frozen=True)
class Centrality:
    """A network: its size, its most central nodes, what holds it together, and its communities."""

    name: str
    title: str
    question: str
    nodes: int
    cut_points: int
    figure: Figure
    communities: Table


@dataclass(frozen=True)
class Source:
    """A source as a reference; the link is empty where there is no DOI."""

    name: str
    title: str
    authors: str
    year: str
    venue: str
    doi: str
    link: str
    passages: int
    facts: int


@dataclass(frozen=True)
class Report:
    """Everything that the page shows."""

    facts: int
    passages: int
    sources: tuple[Source, ...]
    findings: tuple[Kind, ...]
    gaps: tuple[Figure, ...]
    overlap: Figure | None
    centrality: tuple[Centrality, ...]
    tables: tuple[Table, ...]
    issues: Table
    analyses: tuple[Section, ...] = ()


def gather(store: Store, project: Project) -> Report:
    """Ask the graph for everything that the report shows.

    Sections that are tables come from the queries with the tag `report`, each for all values of its parameters.
    """
    facts = Facts(store, project)
    catalogue, prefixes = facts.catalogue, facts.prefixes
    passages = Passages.read(store, catalogue["passages"], prefixes)
    sources = read_sources(store, catalogue, prefixes)
    overlap = overlap_of_places(facts)
    tagged = [q for name, q in catalogue.items() if TAG in q.header.tags and name not in _OWN_PLACE]
    issues = catalogue["data-issues"]
    return Report(
        facts=sum(source.facts for source in sources),
        passages=len(passages.by_iri),
        sources=sources,
        findings=read_findings(store, project, passages, prefixes),
        gaps=tuple(gap_figure(label, matrix, passages) for label, matrix in gap_matrices(facts)),
        overlap=overlap_figure(overlap) if overlap.places else None,
        centrality=_networks(facts),
        tables=tuple(table(q, store.select(q.bound({})), passages, prefixes) for q in tagged),
        issues=table(issues, store.select(issues.bound({})), passages, prefixes),
        analyses=analysis_sections(facts, passages),
    )


def read_findings(
    store: Store, project: Project, passages: Passages | None = None, prefixes: Prefixes | None = None
) -> tuple[Kind, ...]:
    """The findings by kind and, within it, by the analysis that found them; each in order of severity."""
    catalogue = Catalogue.read(project)
    prefixes = prefixes or Prefixes.read(project.file("ontology/prefixes.ttl"))
    passages = passages or Passages.read(store, catalogue["passages"], prefixes)
    kinds: dict[str, dict[str, list[Finding]]] = {}
    for row in store.select(catalogue["findings"].bound({})):
        method = str(row["method"])
        given = options_of(str(row["parameters"] or ""))
        finding = Finding(
            _sentence(str(row["finding_label"])),
            f"kg {method} {given}".rstrip(),
            given,
            passages.within(row["passages"]),
            float(str(row["severity"])),
            str(row["explanation"]),
        )
        kinds.setdefault(str(row["kind_label"]), {}).setdefault(method, []).append(finding)
    return tuple(
        Kind(kind, tuple(FoundBy(name, METHODS.get(name, name), "", tuple(found)) for name, found in by_method.items()))
        for kind, by_method in kinds.items()
    )


def options_of(parameters: str) -> str:
    """The parameters of a finding as options of the command; keys alone for places and chains.

    >>> options_of("place=place:yichang chain=chain:tcm top=3")
    '--place yichang --chain tcm --top 3'
    """
    words = []
    for name, _, value in (pair.partition("=") for pair in parameters.split()):
        words += [f"--{name}", value.removeprefix(f"{name}:")]
    return " ".join(words)


def read_sources(store: Store, catalogue: Catalogue, prefixes: Prefixes) -> tuple[Source, ...]:
    """The sources, those with passages first."""
    found = [
        Source(
            name=prefixes.shorten(str(row["source"])).removeprefix("source:"),
            title=str(row["source_label"]),
            authors=str(row["authors"] or ""),
            year=str(row["year"] or ""),
            venue=str(row["venue"] or ""),
            doi=str(row["doi"] or ""),
            link=doi_link(str(row["doi"] or "")),
            passages=int(str(row["passages"] or 0)),
            facts=int(str(row["facts"] or 0)),
        )
        for row in store.select(catalogue["sources"].bound({}))
    ]
    return tuple(sorted(found, key=lambda source: (not source.passages, source.title)))


def doi_link(doi: str) -> str:
    """The address of a DOI, which can be no other; empty for what is none.

    >>> doi_link("10.15302/JSSCAE2020.01.014")
    'https://doi.org/10.15302/JSSCAE2020.01.014'
    >>> doi_link("javascript:alert(1)")
    ''
    """
    return f"https://doi.org/{quote(doi, safe='/')}" if doi.startswith("10.") and "/" in doi else ""


def gap_figure(label: str, matrix: GapMatrix, passages: Passages) -> Figure:
    """The gap matrix of a chain, and what is recorded in words."""
    key = f"gaps-{slug(label)}"
    rows = [
        Row(
            (matrix.labels.get(stage, stage), matrix.labels.get(place, place), _states(matrix, stage, place)),
            passages.of(cell.passages),
        )
        for stage in matrix.stages
        for place in matrix.places
        if (cell := matrix.cell(stage, place)).state is not State.NOT_RECORDED
    ]
    return Figure(
        key, gap_picture(matrix, title=label, name=key), plain_table(key, ("stage", "place", "recorded as"), rows)
    )


def overlap_figure(matrix: OverlapMatrix) -> Figure:
    """The overlap of places, and the pairs that share something in words."""

    def name(iri: str) -> str:
        return matrix.labels.get(iri, iri)

    pairs = sorted(matrix.pairs.values(), key=lambda o: (-o.jaccard, -len(o.shared), name(o.first), name(o.second)))
    rows = [
        Row(
            (
                name(o.first),
                name(o.second),
                f"{o.jaccard:.2f}",
                "" if o.krugman is None else f"{o.krugman:.2f}",
                ", ".join(map(name, o.shared)),
            )
        )
        for o in pairs
        if o.shared
    ]
    columns = ("place", "other place", "Jaccard index", "Krugman index", "industries in common")
    return Figure("overlap", overlap_picture(matrix), plain_table("overlap", columns, rows))


def central_nodes(name: str, title: str, question: str, measures: Sequence[NodeMeasures]) -> Centrality:
    """What the report says of a network."""
    key = f"central-{slug(name)}"
    rows = [
        Row(
            (
                m.label,
                m.kind,
                str(m.degree),
                f"{m.betweenness:.4f}",
                f"{m.pagerank:.4f}",
                "yes" if m.is_cut_point else "no",
            )
        )
        for m in measures[:_NODES]
    ]
    columns = ("node", "kind", "degree", "betweenness", "PageRank", "cut point")
    return Centrality(
        name,
        title,
        question,
        len(measures),
        sum(m.is_cut_point for m in measures),
        Figure(key, bar_picture(measures, title=title, name=key), plain_table(key, columns, rows)),
        plain_table(f"{key}-communities", ("members", "of which", "best connected"), _communities(measures)),
    )


def _networks(facts: Facts) -> tuple[Centrality, ...]:
    networks = facts.networks
    chosen = [n for n, q in networks.items() if TAG in q.header.tags] or [n for n in networks if n == _NETWORK]
    found = []
    for name in chosen:
        header = networks[name].header
        measures = node_measures(facts.network(name))
        found.append(central_nodes(name, header.summary, header.question, measures))
    return tuple(found)


def _communities(measures: Sequence[NodeMeasures]) -> list[Row]:
    groups: dict[int, list[NodeMeasures]] = {}
    for measured in measures:
        groups.setdefault(measured.community, []).append(measured)
    rows = []
    for _, members in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))[:_COMMUNITIES]:
        kinds = Counter(m.kind for m in members).most_common(4)
        best = sorted(members, key=lambda m: (-m.degree, m.label))[:5]
        of_which = ", ".join(f"{count} {kind}" for kind, count in kinds)
        rows.append(Row((str(len(members)), of_which, ", ".join(m.label for m in best))))
    return rows


def _states(matrix: GapMatrix, stage: str, place: str) -> str:
    cell = matrix.cell(stage, place)
    if len(cell.recorded) < 2:
        return str(cell.state)
    return f"{cell.state} (stated: {', '.join(state for state in State if state in cell.recorded)})"


def _sentence(words: str) -> str:
    """A sentence begins with a capital."""
    return words[:1].upper() + words[1:]


def sections(passages: Sequence[Passage], most: int = 4) -> str:
    """Sources and sections in short, as in `qinba 3.1, 5.2; baoji-titanium 4`.

    >>> sections([Passage("a", "A", "1", "x"), Passage("a", "A", "2", "y"), Passage("b", "B", "1", "z")])
    'a 1, 2; b 1'
    """
    by_source: dict[str, dict[str, None]] = {}
    for passage in passages:
        by_source.setdefault(passage.source, {})[passage.section] = None
    texts = []
    for source, found in by_source.items():
        named = list(found)[:most]
        texts.append(f"{source} {', '.join(named)}{' …' if len(found) > most else ''}")
    return "; ".join(texts)
