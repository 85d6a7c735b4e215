"""The ledger of a document: each paragraph, how many rows were taken from it, and for none the reason.

It is the table `coverage.csv` of a source (table type `coverage`); it is checked and kept, and not loaded.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from kg.errors import Fault
from kg.load.document import Document, spaced
from kg.load.package import Package, Row

FILE = "coverage.csv"
_COLUMNS = ("paragraph", "section", "begins", "facts", "reason")
_FIRST_WORDS = 5
_FIRST_CHARACTERS = 80
"""Chinese has no spaces between words."""


def check(package: Package, document: Document, placed: Iterable[tuple[Row, int]]) -> list[Fault]:
    """Faults of the ledger: paragraphs without a line, wrong counts, no reason, other sections than the rows say.

    Args:
        package: the source with its ledger.
        document: the text that was read.
        placed: each row whose anchor was found, with the number of the paragraph in which it stands.
    """
    taken = defaultdict(list)
    for row, number in placed:
        taken[number].append(row)
    file = f"loaders/{package.name}/{FILE}"
    if not package.ledger:
        remedy = "Run kg verify with --write-coverage, list it in datapackage.json, and give reasons"
        return [Fault(file, 0, "", "the source has no ledger of its paragraphs", remedy)]
    lines: dict[object, Row] = {}
    faults = []
    for line in package.ledger:
        first = lines.setdefault(line.cells["paragraph"], line)
        if first is not line:
            what = f"paragraph {line.cells['paragraph']} stands in {first.file}:{first.number} already"
            faults.append(line.fault("paragraph", what, "Keep one of the two"))
        faults += _check_line(line, document, taken)
    for paragraph in document.paragraphs:
        if paragraph.number not in lines:
            what = f"paragraph {paragraph.number} has no line: {begins(paragraph.text)} ..."
            faults.append(Fault(file, 1, "paragraph", what, "Add it, or run kg verify with --write-coverage"))
    return faults


def _check_line(line: Row, document: Document, taken: Mapping[int, list[Row]]) -> list[Fault]:
    number, section = line.cells["paragraph"], line.cells["section"]
    if not isinstance(number, int) or not 1 <= number <= len(document.paragraphs):
        return [line.fault("paragraph", f"there is no paragraph {number}", "Take the line out")]
    faults = []
    text = document.paragraphs[number - 1].text
    words = str(line.cells["begins"])
    if not text.startswith(spaced(words)) or len(words.split()) > _FIRST_WORDS:
        faults.append(line.fault("begins", f"paragraph {number} begins: {begins(text)}", "Write that"))
    rows = taken.get(number, [])
    if line.cells["facts"] != len(rows):
        what = f"{len(rows)} rows have their anchor in paragraph {number}, not {line.cells['facts']}"
        faults.append(line.fault("facts", what, "Count again, or run kg verify with --write-coverage"))
    if not rows and not line.cells.get("reason"):
        faults.append(line.fault("reason", f"nothing was taken from paragraph {number}", "Say why, or add its facts"))
    for row in rows:
        if row.cells.get("section") != section:
            what = f"the anchor stands in paragraph {number}, section {section}, not {row.cells.get('section')}"
            faults.append(row.fault("section", what, "Write the same section in both"))
    return faults


def begins(text: str) -> str:
    """The first words of a paragraph.

    >>> begins("The end of a very long day")
    'The end of a very'
    """
    return " ".join(text.split()[:_FIRST_WORDS])[:_FIRST_CHARACTERS].rstrip()


def rewritten(package: Package, document: Document, placed: Iterable[tuple[Row, int]]) -> str:
    """The ledger as CSV with a line for each paragraph: counts taken anew, sections and reasons kept.

    A paragraph without a line gets the section that most of its rows name, else that of the paragraph before it.
    """
    taken: dict[int, list[str]] = defaultdict(list)
    for row, number in placed:
        taken[number].append(str(row.cells.get("section")))
    known = {line.cells["paragraph"]: line.cells for line in package.ledger}
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(_COLUMNS)
    section = "front"
    for paragraph in document.paragraphs:
        line = known.get(paragraph.number, {})
        named = Counter(taken[paragraph.number]).most_common(1)
        section = str(line.get("section") or (named[0][0] if named else section))
        reason = line.get("reason") or ""
        writer.writerow([paragraph.number, section, begins(paragraph.text), len(taken[paragraph.number]), reason])
    return output.getvalue()
