"""Answers as a model reads them: structured, and the same as text; short enough not to fill its context."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import accumulate
from typing import Any, TypeVar

from kg.analysis.result import Analysis, Finding
from kg.api import Graph
from kg.export.tables import in_order
from kg.names import Prefixes
from kg.query.results import heading, readable_columns, records, text
from kg.store.answers import IRI, Solutions, Triples, Value
from kg.view.fragments.said import Noted, Said, Statement
from kg.view.report.tables import Passage, Passages

MOST_CHARACTERS = 60_000
"""Of an answer, structured and as text together; what is beyond it is left for the next page."""

LONGEST = 10_000
"""Characters of one text in an answer to a query; a longer one is cut."""

NOTED = 20
"""Findings that are told of a thing."""

Part = TypeVar("Part")

_CITING = ("passage", "passages")


@dataclass(frozen=True)
class Shown:
    """An answer, structured and as text."""

    structured: dict[str, Any]
    text: str


@dataclass(frozen=True)
class Page:
    """Which part of an answer is wanted."""

    limit: int
    offset: int = 0

    def of(self, total: int, given: int) -> dict[str, int]:
        """What to say of a part of so many out of all."""
        following = self.offset + given
        return {"total": total, "offset": self.offset, **({"next_offset": following} if following < total else {})}


def rows_shown(graph: Graph, solutions: Solutions, page: Page, title: str = "") -> Shown:
    """The rows of an answer; things by compact IRI, passages as source and section."""
    wanted = replace(solutions, rows=solutions.rows[page.offset : page.offset + page.limit])
    passages = _passages(graph, _words(wanted))
    every = [
        ({name: _value(value, graph.prefixes) for name, value in record.items()}, line)
        for record, row in zip(records(wanted), wanted.rows, strict=True)
        for line in [_line(wanted, row, graph.prefixes, passages)]
    ]
    part = _fitting(every)
    rows = [row for row, _ in part]
    lines = [*_head(wanted), *(line for _, line in part)]
    told = page.of(len(solutions), len(rows))
    cited = {p for row in rows for value in row.values() for p in (value if isinstance(value, list) else [value])}
    named = {graph.prefixes.shorten(iri): _quoted(passage) for iri, passage in passages.items()}
    structured = {**told, "rows": rows, "passages": {name: said for name, said in named.items() if name in cited}}
    words = [*([title] if title else []), _counted(told, len(rows), "row"), *(["", *lines] if rows else [])]
    return Shown(structured, "\n".join(words))


def triples_shown(triples: Triples, page: Page) -> Shown:
    """The triples of an answer, as lines of N-Triples."""
    part = triples.lines[page.offset : page.offset + page.limit]
    lines = [line for line, _ in _fitting([(_cut(line), _cut(line)) for line in part])]
    told = page.of(len(triples.lines), len(lines))
    return Shown({**told, "triples": lines}, "\n".join([_counted(told, len(lines), "triple"), *lines]))


def said_shown(thing: Said, page: Page, prefixes: Prefixes) -> Shown:
    """What is said of a thing: its facts first, then what points at it."""
    every = [
        (forward, relation.label, statement)
        for forward, relations in ((True, thing.facts), (False, thing.pointing))
        for relation in relations
        for statement in relation.statements
    ]
    wanted = [
        ((forward, _statement(label, statement, prefixes)), _statement_line(label, statement, prefixes, forward))
        for forward, label, statement in every[page.offset : page.offset + page.limit]
    ]
    part = _fitting(wanted)
    told = page.of(len(every), len(part))
    findings = thing.findings[:NOTED]
    structured = {
        "thing": thing.name,
        "iri": thing.iri,
        "label": thing.label,
        "names": list(thing.names),
        "kinds": list(thing.kinds),
        "facts": [statement for (forward, statement), _ in part if forward],
        "pointing": [statement for (forward, statement), _ in part if not forward],
        "findings": [_noted(noted) for noted in findings],
        "issues": [_noted(noted) for noted in thing.issues],
        **told,
    }
    lines = [f"# {thing.label} ({thing.name})", ", ".join(thing.kinds)]
    lines += [f"Also called: {'; '.join(thing.names)}"] if thing.names else []
    lines += [_counted(told, len(part), "statement")]
    for forward, title in ((True, "Facts"), (False, "What points at it")):
        found = [line for (of, _statement), line in part if of is forward]
        lines += ["", f"## {title}", *found] if found else []
    for title, noted in (("Findings", findings), ("Faults of the data", thing.issues)):
        lines += ["", f"## {title}", *map(_noted_line, noted)] if noted else []
    if len(findings) < len(thing.findings):
        lines.append(f"and {len(thing.findings) - len(findings)} less severe findings")
    return Shown(structured, "\n".join(lines))


def analysis_shown(graph: Graph, analysis: Analysis, page: Page) -> Shown:
    """Findings worst first, with why and who says so, and which tables there are besides."""
    prefixes = graph.prefixes
    found = in_order(analysis)
    wanted = found[page.offset : page.offset + page.limit]
    passages = _passages(graph, {passage for finding in wanted for passage in finding.passages})
    part = _fitting([(_finding(finding, prefixes), _finding_line(finding, passages)) for finding in wanted])
    told = page.of(len(found), len(part))
    cited = {passage for finding, _ in part for passage in finding["passages"]}
    quoted = {prefixes.shorten(iri): _quoted(passage) for iri, passage in passages.items()}
    structured = {
        "method": analysis.method,
        "title": analysis.title,
        "notes": list(analysis.notes),
        "findings": [finding for finding, _ in part],
        "tables": [{"name": t.name, "title": t.title, "rows": len(t.rows)} for t in analysis.tables],
        "passages": {name: said for name, said in quoted.items() if name in cited},
        **told,
    }
    lines = [f"# {analysis.title}", *analysis.notes, "", _counted(told, len(part), "finding")]
    lines += [f"{number}. {line}" for number, (_found, line) in enumerate(part, page.offset + 1)]
    lines += ["", "Tables, to be asked for by name:"]
    lines += [f"- {table.name}: {table.title} ({len(table.rows)} rows)" for table in analysis.tables]
    return Shown(structured, "\n".join(lines))


def table_shown(graph: Graph, analysis: Analysis, name: str, page: Page) -> Shown:
    """A table of an analysis.

    Raises:
        UnknownName: there is no such table.
    """
    table = analysis.table(name)
    shown = rows_shown(graph, table.solutions, page, f"# {table.title}\n{table.reading}")
    about = {"method": analysis.method, "title": table.title, "notes": list(analysis.notes)}
    return Shown({**about, **shown.structured}, shown.text)


def _passages(graph: Graph, iris: Iterable[str]) -> Mapping[str, Passage]:
    return Passages.read(graph.store, graph.queries["passages"], graph.prefixes, sorted(iris)).by_iri


def _words(solutions: Solutions) -> set[str]:
    """The IRIs in columns of passages."""
    citing = [index for index, name in enumerate(solutions.variables) if name in _CITING]
    words = {word for row in solutions.rows for index in citing for word in str(row[index] or "").split()}
    return {word for word in words if "://" in word}


def _quoted(passage: Passage) -> str:
    return f"{passage.source}, {passage.section}: “{passage.anchor}”"


def _fitting(items: Sequence[tuple[Part, str]]) -> Sequence[tuple[Part, str]]:
    """So many parts of an answer, structured and as text, as there is room for; one at least."""
    sizes = (len(line) + len(json.dumps(part, ensure_ascii=False, default=str)) for part, line in items)
    return items[: max(1, sum(size <= MOST_CHARACTERS for size in accumulate(sizes)))]


def _cut(text: str) -> str:
    """A text that does not fill the context of a model.

    >>> _cut("x" * 10_001)[-30:]
    'x … (10,001 characters in all)'
    """
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} … ({len(text):,} characters in all)"


def _value(value: Any, prefixes: Prefixes) -> Any:
    """Things by compact IRI; a list of them where the cell has several."""
    if isinstance(value, IRI):
        return prefixes.shorten(value)
    words = value.split() if isinstance(value, str) else []
    if words and all(prefixes.kind(word) for word in words):
        return [prefixes.shorten(word) for word in words]
    return _cut(value) if isinstance(value, str) else value


def _head(solutions: Solutions) -> list[str]:
    names = [heading(solutions.variables[index]) for index in readable_columns(solutions)]
    return ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)] if names else []


def _line(
    solutions: Solutions, row: Sequence[Value | None], prefixes: Prefixes, passages: Mapping[str, Passage]
) -> str:
    cells = []
    for index in readable_columns(solutions):
        cell = text(row[index], prefixes)
        if solutions.variables[index] in _CITING:
            found = (passages.get(word) for word in str(row[index] or "").split())
            cell = "; ".join(sorted({f"{p.source}, {p.section}" for p in found if p})) or cell
        cells.append(_cut(" ".join(cell.split())).replace("|", "\\|"))
    return "| " + " | ".join(cells) + " |"


def _counted(told: Mapping[str, int], given: int, what: str) -> str:
    total = told["total"]
    words = f"{total} {what}{'' if total == 1 else 's'}"
    if given == total:
        return words
    first = told["offset"] + 1
    shown = f"{first} to {told['offset'] + given} follow" if given else f"none from {first} on"
    more = f". For more, ask with offset={told['next_offset']}, or ask for less" if "next_offset" in told else ""
    return f"{words}; {shown}{more}"


def _statement(label: str, statement: Statement, prefixes: Prefixes) -> dict[str, Any]:
    other = {"other": prefixes.shorten(statement.other)} if statement.other else {}
    return {
        "relation": label,
        **other,
        "label": statement.label,
        "passages": [_where(passage) for passage in statement.passages],
        "given_by": list(statement.given_by),
    }


def _where(passage: Passage) -> dict[str, str]:
    return {key: value for key, value in asdict(passage).items() if key not in ("title", "iri")}


def _statement_line(label: str, statement: Statement, prefixes: Prefixes, forward: bool) -> str:
    other = f"{statement.label} ({prefixes.shorten(statement.other)})" if statement.other else statement.label
    who = "; ".join([*map(_quoted, statement.passages), *statement.given_by])
    return f"- {label}: {other} [{who}]" if forward else f"- {other} {label} it [{who}]"


def _noted(noted: Noted) -> dict[str, Any]:
    return {
        **({"finding": noted.name, "severity": noted.severity} if noted.name else {}),
        "kind": noted.kind,
        "label": noted.label,
        "passages": [_where(passage) for passage in noted.passages],
    }


def _noted_line(noted: Noted) -> str:
    severity = "" if noted.severity is None else f", severity {noted.severity:.2f}"
    said = "; ".join(map(_quoted, noted.passages)) or "no passage"
    return f"- {noted.kind}{severity}: {noted.label} [{said}]"


def _finding_line(finding: Finding, passages: Mapping[str, Passage]) -> str:
    said = "; ".join(sorted({_quoted(passages[p]) for p in finding.passages if p in passages}))
    return f"{finding.label}. {finding.explanation}. Said in: {said or 'no passage'}"


def _finding(finding: Finding, prefixes: Prefixes) -> dict[str, Any]:
    return {
        "key": finding.key(prefixes),
        "kind": finding.kind,
        "label": finding.label,
        "severity": round(finding.severity, 4),
        "explanation": finding.explanation,
        "about": [prefixes.shorten(iri) for iri in finding.about],
        "passages": [prefixes.shorten(iri) for iri in finding.passages],
    }
