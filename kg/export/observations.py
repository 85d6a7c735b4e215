"""What a measure gave, as observations in RDF: of what, by which formula and convention, with which options."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Hashable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import BadParameter, UnknownName, UseError
from kg.export.rdf import write_rdf
from kg.load.mapping import MappingValue, map_rows
from kg.load.tables import TableType
from kg.measures import catalogue
from kg.measures.measure import Measure
from kg.names import Prefixes, slug
from kg.project import Project
from kg.query.lookup import Lookup
from kg.store.answers import IRI
from kg.store.oxigraph import OxigraphStore

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, MappingValue]
_TYPE = "measurement"
WHOLE = "all rows of the table"
DIGITS = 18
"""Digits behind the point that a decimal of the store holds."""
LARGEST = 1e20
"""The first power of ten that is beyond a decimal of the store."""


def write_observations(
    frame: pd.DataFrame,
    path: Path,
    project: Project,
    lookup: Lookup,
    prefixes: Prefixes,
    tables: Mapping[str, str] = {},
    unit: str | None = None,
) -> int:
    """Write the numbers of an answer as observations, and say how many; what is not defined is left out.

    Names of places, industries, indicators and so on are those of the graph's things where it has them; others get an
    IRI of their own and keep their name. The file can be loaded beside the graph.

    Args:
        frame: the answer of a measure, as the measure gave it.
        path: ends in .ttl, .nt, .nq or .trig.
        project: has the mapping of measurements.
        lookup: finds things of the graph by name.
        prefixes: tell where IRIs are minted.
        tables: what the tables that it was computed from are called, by the name of the option.
        unit: the unit of the table's values, by key, label or alias, where they have one.

    Raises:
        UnknownName: the graph has no such unit.
        UseError: the file cannot be written, there is nothing to write, the frame is not the answer of a measure, or a
            number is 1e20 or more.
    """
    if frame.attrs.get("measure") not in catalogue():
        raise UseError("the frame does not say by which measure it was computed. Give it as the measure gave it")
    measure = catalogue()[frame.attrs["measure"]]
    options = [*tables.items(), *frame.attrs["options"].items()]
    table = TableType.read(project, _TYPE)
    schema = json.loads(project.file(f"loaders/tables/{_TYPE}.schema.json").read_text(encoding="utf-8"))
    things = _Things(lookup, prefixes, schema["axes"])
    units = {sign: things.unit(key) for sign, key in schema["units"].items()}
    if unit is not None:
        units["value"] = things.unit(unit)
    rows = list(_rows(frame, measure, things, units, options))
    if not rows:
        raise UseError(f"{measure.name}: there is no number to write. Mend the table, or leave the observations out")
    store = OxigraphStore.memory()
    map_rows(store, table.mapping, [*table.fields, "this"], rows, f"loaders/tables/{_TYPE}.ru")
    write_rdf(store, path, prefixes.mapping)
    return len(rows)


class _Things:
    """The things that names of a table stand for."""

    def __init__(self, lookup: Lookup, prefixes: Prefixes, axes: Mapping[str, str]) -> None:
        self._lookup, self._prefixes, self._axes = lookup, prefixes, axes
        self._found: dict[tuple[str, str], tuple[IRI, str | None]] = {}

    def kind(self, axis: str) -> str:
        return self._axes.get(axis, "concept")

    def thing(self, axis: str, name: str) -> tuple[IRI, str | None]:
        """The IRI of what a name stands for, and the name itself if the graph does not have it."""
        key = (self.kind(axis), name)
        if key not in self._found:
            try:
                self._found[key] = self._lookup.thing(name, (key[0],)), None
            except (UnknownName, BadParameter):  # not there, or ambiguous: it stands for itself
                self._found[key] = self.mint(key[0], name), name
        return self._found[key]

    def unit(self, name: str) -> IRI:
        return self._lookup.thing(name, ("unit",))

    def mint(self, kind: str, name: str) -> IRI:
        """An IRI made of a name."""
        return self.minted(kind, slug(name) or hashlib.sha256(name.encode()).hexdigest()[:12])

    def minted(self, kind: str, key: str) -> IRI:
        """The IRI of a key."""
        return IRI(self._prefixes.mapping[kind] + key)


def _rows(
    frame: pd.DataFrame,
    measure: Measure,
    things: _Things,
    units: Mapping[str, IRI],
    options: Sequence[tuple[str, str]],
) -> Iterator[Row]:
    described = {column.name for column in measure.columns}
    axes = [str(name) for name in frame.columns if name not in described and name != "period"]
    measured = [name for name in measure.units if name in frame]
    computation = " ".join([measure.name, *(f"{name}={given}" for name, given in options)])
    for cells in frame.to_dict("records"):
        about = _about(axes, cells, things)
        of = " and ".join(str(cells[axis]) for axis in axes) or WHOLE
        for column in measured:
            value = float("nan") if cells[column] is None else float(cells[column])
            if not math.isfinite(value):
                continue
            name, title = measure.name, measure.title
            if len(measured) > 1:
                name, title = f"{name}--{slug(column)}", f"{title}: {column.replace('_', ' ')}"
            words = " ".join([computation, of, str(cells.get("period"))])
            row: Row = {
                **about,
                "this": things.minted("observation", f"{name}-{hashlib.sha256(words.encode()).hexdigest()[:16]}"),
                "label": f"{title} of {of}",
                "measure": things.minted("measure", name),
                "measure_label": title,
                "formula": measure.plain,
                "convention": measure.convention,
                "references": list(measure.references),
                "computation": computation,
                "value": _decimal(value, f"{title} of {of}"),
                "unit": units.get(measure.units[column]),
            }
            if "period" in cells:
                row["period"] = str(cells["period"])
            yield row


def _decimal(value: float, of: str) -> str:
    """A number without exponent, as short as it is told apart from others, to as many digits as the store holds.

    >>> _decimal(1e-05, "x"), _decimal(2e19, "x"), _decimal(1 / 3e5, "x")
    ('0.00001', '20000000000000000000', '0.000003333333333333')
    """
    if abs(value) >= LARGEST:
        raise UseError(f"{of} is {value:g}: an observation is below {LARGEST:.0e}. Give the table in a larger unit")
    number = Decimal(repr(value))
    return f"{number if int(number.as_tuple().exponent) >= -DIGITS else round(number, DIGITS):f}"


def _about(axes: Sequence[str], cells: Mapping[Hashable, Any], things: _Things) -> Row:
    """The subject of an observation, and what else it is about.

    An industry of a place is not made a thing of its own: a quotient of 0 must not say that the place has it.
    """
    row: Row = {}
    if not axes:
        row["subject"], row["subject_label"] = things.mint("concept", WHOLE), WHOLE
    kinds = [things.kind(axis) for axis in axes]
    for axis, kind in zip(axes, kinds, strict=True):
        if "subject" not in row:
            role = "subject"
        elif kind == kinds[0]:
            role = "compared"
        else:
            role = "industry" if kind == "industry" else "other"
        row[role], row[f"{role}_label"] = things.thing(axis, str(cells[axis]))
    return row
