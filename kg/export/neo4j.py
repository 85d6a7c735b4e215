"""The whole graph as CSV files that Neo4j imports, with the command that imports them.

Every thing is a node: its IRI is the ID, its classes are labels, its texts and numbers are properties. Every statement
that joins two things is a relation of the property's name. Both have `said_in`, the graphs that say so, of a node those
that say anything of it: graphs that are passages are nodes as well. A property with several values is an array.
"""

from __future__ import annotations

import csv
import re
import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import count, groupby
from pathlib import Path
from typing import IO, Any

from rdflib import RDF, XSD

from kg.export.formats import Exported, Options, Outcome
from kg.export.terms import Literal, Node, Quad, read_line
from kg.store.answers import Blank
from kg.store.lines import Order, sorted_lines

NODES, RELATIONS, COMMAND, SCRIPT = "nodes.csv", "relations.csv", "import.sh", "load.cypher"
THING = "Thing"
"""The label of every node."""
_TYPE = str(RDF.type)
_INTEGERS = {str(XSD.integer), str(XSD.long), str(XSD.int)}
_NUMBERS = _INTEGERS | {str(XSD.decimal), str(XSD.double), str(XSD.float)}
_WHOLE = re.compile(r"[+-]?\d{1,18}")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_DELIMITERS = (";", "|", "\x1f")
_MARK = "\ufffd"
"""Stands for a character that the files cannot hold."""
_SAID_IN = "said_in:string[]"
_FIXED = ("iri:ID", "curie:string", ":LABEL", _SAID_IN)


def neo4j(graph: Exported, path: Path, options: Options) -> Outcome:
    """Write nodes, relations, the command of `neo4j-admin` and a script of `LOAD CSV` into a folder."""
    prefixes = graph.prefixes
    with sorted_lines(graph.embedded.quads(), Order.QUADS, path.parent, options.tell) as lines:
        columns, others, delimiter = _survey(lines)
    header = [*_FIXED, *(column.header for column in columns.values())]
    labels: set[str] = set()
    types: set[str] = set()
    nodes = relations = 0
    with (
        sorted_lines(graph.embedded.quads(), Order.QUADS, path.parent, options.tell) as lines,
        (path / NODES).open("w", encoding="utf-8", newline="") as node_file,
        (path / RELATIONS).open("w", encoding="utf-8", newline="") as relation_file,
    ):
        rows, joins = _writer(node_file), _writer(relation_file)
        rows.writerow(header)
        joins.writerow([":START_ID", ":END_ID", ":TYPE", "property:string", _SAID_IN])
        for subject, facts in groupby(map(read_line, lines), key=lambda quad: quad.subject):
            name = _name(subject)
            described = list(facts)
            classes = [*_classes(described), THING]
            labels.update(classes)
            cells = _cells(described, columns, delimiter)
            said_in = _graphs(described, delimiter)
            rows.writerow([name, prefixes.shorten(name), delimiter.join(classes), said_in, *cells])
            nodes += 1
            for (predicate, target), said in groupby(described, key=lambda quad: (quad.predicate, quad.object)):
                if predicate == _TYPE or isinstance(target, Literal):
                    continue
                kind = _type(predicate)
                types.add(kind)
                joins.writerow([name, _name(target), kind, predicate, _graphs(said, delimiter)])
                relations += 1
        for name in others:
            rows.writerow([name, prefixes.shorten(name), THING, None, *[None] * len(columns)])
            nodes += 1
    (path / COMMAND).write_text(_command(delimiter), encoding="utf-8")
    script = "\n".join(_script(header, delimiter, labels - {THING}, types)) + "\n"
    (path / SCRIPT).write_text(script, encoding="utf-8")
    note = f"import it with the command in {COMMAND}, or with {SCRIPT} where you are no administrator of the server"
    return Outcome({"nodes": nodes, "relations": relations}, (note,))


class _Column:
    """A column of properties: what it is called, and what holds all its values."""

    def __init__(self) -> None:
        self.name = ""
        self.integer = self.number = self.truth = True
        self.several = False
        self.signs: set[str] = set()

    def see(self, values: list[Literal]) -> None:
        """Take the values that one thing has into account."""
        self.several |= len(values) > 1
        for value in values:
            self.integer &= value.datatype in _INTEGERS and _WHOLE.fullmatch(value.value) is not None
            self.number &= value.datatype in _NUMBERS and _NUMBER.fullmatch(value.value) is not None
            self.truth &= value.datatype == str(XSD.boolean) and value.value in ("true", "false")
            self.signs.update(sign for sign in _DELIMITERS if sign in value.value)

    @property
    def type(self) -> str:
        """The type in a header of `neo4j-admin database import`."""
        return "long" if self.integer else "double" if self.number else "boolean" if self.truth else "string"

    @property
    def header(self) -> str:
        """The field of the header."""
        return f"{self.name}:{self.type}{'[]' if self.several else ''}"


Slot = tuple[str, str]
"""IRI of a property and the language of its values, empty without one."""


def _survey(lines: Iterator[str]) -> tuple[dict[Slot, _Column], list[str], str]:
    """The columns of nodes, the things that are only ever joined to, and a sign that no value of an array has."""
    found: dict[Slot, _Column] = defaultdict(_Column)
    subjects: set[str] = set()
    joined: set[str] = set()
    unfit: set[str] = set()
    for subject, facts in groupby(map(read_line, lines), key=lambda quad: quad.subject):
        described = list(facts)
        subjects.add(_name(subject))
        for slot, values in _values(described).items():
            found[slot].see(values)
        for fact in described:
            if not isinstance(fact.object, Literal) and fact.predicate != _TYPE:
                joined.add(_name(fact.object))
            unfit.update(sign for sign in _DELIMITERS if fact.graph is not None and sign in fact.graph)
    taken = {"iri", "curie", "said_in"}
    for slot in sorted(found):
        column = found[slot]
        column.name = next(name for name in _properties(slot) if name not in taken)
        taken.add(column.name)
        unfit |= column.signs if column.several else set()
    delimiter = next((sign for sign in _DELIMITERS if sign not in unfit), _DELIMITERS[-1])
    return {slot: found[slot] for slot in sorted(found)}, sorted(joined - subjects), delimiter


def _values(described: Iterable[Quad]) -> dict[Slot, list[Literal]]:
    """The texts and numbers of a thing by property and language, each once."""
    values: dict[Slot, list[Literal]] = defaultdict(list)
    for fact in described:
        if isinstance(fact.object, Literal):
            known = values[fact.predicate, fact.object.language or ""]
            if fact.object not in known:
                known.append(fact.object)
    return values


def _cells(described: Iterable[Quad], columns: Mapping[Slot, _Column], delimiter: str) -> list[str | None]:
    values = _values(described)
    return [_cell(values.get(slot, ()), column, delimiter) for slot, column in columns.items()]


def _cell(values: Iterable[Literal], column: _Column, delimiter: str) -> str | None:
    texts = [each.value.replace("\x00", _MARK) for each in values]
    if column.several:
        texts = [text.replace(delimiter, _MARK) for text in texts]
    return delimiter.join(texts) or None


def _graphs(said: Iterable[Quad], delimiter: str) -> str:
    return delimiter.join(sorted({_name(quad.graph) for quad in said if quad.graph is not None}))


def _name(node: Node) -> str:
    return f"_:{node}" if isinstance(node, Blank) else str(node)


def _local(iri: str) -> str:
    """The last part of an IRI, as a name that needs no quotes.

    >>> _local("https://example.org/terms#inPlace")
    'inPlace'
    """
    name = re.sub(r"\W", "_", re.split(r"[#/:]", iri.rstrip("#/:"))[-1]) or "thing"
    return f"_{name}" if name[0].isdigit() else name


def _type(iri: str) -> str:
    """What a relation of a property is called.

    >>> _type("https://example.org/terms#inPlace")
    'IN_PLACE'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", _local(iri)).upper()


def _properties(slot: Slot) -> Iterator[str]:
    """What a property may be called, the best name first."""
    iri, language = slot
    plain = _local(iri)
    if language in ("", "en"):
        yield plain
    named = f"{plain}_{re.sub(r'[^a-z0-9]', '_', language) or 'plain'}"
    yield named
    yield from (f"{named}_{number}" for number in count(2))


def _classes(described: Iterable[Quad]) -> list[str]:
    types = (fact.object for fact in described if fact.predicate == _TYPE)
    return sorted({_local(each) for each in types if not isinstance(each, Literal | Blank)} - {THING})


def _writer(file: IO[str]) -> Any:
    return csv.writer(file, lineterminator="\n")


def _command(delimiter: str) -> str:
    sign = delimiter if delimiter.isprintable() else f"U+{ord(delimiter):04X}"
    words = [
        *("neo4j-admin", "database", "import", "full", f"--nodes={NODES}", f"--relationships={RELATIONS}"),
        *(f"--array-delimiter={sign}", "--multiline-fields=true"),
    ]
    return (
        "#!/bin/sh\n"
        "# Makes the database neo4j, or one of the name that is given; --overwrite-destination replaces one.\n"
        'cd "$(dirname "$0")" || exit 1\n'
        f'{shlex.join(words)} "$@"\n'
    )


def _script(header: list[str], delimiter: str, labels: Iterable[str], types: Iterable[str]) -> Iterator[str]:
    """Statements of Cypher 5 that load the same files from the server's import folder."""
    sign = "".join(f"\\u{ord(each):04x}" for each in delimiter)
    yield f"// Copy {NODES} and {RELATIONS} into the server's import folder, then: cypher-shell -f {SCRIPT}"
    yield "// Set server.import.csv.legacy_quote_escaping=false on the server: a backslash is plain text here."
    yield f"CREATE CONSTRAINT thing_iri IF NOT EXISTS FOR (n:{THING}) REQUIRE n.iri IS UNIQUE;"
    given = ",\n  ".join(_property(field, sign) for field in header[1:] if not field.startswith(":"))
    yield _load(NODES, "", f"MERGE (n:{THING} {{iri: row.`iri:ID`}})\n  SET {given}")
    node = f"MATCH (n:{THING} {{iri: row.`iri:ID`}})"
    for label in sorted(labels):
        yield _load(NODES, f"'{label}' IN split(row.`:LABEL`, '{sign}')", f"{node} SET n:`{label}`")
    ends = f"MATCH (a:{THING} {{iri: row.`:START_ID`}}) MATCH (b:{THING} {{iri: row.`:END_ID`}})"
    for kind in sorted(types):
        joined = f"MERGE (a)-[r:`{kind}` {{property: row.`property:string`}}]->(b)"
        said = f"SET r.said_in = split(row.`{_SAID_IN}`, '{sign}')"
        yield _load(RELATIONS, f"row.`:TYPE` = '{kind}'", f"{ends}\n  {joined} {said}")


def _load(file: str, where: str, what: str) -> str:
    only = f"WITH row WHERE {where}\n" if where else ""
    start = f"LOAD CSV WITH HEADERS FROM 'file:///{file}' AS row\n"
    return f"{start}{only}CALL (row) {{\n  {what}\n}} IN TRANSACTIONS OF 1000 ROWS;"


def _property(field: str, sign: str) -> str:
    name, _, kind = field.partition(":")
    convert = {"long": "toInteger", "double": "toFloat", "boolean": "toBoolean"}.get(kind.removesuffix("[]"))
    value = f"row.`{field}`"
    if kind.endswith("[]"):
        parts = f"split({value}, '{sign}')"
        value = f"[each IN {parts} | {convert}(each)]" if convert else parts
    elif convert:
        value = f"{convert}({value})"
    return f"n.`{name}` = {value}"
