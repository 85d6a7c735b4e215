"""The graph as a workbook: findings with who says so, matrices in words and colours, every statement, the sources."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.analysis.gaps.matrices import gap_matrices
from kg.analysis.gaps.matrix import GapMatrix, State
from kg.analysis.links.reading import read
from kg.analysis.links.states import Link, LinkState, links
from kg.analysis.overlap.pairs import OverlapMatrix
from kg.analysis.overlap.places import overlap_of_places
from kg.export.formats import Exported, Options, Outcome
from kg.export.graph_tables import GraphTables
from kg.export.sheets import MAX_CELL, MAX_ROWS, Book, Plain

STATE_FILLS: Mapping[str, str] = {
    State.PRESENT: "8FC1E3",
    State.SINGLE_PROVIDER: "B9DCF2",
    State.WEAK: "DCEEF8",
    State.PLANNED: "F8E3B0",
    State.SAID_MISSING: "F2B8A0",
}
"""Colours behind states; the word stands in the cell, so that nothing rests on colour."""
LINK_FILLS: Mapping[str, str] = {
    LinkState.MATCHED_HERE: "8FC1E3",
    LinkState.MATCHED_NEAR: "B9DCF2",
    LinkState.TOO_LOW: "F8E3B0",
    LinkState.FEW: "F8E3B0",
    LinkState.FEW_IN_PART: "F8E3B0",
    LinkState.SAID_MISSING: "F2B8A0",
    LinkState.ELSEWHERE: "EDEDED",
}
_SHADES = ((0.5, "6FA8D6"), (0.35, "9CC5E6"), (0.2, "C6DEF1"), (0.0, "E6F0F9"))
_NUMBER = re.compile(r"[#:](integer|decimal|double|float)$")
_EXACT = 15
"""Digits of a number that a spreadsheet keeps."""
_SAID = {"said in": 40.0, "passages": 40.0}
_NOT_YET = "; it adds where the industry itself is planned, recommended or forecast only"
_FACTS = {
    "subject": 36.0,
    "property": 22.0,
    "value": 50.0,
    "status": 11.0,
    "source": 24.0,
    "section": 10.0,
    "words of the passage": 44.0,
    "language": 9.0,
    "subject id": 34.0,
    "property id": 24.0,
    "value id": 34.0,
    "graph": 44.0,
}


def write_graph_workbook(graph: Exported, path: Path, options: Options, most: int = MAX_ROWS) -> Outcome:
    """Write the workbook; the same graph gives the same bytes.

    Args:
        graph: the graph.
        path: the file.
        options: told how far it is.
        most: rows of a sheet; what is more goes into another sheet.

    Raises:
        MissingExtra: the extra `xlsx` is not installed.
    """
    book, tables = Book(), GraphTables(graph)
    first = book.sheet("read me", {"about this workbook": 34.0, " ": 100.0})
    options.tell("writing the findings")
    _findings(book, tables)
    options.tell("writing the matrices")
    matrices = gap_matrices(graph.facts)
    for chain, matrix in matrices:
        _gaps(book, chain, matrix)
    _states(book, tables, matrices)
    _overlap(book, overlap_of_places(graph.facts))
    found = links(read(graph.facts))
    _links(book, tables, found)
    _training(book, tables, found)
    options.tell("writing the statements")
    _facts(book, tables, most)
    _sources(book, tables)
    _issues(book, tables)
    lost = book.changed
    notes = tuple(
        text
        for count, text in (
            (lost.illegal, f"{lost.illegal} cells had characters that a workbook cannot hold; they were left out"),
            (lost.cut, f"{lost.cut} texts were longer than the {MAX_CELL:,} characters of a cell; they end with (cut)"),
        )
        if count
    )
    counts = {name: count for name, count in book.rows.items() if name != first.title}
    for row in _read_me(tables, counts, notes):
        first.add(row)
    first.end()
    book.save(path)
    return Outcome(counts, notes)


def _read_me(tables: GraphTables, counts: Mapping[str, int], notes: Iterable[str]) -> Iterable[tuple[Plain, ...]]:
    yield "what it is", "A knowledge graph of regional industry: what sources say, with the passages, and what follows"
    yield "findings", "What the analyses found, worst first within a kind; severity is 0 to 1, its explanation says why"
    yield "gaps …", "Stages and functions of a chain (rows) by places (columns); a cell names the state"
    yield (
        "states",
        "The same by rows, with the passages on which each state rests; what is not recorded is left out",
    )
    yield "overlap", "Industries that two places share over all that either has (Jaccard), 0 to 1"
    yield "links", f"Industries (rows) by places (columns); a cell says where one is trained for it{_NOT_YET}"
    yield "training", "The same by rows, one for each status of the industry, with the passages on which it rests"
    yield "facts", "Every statement with its source, section and the words by which the passage is found again"
    yield "apostrophes", "One stands before text that would run as a formula; take it off to have the text"
    for state in State:
        meaning = "no source speaks of it, which is not the same as missing" if state is State.NOT_RECORDED else ""
        yield f"state: {state}", meaning or _MEANINGS[state]
    unrecorded = f"{LinkState.ELSEWHERE}, {LinkState.NOT_RECORDED}"
    yield f"links: {unrecorded}", "no source speaks of training there or near, which is not the same as missing"
    for name, count in counts.items():
        yield f"rows of {name}", count
    for note in notes:
        yield "note", note
    for row in tables.source_rows():
        _id, _iri, title, authors, year, *_rest = row
        yield "source", "; ".join(str(part) for part in (title, authors, year) if part)


_MEANINGS = {
    State.PRESENT: "performed there",
    State.SINGLE_PROVIDER: "performed there; one provider only is recorded",
    State.WEAK: "performed there, but said to be weak",
    State.PLANNED: "planned or recommended",
    State.SAID_MISSING: "a source says that it is missing",
}


def _findings(book: Book, tables: GraphTables) -> None:
    columns = {"kind": 14.0, "rank": 7.0, "finding": 80.0, "in Chinese": 40.0, "severity": 10.0, "explanation": 70.0}
    columns |= {"analysis": 13.0, "parameters": 30.0, "about": 50.0, "said in": 40.0, "passages": 40.0, "id": 44.0}
    sheet = book.sheet("findings", columns, left=2)
    rows = {str(row["finding"]): row for row in tables.facts.ask("findings")}
    for row in tables.finding_rows():
        id, iri, kind, rank, english, chinese, severity, explanation, method, parameters, _about, passages = row
        said = rows[str(iri)]
        about = "; ".join(tables.label(thing) or tables.id(thing) for thing in str(said["about"] or "").split())
        cited = tables.cite(said["passages"])
        sheet.add(
            (kind, rank, english, chinese, severity, explanation, method, parameters, about, cited, passages, id),
            links={11: str(iri)},
        )
    sheet.end()


def _gaps(book: Book, chain: str, matrix: GapMatrix) -> None:
    names = [matrix.labels.get(place, place) for place in matrix.places]
    sheet = book.sheet(f"gaps {chain}", _columns("stage or function", names), left=1)
    for stage in matrix.stages:
        states = [matrix.cell(stage, place).state for place in matrix.places]
        fills = [None, *(STATE_FILLS.get(state) for state in states)]
        sheet.add((matrix.labels.get(stage, stage), *(state.value for state in states)), fills)
    sheet.end()


def _states(book: Book, tables: GraphTables, matrices: Iterable[tuple[str, GapMatrix]]) -> None:
    columns = {"chain": 24.0, "stage or function": 38.0, "place": 24.0, "state": 16.0}
    sheet = book.sheet("states", columns | _SAID | {"stage id": 34.0, "place id": 30.0}, left=2)
    for chain, matrix in matrices:
        for stage, place in itertools.product(matrix.stages, matrix.places):
            cell = matrix.cell(stage, place)
            if cell.state is State.NOT_RECORDED:
                continue
            names = (matrix.labels.get(stage, stage), matrix.labels.get(place, place), cell.state.value)
            passages = " ".join(cell.grounds)
            ids = (tables.id(stage), tables.ids(place))
            fills = [None] * 3 + [STATE_FILLS.get(cell.state)]
            sheet.add((chain, *names, tables.cite(passages), tables.ids(passages), *ids), fills)
    sheet.end()


def _overlap(book: Book, matrix: OverlapMatrix) -> None:
    names = [matrix.labels.get(place, place) for place in matrix.places]
    sheet = book.sheet("overlap", _columns("place", names), left=1)
    for one in matrix.places:
        values: list[float | None] = []
        for two in matrix.places:
            pair = None if one == two else matrix.pair(one, two)
            values.append(1.0 if one == two else round(pair.jaccard, 4) if pair else None)
        fills = [None, *(_shade(value) for value in values)]
        sheet.add((matrix.labels.get(one, one), *values), fills)
    sheet.end()


def _shade(value: float | None) -> str | None:
    return next((fill for least, fill in _SHADES if value and value >= least), None)


def _links(book: Book, tables: GraphTables, found: Iterable[Link]) -> None:
    cells: dict[tuple[str, str], tuple[LinkState, list[str]]] = {}
    for link in found:  # of the statuses of an industry of a place, all have one state
        of = link.industry
        cells.setdefault((of.industry, of.place), (link.state, []))[1].append(of.status)
    label = tables.facts.label
    industries, places = (sorted({key[side] for key in cells}, key=lambda iri: (label(iri), iri)) for side in (0, 1))
    sheet = book.sheet("links", _columns("industry", [label(place) for place in places]), left=1)
    for industry in industries:
        row = [cells.get((industry, place)) for place in places]
        fills = [None, *(LINK_FILLS.get(cell[0]) if cell else None for cell in row)]
        sheet.add((label(industry), *(_link_words(*cell) if cell else None for cell in row)), fills)
    sheet.end()


def _link_words(state: LinkState, statuses: Iterable[str]) -> str:
    """The state, and what the industry is where the place does not have it yet.

    >>> _link_words(LinkState.ELSEWHERE, ["planned", "actual"]), _link_words(LinkState.ELSEWHERE, ["planned"])
    ('elsewhere only', 'elsewhere only; industry planned')
    """
    said = sorted(set(statuses))
    return str(state) if "actual" in said else f"{state}; industry {' and '.join(said)}"


def _training(book: Book, tables: GraphTables, found: Iterable[Link]) -> None:
    columns = {"industry": 38.0, "place": 24.0, "industry is": 13.0, "training": 20.0, "nearest": 30.0, "fields": 50.0}
    sheet = book.sheet("training", columns | _SAID | {"industry id": 34.0, "place id": 30.0}, left=2)
    label = tables.facts.label
    for link in sorted(found, key=lambda link: (label(link.industry.industry), label(link.industry.place))):
        of = link.industry
        fields = "; ".join(map(label, link.fields))
        said = (label(of.industry), label(of.place), of.status, str(link.state), link.reach.words, fields)
        passages = " ".join(link.passages)
        ids = (tables.id(of.industry), tables.id(of.place))
        sheet.add((*said, tables.cite(passages), tables.ids(passages), *ids), [None] * 3 + [LINK_FILLS.get(link.state)])
    sheet.end()


def _columns(first: str, names: Iterable[str]) -> dict[str, float]:
    """Headings of a matrix; one that occurs twice is told apart."""
    columns = {first: 38.0}
    for name in names:
        heading, number = name, 1
        while heading in columns:
            number += 1
            heading = f"{name} ({number})"
        columns[heading] = 16.0
    return columns


def _facts(book: Book, tables: GraphTables, most: int) -> None:
    states = {tables.id(str(row["thing"])): str(row["status"]) for row in tables.facts.ask("drawn-things")}
    titles = {str(row[0]): row[2] for row in tables.source_rows()}
    sheet = book.sheet("facts", _FACTS, left=1, most=most)
    for row in tables.statements():
        _n, subject, name, property, said, value, named, datatype, language, graph, source, section, anchor = row
        thing = value if datatype is None else None
        sheet.add(
            (
                name or subject,
                said,
                named or value if datatype is None else _number(value, str(datatype)),
                states.get(str(subject)),
                titles.get(str(source), source),
                section,
                anchor,
                language,
                subject,
                property,
                thing,
                graph,
            )
        )
    sheet.end()


def _number(value: Plain, datatype: str) -> Plain:
    """A number as a number where a spreadsheet keeps all its digits, else the text.

    >>> _number("1.5", "xsd:decimal"), _number("007", "xsd:string"), _number("1" * 16, "xsd:integer")
    (1.5, '007', '1111111111111111')
    """
    text = str(value)
    if not _NUMBER.search(datatype) or sum(sign.isdigit() for sign in text) > _EXACT:
        return value
    try:
        return int(text) if re.fullmatch(r"[+-]?\d+", text, re.ASCII) else float(text)
    except ValueError:  # ill-typed
        return value


def _sources(book: Book, tables: GraphTables) -> None:
    columns = {"source": 30.0, "title": 80.0, "authors": 50.0, "year": 8.0, "venue": 30.0, "doi": 30.0}
    columns |= {"licence": 20.0, "passages": 10.0, "facts": 10.0}
    sheet = book.sheet("sources", columns, left=1)
    for id, _iri, title, authors, year, venue, doi, *rest in tables.source_rows():
        link = f"https://doi.org/{doi}" if doi else None
        sheet.add((id, title, authors, year, venue, doi, *rest), links={5: link})
    sheet.end()


def _issues(book: Book, tables: GraphTables) -> None:
    columns = {"about": 50.0, "kind": 20.0, "explanation": 80.0, "known from": 16.0, "said": 14.0, "unit": 14.0}
    columns |= {"right value": 14.0, "right unit": 14.0, "said in": 40.0, "passages": 40.0, "about id": 40.0}
    sheet = book.sheet("data issues", columns, left=1)
    asked = tables.facts.ask("data-issues")
    for row, said in zip(tables.issue_rows(), asked, strict=True):
        _number, about, name, *told, passages = row
        sheet.add((name, *told, tables.cite(said["passages"]), passages, about))
    sheet.end()
