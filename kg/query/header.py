"""The `#+` lines on top of a query file: what it asks, its parameters and what it returns.

They are YAML, in the manner of grlc's decorators (Meroño-Peñuela and Hoekstra 2016, doi:10.1007/978-3-319-47602-5_48).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from kg.errors import QueryFileError

_KEYS = {"summary", "question", "parameters", "returns", "tags"}
_PARAMETER_KEYS = {"name", "type", "description", "required"}


@dataclass(frozen=True)
class Parameter:
    """A parameter: its name, its type (a kind of thing, or string, integer, number) and what it is."""

    name: str
    type: str
    description: str
    required: bool = True

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of things that it takes; empty for plain values."""
        return () if self.type in ("string", "integer", "number") else tuple(self.type.split("|"))


@dataclass(frozen=True)
class Header:
    """What a query file says of itself."""

    summary: str
    question: str = ""
    parameters: tuple[Parameter, ...] = ()
    returns: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


def read_header(text: str, name: str) -> Header:
    """Read the header of a query file.

    Args:
        text: the whole file.
        name: what to call the file in errors.

    Raises:
        QueryFileError: the YAML is malformed, a key is unknown, or the summary is missing.

    >>> read_header("#+ summary: Stages\\nSELECT * {}", "x.rq").summary
    'Stages'
    """
    lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    try:
        data = yaml.safe_load("\n".join(lines)) or {}
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f" at header line {where.line + 1}" if where else ""
        raise QueryFileError(f"{name}: the #+ header is not YAML{line}. Quote texts that hold a colon") from None
    if not isinstance(data, dict) or not data.get("summary"):
        raise QueryFileError(f"{name}: no summary in the #+ header. Add `#+ summary: ...` as the first line")
    if unknown := sorted(set(data) - _KEYS):
        raise QueryFileError(f"{name}: unknown key {unknown[0]} in the #+ header. Known: {', '.join(sorted(_KEYS))}")
    return Header(
        summary=str(data["summary"]),
        question=str(data.get("question", "")),
        parameters=tuple(_parameter(item, name) for item in data.get("parameters") or ()),
        returns={str(k): str(v) for k, v in (data.get("returns") or {}).items()},
        tags=tuple(str(tag) for tag in data.get("tags") or ()),
    )


def _parameter(item: object, name: str) -> Parameter:
    if not isinstance(item, dict) or not {"name", "type", "description"} <= set(item):
        raise QueryFileError(f"{name}: a parameter needs name, type and description. Got: {item}")
    if unknown := sorted(set(item) - _PARAMETER_KEYS):
        raise QueryFileError(
            f"{name}: unknown key {unknown[0]} in a parameter. Known: {', '.join(sorted(_PARAMETER_KEYS))}"
        )
    return Parameter(str(item["name"]), str(item["type"]), str(item["description"]), bool(item.get("required", True)))
