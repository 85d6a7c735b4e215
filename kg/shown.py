"""How objects show themselves in notebooks: tables in HTML that run nothing, load nothing and lead nowhere."""

from __future__ import annotations

import html
import numbers
import re
from collections.abc import Iterable, Sequence

MOST_ROWS = 20
"""Rows of a table that a notebook shows; the count of all stands below."""
_LONGEST = 240
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")
_CELL = "padding:.25em .6em;border-bottom:1px solid #ddd;vertical-align:top;text-align:"


def readable(names: Sequence[str]) -> list[int]:
    """The positions of all columns but those of IRIs that have a column of labels beside them.

    >>> readable(["place", "place_label", "share"])
    [1, 2]
    """
    return [i for i, name in enumerate(names) if f"{name}_label" not in names and f"{name}_labels" not in names]


def heading(variable: str) -> str:
    """The name of a variable as the heading of a column.

    >>> heading("in_place_label")
    'in place'
    """
    return variable.removesuffix("_labels").removesuffix("_label").replace("_", " ")


def table_html(
    columns: Sequence[str], rows: Sequence[Sequence[object]], title: str = "", count: int | None = None
) -> str:
    """A table, and below it how many rows there are where not all are shown.

    Args:
        columns: headings.
        rows: values; the first 20 rows are shown.
        title: stands above it.
        count: how many rows there are; by default those given.

    >>> "&lt;b&gt;" in table_html(["a"], [["<b>"]])
    True
    """
    count = len(rows) if count is None else count
    lines = ['<table style="border-collapse:collapse">']
    if title:
        lines.append(f'<caption style="text-align:left;font-weight:bold;padding:.4em 0">{escaped(title)}</caption>')
    lines.append("<thead><tr>" + "".join(f'<th scope="col" style="{_CELL}left">{escaped(c)}</th>' for c in columns))
    lines.append("</tr></thead><tbody>")
    for row in rows[:MOST_ROWS]:
        lines.append("<tr>" + "".join(map(_cell, row)) + "</tr>")
    lines.append("</tbody></table>")
    if count > min(len(rows), MOST_ROWS):
        lines.append(paragraph(f"{min(len(rows), MOST_ROWS)} of {count:,} rows"))
    elif not count:
        lines.append(paragraph("no rows"))
    return "".join(lines)


def answer_html(variables: Sequence[str], rows: Sequence[Sequence[object]], title: str = "") -> str:
    """A table of the columns that a reader wants: labels in the place of IRIs."""
    shown = readable(variables)
    cells = [[row[i] for i in shown] for row in rows[:MOST_ROWS]]
    return table_html([heading(variables[i]) for i in shown], cells, title, count=len(rows))


def paragraph(text: str) -> str:
    """A line of text."""
    return f'<p style="margin:.3em 0">{escaped(text)}</p>'


def escaped(text: str) -> str:
    """Text that no page takes for markup.

    >>> escaped('<a href="x">')
    '&lt;a href=&quot;x&quot;&gt;'
    """
    return html.escape(text, quote=True)


def plain(value: object) -> str:
    """A value as a reader sees it; of IRIs the last two parts, of long texts the beginning.

    >>> plain(True), plain(0.123456), plain("https://example.org/id/place/baoji")
    ('yes', '0.1235', 'place/baoji')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, numbers.Number) and not isinstance(value, int):
        return f"{float(str(value)):.4g}"
    text = _IRI.sub(lambda found: "/".join(found[0].split("/")[-2:]), str(value))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def counted(counts: Iterable[tuple[str, int]]) -> str:
    """Counts in one line.

    >>> counted([("place", 1), ("chain", 2000)])
    'place 1 · chain 2,000'
    """
    return " · ".join(f"{name} {count:,}" for name, count in counts)


def _cell(value: object) -> str:
    number = isinstance(value, numbers.Number) and not isinstance(value, bool)
    return f'<td style="{_CELL}{"right" if number else "left"}">{escaped(plain(value))}</td>'
