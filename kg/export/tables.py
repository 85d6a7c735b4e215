"""Results of analyses as JSON, CSV, Markdown and workbooks."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.analysis.result import Analysis, Finding, Table
from kg.errors import MissingExtra, UseError
from kg.export.sheets import Plain, sheet_text, sheet_value
from kg.names import Prefixes
from kg.query.results import heading, readable_columns, records, text, to_csv

Citations = Mapping[str, str]


def analysis_to_json(analysis: Analysis, prefixes: Prefixes) -> str:
    """The whole result as one JSON object: method, title, parameters, notes, tables by name, findings."""
    value = {
        "method": analysis.method,
        "title": analysis.title,
        "parameters": [[name, prefixes.shorten(given)] for name, given in analysis.parameters],
        "notes": list(analysis.notes),
        "tables": {table.name: records(table.solutions) for table in analysis.tables},
        "findings": [_finding(finding, prefixes) for finding in in_order(analysis)],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def analysis_to_csv(analysis: Analysis, table: str | None = None) -> str:
    """One table of a result as CSV, the main one where no name is given.

    Raises:
        UnknownName: there is no such table.
    """
    return to_csv(analysis.table(table).solutions)


def analysis_to_markdown(analysis: Analysis, prefixes: Prefixes, citations: Citations) -> str:
    """The whole result as Markdown: a heading and a table for each table, then the findings with their passages."""
    lines = [f"# {analysis.title}", ""]
    if analysis.parameters:
        lines += [", ".join(f"{name}: {prefixes.shorten(given)}" for name, given in analysis.parameters), ""]
    lines += [line for note in analysis.notes for line in (f"> {_escaped(note)}", "")]
    for table in analysis.tables:
        lines += [f"## {table.title}", "", table.reading, "", *_markdown_table(table, prefixes, citations), ""]
    if analysis.findings:
        lines += ["## Findings", ""]
        for number, finding in enumerate(in_order(analysis), 1):
            lines += [f"{number}. {_escaped(finding.label)}. {_escaped(finding.explanation)}."]
            cited = sorted({citations.get(passage, passage) for passage in finding.passages})
            lines += [f"   Said in: {_escaped('; '.join(cited))}." if cited else "   No passage speaks of it."]
        lines += [""]
    return "\n".join(lines)


def write_workbook(analysis: Analysis, path: Path, prefixes: Prefixes, citations: Citations) -> None:
    """Write the whole result as an Office Open XML workbook: a sheet for each table, and one for the findings.

    Raises:
        MissingExtra: the extra `xlsx` is not installed.
        UseError: the file cannot be written.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        raise MissingExtra("workbooks need openpyxl. Say: pip install 'iis-kg[xlsx]'") from None

    book = Workbook()
    book.remove(book.worksheets[0])
    for table in analysis.tables:
        sheet = book.create_sheet(table.name[:31])
        sheet.append([table.reading])
        sheet.append(list(table.columns))
        for row in table.rows:
            sheet.append([_cell(value, prefixes, citations) for value in row])
    if analysis.findings:
        sheet = book.create_sheet("findings")
        sheet.append(["finding", "kind", "severity", "explanation", "said in"])
    for finding in in_order(analysis):
        cited = "; ".join(sorted({citations.get(passage, passage) for passage in finding.passages}))
        said = (finding.label, finding.kind, finding.severity, finding.explanation, cited)
        sheet.append([_cell(value, prefixes, citations) for value in said])
    content = io.BytesIO()
    book.save(content)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.getvalue())
    except OSError as error:
        raise UseError(f"{path}: cannot be written ({error.strerror}). Name another file") from None


def in_order(analysis: Analysis) -> list[Finding]:
    """The findings of a result, worst first."""
    return sorted(analysis.findings, key=lambda finding: (-finding.severity, finding.kind, finding.label))


def _finding(finding: Finding, prefixes: Prefixes) -> dict[str, Any]:
    return {
        "key": finding.key(prefixes),
        "kind": finding.kind,
        "label": finding.label,
        "about": list(finding.about),
        "severity": finding.severity,
        "parts": [{"name": p.name, "value": p.value, "weight": p.weight, "words": p.words} for p in finding.parts],
        "method": finding.method,
        "parameters": [[name, prefixes.shorten(given)] for name, given in finding.parameters],
        "passages": list(finding.passages),
    }


def _markdown_table(table: Table, prefixes: Prefixes, citations: Citations) -> list[str]:
    solutions = table.solutions
    shown = readable_columns(solutions)
    names = [solutions.variables[index] for index in shown]
    lines = ["| " + " | ".join(map(heading, names)) + " |", "|" + " --- |" * len(names)]
    for row in solutions.rows:
        cells = [
            cited(row[index], citations) if solutions.variables[index] == "passages" else text(row[index], prefixes)
            for index in shown
        ]
        lines.append("| " + " | ".join(map(_escaped, cells)) + " |")
    return lines


def cited(value: object, citations: Citations) -> str:
    """Passages, given by IRIs separated by spaces, as source and section.

    >>> cited("s#a s#b", {"s#a": "qinba, 3.1", "s#b": "qinba, 3.1"})
    'qinba, 3.1'
    """
    return "; ".join(sorted({citations.get(iri, iri) for iri in str(value or "").split()}))


def _escaped(value: str) -> str:
    r"""Text that Markdown shows as it is.

    >>> _escaped("a|b <i>")
    'a\\|b &lt;i&gt;'
    """
    plain = (
        " ".join(value.split()).replace("\\", "\\\\").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    )
    for sign in "|*_`[]":
        plain = plain.replace(sign, f"\\{sign}")
    return plain


def _cell(value: object, prefixes: Prefixes, citations: Citations) -> Plain:
    """A value of a workbook: what names passages cites them."""
    if value is None or isinstance(value, bool | int | float):
        return sheet_value(value)
    plain = str(value)
    if "://" in plain:
        plain = "; ".join(sorted({citations.get(word) or prefixes.shorten(word) for word in plain.split()}))
    return sheet_text(plain)
