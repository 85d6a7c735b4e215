"""All errors that this package raises on purpose.

::

    KGError
    ├── UseError                exit code 2: the call is wrong, the data are not
    │   ├── UnknownName         no thing, query, parameter or entity of that name
    │   ├── BadParameter        a parameter is missing, or its value is of the wrong type
    │   ├── BadQuery            a query that was typed in does not parse, or is too large or too deep
    │   ├── StoreMissing        nothing was built yet
    │   ├── TooLarge            more than a picture can show, or an answer can hold
    │   ├── NotAcceptable       an answer cannot be written in the form that is wanted
    │   └── MissingExtra        an optional part is not installed
    ├── OverLimit               exit code 1: what was asked is right, and costs more than it may
    │   ├── TimedOut            it ran longer
    │   ├── OutOfMemory         it took more memory, or ended the process that answers it
    │   └── Busy                too many wait already
    └── DataError               exit code 1: the call is right, the data or files are not
        ├── TableFaults         rows that cannot be loaded, all of them at once
        ├── PackageError        a datapackage.json, schema or mapping that cannot be read
        ├── QueryFileError      a file of queries/ that is malformed
        ├── OntologyError       a file of ontology/ that is malformed or unsafe
        ├── ShapeFaults         the graph violates a shape
        ├── ScenarioError       a scenario that does not go with the graph that it is to be compared with
        ├── BadTable            a table that a measure cannot be computed from
        ├── RemoteError         an endpoint elsewhere does not answer, or not as the protocol has it
        └── StoreError          the store is damaged or not what its manifest says
            └── StoreLocked     another process is writing there

Every message says what is wrong and what to do next. What can be computed in part, and says where it cannot, warns::

    MeasureWarning              a table has rows that a measure cannot be computed from; the rest is computed
    ├── MissingValues           cells are empty: they are left out
    ├── NotDefined              the measure has no value there: the answer is empty
    └── Inconsistent            figures do not add up, or contradict one another: they are used as they stand
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONGEST = 80
"""Letters of a name that a message shows."""


class KGError(Exception):
    """Base of all errors that this package raises on purpose."""

    exit_code = 1


class UseError(KGError):
    """The call is wrong."""

    exit_code = 2


class DataError(KGError):
    """The data or the files are wrong."""

    exit_code = 1


class UnknownName(UseError):
    """No thing of that name; the nearest known names are in the message.

    >>> str(UnknownName("place", "Yichng", ["Yichang", "Jingmen"]))
    'unknown place: Yichng. Did you mean Yichang?'
    """

    def __init__(self, kind: str, name: str, known: Iterable[str], remedy: str = "") -> None:
        self.kind, self.name = kind, name
        self.near = nearest(name, known)
        text = f"unknown {kind}: {short(name)}."
        if self.near:
            text += f" Did you mean {' or '.join(self.near)}?"
        if remedy:
            text += f" {remedy}"
        super().__init__(text)


class BadParameter(UseError):
    """A parameter is missing, or its value is of the wrong type."""


class BadQuery(UseError):
    """A query that was typed in cannot be run."""


class StoreMissing(UseError):
    """Nothing was built yet."""


class TooLarge(UseError):
    """More than a picture can show, or than an answer can hold."""


class NotAcceptable(UseError):
    """An answer cannot be written in the form that is wanted."""


class MissingExtra(UseError):
    """An optional part is not installed."""


class OverLimit(KGError):
    """What was asked costs more than it may."""


class TimedOut(OverLimit):
    """It ran longer than it may."""


class OutOfMemory(OverLimit):
    """It took more memory than it may, or ended the process that answers it."""


class Busy(OverLimit):
    """Too many requests wait already."""

    def __init__(self, message: str, retry_after: int = 1) -> None:
        self.retry_after = retry_after
        super().__init__(message)


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong with a file, a row or a cell.

    >>> print(Fault("a.csv", 3, "value", "not a number: N/A", "leave the row out"))
    a.csv:3:value: not a number: N/A. leave the row out
    """

    file: str
    row: int
    column: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.row}:{self.column}: {self.what}. {self.remedy}"


class TableFaults(DataError):
    """Rows that cannot be loaded, all of them at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = sorted(faults)
        count = len(self.faults)
        head = f"{count} fault{'s' if count != 1 else ''} in the tables; nothing was loaded:"
        super().__init__("\n".join([head, *map(str, self.faults)]))


class PackageError(DataError):
    """A datapackage.json, schema or mapping that cannot be read."""


class QueryFileError(DataError):
    """A file of queries/ that is malformed."""


class OntologyError(DataError):
    """A file of ontology/ that is malformed or unsafe."""


class ShapeFaults(DataError):
    """The graph violates shapes; one line each."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = list(lines)
        head = f"{len(lines)} violation{'s' if len(lines) != 1 else ''} of the shapes; nothing was loaded:"
        super().__init__("\n".join([head, *lines]))


class ScenarioError(DataError):
    """A scenario that does not go with the graph that it is to be compared with."""


class BadTable(DataError):
    """A table that a measure cannot be computed from."""


class MeasureWarning(UserWarning):
    """A table has rows that a measure cannot be computed from, or should not be trusted; the rest is computed.

    Args:
        message: what is wrong, and what becomes of it.
        rows: the rows, regions or other things concerned, all of them.
    """

    def __init__(self, message: str, rows: Sequence[str] = ()) -> None:
        self.rows = tuple(rows)
        super().__init__(message)


class MissingValues(MeasureWarning):
    """Cells are empty."""


class NotDefined(MeasureWarning):
    """The measure has no value there."""


class Inconsistent(MeasureWarning):
    """Figures do not add up, or contradict one another."""


class RemoteError(DataError):
    """An endpoint elsewhere does not answer, or not as the protocol has it."""


class StoreError(DataError):
    """The store is damaged or not what its manifest says."""


class StoreLocked(StoreError):
    """Another process is writing there."""


def short(name: str) -> str:
    """A name that fits into a message: one line, of 80 letters at most.

    >>> short("two\\nlines")
    'two lines'
    """
    name = " ".join(name.split())
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The known names that look most like a name, best first.

    >>> nearest("yichng", ["yichang", "jingmen"])
    ['yichang']
    """
    candidates = {k.casefold(): k for k in known}
    found = difflib.get_close_matches(name.casefold(), candidates, n=count, cutoff=0.6)
    return [candidates[f] for f in found]
