"""What tools there are: one for each question of the catalogue, and three of our own."""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Collection, Iterable, Mapping
from importlib import import_module
from typing import Any

from mcp import types

from kg.analysis.methods import METHODS
from kg.errors import UnknownName
from kg.names import Prefixes
from kg.query.catalogue import Query
from kg.query.header import Parameter
from kg.query.parameters import examples
from kg.query.results import heading

ROWS, MOST_ROWS = 50, 500
"""Rows of an answer unless more are asked for, and at most."""

FINDINGS = 20
"""Findings of an analysis unless more are asked for."""

OWN = ("entity", "analyse", "sparql")
SCENARIO = "scenario"
FINDING = "things-by-name"
"""The question by which a model learns what things are called; it is always a tool, since others speak of it."""

_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_READS_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_PASSAGES = {"type": "object", "additionalProperties": {"type": "string"}}
_PART = {name: {"type": "integer"} for name in ("total", "offset", "next_offset")}
_INNER = ("facts", "scope", "tell", "engine", "resample")


def tools(catalogue: Mapping[str, Query], prefixes: Prefixes, scenarios: Iterable[str] = ()) -> list[types.Tool]:
    """The descriptions of all tools: our own first, then the questions in the order of the catalogue.

    Args:
        catalogue: the questions.
        prefixes: that queries need not declare.
        scenarios: names of the scenarios of the project.
    """
    return [_entity(), _analyse(sorted(scenarios)), _sparql(prefixes), *map(question_tool, catalogue.values())]


def chosen(catalogue: Mapping[str, Query], only: Collection[str]) -> dict[str, Query]:
    """The questions of those names or groups, and the one that finds things; all where none is named.

    Raises:
        UnknownName: there is neither a question nor a group of a name.
    """
    groups = dict.fromkeys(query.group for query in catalogue.values())
    for name in only:
        if name not in catalogue and name not in groups:
            raise UnknownName("question or group", name, [*catalogue, *groups], f"Groups are: {', '.join(groups)}")
    wanted = {*only, FINDING}
    return {name: query for name, query in catalogue.items() if not only or {name, query.group} & wanted}


def tool_name(query: Query) -> str:
    """The name of the tool of a question: its own, where the protocol's rules for names and our own tools permit it."""
    if _NAME.fullmatch(query.name) and query.name not in OWN:
        return query.name
    digest = hashlib.sha256(query.name.encode("utf-8")).hexdigest()[:8]
    return "-".join(part for part in (*re.findall(r"[A-Za-z0-9]+", query.name)[:6], digest))[-64:]


def question_tool(query: Query) -> types.Tool:
    """The tool of a question: its parameters are those of the header."""
    header = query.header
    shown = [n for n in header.returns if f"{n}_label" not in header.returns and f"{n}_labels" not in header.returns]
    columns = "; ".join(f"{heading(name)}: {header.returns[name]}" for name in shown)
    given = examples(query.text)
    properties = {p.name: _schema(p, given.get(p.name, ())) for p in header.parameters}
    row = {"type": "object", "properties": {name: {} for name in header.returns}}
    return types.Tool(
        name=tool_name(query),
        title=header.summary,
        description="\n".join(
            [f"{header.summary}. {header.question}".strip(), *([f"Gives {columns}"] if columns else [])]
        ),
        input_schema=_object({**paging(properties), **properties}, [p.name for p in header.parameters if p.required]),
        output_schema=_object(
            {**_PART, "rows": {"type": "array", "items": row}, "passages": _PASSAGES},
            ["total", "offset", "rows", "passages"],
        ),
        annotations=_READS_ONLY,
    )


def paging(properties: Mapping[str, Any], rows: int = ROWS) -> dict[str, Any]:
    """The arguments `limit` and `offset`, but for one that the question has a parameter of that name for."""
    own = {
        "limit": {
            "type": "integer",
            "minimum": 1,
            "maximum": MOST_ROWS,
            "default": rows,
        },
        "offset": {"type": "integer", "minimum": 0, "default": 0},
    }
    return {name: schema for name, schema in own.items() if name not in properties}


def options_of_methods() -> dict[str, tuple[str, ...]]:
    """What each analysis takes besides places and chains."""
    found = {}
    for method in METHODS:
        analyse = import_module(f"kg.analysis.{method.replace('-', '_')}.analysis").analyse
        found[method] = tuple(name for name in inspect.signature(analyse).parameters if name not in _INNER)
    return found


def _schema(parameter: Parameter, given: tuple[str, ...]) -> dict[str, Any]:
    kinds = parameter.kinds
    description = parameter.description
    if kinds:
        description += " (key, label in English or Chinese, alias, code or IRI; several with commas)"
    schema = {"type": "string" if kinds else parameter.type, "description": description}
    if parameter.type in ("integer", "number"):
        read = int if parameter.type == "integer" else float
        return {**schema, "examples": [read(value) for value in given]} if given else schema
    return {**schema, "examples": list(given)} if given else schema


def _object(properties: Mapping[str, Any], required: Iterable[str] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def _text(description: str, **more: Any) -> dict[str, Any]:
    return {"type": "string", "description": description, **more}


def _entity() -> types.Tool:
    statements = {
        "type": "array",
        "items": _object(
            {
                "relation": {"type": "string"},
                "other": {"type": "string"},
                "label": {"type": "string"},
                "passages": {"type": "array", "items": {"type": "object"}},
                "given_by": {"type": "array", "items": {"type": "string"}},
            },
            ["relation", "label", "passages", "given_by"],
        ),
    }
    noted = {"type": "array", "items": {"type": "object"}}
    texts = {"type": "array", "items": {"type": "string"}}
    output = {
        "thing": {"type": "string"},
        "iri": {"type": "string"},
        "label": {"type": "string"},
        "names": texts,
        "kinds": texts,
        "facts": statements,
        "pointing": statements,
        "findings": noted,
        "issues": noted,
        **_PART,
    }
    return types.Tool(
        name="entity",
        title="What is said of a thing",
        description=(
            "Everything that the graph says of one thing, and who says so: its names and kind, the facts of which it "
            "is the subject, those that point at it, each with source, section and a few words of the passage that "
            "states it, the findings that speak of it, and what is known to be wrong with the data about it. Find "
            "things by part of a name with things-by-name."
        ),
        input_schema=_object(
            {
                "thing": _text("key, label in English or Chinese, alias, code or IRI"),
                **paging({}),
            },
            ["thing"],
        ),
        output_schema=_object(output, [name for name in output if name != "next_offset"]),
        annotations=_READS_ONLY,
    )


def _analyse(scenarios: list[str]) -> types.Tool:
    takes = [f"{method}: {', '.join(names)}" for method, names in options_of_methods().items() if names]
    methods = [*METHODS, *([SCENARIO] if scenarios else [])]
    summaries = [f"{method}: {summary}" for method, summary in METHODS.items()]
    properties: dict[str, Any] = {
        "method": _text("the analysis", enum=methods),
        "place": _text("places or clusters by key, label, alias or code; several with commas; none means all"),
        "chain": _text("chains, in the same way"),
        "options": {
            "type": "object",
            "description": f"what the analysis takes besides. {'; '.join(takes)}",
            "additionalProperties": {"type": ["string", "number", "boolean"]},
        },
        "table": _text("give the rows of this table instead of findings; an answer without it names the tables"),
        **paging({}, FINDINGS),
    }
    if scenarios:
        summaries.append(f"{SCENARIO}: what a scenario would change; takes some seconds")
        properties[SCENARIO] = _text("the scenario, for the method scenario alone", enum=scenarios)
    output = {
        "method": {"type": "string"},
        "title": {"type": "string"},
        "notes": {"type": "array", "items": {"type": "string"}},
        **{name: {"type": "array", "items": {"type": "object"}} for name in ("findings", "tables", "rows")},
        **_PART,
        "passages": _PASSAGES,
    }
    return types.Tool(
        name="analyse",
        title="Analyse the graph",
        description="\n".join(["Findings, worst first, with why they are that severe and who says so.", *summaries]),
        input_schema=_object(properties, ["method"]),
        output_schema=_object(output, ["method", "title", "notes", "passages", "total", "offset"]),
        annotations=_READS_ONLY,
    )


def _sparql(prefixes: Prefixes) -> types.Tool:
    known = ", ".join(sorted(prefixes.mapping))
    output = {
        "boolean": {"type": "boolean", "description": "the answer to ASK"},
        "triples": {"type": "array", "items": {"type": "string"}, "description": "of CONSTRUCT and DESCRIBE"},
        "rows": {"type": "array", "items": {"type": "object"}, "description": "of SELECT"},
        **_PART,
        "passages": _PASSAGES,
    }
    return types.Tool(
        name="sparql",
        title="SPARQL query",
        description=(
            "Answers a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE; it cannot change anything) over the union "
            "of all graphs. Each fact lies in a named graph: that of the passage that states it, of a source of "
            "reference data, or of a rule; say DISTINCT, since several may state the same. These prefixes need no "
            f"PREFIX lines: {known}. The resources of the ontology say what classes and properties there are; those "
            "of queries are examples. Prefer the other tools where one fits."
        ),
        input_schema=_object(
            {
                "query": _text(
                    "the query", examples=["SELECT DISTINCT ?thing ?name { ?thing rdfs:label ?name } LIMIT 10"]
                ),
                **paging({}),
            },
            ["query"],
        ),
        output_schema=_object(output),
        annotations=_READS_ONLY,
    )
