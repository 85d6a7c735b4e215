"""Names to IRIs: every thing that a table or vocabulary declares, found by key, label, alias or code.

Two names are one when `kg.names.identity` makes them equal.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.errors import Fault, nearest
from kg.load.package import Row
from kg.load.quantity import Quantity, multiplied
from kg.names import Prefixes, identity, slug
from kg.store.answers import IRI

_KEY = re.compile(r"[\w.~-]+")

Resolved = str | int | Quantity | IRI | list[str] | list[IRI] | None


@dataclass(frozen=True)
class Minted:
    """A row whose references are IRIs, with its own IRI and label if its type mints one."""

    row: Row
    cells: Mapping[str, Resolved]
    iri: IRI | None
    label: str | None


@dataclass
class Names:
    """All known names by kind, and the English label of each thing."""

    prefixes: Prefixes
    by_kind: dict[str, dict[str, set[IRI]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    labels: dict[IRI, str] = field(default_factory=dict)

    def add(self, kind: str, iri: IRI, names: Iterable[str], label: str | None = None) -> None:
        """Register a thing under its names."""
        for name in names:
            self.by_kind[kind][identity(name)].add(iri)
        if label:
            self.labels.setdefault(iri, label)

    def find(self, kinds: tuple[str, ...], name: str) -> IRI | str:
        """The IRI that a cell names, or, where it names none or several, what is wrong and what to do.

        Keys go before labels and aliases. `kind:key` is understood everywhere.
        """
        prefix, colon, local = name.partition(":")
        if colon and prefix in self.prefixes.mapping:
            if kinds != ("*",) and prefix not in kinds:
                return f"{name}: a {prefix} cannot stand here. Name one of: {', '.join(kinds)}"
            kinds, name = (prefix,), local.strip()
        searched = list(self.by_kind) if kinds == ("*",) else list(kinds)
        for kind in searched:
            iri = IRI(self.prefixes.mapping[kind] + name)
            if iri in self.by_kind[kind].get(identity(name), ()):
                others = [k for k in searched if IRI(self.prefixes.mapping[k] + name) in self.labels]
                if len(others) > 1:
                    return f"{name} is ambiguous. Write {' or '.join(f'{k}:{name}' for k in others)}"
                return iri
        found = set().union(*(self.by_kind[kind].get(identity(name), set()) for kind in searched))
        if len(found) == 1:
            return found.pop()
        if found:
            return f"{name} is ambiguous. Write {' or '.join(sorted(map(self.prefixes.shorten, found)))}"
        near = nearest(identity(name), (n for kind in searched for n in self.by_kind[kind]))
        what = f"unknown {'thing' if kinds == ('*',) else ' or '.join(kinds)}: {name}"
        return f"{what}. " + (f"Did you mean {' or '.join(near)}?" if near else "Declare it in a table first")


def resolve(rows: Iterable[Row], names: Names) -> tuple[list[Minted], list[Fault]]:
    """Turn every reference into an IRI and mint the rows' own IRIs; what cannot be resolved comes back as faults.

    Rows may refer to one another in any order, also to rows whose IRI is made of references: rows that fail are tried
    again as long as some succeed.
    """
    every = list(rows)
    pending = every
    for row in every:
        if row.type.minted_from == ("key",):
            _declare(row, names)
    minted: list[Minted] = []
    faults: list[Fault] = []
    while pending:
        failed: list[Row] = []
        faults = []
        for row in pending:
            result = _mint(row, names)
            if isinstance(result, Minted):
                minted.append(result)
            else:
                failed.append(row)
                faults.extend(result)
        if len(failed) == len(pending):
            break
        pending = failed
    order = {(row.file, row.number): index for index, row in enumerate(every)}
    minted.sort(key=lambda m: order[m.row.file, m.row.number])
    return minted, [*faults, *_merged(minted)]


def _merged(minted: Iterable[Minted]) -> list[Fault]:
    """Rows that differ in what identifies them and would still share an IRI: one key twice, two kinds, two units."""
    faults = []
    first: dict[IRI, tuple[Row, list[Resolved]]] = {}
    for item in minted:
        row, columns = item.row, item.row.type.minted_from
        if item.iri is not None and row.type.local:
            other, _said = first.setdefault(item.iri, (row, []))
            if other.source != row.source:
                what = f"the key stands in {other.file}:{other.number} for another thing"
                faults.append(row.fault("key", what, "Put the name of the source before it"))
        if item.iri is None or columns == ("key",):
            continue
        units = [unit for column in columns if (unit := row.type.fields[column].unit_column)]
        said = [item.cells.get(column) for column in (*columns, *units) if column != "key"]
        other, known = first.setdefault(item.iri, (row, said))
        if known != said:
            what = f"shares its IRI with {other.file}:{other.number}, which says something else"
            remedy = (
                "Give one of the two another key"
                if "key" in row.type.fields
                else "Name one of the two things otherwise"
            )
            faults.append(row.fault("key" if "key" in row.cells else columns[0], what, remedy))
    return faults


def _declare(row: Row, names: Names) -> None:
    key, kind = row.cells.get("key"), row.type.kind
    if not isinstance(key, str) or kind is None:
        return
    iri = IRI(names.prefixes.mapping[kind] + key)
    spelled = [key, *row.texts((*row.type.names, "code"))]
    label = row.cells.get("label")
    names.add(kind, iri, spelled, label if isinstance(label, str) else key)


def _mint(row: Row, names: Names) -> Minted | list[Fault]:
    cells: dict[str, Resolved] = {}
    faults: list[Fault] = []
    for column, cell in row.cells.items():
        field_ = row.type.fields[column]
        if cell is None or not field_.refers_to:
            cells[column] = cell
            continue
        found = [names.find(field_.refers_to, str(c)) for c in (cell if isinstance(cell, list) else [cell])]
        for wrong in (f for f in found if not isinstance(f, IRI)):
            what, _, remedy = wrong.partition(". ")
            faults.append(row.fault(column, what, remedy))
        good = [f for f in found if isinstance(f, IRI)]
        cells[column] = good if field_.separator else good[0] if good else None
    faults += _units(row, cells, names)
    if faults:
        return faults
    if row.type.kind is None:
        return Minted(row, cells, None, None)
    key = _key(row, cells, names)
    if not _KEY.fullmatch(key):
        what = f"{key[:80]!r} cannot stand in an IRI"
        return [row.fault(row.type.minted_from[0], what, "Use letters, digits and hyphens")]
    iri = IRI(names.prefixes.mapping[row.type.kind] + key)
    label = _label(row, cells, names)
    names.add(row.type.kind, iri, [iri.removeprefix(names.prefixes.mapping[row.type.kind])], label)
    return Minted(row, cells, iri, label)


def _units(row: Row, cells: dict[str, Resolved], names: Names) -> list[Fault]:
    """Take units out of quantities: the unit column and the cell must agree, and one of them must say it."""
    faults = []
    for column, cell in list(cells.items()):
        unit_column = row.type.fields[column].unit_column
        if not isinstance(cell, Quantity) or unit_column is None:
            continue
        found = names.find(("unit",), cell.unit) if cell.unit else None
        if isinstance(found, str) and not isinstance(found, IRI):
            try:
                cell = multiplied(cell)
            except ValueError as error:
                faults.append(row.fault(column, str(error), "Write it in a larger unit"))
                continue
            found = names.find(("unit",), cell.unit) if cell.unit else None
        said = cells.get(unit_column)
        if isinstance(found, str) and not isinstance(found, IRI):
            faults.append(row.fault(column, f"unknown unit: {cell.unit}", "Use a unit of vocabularies/units.ttl"))
        elif found and said and found != said:
            faults.append(row.fault(column, f"its unit is not that of column {unit_column}", "Keep one of the two"))
        elif not found and not said and not row.cells.get(unit_column):
            faults.append(row.fault(unit_column, "no unit", "Fill the column, or write the unit behind the number"))
        cells[column] = Quantity(cell.value)
        cells[unit_column] = found or said
    return faults


def _key(row: Row, cells: Mapping[str, Resolved], names: Names) -> str:
    key = cells.get("key")
    if isinstance(key, str):
        return key
    parts = []
    for column in row.type.minted_from:
        cell = cells.get(column)
        if isinstance(cell, IRI):
            kind, _, local = names.prefixes.shorten(cell).partition(":")
            # Two kinds may have a thing of the same key: the first that the column takes goes without saying.
            others = row.type.fields[column].refers_to[1:]
            parts.append(f"{kind}-{local}" if kind in others else local)
        elif isinstance(cell, Quantity):
            parts.append(f"{cell.value.normalize():f}")
        elif cell is not None and column != "key":
            parts.append(slug(str(cell)))
    return "--".join(parts)


def _label(row: Row, cells: Mapping[str, Resolved], names: Names) -> str | None:
    """The label of a row: its `label` cell, or the template of its type filled with labels.

    `{a}` is a column, `{a|b}` the first that is filled, `[...]` is left out where a column in it is empty.
    """
    label = cells.get("label")
    if row.type.label is None:
        return label if isinstance(label, str) else None

    def value(columns: str) -> str:
        for column in columns.split("|"):
            cell = cells.get(column)
            if isinstance(cell, IRI):
                return names.labels.get(cell, cell)
            if cell is not None:
                return str(cell)
        return ""

    def optional(match: re.Match[str]) -> str:
        filled = [value(column) for column in re.findall(r"\{([^}]*)\}", match[1])]
        return match[1] if all(filled) else ""

    text = re.sub(r"\[([^\]]*)\]", optional, row.type.label)
    return re.sub(r"\{([^}]*)\}", lambda match: value(match[1]), text)
