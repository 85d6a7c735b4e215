"""The rows that a scenario takes out: picked by some of their cells, and never by accident."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.errors import Fault
from kg.load.package import Row
from kg.load.quantity import Quantity
from kg.load.resolve import Minted, Names, Resolved
from kg.load.tables import Field, TableType
from kg.names import Prefixes, identity
from kg.store.answers import IRI

MOST = 10
"""How many rows a row of a scenario takes out at most, unless it says how many."""
_OWN = ("said_in", "rows", "realises", "reason")
_EVIDENCE = ("section", "anchor", "cites", "said_by", "computed", "normalised", "origin", "realises", "reason")
"""Columns that say where a row comes from, not what it says."""

Said = tuple[str, IRI | None, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Removed:
    """A row of a scenario that picks rows, the rows that it picks, what it realises by that, and why."""

    row: Row
    rows: tuple[Minted, ...]
    realises: tuple[IRI, ...]
    reason: str


def picking(table_type: TableType) -> TableType:
    """The type of a table whose rows pick others: no column is required, and no key is its own."""
    fields = {
        name: Field(
            name,
            {
                **each.descriptor,
                "constraints": {k: v for k, v in each.descriptor.get("constraints", {}).items() if k != "required"},
            },
        )
        for name, each in table_type.fields.items()
    }
    return replace(table_type, fields=fields, primary_key=())


def remove(base: Iterable[Minted], removals: Iterable[Row], names: Names) -> tuple[list[Removed], list[Fault]]:
    """Pick the rows that a scenario takes out.

    Args:
        base: the rows of the graph.
        removals: rows of the scenario; every row of the base of the same type that has the same value in each column
            that is filled is taken out. Of a list, it must have all items given.
        names: resolves what the cells name.

    Returns: what each row takes out, and the faults: names that are not known, rows that pick none, or too many.
    """
    by_type: dict[str, list[Minted]] = defaultdict(list)
    for item in base:
        by_type[item.row.type.name].append(item)
    found: list[Removed] = []
    faults: list[Fault] = []
    for row in removals:
        wanted, wrong = _resolved(row, names)
        candidates = by_type[row.type.name]
        if not wrong:
            wrong = _unpickable(row, wanted)
        if wrong:
            faults += wrong
            continue
        picked = tuple(item for item in candidates if not _differing(item, wanted, names))
        if fault := _count(row, picked, candidates, wanted, names):
            faults.append(fault)
            continue
        realises = wanted.get("realises")
        found.append(
            Removed(
                row,
                picked,
                tuple(item for item in realises if isinstance(item, IRI)) if isinstance(realises, list) else (),
                str(row.cells.get("reason") or ""),
            )
        )
    return found, faults


def _resolved(row: Row, names: Names) -> tuple[dict[str, Resolved], list[Fault]]:
    """The filled cells of a row, what they name as IRIs."""
    wanted: dict[str, Resolved] = {}
    faults: list[Fault] = []
    for column, cell in row.cells.items():
        if cell is None:
            continue
        kinds = row.type.fields[column].refers_to
        if not kinds:
            wanted[column] = cell
            continue
        found = [names.find(kinds, str(each)) for each in (cell if isinstance(cell, list) else [cell])]
        for wrong in (each for each in found if not isinstance(each, IRI)):
            what, _, remedy = wrong.partition(". ")
            faults.append(row.fault(column, what, remedy))
        good = [each for each in found if isinstance(each, IRI)]
        wanted[column] = good if isinstance(cell, list) else good[0] if good else None
    return wanted, faults


def _unpickable(row: Row, wanted: Mapping[str, Resolved]) -> list[Fault]:
    if all(column in _OWN for column in wanted):
        return [row.fault("", "it names no row", "Fill columns enough to pick the rows that are meant")]
    return []


def _count(
    row: Row, picked: Sequence[Minted], candidates: Iterable[Minted], wanted: Mapping[str, Resolved], names: Names
) -> Fault | None:
    """What is wrong with the number of rows picked, if anything is."""
    if not picked:
        return row.fault("", f"no row of type {row.type.name} is like this", _nearest(candidates, wanted, names))
    meant = wanted.get("rows")
    if isinstance(meant, int) and meant != len(picked):
        return row.fault("rows", f"{len(picked)} rows are like this, not {meant}", "Correct the number or the cells")
    if meant is None and len(picked) > MOST:
        what = f"{len(picked)} rows are like this, more than {MOST}"
        return row.fault("", what, f"Fill more columns, or write {len(picked)} into the column rows")
    return None


def _nearest(candidates: Iterable[Minted], wanted: Mapping[str, Resolved], names: Names) -> str:
    """The row that has most of the cells, and what is different in it."""
    ranked = sorted(
        ((_differing(item, wanted, names), item.row.file, item.row.number) for item in candidates),
        key=lambda each: (len(each[0]), each[1], each[2]),
    )
    if not ranked or len(ranked[0][0]) == len([column for column in wanted if column not in _OWN[1:]]):
        return "Look up the row that is meant"
    columns, file, number = ranked[0]
    return f"Nearest is {file}:{number}, which differs in {', '.join(columns)}"


def _differing(item: Minted, wanted: Mapping[str, Resolved], names: Names) -> list[str]:
    """The columns in which a row differs from what is wanted."""
    found = []
    for column, value in wanted.items():
        if column in _OWN[1:]:
            continue
        if column == "said_in":
            if value != IRI(names.prefixes.mapping["source"] + item.row.source):
                found.append(column)
            continue
        has = item.cells.get(column)
        if isinstance(value, list):
            same = isinstance(has, list) and {_plain(each) for each in value} <= {_plain(each) for each in has}
        else:
            same = has is not None and _plain(value) == _plain(has)
        if not same:
            found.append(column)
    return found


def _plain(value: object) -> str:
    if isinstance(value, Quantity):
        return f"{value.value.normalize():f}"
    return value if isinstance(value, IRI) else identity(str(value))


def dangling(
    kept: Iterable[Minted], removed: Iterable[Removed], prefixes: Prefixes, concepts: Container[str]
) -> Iterator[Fault]:
    """Removals that would leave a name without the row that declares it, while another row still uses it."""
    rows = list(kept)
    declared = {item.iri for item in rows if item.iri}
    lost = {
        item.iri: one.row
        for one in removed
        for item in one.rows
        if item.iri and item.iri not in declared and str(item.iri) not in concepts
    }
    told: set[IRI] = set()
    for item in rows:
        for cell in item.cells.values() if lost else ():
            for value in cell if isinstance(cell, list) else [cell]:
                if isinstance(value, IRI) and value in lost and value not in told:
                    told.add(value)
                    user = f"{item.row.file}:{item.row.number}"
                    what = f"{prefixes.shorten(value)} is no longer declared, and {user} names it"
                    yield lost[value].fault("", what, "Take that row out too, or keep this one")


def said(item: Minted) -> Said:
    """What a row says, wherever it comes from: its type, its thing and its filled cells."""
    cells = ((column, _spelled(cell)) for column, cell in item.cells.items() if column not in _EVIDENCE and cell)
    return item.row.type.name, item.iri, tuple(sorted(cells))


def described(item: Minted) -> str:
    """What a row says, in short: its label, or its filled cells."""
    if item.label:
        return item.label
    cells = (item.row.cells[column] for column in item.row.cells if column not in _EVIDENCE)
    return ", ".join(_spelled(cell) for cell in cells if cell)


def _spelled(cell: object) -> str:
    if isinstance(cell, list):
        return "; ".join(map(_plain_text, cell))
    return _plain_text(cell)


def _plain_text(value: object) -> str:
    return f"{value.value.normalize():f}" if isinstance(value, Quantity) else str(value)
